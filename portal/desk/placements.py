"""Desk room: who of a class works where: recorded, verified, undone with a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.placement import CountedPlacementForm, UndoingForm, place_told
from scheduling import certificates, courses, enrolments, enterprises, followups, ledger, placements
from scheduling.models import TrainingClass


@pages.get("/classes/<slug>/placements")
def class_placements(slug: str) -> str:
    """Show who of the class works where, and what the calls brought."""
    session, row = reading(), _find(slug)
    return render_template(
        "desk/placements/index.html",
        row=row,
        people=enrolments.roster(session, row),
        held=certificates.of_class(session, row),
        placed=placements.of_class(session, row),
        calls=followups.of_class(session, row),
        today=clock.today(),
    )


@pages.route("/classes/<slug>/placements/new/<uuid:enrolment_id>", methods=["GET", "POST"])
def placement_new(slug: str, enrolment_id: UUID) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask where she works since when, and record it."""
    form = CountedPlacementForm(data={"started_on": clock.today()})
    form.offer(enterprises.listed(reading(), doors.county(), state="approved"))
    form.lines([one for one in ledger.lines(reading(), doors.county(), state="open") if one.gap])
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                person = enrolments.find(db, courses.find(db, doors.county(), slug), enrolment_id)
                told = place_told(form, db, doors.county())
                told["need"] = ledger.find(db, doors.county(), int(form.need.data)) if form.need.data else None
                placements.record(db, person, **told, source="desk", by=doors.someone(db), now=clock.now())
            flash(_("已登记上岗。"), "success")
            return _to(slug)
    row = _find(slug)
    person = enrolments.find(reading(), row, enrolment_id)
    return errors.page("desk/placements/new.html", form=form, row=row, person=person)


@pages.post("/placements/<uuid:id_>/verification")
def placement_verification(id_: UUID) -> Response:
    """Note that the desk made sure she works there."""
    with writing() as db:
        row = placements.find(db, doors.county(), id_)
        placements.verify(db, row, by=doors.someone(db), now=clock.now())
        slug = db.get_one(TrainingClass, row.enrolment.class_id).slug
    flash(_("已核实到岗。"), "success")
    return _to(slug)


@pages.route("/placements/<uuid:id_>/undoing", methods=["GET", "POST"])
def placement_undoing(id_: UUID) -> Any:  # noqa: ANN401
    """Ask why, and undo a placement."""
    form = UndoingForm()
    slug = placements.find(reading(), doors.county(), id_).enrolment.training_class.slug
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = placements.find(db, doors.county(), id_)
                placements.undo(db, row, reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("已撤销，台账跟着变。"), "success")
            return _to(slug)
    row = placements.find(reading(), doors.county(), id_)
    return errors.page("desk/placements/undoing.html", form=form, row=_find(slug), one=row)


def _find(slug: str) -> TrainingClass:
    return courses.find(reading(), doors.county(), slug)


def _to(slug: str) -> Response:
    return redirect(url_for(".class_placements", slug=slug), 303)
