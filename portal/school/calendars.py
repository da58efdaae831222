"""School room: the calendars of its teachers and of its rooms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, url_for
from werkzeug import Response

from portal import calendars, doors
from portal.database import reading
from portal.school.door import pages
from scheduling import schools
from scheduling.models import School, Teacher, TrainingRoom


@pages.route("/calendars/", methods=["GET", "POST"], endpoint="calendars")
def links() -> Any:  # noqa: ANN401  a page
    """Give links to the calendar of a teacher or of a room; staff see every school's."""
    return calendars.room("school/calendars.html", _of_school())


@pages.post("/calendars/<uuid:id_>/revocation")
def calendar_revocation(id_: UUID) -> Response:
    """Take a link back."""
    calendars.revoke(_of_school(), id_)
    return redirect(url_for(".calendars"), 303)


def _of_school() -> calendars.Subjects:
    session, county = reading(), doors.county()
    own = doors.school(session)
    rows: list[Teacher | TrainingRoom] = [*schools.teachers(session, county), *schools.rooms(session, county)]
    return [(row, _called(row, own)) for row in rows if own in {None, row.school}]


def _called(row: Teacher | TrainingRoom, own: School | None) -> str:
    return row.name if own else f"{row.name}（{row.school.name}）"
