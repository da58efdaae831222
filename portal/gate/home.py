"""The first room behind the gate door: what is on just now."""

from flask import render_template

from portal import clock, doors
from portal.database import reading
from portal.gate.door import pages
from scheduling import checkins


@pages.get("/")
def home() -> str:
    """Show the fairs and class sessions that can be checked in to just now."""
    session, now = reading(), clock.now()
    return render_template(
        "gate/home.html",
        fairs=checkins.fairs_now(session, doors.county(), now=now),
        sessions=checkins.sessions_now(session, doors.county(), now=now),
    )
