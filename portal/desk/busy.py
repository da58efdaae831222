"""Desk room: when venues, vans, colleagues, teachers and rooms are taken for other reasons, by their own calendars."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from portal import busy, clock, doors, errors
from portal.busy import Subject
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.busy import VenueForm
from scheduling import markets, schools, staff, vans, venues
from scheduling.diaries import Bookable
from scheduling.refusals import NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FIND: dict[str, Callable[[Session, str, UUID], Bookable]] = {
    "venue": venues.find,
    "van": vans.find,
    "staff": staff.find,
    "teacher": schools.teacher,
    "room": schools.room,
}


@pages.route("/venues/", methods=["GET", "POST"], endpoint="venues")
def places() -> Any:  # noqa: ANN401  a page or a redirect
    """List the venues, offer places of fairs, and ask for one more."""
    session, county = reading(), doors.county()
    form = VenueForm().with_townships(markets.townships(session, county))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                told = {"name": form.name.data, "township_id": form.township_id()}
                id_ = venues.settle(db, county, **told, by=doors.someone(db), now=clock.now()).id
            flash(_("登记好了，现在可以导入它的日历。"), "success")
            return redirect(url_for(".busy", kind="venue", id_=id_), 303)
    more = {"rows": venues.of_county(session, county), "offered": venues.of_fairs(session, county)}
    return errors.page("desk/venues/index.html", form=form, **more)


def _subject(kind: str, id_: UUID) -> Subject:
    """Give whose calendar it is. Raises NotFound."""
    if kind not in _FIND:
        raise NotFound
    county = doors.county()
    row = _FIND[kind](reading(), county, id_)
    return Subject(lambda session: _FIND[kind](session, county, id_), kind, id_, _back(kind, row))


def _back(kind: str, row: Any) -> tuple[str, str]:  # noqa: ANN401  one of five kinds
    if kind == "venue":
        return url_for(".venues"), _("场地")
    if kind == "van":
        return url_for(".van", id_=row.id), row.name
    if kind == "staff":
        return url_for(".staff_member", id_=row.id), row.name
    return url_for(".school_teaching", id_=row.school_id), _("老师和教室")


busy.rooms(pages, _subject)
