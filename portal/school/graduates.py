"""School room: what became of its classes: scores, certificates, the claim; calls made and placements told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.placement import FollowUpForm, PlacementForm, place_told
from portal.school.door import pages
from scheduling import certificates, claims, courses, enrolments, enterprises, exams, followups, placements
from scheduling.models import TrainingClass

AHEAD = timedelta(days=30)


@pages.get("/classes/<slug>/results")
def class_results(slug: str) -> str:
    """Show scores, certificates, placements and where the claim stands; nothing here is changed but placements."""
    session = reading()
    row = _find(session, slug)
    claim = claims.of_class(session, row)
    return render_template(
        "school/graduates/index.html",
        row=row,
        sittings=exams.of_class(session, row),
        people=enrolments.roster(session, row),
        stands=exams.outcomes(session, row),
        held=certificates.of_class(session, row),
        placed=placements.of_class(session, row),
        calls=followups.of_class(session, row),
        lacking=exams.lacking(session, row, now=clock.now()),
        claim=claim,
        state=claims.state(claim, clock.today()) if claim else "",
        total=claims.total(claim.lines) if claim else 0,
        due=claims.due_on(session, row),
        today=clock.today(),
    )


@pages.route("/classes/<slug>/placements/new/<uuid:enrolment_id>", methods=["GET", "POST"])
def placement_new(slug: str, enrolment_id: UUID) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask where she works since when, and record it; the desk verifies."""
    form = PlacementForm(data={"started_on": clock.today()})
    form.offer(enterprises.listed(reading(), doors.county(), state="approved"))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                person = enrolments.find(db, _find(db, slug), enrolment_id)
                told = place_told(form, db, doors.county())
                placements.record(db, person, **told, source="school", by=doors.someone(db), now=clock.now())
            flash(_("已登记上岗，窗口会核实。"), "success")
            return redirect(url_for(".class_results", slug=slug), 303)
    row = _find(reading(), slug)
    person = enrolments.find(reading(), row, enrolment_id)
    return errors.page("school/graduates/placement.html", form=form, row=row, person=person)


@pages.get("/follow-ups/", endpoint="follow_ups")
def follow_ups() -> str:
    """List whom of its graduates the school is to call now, and whom within a month."""
    session, county, today = reading(), doors.county(), clock.today()
    school = doors.school(session)
    return render_template(
        "offices/followups/index.html",
        due=followups.due(session, county, school=school, today=today),
        coming=followups.coming(session, county, school=school, today=today, until=today + AHEAD),
    )


@pages.route("/follow-ups/<uuid:id_>", methods=["GET", "POST"])
def follow_up(id_: UUID) -> Any:  # noqa: ANN401
    """Ask what the call brought, and write it down."""
    row = followups.find(reading(), doors.county(), id_, school=doors.school(reading())).follow_up
    form = FollowUpForm(data={"answer": row.answer, "wage": row.wage, "note": row.note})
    form.offer(enterprises.listed(reading(), doors.county(), state="approved"))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                one = followups.find(db, doors.county(), id_, school=doors.school(db)).follow_up
                told = place_told(form, db, doors.county())
                by, note = doors.someone(db), form.note.data or ""
                followups.answer(db, one, form.answer.data, **told, note=note, source="school", by=by, now=clock.now())
            flash(_("已记下。"), "success")
            return redirect(url_for(".follow_ups"), 303)
    call = followups.find(reading(), doors.county(), id_, school=doors.school(reading()))
    return errors.page("offices/followups/show.html", form=form, call=call)


def _find(session: Any, slug: str) -> TrainingClass:  # noqa: ANN401  a session
    return courses.find_taught(session, doors.county(), slug, school=doors.school(session))
