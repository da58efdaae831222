"""School room: when its teachers and rooms are taken for other reasons, from calendars of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import busy, doors
from portal.busy import Subject
from portal.database import reading
from portal.school.door import pages
from scheduling import schools
from scheduling.models import Teacher, TrainingRoom
from scheduling.refusals import NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pages.get("/busy/")
def busy_people() -> str:
    """List the teachers and rooms whose calendars may be taken in; staff see every school's."""
    session, county, own = reading(), doors.county(), doors.school(reading())
    return render_template(
        "school/busy.html",
        school=own,
        teachers=[row for row in schools.teachers(session, county) if own in {None, row.school}],
        rooms=[row for row in schools.rooms(session, county) if own in {None, row.school}],
    )


def _subject(kind: str, id_: UUID) -> Subject:
    """Give whose calendar it is. Raises NotFound, also for another school's."""

    def find(session: Session) -> Teacher | TrainingRoom:
        own = doors.school(session)
        if kind not in {"teacher", "room"}:
            raise NotFound
        look = schools.teacher if kind == "teacher" else schools.room
        row: Teacher | TrainingRoom = look(session, doors.county(), id_)
        if own is not None and row.school_id != own.id:
            raise NotFound
        return row

    find(reading())
    return Subject(find, kind, id_, (url_for(".busy_people"), _("老师、教室占用")))


busy.rooms(pages, _subject)
