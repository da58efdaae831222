"""The first room behind the desk door: what is to be done today."""

from __future__ import annotations

from flask import render_template

from portal import clock, doors
from portal.database import reading
from portal.desk.door import pages
from portal.desk.fairs import lines
from scheduling import attendance, checkins, courses, enterprises, fairs, markets, vacancies

NEXT = 6


@pages.get("/")
def home() -> str:
    """Show today's fairs and who is there, today's lessons, what waits for review, what comes next."""
    session, county, now = reading(), doors.county(), clock.now()
    day = fairs.local_day(now)
    today = lines(fairs.on_day(session, county, day), now)
    coming = [row for row in fairs.of_desk(session, county, now=now, most=NEXT + len(today)) if not row.calling_off]
    return render_template(
        "desk/home.html",
        day=day,
        held=markets.today(session, county, day),
        today=[(fair, key, attendance.of_fair(session, fair)) for fair, key in today],
        lessons=[
            (training_class, block)
            for training_class, block in checkins.sessions_now(session, county, now=now)
            if fairs.local_day(block.starts_at) == day
        ],
        coming=lines([row for row in coming if fairs.local_day(row.starts_at) > day][:NEXT], now),
        enterprises=enterprises.count(session, county).get("submitted", 0),
        vacancies=vacancies.count(session, county).get("submitted", 0),
        classes=courses.open_now(session, county, now=now)[:NEXT],
    )
