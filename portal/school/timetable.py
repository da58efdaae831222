"""The school's week: every lesson of its classes, by day and half-day."""

from __future__ import annotations

from flask import render_template, request, url_for

from portal import clock, doors, weeks
from portal.database import reading
from portal.months import read_day
from portal.school.door import pages
from portal.weeks import ONE_DAY
from scheduling import courses, markets


@pages.get("/timetable/")
def timetable() -> str:
    """Show a week of the school's published classes (`?week=` any day of it, or this one); staff see every school's."""
    session, county, today = reading(), doors.county(), clock.today()
    first = weeks.monday(read_day(request.args.get("week", "")) or today)
    last = first + 6 * ONE_DAY
    school = doors.school(session)
    taught = courses.taught(session, county, first, last, school=school)
    [days] = weeks.weeks(taught, markets.holidays(session, county, first, last), also=first)
    return render_template(
        "school/timetable.html",
        school=school,
        days=days,
        number=len(taught),
        this_week=first <= today <= last,
        previous=url_for(".timetable", week=(first - ONE_DAY).isoformat()),
        next=url_for(".timetable", week=(last + ONE_DAY).isoformat()),
    )
