"""Desk room: what looks odd in classes (疑点清单), and the notes that settle it.

A reviewer's list: who is to be asked does not read beforehand what is asked, so a school answers when the desk calls.
"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.filing import SettlementForm
from scheduling import courses, risks, samples


@pages.get("/risks/")
def risks_overview() -> str:
    """List the classes with how much is to be looked at, the most first."""
    rows = risks.overview(reading(), doors.county(), keys=doors.keys(), now=clock.now())
    return render_template("desk/risks/index.html", rows=rows)


@pages.get("/classes/<slug>/risks")
def class_risks(slug: str) -> str:
    """Show what looks odd in one class, each with its rows; what has a note below."""
    session = reading()
    row = courses.find(session, doors.county(), slug)
    return render_template(
        "desk/risks/show.html",
        row=row,
        listed=risks.listed(session, row, keys=doors.keys(), now=clock.now()),
        sample=samples.find(session, row),
    )


@pages.route("/classes/<slug>/risks/settlement", methods=["GET", "POST"])
def class_risk_settlement(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask what was found out about one hit, `?rule=` and `?hit=`, and write it beside it."""
    session = reading()
    row = courses.find(session, doors.county(), slug)
    form = SettlementForm(data={name: request.args.get(name, "") for name in ("rule", "hit")})
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                risks.settle(
                    db,
                    courses.find(db, doors.county(), slug),
                    form.rule.data,
                    form.hit.data,
                    note=form.note.data,
                    keys=doors.keys(),
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已记下，这一条不再算没核实的。"), "success")
            return redirect(url_for(".class_risks", slug=slug), 303)
    rule, digest = form.rule.data or "", form.hit.data or ""
    hit = risks.find(reading(), row, rule, digest, keys=doors.keys(), now=clock.now())
    return errors.page("desk/risks/settlement.html", form=form, row=row, hit=hit)
