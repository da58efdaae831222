"""The first room behind the gate door: what is on just now, and one way in: the app that scans without a network.

Whoever is signed in makes the phone in her hand a scanner here, without walking to the desk for its QR.
"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug import Response

from portal import clock, doors
from portal.database import reading, writing
from portal.gate.door import pages
from scheduling import checkins, gate


@pages.get("/")
def home() -> str:
    """Show the fairs and class sessions that can be checked in to just now."""
    session, now = reading(), clock.now()
    return render_template(
        "gate/home.html",
        fairs=checkins.fairs_now(session, doors.county(), now=now),
        sessions=checkins.sessions_now(session, doors.county(), now=now),
    )


@pages.post("/joinings")
def joining() -> Response:
    """Invite the phone that asks to one event (`scope`) and lead it to the app, which joins. Raises NothingToScan.

    The invitation stands behind `#`, which no log sees, and is good for ten minutes and one phone as the desk's are.
    """
    with writing() as db:
        by, scope = doors.someone(db), request.form.get("scope", "")
        _row, token = gate.invite(db, doors.county(), [scope], by=by, now=clock.now())
    answer = redirect(f"{url_for('.app')}#{token}", 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer
