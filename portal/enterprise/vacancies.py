"""The company's vacancies: posting, changing, taking down."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.vacancy import VacancyForm, as_typed
from scheduling import vacancies as acts


@pages.get("/vacancies/")
def vacancies() -> str:
    """List the company's vacancies."""
    session = reading()
    return render_template(
        "enterprise/vacancies/index.html", vacancies=acts.of_enterprise(session, doors.enterprise(session))
    )


@pages.route("/vacancies/new", methods=["GET", "POST"])
def vacancy_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a job card; POST puts it before the desk."""
    firm = doors.enterprise(reading())
    form = VacancyForm(work_place=firm.address)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                firm, by = doors.enterprise(session), doors.someone(session)
                no = acts.post(session, firm, **form.card(), by=by, now=clock.now()).no
            flash(_("已提交，窗口审核后公开。"), "success")
            return redirect(url_for(".vacancy", no=no), 303)
    return errors.page("enterprise/vacancies/edit.html", form=form, vacancy=None)


@pages.get("/vacancies/<int:no>")
def vacancy(no: int) -> str:
    """Show one of the company's vacancies, how it stands, and what could be said better."""
    session = reading()
    row = acts.find(session, doors.county(), no, of=doors.enterprise(session))
    return render_template("enterprise/vacancies/show.html", vacancy=row, remarks=acts.remarks(row))


@pages.route("/vacancies/<int:no>/edit", methods=["GET", "POST"])
def vacancy_edit(no: int) -> Any:  # noqa: ANN401
    """Show the card as a form; POST changes it."""
    session = reading()
    row = acts.find(session, doors.county(), no, of=doors.enterprise(session))
    form = VacancyForm(data=as_typed(row))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                row = acts.find(session, doors.county(), no, of=doors.enterprise(session))
                acts.revise(session, row, **form.card(), by=doors.someone(session), now=clock.now())
            flash(_("已保存。"), "success")
            return redirect(url_for(".vacancy", no=no), 303)
    row = acts.find(session, doors.county(), no, of=doors.enterprise(session))  # as it is kept, not as it was typed
    return errors.page("enterprise/vacancies/edit.html", form=form, vacancy=row)


@pages.post("/vacancies/<int:no>/closing")
def vacancy_closing(no: int) -> Response:
    """Take a vacancy down."""
    with writing() as session:
        row = acts.find(session, doors.county(), no, of=doors.enterprise(session))
        acts.close(session, row, by=doors.someone(session), now=clock.now())
    flash(_("已下架，求职者看不到了。"), "success")
    return redirect(url_for(".vacancies"), 303)
