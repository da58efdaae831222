"""Desk room: the phone sample of a class (电话抽查): drawing it, calling, noting what was said."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.filing import CheckForm, SampleForm
from scheduling import courses, enrolments, samples, training_rules
from scheduling.refusals import NotFound


@pages.route("/classes/<slug>/sample", methods=["GET", "POST"])
def class_sample(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show who is to be called and what was said; before there is a draw, ask for one."""
    form = SampleForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row, seed = courses.find(db, doors.county(), slug), form.seed.data or ""
                number = len(samples.draw(db, row, seed=seed, by=doors.someone(db), now=clock.now()).checks)
            flash(_("抽了%(number)s人，请打电话核实。", number=number), "success")
            return redirect(url_for(".class_sample", slug=slug), 303)
    session = reading()
    row = courses.find(session, doors.county(), slug)
    return errors.page(
        "desk/samples/show.html",
        form=form,
        row=row,
        sample=samples.find(session, row),
        people=len(enrolments.roster(session, row)),
        share=training_rules.of(row.course).sample_share,
    )


@pages.route("/classes/<slug>/sample/<uuid:id_>", methods=["GET", "POST"])
def class_check(slug: str, id_: UUID) -> Any:  # noqa: ANN401
    """Ask what somebody said on the phone, and note it."""
    session = reading()
    row = courses.find(session, doors.county(), slug)
    sample = samples.find(session, row)
    check = next((one for one in sample.checks if one.id == id_), None) if sample else None
    if check is None:
        raise NotFound
    form = CheckForm(data={"answer": check.answer, "note": check.note})
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                told = {"answer": form.answer.data, "note": form.note.data or ""}
                found = courses.find(db, doors.county(), slug)
                samples.note(db, found, id_, **told, by=doors.someone(db), now=clock.now())
            flash(_("已记下。"), "success")
            return redirect(url_for(".class_sample", slug=slug), 303)
    return errors.page("desk/samples/check.html", form=form, row=row, check=check)
