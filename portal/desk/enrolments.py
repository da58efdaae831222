"""Desk room: who is on a class's list, the roster, the sheets for paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.filters import day
from portal.forms.enrolment import DeskEnrolForm, RevealForm, TransferForm
from portal.wording import word
from scheduling import attendance, courses, diaries, enrolments, identity
from scheduling.diaries.own import Held
from scheduling.models import TrainingClass
from scheduling.refusals import Refusal


@pages.get("/classes/<slug>/enrolments")
def class_enrolments(slug: str) -> str:
    """List everybody who signed up: seats, the waiting line, who cancelled."""
    session, row = reading(), _find(slug)
    people = enrolments.of_class(session, row)
    groups = {state: [one for one in people if one.state == state] for state in ("confirmed", "cancelled")}
    return render_template(
        "desk/classes/enrolments.html",
        row=row,
        groups=[
            ("confirmed", groups["confirmed"]),
            ("waitlisted", enrolments.in_line(people)),
            ("cancelled", groups["cancelled"]),
        ],
        offers=enrolments.offers_of(session, row),
    )


@pages.route("/classes/<slug>/enrolments/new", methods=["GET", "POST"])
def class_enrol(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for everything at once, for somebody at the window; staff may still enrol after the closing time."""
    form = DeskEnrolForm()
    if form.is_submitted():
        form = form.over(_held(_find(slug), form.name.data or "", form.phone.data or ""))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                enrolment = enrolments.enrol(
                    db,
                    courses.find(db, doors.county(), slug),
                    **form.answers(),
                    override=form.let_pass(),
                    keys=doors.keys(),
                    by=doors.someone(db),
                    now=clock.now(),
                    at_desk=True,
                )
                name, state = enrolment.jobseeker.name, word(enrolment.state, "state")
            flash(_("%(name)s：%(state)s。", name=name, state=state), "success")
            return redirect(url_for(".class_enrolments", slug=slug), 303)
    listed = courses.listed(reading(), _find(slug))
    standing = listed.standing(clock.now())
    return errors.page(
        "desk/classes/enrol.html",
        form=form,
        row=listed.training_class,
        listed=listed,
        standing=standing,
        reasons=_reasons(listed.training_class, form) if g.get("refused") else {},
    )


def _held(row: TrainingClass, name: str, phone: str) -> list[Held]:
    """Give what of her own stands when the class meets; nothing while name or phone cannot be read."""
    try:
        who = {"name": identity.name(name), "phone": identity.phone(phone)}
    except Refusal:
        return []
    now = clock.now()
    hours = diaries.own.lessons(row, now=now)
    return diaries.own.of_jobseeker(reading(), doors.county(), hours, **who, but=row.id, now=now)


def _reasons(row: TrainingClass, form: DeskEnrolForm) -> dict[str, str]:
    """Say every rule that speaks against her, in words; none when what was typed cannot be read."""
    try:
        who = enrolments.person(doors.keys(), **form.who())
        found = enrolments.look(reading(), row, [who], now=clock.now()).reasons(who)
    except Refusal:
        return {}
    return {rule: errors.wording(refusal)[1] for rule, refusal in found.items()}


@pages.post("/classes/<slug>/enrolments/<uuid:id_>/cancellation")
def enrolment_cancellation(slug: str, id_: UUID) -> Response:
    """Cancel for somebody; the next in line moves up."""
    with writing() as db:
        enrolment = enrolments.find(db, courses.find(db, doors.county(), slug), id_)
        enrolments.cancel(db, enrolment, by=doors.someone(db), now=clock.now())
        name = enrolment.jobseeker.name
    flash(_("%(name)s的报名已取消。", name=name), "success")
    return redirect(url_for(".class_enrolments", slug=slug), 303)


