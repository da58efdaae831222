"""Desk room: the ledger of enterprises' needs (企业用工需求台账): lines, sums, what does not add up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.placement import NeedClosingForm, NeedForm
from scheduling import enterprises, placements
from scheduling import ledger as acts


@pages.get("/ledger/", endpoint="ledger")
def ledger() -> str:
    """List the lines with need, hired and gap; `?state=` keeps the open or the closed ones. The sums are of these."""
    state = request.args.get("state", "")
    rows = acts.lines(reading(), doors.county(), state=state if state in {"open", "closed"} else "")
    assigned = [row for row in rows if row.source == "assigned"]
    return render_template(
        "desk/ledger/index.html",
        rows=rows,
        state=state,
        totals=acts.totals(rows),
        assigned=acts.totals(assigned),
        troubles=acts.troubles(rows),
    )


@pages.route("/ledger/new", methods=["GET", "POST"])
def need_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for one more line."""
    form = NeedForm(data={"registered_on": clock.today(), "source": "own"})
    form.offer(enterprises.listed(reading(), doors.county(), state="approved"))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                firm = enterprises.find(db, doors.county(), UUID(form.enterprise.data))
                no = acts.add(db, firm, **form.line(), by=doors.someone(db), now=clock.now()).no
            flash(_("已登记，第%(no)s号。", no=no), "success")
            return _to(no)
    return errors.page("desk/ledger/new.html", form=form)


@pages.get("/ledger/<int:no>")
def need(no: int) -> str:
    """Show one line and who was placed on it."""
    session = reading()
    row = acts.find(session, doors.county(), no)
    return render_template("desk/ledger/show.html", row=row, placed=placements.of_need(session, row))


@pages.route("/ledger/<int:no>/closing", methods=["GET", "POST"])
def need_closing(no: int) -> Any:  # noqa: ANN401
    """Ask how a line ended, and close it; with people still wanted a note is asked for."""
    form = NeedClosingForm(data={"on": clock.today()})
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = acts.find(db, doors.county(), no)
                acts.close(db, row, on=form.on.data, how=form.how.data or "", by=doors.someone(db), now=clock.now())
            flash(_("已办结。"), "success")
            return _to(no)
    return errors.page("desk/ledger/closing.html", form=form, row=acts.find(reading(), doors.county(), no))


@pages.post("/ledger/<int:no>/reopening")
def need_reopening(no: int) -> Response:
    """Open a closed line again."""
    with writing() as db:
        acts.reopen(db, acts.find(db, doors.county(), no), by=doors.someone(db), now=clock.now())
    flash(_("已重新打开。"), "success")
    return _to(no)


def _to(no: int) -> Response:
    return redirect(url_for(".need", no=no), 303)
