"""Booths for the company: which fairs take bookings, the plan, who comes, the pass."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors, qr
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.booth import ANY, AttendeesForm, BoothForm
from scheduling import booths as acts
from scheduling import diaries, fairs, tickets, vacancies
from scheduling.diaries.own import Held
from scheduling.models import Booking, Enterprise, Fair
from scheduling.plans import booths as plan


@pages.get("/bookings/")
def bookings() -> str:
    """List the fairs that take bookings, and the company's own bookings to come."""
    session = reading()
    firm = doors.enterprise(session)
    return render_template(
        "enterprise/booths/index.html", firm=firm, offers=acts.offers(session, firm, now=clock.now())
    )


@pages.get("/fairs/<slug>/booths")
def booths(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show the plan; what is free can be chosen."""
    return _plan(slug, BoothForm())


@pages.post("/fairs/<slug>/bookings")
def book(slug: str) -> Any:  # noqa: ANN401
    """Book the chosen booth, or whichever is free: 303 to the booking, or to the place in the line where none is.

    The plan again, with the reason in words, when another booth can still be chosen.
    """
    session = reading()
    fair, firm = fairs.find_public(session, doors.county(), slug), doors.enterprise(session)
    form = BoothForm().with_booths(acts.of_fair(session, fair)).over(on_air(held(fair, firm)))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                fair = fairs.find_public(session, doors.county(), slug)
                by, firm = doors.someone(session), doors.enterprise(session)
                wishes = [form.booth.data] if form.booth.data != ANY else []
                got = acts.ask(session, fair, firm, wishes=wishes, any_other=not wishes, by=by, now=clock.now())
                booked = got.id if isinstance(got, Booking) else None
            if booked is None:
                flash(_("展位已订满，贵单位排进了候补。有空出来的会自动补上，并发短信。"), "success")
                return redirect(url_for(".booths", slug=slug), 303)
            flash(_("订好了。请写明谁来参加，写完就能拿到展位码。"), "success")
            return redirect(url_for(".booking", id_=booked), 303)
    return _plan(slug, form)


@pages.post("/fairs/<slug>/booth-wait/removal")
def wait_removal(slug: str) -> Response:
    """Wait no longer."""
    with writing() as session:
        fair = fairs.find_public(session, doors.county(), slug)
        acts.waiting.leave(session, fair, doors.enterprise(session), by=doors.someone(session), now=clock.now())
    flash(_("不再候补了。"), "success")
    return redirect(url_for(".booths", slug=slug), 303)


@pages.get("/bookings/<uuid:id_>")
def booking(id_: UUID) -> str:
    """Show the booking: who comes, what is brought along, the pass."""
    return _booking(id_, None)[0]


@pages.post("/bookings/<uuid:id_>/attendees")
def attendees(id_: UUID) -> Any:  # noqa: ANN401
    """Say who comes and which vacancies are brought along; the booking is confirmed and has its pass."""
    session = reading()
    firm = doors.enterprise(session)
    acts.find_booking(session, doors.county(), id_, of=firm)
    form = AttendeesForm().with_vacancies(vacancies.of_enterprise(session, firm))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                firm, by, now = doors.enterprise(session), doors.someone(session), clock.now()
                row = acts.find_booking(session, doors.county(), id_, of=firm)
                who = {"attendees": form.attendees.data, "phone": form.phone.data, "needs": form.needs.data or ""}
                acts.name_attendees(session, row, **who, by=by, now=now)
                vacancies.choose(session, row.fair, firm, form.vacancies.data or (), by=by, now=now)
            flash(_("已确认。到场出示展位码签到。"), "success")
            return redirect(url_for(".booking", id_=id_), 303)
    return _booking(id_, form)


@pages.post("/bookings/<uuid:id_>/cancellation")
def booking_cancellation(id_: UUID) -> Response:
    """Give the booth back, until the fair begins."""
    with writing() as session:
        row = acts.find_booking(session, doors.county(), id_, of=doors.enterprise(session))
        acts.cancel(session, row, by=doors.someone(session), now=clock.now())
    flash(_("已取消，展位让给别的单位了。"), "success")
    return redirect(url_for(".bookings"), 303)


def _plan(slug: str, form: BoothForm) -> Any:  # noqa: ANN401
    session, now = reading(), clock.now()
    fair, firm = fairs.find_public(session, doors.county(), slug), doors.enterprise(session)
    laid = acts.of_fair(session, fair)
    own = next((each.booking for each in laid if each.booking and each.booking.enterprise_id == firm.id), None)
    waits = acts.waiting.standing(session, fair, firm)
    refused = acts.rules.why_not(session, fair, firm, now=now)
    elsewhere = held(fair, firm)
    terms = acts.policies.terms_at(session, fair)
    return errors.page(
        "enterprise/booths/plan.html",
        form=form.with_booths(laid).over(on_air(elsewhere)),
        elsewhere=[each for each in elsewhere if each.kind == "booking"],
        fair=fair,
        firm=firm,
        booths=laid,
        own=own,
        waits=waits,
        ahead=acts.waiting.ahead(session, waits) if waits else 0,
        applied=acts.standing(session, fair, firm),
        terms=terms,
        hours=acts.policies.hours(fair, terms),
        refused=errors.wording(refused)[1] if refused else "",
        open=fair.calling_off is None and now < fair.starts_at,
    )


def held(fair: Fair, firm: Enterprise) -> list[Held]:
    """Give its booths and air time elsewhere at the hours of this fair."""
    hours = [(fair.starts_at, fair.ends_at)]
    return diaries.own.of_firm(reading(), firm, hours, but=fair.id, now=clock.now())


def on_air(found: list[Held]) -> list[Held]:
    """Keep what may stand beside a booth here, with other people; another booth must be given back first."""
    return [each for each in found if each.kind != "booking"]


def _booking(id_: UUID, form: AttendeesForm | None) -> tuple[str, int]:
    session = reading()
    firm = doors.enterprise(session)
    row = acts.find_booking(session, doors.county(), id_, of=firm)
    shown = vacancies.shown_at(session, row.fair, firm)
    approved = [each for each in vacancies.of_enterprise(session, firm) if each.state == "approved"]
    if form is None:
        form = AttendeesForm(
            formdata=None,
            attendees=row.attendees,
            phone=row.attendee_phone or firm.contact_phone,
            needs=row.needs,
            vacancies=[each.vacancy.no for each in shown] if row.confirmed_at else [each.no for each in approved],
        )
    ticket, terms = tickets.standing(session, row), acts.policies.terms_at(session, row.fair)
    to_come = row.cancelled_at is None and row.fair.calling_off is None and clock.now() < row.fair.ends_at
    return errors.page(
        "enterprise/booths/booking.html",
        form=form.with_vacancies(approved),
        booking=row,
        shown=shown,
        ticket=ticket,
        token=tickets.token(ticket, doors.keys()) if ticket else None,
        picture=qr.svg(tickets.address(ticket, doors.keys(), doors.settings().url), _("展位二维码"))
        if ticket
        else None,
        to_come=to_come,
        why=plan.why_there(session, row.fair, firm),
        terms=terms,
        hours=acts.policies.hours(row.fair, terms),
        free_until=acts.free_until(session, row, row.fair),
        now=clock.now(),
        may_cancel=to_come and clock.now() < row.fair.starts_at,
    )
