"""Bookings: who stands where, and who comes. One booth, one booking; one enterprise, one booth a fair.

Whoever books locks the enterprise, then the fair, then adds the booking: always in this order, so that nobody waits
in a circle. The two partial unique indexes of `bookings` are the last guard.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, contains_eager, joinedload

from scheduling import deeds, diaries, identity, tickets
from scheduling.booths import rules, waiting
from scheduling.booths.layout import booking_where, lock
from scheduling.booths.moved import free_until
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Booking, Booth, Enterprise, Fair, FairVacancy, Ticket, Vacancy
from scheduling.refusals import (
    AttendeesMissing,
    BookingCancelled,
    BoothTaken,
    FairBegun,
    FairCalledOff,
    FairOver,
    NotFound,
    OneBoothEach,
)


def book(session: Session, booth: Booth, enterprise: Enterprise, *, by: Account | None, now: datetime) -> Booking:
    """Give `enterprise` the booth; asking again gives the same booking.

    Raises FairCalledOff, FairFinished, FairNotOpen (not published, or begun), OneBoothEach(number) with the number of
    the booth it has, BoothTaken(number), EnterpriseElsewhere(name, what, day, hours) with the other fair of that time,
    NotFound for a booth taken out of the plan, and what `rules.require_may_book` raises.
    """
    session.refresh(enterprise, with_for_update={"of": Enterprise})
    fair = session.get_one(Fair, booth.fair_id)
    lock(session, fair)
    session.refresh(booth)
    own = _own(session, booth, enterprise)
    if own is not None:
        return own
    rules.require_open(fair, now=now)
    rules.require_may_book(session, fair, enterprise, own=speaks_for(by, enterprise), now=now)
    return stand(session, fair, booth, enterprise, by=by, now=now)


def speaks_for(by: Account | None, enterprise: Enterprise) -> bool:
    """Say whether `by` is the enterprise's own account: then every rule of the policy holds."""
    return by is not None and by.enterprise_id == enterprise.id


def stand(
    session: Session,
    fair: Fair,
    booth: Booth,
    enterprise: Enterprise,
    *,
    walk_in: bool = False,
    by: Account | None,
    now: datetime,
) -> Booking:
    """Write the booking down once the rules were asked; the caller holds enterprise and fair.

    Raises NotFound, BoothTaken(number), EnterpriseElsewhere(name, what, day, hours), OneBoothEach(number).
    """
    if booth.removed_at is not None:
        raise NotFound
    if booking_where(session, Booking.booth_id == booth.id) is not None:
        raise BoothTaken(number=booth.number)
    diaries.of_enterprise(session, enterprise, fair.starts_at, fair.ends_at).require_free(fair.starts_at, fair.ends_at)
    booking = Booking(fair_id=fair.id, booth_id=booth.id, enterprise_id=enterprise.id, booked_at=now, walk_in=walk_in)
    try:
        with session.begin_nested():
            session.add(booking)
            session.flush()
    except IntegrityError:  # somebody came in by another road; the indexes saw it
        own = _own(session, booth, enterprise)
        if own is None:
            raise BoothTaken(number=booth.number) from None
        return own
    session.expire(booth, ["booking"])
    what = "booth.walked_in" if walk_in else "booth.booked"
    deeds.record(session, what, booking, county=fair.county, by=by, now=now, number=booth.number)
    waiting.got(session, booking, now=now)
    return booking


def name_attendees(
    session: Session,
    booking: Booking,
    *,
    attendees: str,
    phone: str,
    needs: str = "",
    by: Account | None,
    now: datetime,
) -> Ticket:
    """Say who will come (再次确认), by which the booking is confirmed, and give the booth pass. May be said anew.

    Raises BookingCancelled, FairCalledOff, FairFinished, AttendeesMissing, NotAPhone.
    """
    fair = session.get_one(Fair, booking.fair_id)
    lock(session, fair)
    session.refresh(booking)
    if booking.cancelled_at is not None:
        raise BookingCancelled
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    named = " ".join(attendees.split())[:200]
    if not named:
        raise AttendeesMissing
    told = (named, identity.phone(phone), needs.strip()[:200])
    if (booking.attendees, booking.attendee_phone, booking.needs) != told or booking.confirmed_at is None:
        booking.attendees, booking.attendee_phone, booking.needs = told
        booking.confirmed_at = booking.confirmed_at or now
        session.flush()
        deeds.record(session, "booth.confirmed", booking, county=fair.county, by=by, now=now)
    return tickets.issue(session, booking, by=by, now=now)


