"""Tickets: the holder's page behind the QR, finding it again, cancelling. GET never checks anybody in."""

from __future__ import annotations

from typing import Any, TypeGuard
from uuid import uuid4

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, qr
from portal.database import reading, writing
from portal.forms.ticket import CancelForm, FindForm
from portal.public import own
from portal.public.door import pages
from scheduling import attendance, certificates, checkins, codes, enrolments, exams, leaves, limits, reservations
from scheduling import tickets as acts
from scheduling.models import Enrolment, Reservation, SeatOffer, Ticket
from scheduling.refusals import NotFound

GATE = frozenset({"scanner", "desk", "admin"})


@pages.route("/tickets", methods=["GET", "POST"], endpoint="tickets")
def find() -> Any:  # noqa: ANN401  a page or a redirect
    """Find a ticket by booking number and the last four of the phone; POST goes to its page."""
    form = FindForm()
    if form.validate_on_submit():
        with errors.beside(form):
            _knock("ticket", codes.plain(form.code.data), most=10, minutes=30)
            _knock("ticket from", request.remote_addr or "", most=60, minutes=30)
            ticket = acts.found(reading(), doors.county(), form.code.data, form.last4.data)
            if thing := ticket.reservation or ticket.enrolment:
                own.add(thing)
            return redirect(url_for(".ticket", token=acts.token(ticket, doors.keys())), 303)
    account, now = doors.who(), clock.now()
    hers = acts.of_phone(reading(), doors.county(), account.phone) if account and account.phone else []
    return errors.page(
        "public/tickets/find.html", form=form, own=[(row, _token(row), acts.state(row, now=now)) for row in hers]
    )


@pages.get("/T/<token>")
@pages.get("/t/<token>")
def ticket(token: str) -> str:
    """Show the holder's page of a ticket; staff get a button to check her in beside it. NotFound for a forged one."""
    session, now = reading(), clock.now()
    row = acts.opened(session, doors.county(), token, doors.keys())
    thing = acts.thing_of(row)
    state = acts.state(row, now=now)
    account = doors.who()
    sheet = attendance.of_trainee(session, thing, now=now) if _attends(thing, state) else None
    picture = None
    if state in acts.VALID:
        picture = qr.svg(acts.address(row, doors.keys(), doors.settings().url), _("入场二维码"))
    return render_template(
        "public/tickets/show.html",
        ticket=row,
        token=_token(row),
        thing=thing,
        event=row.fair or row.training_class,
        state=state,
        picture=picture,
        ahead=enrolments.ahead(session, thing) if isinstance(thing, Enrolment) and state == "waitlisted" else None,
        offer=_offer(thing, state),
        may_cancel=_may_cancel(row, state),
        sheet=sheet,
        result=exams.outcome_of(session, thing) if sheet and isinstance(thing, Enrolment) else None,
        certificate=certificates.standing(session, thing) if sheet and isinstance(thing, Enrolment) else None,
        leaves=leaves.of_trainee(session, thing) if sheet and isinstance(thing, Enrolment) else [],
        now=now,
        gates=_gates(row) if account and account.roles & GATE and state in acts.VALID else [],
        scan_id=uuid4(),
    )


@pages.route("/t/<token>/cancellation", methods=["GET", "POST"])
def cancel_ticket(token: str) -> Any:  # noqa: ANN401
    """Ask whether it is meant; POST cancels the reservation or the enrolment and goes back to the ticket's page."""
    row = acts.opened(reading(), doors.county(), token, doors.keys())
    form = CancelForm()
    if form.validate_on_submit():
        _cancel(token)
        return redirect(url_for(".ticket", token=token), 303)
    if not _may_cancel(row, acts.state(row, now=clock.now())):
        return redirect(url_for(".ticket", token=token), 303)
    return errors.page(
        "public/tickets/cancel.html", form=form, ticket=row, event=row.fair or row.training_class, token=token
    )


@pages.post("/t/<token>/answer")
def answer_offer(token: str) -> Any:  # noqa: ANN401
    """Say whether she comes to the seat she was offered; back to the page of the ticket, which shows how it stands."""
    with writing() as db:
        row = acts.opened(db, doors.county(), token, doors.keys())
        if row.enrolment is not None and row.revoked_at is None:
            coming = request.form.get("coming") == "yes"
            enrolments.answer(db, row.enrolment, coming=coming, by=doors.anyone(db), now=clock.now())
    return redirect(url_for(".ticket", token=token), 303)


def _cancel(token: str) -> None:
    with writing() as db:
        row = acts.opened(db, doors.county(), token, doors.keys())
        thing, by, now = acts.thing_of(row), doors.anyone(db), clock.now()
        if row.kind != acts.BOOTH and not _may_cancel(row, acts.state(row, now=now)):
            return  # over, called off or re-issued since it was asked; the ticket's page says so
        if isinstance(thing, Reservation):
            reservations.cancel(db, thing, by=by, now=now)
        elif isinstance(thing, Enrolment):
            enrolments.cancel(db, thing, by=by, now=now)
        else:
            raise NotFound  # a booth is given up behind the enterprise's own door


def _offer(thing: acts.Thing, state: str) -> SeatOffer | None:
    """Give the seat she may still say yes to, if any."""
    if not isinstance(thing, Enrolment) or state not in acts.VALID:
        return None
    offer = enrolments.offer(reading(), thing)
    return offer if offer and offer.until >= clock.now() else None


def _may_cancel(row: Ticket, state: str) -> bool:
    return row.kind != acts.BOOTH and state in {*acts.VALID, "waitlisted"}


def _attends(thing: acts.Thing, state: str) -> TypeGuard[Enrolment]:
    """Whether she has, or had, lessons to attend."""
    return isinstance(thing, Enrolment) and thing.confirmed_at is not None and state in {*acts.VALID, "over"}


def _gates(row: Ticket) -> list[tuple[str, str]]:
    """Give what staff may check this ticket in to just now: (words, address to post to)."""
    session, now = reading(), clock.now()
    if row.fair:
        return [(_("签到"), url_for("gate.scan_fair", slug=row.fair.slug))]
    return [
        (
            _("第%(number)s次课签到", number=block.number),
            url_for("gate.scan_session", slug=training_class.slug, number=block.number),
        )
        for training_class, block in checkins.sessions_now(session, doors.county(), now=now)
        if training_class.id == row.class_id
    ]


def _token(row: Ticket) -> str:
    return acts.token(row, doors.keys())


def _knock(*key: str, most: int, minutes: int) -> None:
    """Count a try in a transaction of its own, so that a refused try counts too."""
    with writing() as db:
        limits.knock(db, *key, most=most, minutes=minutes, now=clock.now())
