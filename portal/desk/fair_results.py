"""Desk room: what came of a fair: figures with their sources, whether they add up, finishing and opening again."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.result import FiguresForm, FinishForm, ReopeningForm, figures_as_typed, note_told, said
from scheduling import fairs, results, turnout
from scheduling.models import Fair
from scheduling.refusals import FairCalledOff

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.route("/fairs/<slug>/figures", methods=["GET", "POST"])
def fair_figures(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show every figure, those known already filled in, and write down what the clerk says of them."""
    session, row = reading(), _fair(slug)
    proposed = results.propose(session, row)
    form = FiguresForm(
        data=figures_as_typed(fairs.figures(session, row), proposed.figures, fairs.note_of(session, row))
    )
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                _write(db, fairs.find(db, doors.county(), slug), form)
            flash(_("已记下。数字对得上就可以办结。"), "success")
            return redirect(url_for(".fair_finish", slug=slug), 303)
    written = {figure.name for figure in fairs.figures(session, row)}
    return errors.page(
        "desk/fairs/figures.html",
        form=form,
        fair=row,
        proposed={name: each for name, each in proposed.figures.items() if name not in written},
        reports=results.reports(session, row),
        needed=results.needed(row.kind),
        heads=proposed.heads,
    )


@pages.get("/fairs/<slug>/results.xlsx")
def fair_results_book(slug: str) -> Response:
    """Give the results as a workbook, with where each figure comes from."""
    session, row = reading(), _fair(slug)
    told = printing.Results(
        row,
        fairs.figures(session, row),
        fairs.note_of(session, row),
        results.reports(session, row),
        [said(each.key, each.facts) for each in results.troubles(session, row)[1]],
        results.propose(session, row).heads,
    )
    answer = Response(printing.results_book(told, now=clock.now()), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.slug}-results.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.route("/fairs/<slug>/finish", methods=["GET", "POST"])
def fair_finish(slug: str) -> Any:  # noqa: ANN401
    """Show whether the figures add up, each trouble as a sentence, and let them stand."""
    form = FinishForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = fairs.find(db, doors.county(), slug)
                results.finish(db, row, by=doors.someone(db), now=clock.now())
            flash(_("已办结。数字不能再改，要改先写明原因重新打开。"), "success")
            return redirect(url_for(".fair", slug=slug), 303)
    session, row = reading(), _fair(slug)
    lacking, wrong = results.troubles(session, row)
    return errors.page(
        "desk/fairs/finish.html",
        form=form,
        fair=row,
        figures=fairs.figures(session, row),
        note=fairs.note_of(session, row),
        lacking=lacking,
        wrong=[said(each.key, each.facts) for each in wrong],
        missed=turnout.to_miss(session, row),
        late=results.late_scans(session, row),
        silent=[booking for booking, told in results.reports(session, row) if told is None],
        over=row.ends_at <= clock.now(),
        due=fairs.deadlines(row, fairs.terms_of(session, row.county)).statistics,
    )


@pages.route("/fairs/<slug>/reopening", methods=["GET", "POST"])
def fair_reopening(slug: str) -> Any:  # noqa: ANN401
    """Ask why finished results are opened again, and open them."""
    row, form = _fair(slug), ReopeningForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = fairs.find(db, doors.county(), slug)
                results.reopen(db, saved, reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("已重新打开，改好再办结。"), "success")
            return redirect(url_for(".fair_figures", slug=slug), 303)
    if row.finish is None:
        return redirect(url_for(".fair_finish", slug=slug), 303)
    return errors.page("desk/fairs/reopening.html", form=form, fair=row)


def _fair(slug: str) -> Fair:
    """Find the fair. Raises NotFound, FairCalledOff: nothing came of that."""
    row = fairs.find(reading(), doors.county(), slug)
    if row.calling_off:
        raise FairCalledOff
    return row


def _write(db: Any, row: Fair, form: FiguresForm) -> None:  # noqa: ANN401  the transaction's session
    """Write down each figure that was typed, and take away what was emptied."""
    by, now = doors.someone(db), clock.now()
    for name, told in form.told().items():
        if told is None:
            fairs.drop_figure(db, row, name, by=by, now=now)
        else:
            value, source = told
            fairs.record_figure(db, row, name, value, source, by=by, now=now)
    weather, remark = note_told(form)
    fairs.note(db, row, weather=weather, remark=remark, by=by, now=now)
