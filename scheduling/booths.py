"""Booths: laying them out, who stands where, who comes. One booth, one booking; one enterprise, one booth a fair.

Whoever books locks the enterprise, then the fair, then adds the booking: always in this order, so that nobody waits
in a circle. The two partial unique indexes of `bookings` are the last guard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, case, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, contains_eager, joinedload

from scheduling import deeds, identity, tickets
from scheduling.models import Account, Booking, Booth, Enterprise, Fair, Ticket
from scheduling.refusals import (
    AttendeesMissing,
    BookingCancelled,
    BoothBooked,
    BoothNumberKnown,
    BoothTaken,
    EnterpriseNotApproved,
    FairBegun,
    FairCalledOff,
    FairNotOpen,
    FairOver,
    NotFound,
    OneBoothEach,
)

MOST = 300  # booths a fair; the largest campaign fair has a hundred (domain.md §11)


def lay_out(
    session: Session,
    fair: Fair,
    *,
    count: int,
    columns: int = 6,
    kind: str = "table",
    power: bool = False,
    first: int | None = None,
    by: Account | None,
    now: datetime,
) -> list[Booth]:
    """Add `count` booths to the plan in new rows of `columns`, numbered from `first`, by default after the last one.

    Told a `first`, it is safe to ask twice: booths that all stand already are given back unchanged. Numbers taken out
    before are put back. Raises BoothNumberKnown(number) when only some of them stand, FairCalledOff.
    """
    _lock(session, fair)
    if fair.calling_off is not None:
        raise FairCalledOff
    known = {booth.number: booth for booth in session.scalars(select(Booth).where(Booth.fair_id == fair.id))}
    start = max(known, default=0) + 1 if first is None else first
    numbers = range(start, start + min(count, MOST))
    standing = [n for n in numbers if n in known and known[n].removed_at is None]
    if standing:
        if len(standing) < len(numbers):
            raise BoothNumberKnown(number=standing[0])
        return [known[n] for n in numbers]
    row = max((booth.row for booth in known.values() if booth.removed_at is None), default=0) + 1
    laid = []
    for place, number in enumerate(numbers):
        booth = known.get(number) or Booth(fair_id=fair.id, number=number)
        booth.kind, booth.power, booth.removed_at = kind, power, None
        booth.row, booth.column = row + place // columns, place % columns + 1
        laid.append(booth)
    session.add_all(laid)
    session.flush()
    deeds.record(session, "booths.laid_out", fair, by=by, now=now, first=start, count=len(laid))
    return laid


def remove(session: Session, booth: Booth, *, by: Account | None, now: datetime) -> None:
    """Take a booth out of the plan; again changes nothing. Raises BoothBooked(number)."""
    _lock(session, session.get_one(Fair, booth.fair_id))
    session.refresh(booth)
    if booth.removed_at is not None:
        return
    if _booking(session, Booking.booth_id == booth.id) is not None:
        raise BoothBooked(number=booth.number)
    booth.removed_at = now
    session.flush()
    deeds.record(session, "booth.removed", booth, county=booth.fair.county, by=by, now=now)


def book(session: Session, booth: Booth, enterprise: Enterprise, *, by: Account | None, now: datetime) -> Booking:
    """Give `enterprise` the booth; asking again gives the same booking.

    Raises EnterpriseNotApproved, FairCalledOff, FairNotOpen (not published, or begun), OneBoothEach(number) with the
    number of the booth it has, BoothTaken(number), NotFound for a booth taken out of the plan.
    """
    session.refresh(enterprise, with_for_update={"of": Enterprise})
    fair = session.get_one(Fair, booth.fair_id)
    _lock(session, fair)
    session.refresh(booth)
    own = _own(session, booth, enterprise)
    if own is not None:
        return own
    if enterprise.state != "approved":
        raise EnterpriseNotApproved
    if fair.calling_off is not None:
        raise FairCalledOff
    if fair.publication is None or now >= fair.starts_at:
        raise FairNotOpen
    if booth.removed_at is not None:
        raise NotFound
    if _booking(session, Booking.booth_id == booth.id) is not None:
        raise BoothTaken(number=booth.number)
    booking = Booking(fair_id=fair.id, booth_id=booth.id, enterprise_id=enterprise.id, booked_at=now)
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
    deeds.record(session, "booth.booked", booking, county=fair.county, by=by, now=now, number=booth.number)
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

    Raises BookingCancelled, FairCalledOff, AttendeesMissing, NotAPhone.
    """
    fair = session.get_one(Fair, booking.fair_id)
    _lock(session, fair)
    session.refresh(booking)
    if booking.cancelled_at is not None:
        raise BookingCancelled
    if fair.calling_off is not None:
        raise FairCalledOff
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
    """Give the booth back and revoke its pass; again changes nothing.

    Raises FairBegun and FairOver for the enterprise itself once the fair has begun; the desk may still.
    """
    fair = session.get_one(Fair, booking.fair_id)
    _lock(session, fair)
    session.refresh(booking)
    if booking.cancelled_at is not None:
        return
    if by is not None and by.enterprise_id == booking.enterprise_id and now >= fair.starts_at:
        raise FairBegun if now < fair.ends_at else FairOver
    booking.cancelled_at = now
    session.flush()
    session.expire(booking.booth, ["booking"])
    tickets.revoke(session, booking, "cancelled", by=by, now=now)
    deeds.record(session, "booth.cancelled", booking, county=fair.county, by=by, now=now, number=booking.booth.number)


