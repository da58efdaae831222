"""Desk room: the rules of training, as data; what places do to start from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.training_rule import TrainingRulesForm, as_typed
from portal.wording import word
from scheduling import training_rules as acts


@pages.get("/training-rules/", endpoint="training_rules")
def training_rules() -> str:
    """List the county's rules of training, and the presets to start from."""
    rows = acts.of_county(reading(), doors.county())
    return render_template("desk/training_rules/index.html", rows=rows, presets=list(acts.PRESETS))


@pages.route("/training-rules/new", methods=["GET", "POST"])
def training_rules_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for new rules, starting from a preset."""
    preset = request.args.get("preset", "")
    terms = acts.PRESETS.get(preset, acts.SAMPLE)
    name = word(preset, "rules.preset") if preset in acts.PRESETS else ""
    form = TrainingRulesForm(data=as_typed(name, terms))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                by, now = doors.someone(db), clock.now()
                acts.add(db, doors.county(), name=form.name.data, terms=form.terms(), by=by, now=now)
            flash(_("规则已保存。到“课程”里给课程用上。"), "success")
            return redirect(url_for(".training_rules"), 303)
    return errors.page("desk/training_rules/edit.html", form=form, name=None)


@pages.route("/training-rules/<uuid:id_>", methods=["GET", "POST"])
def training_rules_change(id_: UUID) -> Any:  # noqa: ANN401
    """Ask what is different about rules, and keep it: for all courses that go by them. The name stays."""
    row = acts.find(reading(), doors.county(), id_)
    name = row.name
    form = TrainingRulesForm(data=as_typed(row.name, acts.terms(row)))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = acts.find(db, doors.county(), id_)
                acts.change(db, row, form.terms(), by=doors.someone(db), now=clock.now())
            flash(_("规则已保存，用它的课程都跟着变。"), "success")
            return redirect(url_for(".training_rules"), 303)
    return errors.page("desk/training_rules/edit.html", form=form, name=name)
