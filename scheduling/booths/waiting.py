"""The waiting list of a fair that is full: who comes next when a booth is given back.

Order of locks, as everywhere with booths: enterprises, then the fair. Whoever may free a booth therefore holds those
who wait before the fair itself (`hold`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from scheduling import deeds, diaries, notices
from scheduling.booths import policies, rules
from scheduling.booths.layout import booking_where, lock, of_fair
from scheduling.fairs import HERE
from scheduling.models import Account, Booking, Booth, BoothWait, Enterprise, Fair
from scheduling.refusals import OneBoothEach, Refusal

_GOT = (
    "您单位候补到了{title}的{number}号展位。请登录送岗写明谁来参加；来不了请在{until}前取消，让给后面的单位。【送岗】"
)


def wait(session: Session, fair: Fair, enterprise: Enterprise, *, by: Account | None, now: datetime) -> BoothWait:
    """Put the enterprise at the end of the line; again gives its place. The caller holds enterprise and fair.

    Raises OneBoothEach(number) when it has a booth there, and what `rules.require_may_book` raises.
    """
    own = booking_where(session, Booking.fair_id == fair.id, Booking.enterprise_id == enterprise.id)
    if own is not None:
        raise OneBoothEach(number=own.booth.number)
    row = standing(session, fair, enterprise)
    if row is not None:
        return row
    last = session.scalar(select(func.max(BoothWait.place)).where(BoothWait.fair_id == fair.id)) or 0
    row = BoothWait(fair_id=fair.id, enterprise_id=enterprise.id, place=last + 1, since=now)
    session.add(row)
    session.flush()
    deeds.record(session, "booth.awaited", row, county=fair.county, by=by, now=now)
    return row


def leave(session: Session, fair: Fair, enterprise: Enterprise, *, by: Account | None, now: datetime) -> None:
    """Take the enterprise off the line; again, or where it never waited, changes nothing."""
    lock(session, fair)
    row = standing(session, fair, enterprise)
    if row is not None:
        _leave(session, row, None, by=by, now=now)


def hold(session: Session, fairs: Iterable[Fair]) -> None:
    """Lock who waits at these fairs, then the fairs: what is needed before a booth there may be freed."""
    rows = sorted(fairs, key=lambda fair: fair.id)
    waits = select(BoothWait.enterprise_id).where(
        BoothWait.fair_id.in_([fair.id for fair in rows]), BoothWait.left_at.is_(None)
    )
    locked = select(Enterprise.id).where(Enterprise.id.in_(waits)).order_by(Enterprise.id)
    session.execute(locked.with_for_update(of=Enterprise))
    for fair in rows:
        lock(session, fair)


def promote(session: Session, fair: Fair, *, now: datetime) -> list[Booking]:
    """Give the free booths to those who wait, in order; the caller holds them and the fair (`hold`).

    Whoever may not come just now (a penalty, enough fairs this month, another one at that time) is passed over and
    keeps the place. Nobody
    moves up once a booking could not be given back free of charge, or at a fair that is called off.
    """
    told = policies.hours(fair, policies.terms_at(session, fair))
    if fair.calling_off is not None or fair.publication is None or now >= told.waits_until:
        return []
    free = [booth for booth in of_fair(session, fair) if booth.booking is None]
    given: list[Booking] = []
    for row in line(session, fair) if free else ():
        if not free:
            break
        if _may_come(session, fair, row.enterprise, now=now):
            given.append(_give(session, fair, row, free.pop(0), told, now=now))
    return given


def line(session: Session, fair: Fair) -> list[BoothWait]:
    """Give who waits, the next first. One query."""
    query = select(BoothWait).where(BoothWait.fair_id == fair.id, BoothWait.left_at.is_(None))
    return list(session.scalars(query.options(joinedload(BoothWait.enterprise)).order_by(BoothWait.place)))


def of_enterprise(session: Session, enterprise: Enterprise) -> list[BoothWait]:
    """Give where it waits, with the fairs. One query."""
    query = select(BoothWait).where(BoothWait.enterprise_id == enterprise.id, BoothWait.left_at.is_(None))
    return list(session.scalars(query.options(joinedload(BoothWait.fair)).order_by(BoothWait.since)))


def got(session: Session, booking: Booking, *, now: datetime) -> None:
    """Note that an enterprise that waited has this booth now; the caller holds the fair."""
    fair = session.get_one(Fair, booking.fair_id)
    row = standing(session, fair, session.get_one(Enterprise, booking.enterprise_id))
    if row is not None:
        _leave(session, row, booking, by=None, now=now)


def ahead(session: Session, row: BoothWait) -> int:
    """Count who waits before this one."""
    query = select(func.count(BoothWait.id)).where(
        BoothWait.fair_id == row.fair_id, BoothWait.left_at.is_(None), BoothWait.place < row.place
    )
    return session.scalar(query) or 0


def standing(session: Session, fair: Fair, enterprise: Enterprise) -> BoothWait | None:
    """Give the place an enterprise has in the line, None when it does not wait."""
    return session.scalar(
        select(BoothWait).where(
            BoothWait.fair_id == fair.id, BoothWait.enterprise_id == enterprise.id, BoothWait.left_at.is_(None)
        )
    )


def _may_come(session: Session, fair: Fair, enterprise: Enterprise, *, now: datetime) -> bool:
    try:
        rules.require_may_move_up(session, fair, enterprise, now=now)
        diary = diaries.of_enterprise(session, enterprise, fair.starts_at, fair.ends_at)
        diary.require_free(fair.starts_at, fair.ends_at)
    except Refusal:
        return False
    return True


def _give(
    session: Session, fair: Fair, row: BoothWait, booth: Booth, told: policies.Hours, *, now: datetime
) -> Booking:
    booking = Booking(fair_id=fair.id, booth_id=booth.id, enterprise_id=row.enterprise_id, booked_at=now)
    session.add(booking)
    session.flush()
    session.expire(booth, ["booking"])
    deeds.record(session, "booth.promoted", booking, county=fair.county, by=None, now=now, number=booth.number)
    _leave(session, row, booking, by=None, now=now)
    until = told.free_until.astimezone(HERE)
    when = f"{until.month}月{until.day}日{until.hour}:{until.minute:02d}"
    words = _GOT.format(title=fair.title, number=booth.number, until=when)
    about = deeds.about(booking)
    notices.write(session, fair.county, row.enterprise.contact_phone, words, about=about, once=about, now=now)
    return booking


def _leave(session: Session, row: BoothWait, booking: Booking | None, *, by: Account | None, now: datetime) -> None:
    row.left_at, row.booking_id = now, booking.id if booking else None
    session.flush()
    if booking is None:
        fair = session.get_one(Fair, row.fair_id)
        deeds.record(session, "booth.not_awaited", row, county=fair.county, by=by, now=now)