def cancel_all(session: Session, enterprise: Enterprise, *, by: Account | None, now: datetime) -> None:
    """Cancel the bookings of an enterprise at fairs that have not begun: the desk approves of it no more."""
    for booking in of_enterprise(session, enterprise, since=now):
        cancel(session, booking, by=by, now=now)


def of_fair(session: Session, fair: Fair) -> list[Booth]:
    """Give the booths in the plan by number, each with its booking and enterprise. One query."""
    query = (
        select(Booth)
        .where(Booth.fair_id == fair.id, Booth.removed_at.is_(None))
        .options(joinedload(Booth.booking).joinedload(Booking.enterprise))
        .order_by(Booth.number)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def next_number(session: Session, fair: Fair) -> int:
    """Give the number after the last one ever given at this fair. One query."""
    return (session.scalar(select(func.max(Booth.number)).where(Booth.fair_id == fair.id)) or 0) + 1


def find(session: Session, fair: Fair, number: int) -> Booth:
    """Give the booth of this number in the fair's plan. Raises NotFound."""
    booth = session.scalar(
        select(Booth).where(Booth.fair_id == fair.id, Booth.number == number, Booth.removed_at.is_(None))
    )
    if booth is None:
        raise NotFound
    return booth


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


@dataclass(frozen=True)
class Offer:
    """A fair that takes bookings: how many booths are free, of how many, and the asker's own booking there."""

    fair: Fair
    free: int
    booths: int
    own: Booking | None


def offers(session: Session, enterprise: Enterprise, *, now: datetime) -> list[Offer]:
    """Give the published fairs with booths that have not begun, soonest first, as they stand for `enterprise`."""
    free = func.sum(case((Booking.id.is_(None), 1), else_=0)).label("free")
    plan = (
        select(Booth.fair_id, free, func.count(Booth.id).label("booths"))
        .outerjoin(Booking, and_(Booking.booth_id == Booth.id, Booking.cancelled_at.is_(None)))
        .where(Booth.removed_at.is_(None))
        .group_by(Booth.fair_id)
        .subquery()
    )
    open_fairs = (
        select(Fair, plan.c.free, plan.c.booths)
        .join(plan, plan.c.fair_id == Fair.id)
        .where(
            Fair.county == enterprise.county,
            Fair.starts_at > now,
            Fair.publication.has(),
            ~Fair.calling_off.has(),
        )
        .order_by(Fair.starts_at, Fair.id)
    )
    own = {booking.fair_id: booking for booking in of_enterprise(session, enterprise, since=now)}
    return [Offer(fair, free, booths, own.get(fair.id)) for fair, free, booths in session.execute(open_fairs)]


def _lock(session: Session, fair: Fair) -> None:
    """Let nobody else change who stands where at this fair until we are done, and read it as it is now."""
    session.refresh(fair, with_for_update={"of": Fair})


def _booking(session: Session, *where: object) -> Booking | None:
    return session.scalar(select(Booking).where(Booking.cancelled_at.is_(None), *where))  # type: ignore[arg-type]


def _own(session: Session, booth: Booth, enterprise: Enterprise) -> Booking | None:
    """Give the booking `enterprise` has of this booth. Raises OneBoothEach(number) when it has another at the fair."""
    own = _booking(session, Booking.fair_id == booth.fair_id, Booking.enterprise_id == enterprise.id)
    if own is not None and own.booth_id != booth.id:
        raise OneBoothEach(number=own.booth.number)
    return own
