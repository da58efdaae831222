"""Desk room: the calendars of vans and of the staff's duties."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, url_for
from werkzeug import Response

from portal import calendars, doors
from portal.database import reading
from portal.desk.door import pages
from scheduling import staff, vans
from scheduling.models import StaffMember, Van


@pages.route("/calendars/", methods=["GET", "POST"], endpoint="calendars")
def links() -> Any:  # noqa: ANN401  a page
    """Give links to the calendar of a van or of somebody's duties."""
    return calendars.room("desk/calendars/index.html", _ours())


@pages.post("/calendars/<uuid:id_>/revocation")
def calendar_revocation(id_: UUID) -> Response:
    """Take a link back."""
    calendars.revoke(_ours(), id_)
    return redirect(url_for(".calendars"), 303)


def _ours() -> calendars.Subjects:
    session, county = reading(), doors.county()
    rows: list[StaffMember | Van] = [*staff.at_work(session, county), *vans.in_service(session, county)]
    return [(row, row.name) for row in rows]
