"""School room: filing a class (开班备案): what the school writes and promises, handing it in, its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.forms.enrolment import RevealForm
from portal.forms.filing import DossierForm, SchoolPromiseForm, SubmissionForm
from portal.school.door import pages
from scheduling import courses, filings
from scheduling.models import TrainingClass

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pages.get("/classes/<slug>/filing")
def class_filing(slug: str) -> str:
    """Show how the class stands with its filing: what is there, what is missing, what the desk said."""
    row = _find(reading(), slug)
    return render_template(
        "school/filings/show.html",
        row=row,
        package=filings.package(reading(), row),
        today=clock.today(),
        promise=SchoolPromiseForm(formdata=None),
    )


@pages.route("/classes/<slug>/dossier", methods=["GET", "POST"])
def class_dossier(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask who is in charge, which book, which modules, how it is examined."""
    row = _find(reading(), slug)
    known = filings.dossier(reading(), row)
    form = DossierForm(obj=known) if known and known.modules else DossierForm(obj=known, modules=row.course.modules)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                told = {name: form[name].data or "" for name in ("head_teacher", "textbook", "modules", "exam_scheme")}
                filings.fill(db, _find(db, slug), **told, by=doors.someone(db), now=clock.now())
            flash(_("已保存。"), "success")
            return _to(slug)
    return errors.page("school/filings/dossier.html", form=form, row=_find(reading(), slug))


@pages.post("/classes/<slug>/promise")
def class_promise(slug: str) -> Any:  # noqa: ANN401
    """Give the school's promise; the page again when it was not ticked."""
    form = SchoolPromiseForm()
    if form.validate_on_submit():
        with writing() as db:
            filings.commit(db, _find(db, slug), by=doors.someone(db), now=clock.now())
        flash(_("已记下学校的承诺。"), "success")
        return _to(slug)
    row = _find(reading(), slug)
    package = filings.package(reading(), row)
    return errors.page(
        "school/filings/show.html", form=form, promise=form, row=row, package=package, today=clock.today()
    )


@pages.route("/classes/<slug>/filing/submission", methods=["GET", "POST"])
def class_filing_submission(slug: str) -> Any:  # noqa: ANN401
    """Show once more what is handed in, ask why where something approved is changed, and hand it in."""
    form = SubmissionForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                note = form.note.data or ""
                filings.submit(db, _find(db, slug), note=note, by=doors.someone(db), now=clock.now())
            flash(_("已提交，等窗口办。办好会发短信。"), "success")
            return _to(slug)
    row = _find(reading(), slug)
    package = filings.package(reading(), row)
    return errors.page("school/filings/submission.html", form=form, row=row, package=package, today=clock.today())


@pages.get("/classes/<slug>/filing/<what>.pdf")
def class_filing_paper(slug: str, what: str) -> Response:
    """Print one paper of the filing; ID numbers are masked."""
    if what not in printing.CLASS_PAPERS:
        abort(404)
    return printing.answer(printing.class_paper(reading(), _find(reading(), slug), what))


@pages.route("/classes/<slug>/filing/roster-in-full", methods=["GET", "POST"])
def class_roster_in_full(slug: str) -> Any:  # noqa: ANN401  a page or a PDF
    """Ask why whole ID numbers are needed, and print the roster of the school's own class with them: see the desk's."""
    form = RevealForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = _find(db, slug)
                made = printing.roster_in_full(db, row, reason=form.reason.data, by=doors.someone(db))
            return printing.answer(made)
    return errors.page("offices/roster_in_full.html", form=form, row=_find(reading(), slug))


def _find(session: Session, slug: str) -> TrainingClass:
    """Give a published class of the school. NotFound for another school's."""
    return courses.find_taught(session, doors.county(), slug, school=doors.school(session))


def _to(slug: str) -> Response:
    return redirect(url_for(".class_filing", slug=slug), 303)
