"""Desk room: the papers of fairs: what the county asks for, what is let pass with a reason, what was handed in."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.paper import FilingForm, OverrideForm, TermsForm
from scheduling import fairs as acts


@pages.route("/fairs/terms", methods=["GET", "POST"])
def fair_terms() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the numbers of the rules here, and keep them."""
    form = TermsForm(obj=acts.terms_of(reading(), doors.county()))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                acts.keep_terms(db, doors.county(), **form.told(), by=doors.someone(db), now=clock.now())
            flash(_("已保存，各场的日子跟着变。"), "success")
            return redirect(url_for(".fairs"), 303)
    return errors.page("desk/fairs/terms.html", form=form)


@pages.route("/fairs/<slug>/overrides", methods=["GET", "POST"])
def fair_overrides(slug: str) -> Any:  # noqa: ANN401
    """Ask why the fair may go without something it lacks, and write it down."""
    session = reading()
    row = acts.find(session, doors.county(), slug)
    lacking = [key for key in acts.missing(session, row) if key in acts.MAY_PASS]
    form = OverrideForm(data={"item": request.args.get("item", "")})
    form.item.choices = [choice for choice in form.item.choices if choice.value in lacking]
    if lacking and form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                acts.override(
                    db,
                    acts.find(db, doors.county(), slug),
                    form.item.data,
                    reason=form.reason.data,
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已记下。"), "success")
            return redirect(url_for(".fair", slug=slug), 303)
    return errors.page("desk/fairs/override.html", form=form, fair=row, lacking=lacking)


@pages.post("/fairs/<slug>/overrides/<item>/withdrawal")
def fair_override_withdrawal(slug: str, item: str) -> Response:
    """Take back that the fair may go without something."""
    with writing() as db:
        acts.lift(db, acts.find(db, doors.county(), slug), item, by=doors.someone(db), now=clock.now())
    flash(_("已撤回。"), "success")
    return redirect(url_for(".fair", slug=slug), 303)


@pages.route("/fairs/<slug>/filings", methods=["GET", "POST"])
def fair_filings(slug: str) -> Any:  # noqa: ANN401
    """Ask what was handed in, when and under which number, and note it."""
    session = reading()
    row = acts.find(session, doors.county(), slug)
    form = FilingForm(data={"what": request.args.get("what", "filing"), "day": clock.today()})
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                acts.file(
                    db,
                    acts.find(db, doors.county(), slug),
                    form.what.data,
                    day=form.day.data,
                    number=form.number.data or "",
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已记下。"), "success")
            return redirect(url_for(".fair", slug=slug), 303)
    return errors.page("desk/fairs/filing.html", form=form, fair=row)


def papers(slug: str) -> dict[str, Any]:
    """Give what the fair's own page shows of its papers: the checklist, what was let pass, and by when what is due."""
    session, today = reading(), clock.today()
    row = acts.find(session, doors.county(), slug)
    terms = acts.terms_of(session, row.county)
    due, done = acts.deadlines(row, terms), acts.filings(session, row)
    dated = (("permit", due.permit), ("filing", due.filing), ("statistics", due.statistics))
    return {
        "asked": acts.asked_for(row, terms),
        "overrides": acts.overrides(session, row),
        "plan_file": acts.plan_of(session, row),
        "photos": len(acts.photos(session, row)),
        "city": acts.of_city(row, terms),
        "dues": [
            {"what": what, "day": day, "done": done.get(what), "late": day < today and what not in done}
            for what, day in dated
            if day is not None
        ],
    }
