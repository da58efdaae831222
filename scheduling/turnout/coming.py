"""Turnout (到场): which enterprises came of those that booked, who lost the booth by being late, who walked in.

Who came is what the scans say (`attendance`); a booth pass read at the gate, typed from paper, or vouched for here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from scheduling import attendance, booths, checkins, deeds, fairs, penalties, tickets
from scheduling.models import Account, Booking, Booth, Fair, Scan
from scheduling.refusals import (
    BookingCancelled,
    FairCalledOff,
    FairNotOpen,
    NotLate,
)
from scheduling.seals import Keyring

SYNCED = timedelta(hours=24)  # phones that scanned offline have sent what they have by then
OLDEST = timedelta(days=14)  # nothing is concluded any more about fairs longer ago
EARLY = timedelta(hours=3)  # so long before a fair a walk-in may be written down
_CAME = "补到了签到记录"


@dataclass(frozen=True)
class Turnout:
    """The bookings of a fair that stand or were missed: who came, who has not, and who may lose the booth."""

    came: list[Booking]
    missing: list[Booking]
    late: list[Booking]  # those of `missing` whose booth may be given to others now


def of_fair(session: Session, fair: Fair, *, now: datetime) -> Turnout:
    """Say who came so far, by booth."""
    present = attendance.bookings_at(session, fair)
    rows = _bookings(session, fair)
    missing = [row for row in rows if row.id not in present]
    terms = booths.policies.terms_at(session, fair)
    late = terms.releases_late and booths.policies.hours(fair, terms).checkin_until <= now < fair.ends_at
    return Turnout(
        [row for row in rows if row.id in present],
        missing,
        [row for row in missing if late and row.cancelled_at is None],
    )


def vouch(session: Session, booking: Booking, *, by: Account | None, now: datetime, keys: Keyring) -> Scan:
    """Note that the enterprise is here without its pass having been read: by paper, or by a nod at the booth.

    Again gives the first note. Raises BookingCancelled, FairCalledOff, FairFinished, FairNotOpen earlier than three
    hours before.
    """
    fair = session.get_one(Fair, booking.fair_id)
    booths.lock(session, fair)
    session.refresh(booking)
    if booking.cancelled_at is not None:
        raise BookingCancelled
    if fair.calling_off is not None:
        raise FairCalledOff
    fairs.require_unfinished(fair)
    if fair.publication is None or now < fair.starts_at - EARLY:
        raise FairNotOpen
    ticket = tickets.issue(session, booking, by=by, now=now)
    return checkins.record(
        session,
        id=f"vouched-{booking.id}-{fair.sequence}",  # once moved, a note of before it is none of its new day
        county=fair.county,
        fair=fair,
        read=ticket.code,
        way="paper",
        by=by,
        now=now,
        keys=keys,
    )


def release(session: Session, booking: Booking, *, by: Account | None, now: datetime) -> None:
    """Take the booth from an enterprise that is late (逾时释放), so that a walk-in may have it; again: nothing.

    A person does this and no clock: a phone without network may hold the scan. Raises FairFinished, NotLate where the
    policy does not say so, before its time, or when the pass was read.
    """
    fair = session.get_one(Fair, booking.fair_id)
    booths.waiting.hold(session, [fair])
    session.refresh(booking)
    if booking.cancelled_at is not None:
        return
    fairs.require_unfinished(fair)
    if booking.id not in {row.id for row in of_fair(session, fair, now=now).late}:
        raise NotLate
    booths.take_away(session, [booking], "released", by=by, now=now)


def settle(session: Session, county: str, *, now: datetime) -> int:
    """Note who missed the fairs that are over, and what that costs by their policies; give how many changed.

    A day after a fair every phone has sent its scans. A scan that turns up later takes a no-show back, and the penalty
    with it. A finished fair stands as it is: finishing concluded it.
    """
    changed = 0
    over = select(Fair).where(
        Fair.county == county,
        Fair.publication.has(),
        ~Fair.calling_off.has(),
        ~Fair.finish.has(),
        Fair.ends_at <= now - SYNCED,
        Fair.ends_at > now - OLDEST,
    )
    for fair in session.scalars(over.order_by(Fair.starts_at, Fair.id)).all():
        changed += conclude(session, fair, now=now)
    return changed


def conclude(session: Session, fair: Fair, *, now: datetime) -> int:
    """Note who missed this fair, and what that costs; give how many changed. Again changes nothing.

    Where not one pass was read, nobody was scanning, and nothing is concluded. Raises FairFinished.
    """
    fairs.require_unfinished(fair)
    present = attendance.bookings_at(session, fair)
    if not present:
        return 0
    return sum(_settled(session, fair, row, row.id in present, now=now) for row in _bookings(session, fair))


def to_miss(session: Session, fair: Fair) -> list[Booking]:
    """Give the bookings that concluding the fair now would mark as missed, by booth; of one not over, none yet."""
    present = attendance.bookings_at(session, fair)
    rows = _bookings(session, fair) if present else []
    return [row for row in rows if row.id not in present and row.cancelled_why != "late"]


def hold(session: Session, fair: Fair) -> None:
    """Lock what concluding a fair may change: its enterprises' later bookings (a penalty ends them), then the fair.

    Enterprises come before fairs, as everywhere with booths.
    """
    firms = select(Booking.enterprise_id).where(Booking.fair_id == fair.id)
    booked = select(Booking.fair_id).where(Booking.enterprise_id.in_(firms), Booking.cancelled_at.is_(None))
    later = select(Fair).where(Fair.id.in_(booked), Fair.starts_at > fair.ends_at)
    booths.waiting.hold(session, {*session.scalars(later), fair})


def _settled(session: Session, fair: Fair, booking: Booking, came: bool, *, now: datetime) -> bool:  # noqa: FBT001
    if came and booking.no_show_at is not None:
        booking.no_show_at = None
        session.flush()
        deeds.record(session, "booth.came_after_all", booking, county=fair.county, by=None, now=now)
        penalties.excuse(session, booking, reason=_CAME, now=now)
        return True
    if not came and booking.no_show_at is None and booking.cancelled_why != "late":
        booking.no_show_at = now
        session.flush()
        deeds.record(session, "booth.missed", booking, county=fair.county, by=None, now=now)
        penalties.apply(session, booking, now=now)
        return True
    return booking.cancelled_why == "late" and penalties.apply(session, booking, now=now) is not None


def _bookings(session: Session, fair: Fair) -> list[Booking]:
    """Give the bookings that stood when the fair began, with those released or given up too late, by booth."""
    query = (
        select(Booking)
        .join(Booking.booth)
        .where(
            Booking.fair_id == fair.id,
            or_(Booking.cancelled_at.is_(None), Booking.cancelled_why.in_(("released", "late"))),
        )
        .options(joinedload(Booking.booth), joinedload(Booking.enterprise))
        .order_by(Booth.number, Booking.booked_at)
    )
    return list(session.scalars(query))
