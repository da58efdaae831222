"""Desk room: who teaches at a school, when she cannot, and in which rooms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.teaching import AwayForm, TeachingForm, TrainingRoomForm, room_as_typed, teacher_as_typed
from scheduling import schools


@pages.get("/schools/<uuid:id_>/teaching")
def school_teaching(id_: UUID) -> str:
    """List the teachers of a school with their absences, its rooms and workshops."""
    session, county = reading(), doors.county()
    return render_template(
        "desk/teaching/index.html",
        school=schools.by_id(session, county, id_),
        teachers=[row for row in schools.teachers(session, county) if row.school_id == id_],
        rooms=[row for row in schools.rooms(session, county) if row.school_id == id_],
    )


@pages.route("/schools/<uuid:id_>/teaching/teacher", methods=["GET", "POST"])
def school_teacher(id_: UUID) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask what somebody teaches; `?name=` shows what is known of her."""
    school = schools.by_id(reading(), doors.county(), id_)
    known = {row.name: row for row in schools.teachers(reading(), doors.county()) if row.school_id == id_}
    form = TeachingForm(data=teacher_as_typed(known.get(request.args.get("name", ""))))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row, by = schools.by_id(db, doors.county(), id_), doors.someone(db)
                schools.settle_teacher(db, row, **form.told(), by=by, now=clock.now())
            flash(_("%(name)s登记好了。", name=form.name.data), "success")
            return redirect(url_for(".school_teaching", id_=id_), 303)
    return errors.page("desk/teaching/teacher.html", form=form, school=school)


@pages.route("/schools/<uuid:id_>/teaching/room", methods=["GET", "POST"])
def school_room(id_: UUID) -> Any:  # noqa: ANN401
    """Ask what a room is like; `?name=` shows what is known of it."""
    school = schools.by_id(reading(), doors.county(), id_)
    known = {row.name: row for row in schools.rooms(reading(), doors.county()) if row.school_id == id_}
    form = TrainingRoomForm(data=room_as_typed(known.get(request.args.get("name", ""))))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row, by = schools.by_id(db, doors.county(), id_), doors.someone(db)
                schools.settle_room(db, row, **form.told(), by=by, now=clock.now())
            flash(_("%(name)s登记好了。", name=form.name.data), "success")
            return redirect(url_for(".school_teaching", id_=id_), 303)
    return errors.page("desk/teaching/room.html", form=form, school=school)


@pages.route("/teachers/<uuid:id_>/absences", methods=["GET", "POST"])
def teacher_absences(id_: UUID) -> Any:  # noqa: ANN401
    """Ask when a teacher cannot teach."""
    teacher = schools.teacher(reading(), doors.county(), id_)
    form = AwayForm(first=clock.today(), last=clock.today())
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row, by = schools.teacher(db, doors.county(), id_), doors.someone(db)
                told = {"first": form.first.data, "last": form.last.data, "reason": form.reason.data or ""}
                schools.away(db, row, **told, by=by, now=clock.now())
                school = row.school_id
            flash(_("记下了。已经排好的课不会自己动，请到课表里重排。"), "success")
            return redirect(url_for(".school_teaching", id_=school), 303)
    return errors.page("desk/teaching/away.html", form=form, teacher=teacher)


@pages.post("/absences/<uuid:id_>/removal")
def absence_removal(id_: UUID) -> Response:
    """Strike an absence: she can teach after all."""
    with writing() as db:
        teacher = schools.back(db, doors.county(), id_, by=doors.someone(db), now=clock.now())
        school = teacher.school_id
    flash(_("销假了。"), "success")
    return redirect(url_for(".school_teaching", id_=school), 303)