def cancel(session: Session, booking: Booking, *, by: Account | None, now: datetime) -> None:
    """Give the booth back and revoke its pass; the first who waits gets it. Again changes nothing.

    The enterprise itself does it free of charge (免责取消) as long as the policy says, then too late (逾期取消).
    Raises FairBegun and FairOver for the enterprise itself once the fair has begun; the desk may still, until it is
    finished: FairFinished.
    """
    fair = session.get_one(Fair, booking.fair_id)
    waiting.hold(session, [fair])
    session.refresh(booking)
    if booking.cancelled_at is not None:
        return
    require_unfinished(fair)
    why = "desk"
    if speaks_for(by, booking.enterprise):
        if now >= fair.starts_at:
            raise FairBegun if now < fair.ends_at else FairOver
        why = "free" if now < free_until(session, booking, fair) else "late"
    end(session, fair, booking, why, by=by, now=now)
    waiting.promote(session, fair, now=now)


def end(session: Session, fair: Fair, booking: Booking, why: str, *, by: Account | None, now: datetime) -> None:
    """Take the booth away, for a reason of CANCELLED, and revoke the pass; the caller holds the fair.

    Its jobs are shown there no more: nobody is sent to a table that is not there. Booked anew, they keep their numbers.
    """
    booking.cancelled_at, booking.cancelled_why = now, why
    session.flush()
    _take_down(session, fair, booking, by=by, now=now)
    session.expire(booking.booth, ["booking"])
    tickets.revoke(session, booking, "cancelled", by=by, now=now)
    facts: dict[str, str | int] = {"number": booking.booth.number, "why": why}
    deeds.record(session, "booth.cancelled", booking, county=fair.county, by=by, now=now, **facts)


def _take_down(session: Session, fair: Fair, booking: Booking, *, by: Account | None, now: datetime) -> None:
    own = select(FairVacancy).join(FairVacancy.vacancy).options(contains_eager(FairVacancy.vacancy))
    own = own.where(FairVacancy.fair_id == fair.id, Vacancy.enterprise_id == booking.enterprise_id)
    for shown in session.scalars(own.where(FairVacancy.withdrawn_at.is_(None)).order_by(FairVacancy.job_no)):
        shown.withdrawn_at = now
        deeds.record(session, "vacancy.withdrawn", shown.vacancy, by=by, now=now, fair=fair.number, job_no=shown.job_no)
    session.flush()


def cancel_all(session: Session, enterprise: Enterprise, *, by: Account | None, now: datetime) -> None:
    """Cancel the bookings of an enterprise at fairs that have not begun: the desk approves of it no more."""
    take_away(session, of_enterprise(session, enterprise, since=now), "desk", by=by, now=now)
    for row in waiting.of_enterprise(session, enterprise):
        waiting.leave(session, row.fair, enterprise, by=by, now=now)


def take_away(session: Session, bookings: Sequence[Booking], why: str, *, by: Account | None, now: datetime) -> None:
    """End these bookings, for a reason of CANCELLED, and let who waits there move up."""
    waiting.hold(session, {booking.fair for booking in bookings})
    for booking in bookings:
        session.refresh(booking)
        if booking.cancelled_at is None:
            end(session, booking.fair, booking, why, by=by, now=now)
            waiting.promote(session, booking.fair, now=now)


def find_booking(session: Session, county: str, id_: UUID, *, of: Enterprise | None = None) -> Booking:
    """Give a booking, cancelled or not; with `of`, only that enterprise's. Raises NotFound."""
    query = select(Booking).join(Booking.fair).where(Fair.county == county, Booking.id == id_)
    if of is not None:
        query = query.where(Booking.enterprise_id == of.id)
    booking = session.scalar(query)
    if booking is None:
        raise NotFound
    return booking


def of_enterprise(session: Session, enterprise: Enterprise, *, since: datetime | None = None) -> list[Booking]:
    """Give its bookings that stand, by the fair's time; with `since`, of fairs that begin later. One query and one."""
    query = (
        select(Booking)
        .join(Booking.fair)
        .where(Booking.enterprise_id == enterprise.id, Booking.cancelled_at.is_(None))
        .options(contains_eager(Booking.fair), joinedload(Booking.booth))
        .order_by(Fair.starts_at, Fair.id)
    )
    return list(session.scalars(query.where(Fair.starts_at > since) if since else query))


def past_of(session: Session, enterprise: Enterprise, *, now: datetime, most: int = 50) -> list[Booking]:
    """Give its bookings at fairs that have begun, and those it lost, the newest first. Given back in time: left out."""
    query = (
        select(Booking)
        .join(Booking.fair)
        .where(
            Booking.enterprise_id == enterprise.id,
            Fair.starts_at <= now,
            Booking.cancelled_why.not_in(("free", "desk")),
            ~Fair.calling_off.has(),
        )
        .options(contains_eager(Booking.fair), joinedload(Booking.booth))
        .order_by(Fair.starts_at.desc(), Fair.id)
    )
    return list(session.scalars(query.limit(most)))


def _own(session: Session, booth: Booth, enterprise: Enterprise) -> Booking | None:
    """Give the booking `enterprise` has of this booth. Raises OneBoothEach(number) when it has another at the fair."""
    own = booking_where(session, Booking.fair_id == booth.fair_id, Booking.enterprise_id == enterprise.id)
    if own is not None and own.booth_id != booth.id:
        raise OneBoothEach(number=own.booth.number)
    return own
