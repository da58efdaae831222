"""Desk room: the filing of a class (开班备案): what was handed in, what is missing, its papers, what the desk says."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.enrolment import RevealForm
from portal.forms.filing import ApprovalForm, ReturnForm
from scheduling import courses, filings
from scheduling.models import TrainingClass


@pages.get("/filings/")
def filings_waiting() -> str:
    """List the filings that wait for the desk, the oldest first."""
    return render_template("desk/filings/index.html", rows=filings.waiting(reading(), doors.county()))


@pages.get("/classes/<slug>/filing")
def class_filing(slug: str) -> str:
    """Show the filing of one class: five papers and two promises, what does not fit, what changed since."""
    row = _find(slug)
    return render_template(
        "desk/filings/show.html", row=row, package=filings.package(reading(), row), today=clock.today()
    )


@pages.route("/classes/<slug>/filing/approval", methods=["GET", "POST"])
def class_filing_approval(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the number, and approve what was handed in."""
    row, form = _find(slug), ApprovalForm()
    package = filings.package(reading(), row)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                filings.approve(
                    db,
                    courses.find(db, doors.county(), slug),
                    number=form.number.data,
                    reason=form.reason.data or "",
                    seen=form.seen.data or "",
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已备案，学校会收到短信。"), "success")
            return _to(slug)
    return errors.page("desk/filings/approval.html", form=_seen(form, package), row=_find(slug), package=package)


@pages.route("/classes/<slug>/filing/return", methods=["GET", "POST"])
def class_filing_return(slug: str) -> Any:  # noqa: ANN401
    """Ask what is to be changed, and give the filing back."""
    row, form = _find(slug), ReturnForm()
    package = filings.package(reading(), row)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                filings.give_back(
                    db,
                    courses.find(db, doors.county(), slug),
                    reason=form.reason.data,
                    seen=form.seen.data or "",
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已退回，学校会收到短信。"), "success")
            return _to(slug)
    return errors.page("desk/filings/return.html", form=_seen(form, package), row=_find(slug), package=package)


@pages.get("/classes/<slug>/filing/<what>.pdf")
def class_filing_paper(slug: str, what: str) -> Response:
    """Print one paper of the filing; ID numbers are masked."""
    if what not in printing.CLASS_PAPERS:
        abort(404)
    return printing.answer(printing.class_paper(reading(), _find(slug), what))


@pages.route("/classes/<slug>/filing/roster-in-full", methods=["GET", "POST"])
def class_roster_in_full(slug: str) -> Any:  # noqa: ANN401  a page or a PDF
    """Ask why whole ID numbers are needed, and print the roster with them: a deed for each, a watermark across it.

    A POST that answers with a paper: it stands in no address, and printing again is asked, and recorded, again.
    """
    form = RevealForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = courses.find(db, doors.county(), slug)
                made = printing.roster_in_full(db, row, reason=form.reason.data, by=doors.someone(db))
            return printing.answer(made)
    return errors.page("offices/roster_in_full.html", form=form, row=_find(slug))


def _seen(form: Any, package: filings.Package) -> Any:  # noqa: ANN401  a form with `seen`
    """Let the form say which filing the page showed."""
    form.seen.data = filings.stamp(package.waits) if package.waits else ""
    return form


def _find(slug: str) -> TrainingClass:
    return courses.find(reading(), doors.county(), slug)


def _to(slug: str) -> Response:
    return redirect(url_for(".class_filing", slug=slug), 303)
