"""Reserving a place at a fair: one question a page, what was answered is kept, looked over at the end."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.reservation import STEPS, first_open, steps_of
from portal.public import answers as kept
from portal.public import own
from portal.public.door import pages
from scheduling import diaries, fairs, limits, reservations, tickets
from scheduling.models import Fair
from scheduling.refusals import AlreadyReserved, FairNotOpen


@pages.route("/fairs/<slug>/reservations/new", methods=["GET", "POST"])
def reserve(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask the next question; POST keeps the answer, and on the last page reserves and goes to the ticket."""
    fair = fairs.find_public(reading(), doors.county(), slug)
    if request.method == "GET" and not reservations.is_open(fair, now=clock.now()):
        raise FairNotOpen
    step, answers = request.args.get("step", ""), kept.read(_noun(fair))
    if "done" in answers:
        if request.method == "POST" and step == "check":  # the second tap finds the first one's ticket
            return redirect(url_for(".ticket", token=answers["done"]), 303)
        answers = {}  # the next person on this phone starts anew
    furthest = first_open(answers)
    order = steps_of(answers)
    if step not in order or order.index(step) > order.index(furthest):
        return redirect(url_for(".reserve", slug=slug, step=furthest), 303)
    form = STEPS[step](data=answers)
    if step == "check":
        form = form.over(_held(fair, answers))
    if form.validate_on_submit():
        if step != "check":
            return _next(fair, answers | kept.typed(form))
        with errors.beside(form):
            return _reserve_or_remind(fair, answers)
    at = order.index(step)
    return errors.page(
        f"public/reservations/{step if step in {'agent', 'check'} else 'question'}.html",
        form=form,
        fair=fair,
        answers=answers,
        number=at + 1,
        of=len(order),
        back=url_for(".reserve", slug=slug, step=order[at - 1]) if at else url_for(".fair", slug=slug),
        proven=step == "check" and own.proves(answers["phone"]),
    )


def _held(fair: Fair, answers: dict[str, Any]) -> list[diaries.own.Held]:
    """Give what of her own stands at the time of the fair, as far as this browser may know."""
    who = {name: answers[name] for name in ("name", "phone")}
    hours = [(fair.starts_at, fair.ends_at)]
    found = diaries.own.of_jobseeker(reading(), doors.county(), hours, **who, but=fair.id, now=clock.now())
    return own.told(found, who["phone"])


def _reserve_or_remind(fair: Fair, answers: dict[str, Any]) -> Response:
    """Reserve; who is reserved from elsewhere gets her number by phone, and this browser no ticket."""
    try:
        return _reserve(fair, answers)
    except AlreadyReserved as refusal:
        if own.may_remind(answers["phone"]):
            with writing() as db:
                reservations.tell_again(db, refusal.facts["id"], by=doors.anyone(db), now=clock.now())
        raise


def _reserve(fair: Fair, answers: dict[str, Any]) -> Response:
    """Reserve, and go to the ticket."""
    other = answers["who"] == "other"
    with writing() as db:
        limits.knock(db, "reserve", answers["phone"], most=10, minutes=60, now=clock.now())
        limits.knock(db, "reserve from", request.remote_addr or "", most=100, minutes=60, now=clock.now())
        if other:
            limits.knock(db, "agent", answers["agent_phone"], most=40, minutes=60, now=clock.now())
    with writing() as db:
        reservation = reservations.reserve(
            db,
            db.get_one(Fair, fair.id),
            name=answers["name"],
            phone=answers["phone"],
            relation=answers["relation"] if other else "self",
            agent_name=answers["agent_name"] if other else "",
            agent_phone=answers["agent_phone"] if other else "",
            consent=bool(answers.get("consent")),
            own=lambda known: own.has(db, known, _noun(fair)),
            by=doors.anyone(db),
            now=clock.now(),
        )
        ticket = tickets.issue(db, reservation, now=clock.now())
        token = tickets.token(ticket, doors.keys())
        kept.keep(db, _noun(fair), {"done": token})
        own.add(reservation)
    return redirect(url_for(".ticket", token=token), 303)


def _next(fair: Fair, answers: dict[str, Any]) -> Response:
    """Keep the answers and go to the first question that is still open."""
    with writing() as db:
        kept.keep(db, _noun(fair), answers)
    return redirect(url_for(".reserve", slug=fair.slug, step=first_open(answers)), 303)


def _noun(fair: Fair) -> str:
    return f"reservation/{fair.number}"
