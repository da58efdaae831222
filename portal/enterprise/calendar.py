"""The company's own calendar: the fairs at which it has a booth, the shows in which it has a slot."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, url_for
from werkzeug import Response

from portal import calendars, doors
from portal.database import reading
from portal.enterprise.door import pages


@pages.route("/calendar/", methods=["GET", "POST"])
def calendar() -> Any:  # noqa: ANN401  a page
    """Give links to it."""
    return calendars.room("enterprise/calendar.html", _own())


@pages.post("/calendar/<uuid:id_>/revocation")
def calendar_revocation(id_: UUID) -> Response:
    """Take a link back."""
    calendars.revoke(_own(), id_)
    return redirect(url_for(".calendar"), 303)


def _own() -> calendars.Subjects:
    firm = doors.enterprise(reading())
    return [(firm, firm.name)]
