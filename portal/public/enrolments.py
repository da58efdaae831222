"""Signing up for a class: one question a page, what was answered is kept sealed, looked over at the end."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.enrolment import STEPS, first_open, steps_of
from portal.public import answers as kept
from portal.public import own
from portal.public.door import pages
from scheduling import courses, diaries, enrolments, limits, tickets
from scheduling.models import TrainingClass
from scheduling.refusals import AlreadySignedUp, ClassNotOpen


@pages.route("/courses/<slug>/enrolments/new", methods=["GET", "POST"])
def enrol(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask the next question; POST keeps the answer, and on the last page enrols and goes to the ticket."""
    listed = courses.find_public(reading(), doors.county(), slug)
    row = listed.training_class
    step, answers = request.args.get("step", ""), kept.read(_noun(row))
    if "done" in answers:
        if request.method == "POST" and step == "check":  # the second tap finds the first one's ticket
            return redirect(url_for(".ticket", token=answers["done"]), 303)
        answers = {}  # the next person on this phone starts anew
    if request.method == "GET" and listed.standing(clock.now()) not in {"open", "full"}:
        raise ClassNotOpen
    order, furthest = steps_of(answers), first_open(answers)
    if step not in order or order.index(step) > order.index(furthest):
        return redirect(url_for(".enrol", slug=slug, step=furthest), 303)
    if _left_as_it_was(step, answers):
        return redirect(url_for(".enrol", slug=slug, step=furthest), 303)
    form = STEPS[step](data={} if step == "id_number" else answers)  # her number is kept and not shown again
    if step == "check":
        form = form.over(_held(row, answers))
    if form.validate_on_submit():
        with errors.beside(form):
            if step == "check":
                return _enrol_or_remind(row, answers)
            typed = answers | kept.typed(form)
            _consider(row, step, typed)
            return _next(row, typed)
    at = order.index(step)
    return errors.page(
        f"public/enrolments/{step if step in {'id_number', 'education', 'agent', 'check'} else 'question'}.html",
        form=form,
        listed=listed,
        training_class=row,
        answers=answers,
        number=at + 1,
        of=len(order),
        back=url_for(".enrol", slug=slug, step=order[at - 1]) if at else url_for(".course", slug=slug),
        proven=step == "check" and own.proves(answers["phone"]),
    )


def _held(row: TrainingClass, answers: dict[str, Any]) -> list[diaries.own.Held]:
    """Give what of her own stands when the class meets, as far as this browser may know."""
    who, now = {name: answers[name] for name in ("name", "phone")}, clock.now()
    hours = diaries.own.lessons(row, now=now)
    found = diaries.own.of_jobseeker(reading(), doors.county(), hours, **who, but=row.id, now=now)
    return own.told(found, who["phone"])


def _left_as_it_was(step: str, answers: dict[str, Any]) -> bool:
    """Say whether she came back to her ID number and goes on without typing another."""
    typed = request.form.get("id_number", "").strip()
    return step == "id_number" and request.method == "POST" and not typed and bool(answers.get("id_number"))


def _consider(row: TrainingClass, step: str, answers: dict[str, Any]) -> None:
    """Say as early as possible that somebody cannot come, and everything that speaks against it at once.

    Raises the first; the page tells them all, and what she could do instead.
    """
    asks = {"id_number": set(enrolments.RULES) - {"education"}, "education": {"education"}}.get(step, set())
    if not asks:
        return
    who = enrolments.person(
        doors.keys(),
        name=answers["name"],
        phone=answers["phone"],
        id_number=answers["id_number"],
        education=answers.get("education") or "",
        category="",
    )
    history = enrolments.look(reading(), row, [who], now=clock.now())
    if who.blind in history.here:  # she does it all again: the end finds what she has
        return
    found = history.reasons(who)
    reasons = [refusal for rule, refusal in found.items() if rule in asks]
    if reasons:
        g.reasons = [errors.wording(refusal)[1] for refusal in reasons]
        raise reasons[0]


def _enrol_or_remind(row: TrainingClass, answers: dict[str, Any]) -> Response:
    """Enrol; who is enrolled from elsewhere gets her number by phone, and this browser no ticket."""
    try:
        return _enrol(row, answers)
    except AlreadySignedUp as refusal:
        if own.may_remind(answers["phone"]):
            with writing() as db:
                enrolments.tell_again(db, refusal.facts["id"], by=doors.anyone(db), now=clock.now())
        raise


def _enrol(row: TrainingClass, answers: dict[str, Any]) -> Response:
    """Enrol, and go to the ticket, which says whether she has a seat or waits."""
    other = answers["who"] == "other"
    with writing() as db:
        limits.knock(db, "enrol", answers["phone"], most=20, minutes=60, now=clock.now())
        limits.knock(db, "enrol from", request.remote_addr or "", most=200, minutes=60, now=clock.now())
        if other:
            limits.knock(db, "agent", answers["agent_phone"], most=40, minutes=60, now=clock.now())
    with writing() as db:
        enrolment = enrolments.enrol(
            db,
            courses.find(db, doors.county(), row.slug),
            **{name: answers[name] for name in ("name", "phone", "id_number", "education", "category")},
            household=answers.get("household") or "",
            relation=answers["relation"] if other else "self",
            agent_name=answers["agent_name"] if other else "",
            agent_phone=answers["agent_phone"] if other else "",
            consent=bool(answers.get("consent")),
            commitment=True,  # CheckForm asked for it
            own=lambda known: own.has(db, known, _noun(row)),
            keys=doors.keys(),
            by=doors.anyone(db),
            now=clock.now(),
        )
        token = tickets.token(tickets.issue(db, enrolment, now=clock.now()), doors.keys())
        kept.keep(db, _noun(row), {"done": token})  # what was typed is forgotten; only the way to the ticket stays
        own.add(enrolment)
    return redirect(url_for(".ticket", token=token), 303)


def _next(row: TrainingClass, answers: dict[str, Any]) -> Response:
    """Keep the answers and go to the first question that is still open."""
    with writing() as db:
        kept.keep(db, _noun(row), answers)
    return redirect(url_for(".enrol", slug=row.slug, step=first_open(answers)), 303)


def _noun(row: TrainingClass) -> str:
    return f"enrolment/{row.number}"