@pages.post("/classes/<slug>/enrolments/<uuid:id_>/answer")
def enrolment_answer(slug: str, id_: UUID) -> Response:
    """Answer an offered seat for somebody who rang up; a no lets the next in line move up."""
    with writing() as db:
        one = enrolments.find(db, courses.find(db, doors.county(), slug), id_)
        coming = request.form.get("coming") == "yes"
        enrolments.answer(db, one, coming=coming, by=doors.someone(db), now=clock.now())
        name, state = one.jobseeker.name, word(one.state, "state")
    flash(_("%(name)s：%(state)s。", name=name, state=state), "success")
    return redirect(url_for(".class_enrolments", slug=slug), 303)


@pages.route("/classes/<slug>/enrolments/<uuid:id_>/transfer", methods=["GET", "POST"])
def enrolment_transfer(slug: str, id_: UUID) -> Any:  # noqa: ANN401
    """Ask into which class; POST transfers her there, with all she answered."""
    row = _find(slug)
    one = enrolments.find(reading(), row, id_)
    form = TransferForm()
    form.slug.choices = _others(row)
    if form.slug.data in {value for value, _words in form.slug.choices}:
        found = _held(_find(form.slug.data), one.jobseeker.name, one.jobseeker.phone)
        form = form.over([each for each in found if each.id_ != one.id])  # she leaves this class
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                made = enrolments.transfer(
                    db,
                    enrolments.find(db, courses.find(db, doors.county(), slug), id_),
                    courses.find(db, doors.county(), form.slug.data),
                    override=form.let_pass(),
                    keys=doors.keys(),
                    by=doors.someone(db),
                    now=clock.now(),
                )
                new, name = made.id, made.jobseeker.name
            flash(_("%(name)s已转班。", name=name), "success")
            return redirect(url_for(".enrolment", slug=form.slug.data, id_=new), 303)
    return errors.page("desk/classes/transfer.html", form=form, row=row, one=one)


def _others(row: TrainingClass) -> list[tuple[str, str]]:
    """Give the classes somebody may be transferred to, each with its first day and what is free."""
    now = clock.now()
    return [
        (
            other.slug,
            _(
                "%(title)s，%(first)s开班，空%(left)s个名额",
                title=other.title,
                first=day(other.starts_on),
                left=other.seats_left,
            ),
        )
        for other in courses.of_desk(reading(), doors.county())
        if other.training_class.id != row.id and other.standing(now) in {"open", "full", "closed", "running"}
    ]


@pages.route("/classes/<slug>/enrolments/<uuid:id_>", methods=["GET", "POST"])
def enrolment(slug: str, id_: UUID) -> Any:  # noqa: ANN401
    """Show one enrolment. POST tells the full ID number, for a reason that is recorded.

    The one POST that answers with a page: the number stands in no address and in no draft, and a reload asks again.
    """
    form, number = RevealForm(), None
    if form.validate_on_submit():
        with errors.beside(form), writing() as db:
            one = enrolments.find(db, courses.find(db, doors.county(), slug), id_)
            number = enrolments.reveal_id(
                db, one, reason=form.reason.data, keys=doors.keys(), by=doors.someone(db), now=clock.now()
            )
    row = _find(slug)
    one = enrolments.find(reading(), row, id_)
    return errors.page(
        "desk/classes/enrolment.html",
        form=form,
        row=row,
        one=one,
        number=number,
        ahead=enrolments.ahead(reading(), one),
        offer=enrolments.offer(reading(), one),
        passed=enrolments.passed(reading(), one),
    )


@pages.get("/classes/<slug>/roster")
def class_roster(slug: str) -> str:
    """Show who has a seat, and the book of attendance; paper is typed and printed behind the school's door."""
    session, row, now = reading(), _find(slug), clock.now()
    sheet = attendance.sheet(session, row, now=now)
    return render_template(
        "desk/classes/roster.html",
        row=row,
        sheet=sheet,
        paper=(lambda number: url_for("school.session_paper", slug=slug, number=number)) if row.publication else None,
        now=now,
    )


def _find(slug: str) -> TrainingClass:
    return courses.find(reading(), doors.county(), slug)
