"""The first page: three big answers, today's markets, what comes next."""

from __future__ import annotations

from flask import render_template

from portal import clock, doors
from portal.database import reading
from portal.public.door import pages
from portal.public.fairs import card
from portal.public.markets import line
from scheduling import courses, fairs, markets
from scheduling.planning import lunar

NEXT = 4


@pages.get("/")
def home() -> str:
    """Show the three answers."""
    session, county, now = reading(), doors.county(), clock.now()
    day = fairs.local_day(now)
    return render_template(
        "public/home.html",
        today={"day": day, "lunar": lunar.festival(day) or lunar.lunar_day(day).name},
        markets_today=[line(market) for market in markets.today(session, county, day)],
        fairs=[card(fair, now) for fair in fairs.upcoming(session, county, now=now, most=NEXT)],
        classes=courses.open_now(session, county, now=now)[:NEXT],
    )
