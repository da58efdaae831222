"""What a company says came of its own booth, in its own console, once the fair is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from scheduling import booths, deeds
from scheduling.models import Account, Booking, BoothReport, Enterprise, Fair, FairFinish
from scheduling.refusals import (
    BookingCancelled,
    FairCalledOff,
    FairFinished,
    FairNotOver,
    HiredInDisorder,
    IntentsInDisorder,
)

ASKED_FOR = timedelta(days=60)  # how long a company is reminded; it may report for as long as the fair is open


def report(
    session: Session,
    booking: Booking,
    *,
    intent_people: int,
    intent_times: int,
    hired_on_site: int,
    by: Account | None,
    now: datetime,
) -> BoothReport:
    """Write down what came of a booth: people with intent, times of intent, people hired on the spot; none negative.

    A later word takes the place of an earlier one, the deeds keep both. Raises BookingCancelled, FairCalledOff,
    FairNotOver, FairFinished, IntentsInDisorder, HiredInDisorder; ValueError for a negative number.
    """
    if min(intent_people, intent_times, hired_on_site) < 0:
        raise ValueError(f"less than nobody: {intent_people} {intent_times} {hired_on_site}")
    fair = session.get_one(Fair, booking.fair_id)
    booths.lock(session, fair)
    session.refresh(booking)
    _require_reportable(booking, fair, now)
    if intent_times < intent_people:
        raise IntentsInDisorder
    if hired_on_site > intent_people:
        raise HiredInDisorder
    row = report_of(session, booking)
    told = intent_people, intent_times, hired_on_site
    if row is not None and (row.intent_people, row.intent_times, row.hired_on_site) == told:
        return row
    if row is None:
        row = BoothReport(booking_id=booking.id)
        session.add(row)
    row.intent_people, row.intent_times, row.hired_on_site = told
    row.by_id, row.at = by.id if by else None, now
    session.flush()
    facts = {"people": intent_people, "times": intent_times, "hired": hired_on_site}
    deeds.record(session, "booth.reported", booking, county=fair.county, by=by, now=now, **facts)
    return row


def _require_reportable(booking: Booking, fair: Fair, now: datetime) -> None:
    if booking.cancelled_at is not None:
        raise BookingCancelled
    if fair.calling_off is not None:
        raise FairCalledOff
    if fair.ends_at > now:
        raise FairNotOver
    if fair.finish is not None:
        raise FairFinished


def report_of(session: Session, booking: Booking) -> BoothReport | None:
    """Give what was said of this booth, None for nothing yet."""
    return session.scalar(select(BoothReport).where(BoothReport.booking_id == booking.id))


def reports(session: Session, fair: Fair) -> list[tuple[Booking, BoothReport | None]]:
    """Give the fair's bookings that stand by their booth, each with what its company said."""
    rows = (
        select(Booking, BoothReport)
        .outerjoin(BoothReport, BoothReport.booking_id == Booking.id)
        .join(Booking.booth)
        .join(Booking.enterprise)
        .options(contains_eager(Booking.booth), contains_eager(Booking.enterprise))
        .where(Booking.fair_id == fair.id, Booking.cancelled_at.is_(None))
    )
    found = [(booking, told) for booking, told in session.execute(rows)]
    return sorted(found, key=lambda pair: pair[0].booth.number)


def lately(session: Session, enterprise: Enterprise, *, now: datetime) -> list[tuple[Booking, BoothReport | None]]:
    """Give the company's bookings at fairs lately over and not finished, each with what it said, the latest first."""
    rows = (
        select(Booking, BoothReport)
        .join(Booking.fair)
        .outerjoin(BoothReport, BoothReport.booking_id == Booking.id)
        .options(contains_eager(Booking.fair), joinedload(Booking.booth))
        .where(
            Booking.enterprise_id == enterprise.id,
            Booking.cancelled_at.is_(None),
            Fair.ends_at <= now,
            Fair.ends_at > now - ASKED_FOR,
            ~Fair.calling_off.has(),
            Fair.id.not_in(select(FairFinish.fair_id).where(FairFinish.reopened_at.is_(None))),
        )
        .order_by(Fair.ends_at.desc(), Fair.id)
    )
    return [(booking, told) for booking, told in session.execute(rows)]
