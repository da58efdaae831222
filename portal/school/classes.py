"""The school's classes: when they are taught, who comes, who was there. Staff of the bureau see every school's."""

from __future__ import annotations

from flask import render_template

from portal import clock, doors
from portal.database import reading
from portal.school.door import pages
from scheduling import attendance, courses


@pages.get("/")
def home() -> str:
    """List the school's classes, newest first."""
    session, now = reading(), clock.now()
    school = doors.school(session)
    rows = [(one, one.standing(now)) for one in courses.of_school(session, doors.county(), school)]
    return render_template("school/home.html", school=school, rows=rows)


@pages.get("/classes/<slug>")
def training_class(slug: str) -> str:
    """Show one class of the school: sessions, roster, attendance. NotFound for another school's."""
    session, now = reading(), clock.now()
    row = courses.find_taught(session, doors.county(), slug, school=doors.school(session))
    return render_template(
        "school/classes/show.html",
        row=row,
        sheet=attendance.sheet(session, row, now=now),
        now=now,
    )
