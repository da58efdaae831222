"""The company's vacancies: posting, copying, changing, bringing to fairs, taking down."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.vacancy import PlacesForm, VacancyForm, as_copy, as_typed, said_anew
from scheduling import vacancies as acts
from scheduling.models import Vacancy


@pages.get("/vacancies/")
def vacancies() -> str:
    """List the company's vacancies."""
    session = reading()
    return render_template(
        "enterprise/vacancies/index.html", vacancies=acts.of_enterprise(session, doors.enterprise(session))
    )


@pages.route("/vacancies/new", methods=["GET", "POST"])
def vacancy_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a job card, blank or as a copy of another (`?from=`); POST puts it before the desk."""
    session = reading()
    firm, model = doors.enterprise(session), request.args.get("from", type=int)
    told = {"work_place": firm.address} if model is None else as_copy(_own(model))
    form = VacancyForm(data=told)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                firm, by = doors.enterprise(session), doors.someone(session)
                no = acts.post(session, firm, **form.card(), by=by, now=clock.now()).no
            flash(_("已提交，窗口审核后公开。"), "success")
            return redirect(url_for(".vacancy", no=no), 303)
    return errors.page("enterprise/vacancies/edit.html", form=form, vacancy=None, model=model)


@pages.get("/vacancies/<int:no>")
def vacancy(no: int) -> str:
    """Show one of the company's vacancies, how it stands, what of it waits, and what could be said better."""
    session, row = reading(), _own(no)
    change = row.revision
    return render_template(
        "enterprise/vacancies/show.html",
        vacancy=row,
        remarks=acts.remarks(acts.draft(change.card) if change else row),
        change=change,
        changed=said_anew(acts.changes(acts.card_of(row), change.card)) if change else [],
        fairs=acts.fairs_of(session, row, now=clock.now()),
        asked=acts.count_interests(session, doors.county(), about=row, since=clock.now() - acts.KEPT),
    )


@pages.route("/vacancies/<int:no>/edit", methods=["GET", "POST"])
def vacancy_edit(no: int) -> Any:  # noqa: ANN401
    """Show the card as a form; POST changes it."""
    row = _own(no)
    form = VacancyForm(data=as_typed(row))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                row = acts.find(session, doors.county(), no, of=doors.enterprise(session))
                acts.revise(session, row, **form.card(), by=doors.someone(session), now=clock.now())
                waits = row.revision is not None
            flash(_("已保存，窗口审核后换上。公开的先还是原来的内容。") if waits else _("已保存。"), "success")
            return redirect(url_for(".vacancy", no=no), 303)
    # as it is kept, not as it was typed
    return errors.page("enterprise/vacancies/edit.html", form=form, vacancy=_own(no), model=None)


@pages.post("/vacancies/<int:no>/revision/withdrawal")
def vacancy_revision_withdrawal(no: int) -> Response:
    """Take back a change that is not approved yet."""
    with writing() as session:
        row = acts.find(session, doors.county(), no, of=doors.enterprise(session))
        acts.withdraw_revision(session, row, by=doors.someone(session), now=clock.now())
    flash(_("改动已撤回，还是原来的内容。"), "success")
    return redirect(url_for(".vacancy", no=no), 303)


@pages.route("/vacancies/<int:no>/fairs", methods=["GET", "POST"])
def vacancy_fairs(no: int) -> Any:  # noqa: ANN401
    """Ask at which coming fairs the vacancy is shown; POST shows it at all that are ticked, and at no others."""
    row = _own(no)
    places = acts.places(reading(), row, now=clock.now())
    kept = [each.fair.slug for each in places if each.frozen and each.job_no is not None]
    form = PlacesForm(data={"fairs": [each.fair.slug for each in places if each.job_no is not None]}).offering(places)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                row = acts.find(session, doors.county(), no, of=doors.enterprise(session))
                slugs = {*(form.fairs.data or ()), *kept}  # a fair that is settled has no box to tick
                number = acts.bring(session, row, slugs, by=doors.someone(session), now=clock.now())
            flash(_("好了，这个岗位现在带到%(number)s场招聘会。", number=number), "success")
            return redirect(url_for(".vacancy", no=no), 303)
    row = _own(no)
    places = acts.places(reading(), row, now=clock.now())
    return errors.page("enterprise/vacancies/fairs.html", form=form.offering(places), vacancy=row, places=places)


@pages.post("/vacancies/<int:no>/closing")
def vacancy_closing(no: int) -> Response:
    """Take a vacancy down."""
    with writing() as session:
        row = acts.find(session, doors.county(), no, of=doors.enterprise(session))
        acts.close(session, row, by=doors.someone(session), now=clock.now())
    flash(_("已下架，求职者看不到了。"), "success")
    return redirect(url_for(".vacancies"), 303)


def _own(no: int) -> Vacancy:
    """Give the company's vacancy of this number, as it is kept now. Raises NotFound."""
    session = reading()
    return acts.find(session, doors.county(), no, of=doors.enterprise(session))
