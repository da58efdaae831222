"""Publishing, moving and calling off: what changes a fair's state, and tells those who mean to come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, devices, diaries
from scheduling.fairs import telling
from scheduling.fairs.plans import local_day, lock, require_market_day, require_place, require_times
from scheduling.fairs.readiness import missing, override
from scheduling.fairs.terms import is_large, of_city, police_due, terms_of
from scheduling.models import Account, Fair, FairCallingOff, FairMove, FairPublication, LiveRequest, LiveSlot
from scheduling.refusals import (
    FairCalledOff,
    FairNotPublished,
    FairNotReady,
    FairOver,
    PermitForNewPlace,
    PoliceNotTold,
    ReasonMissing,
)

__all__ = ["call_off", "missing", "move", "publish"]


def publish(session: Session, fair: Fair, *, by: Account | None, now: datetime) -> None:
    """Show the fair to the public; again: nothing. Raises FairCalledOff, FairOver, FairNotReady(missing).

    SEQUENCE stays: a draft was in nobody's calendar.
    """
    lock(session, fair)
    if fair.calling_off:
        raise FairCalledOff
    if fair.publication:
        return
    if fair.ends_at <= now:
        raise FairOver
    if lacking := missing(session, fair):
        raise FairNotReady(missing=",".join(lacking))
    fair.publication = FairPublication(fair_id=fair.id, by_id=by.id if by else None, at=now)
    fair.changed_at = now
    session.flush()
    deeds.record(session, "fair.published", fair, by=by, now=now, slug=fair.slug)


def move(
    session: Session,
    fair: Fair,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    reason: str,
    reason_not_market_day: str = "",
    told_police: bool = False,
    permit_no: str = "",
    permit_reason: str = "",
    by: Account | None,
    now: datetime,
) -> FairMove | None:
    """Give a published fair another time or place, and tell everybody who reserved or has a booth.

    Of a fair so large that the police permit it, another time needs `told_police`, and another place a new `permit_no`
    or why it goes there without one. Moving it to where it stands changes nothing (None).
    Raises FairCalledOff, FairNotPublished, FairOver, ReasonMissing, TimesInDisorder, InThePast, NotAMarketDay(market,
    day, next), PlaceTaken(name, what, day, hours), PoliceNotTold(due), PermitForNewPlace.
    """
    diaries.hold_places(session, fair.county)
    lock(session, fair)
    if fair.calling_off:
        raise FairCalledOff
    if not fair.publication:
        raise FairNotPublished
    if (fair.starts_at, fair.ends_at, fair.place) == (starts_at, ends_at, place):
        return None
    if fair.ends_at <= now:
        raise FairOver
    if not reason.strip():
        raise ReasonMissing
    require_times(starts_at, ends_at, now=now)
    reason_not_market_day = (
        require_market_day(fair.kind, fair.market, starts_at, reason_not_market_day)
        if starts_at != fair.starts_at
        else ""
    )
    permit = permit_no.strip(), permit_reason.strip()
    _require_papers(session, fair, starts_at, place, permit, told_police=told_police, by=by, now=now)
    step = FairMove(
        fair_id=fair.id,
        starts_before=fair.starts_at,
        ends_before=fair.ends_at,
        place_before=fair.place,
        reason=reason.strip(),
        by_id=by.id if by else None,
        at=now,
    )
    fair.moves.append(step)
    if fair.rain_decide_by is not None:
        fair.rain_decide_by += starts_at - fair.starts_at  # as long before as it was
    _take_along(session, fair, starts_at)
    fair.starts_at, fair.ends_at, fair.place = starts_at, ends_at, place
    require_place(session, fair)
    fair.sequence += 1
    fair.changed_at = now
    session.flush()
    deeds.record(
        session,
        "fair.moved",
        fair,
        by=by,
        now=now,
        sequence=fair.sequence,
        reason=step.reason,
        not_a_market_day=reason_not_market_day or None,
        told_police="yes" if told_police else None,
    )
    devices.stay(session, fair.county, f"fair/{fair.number}", ends_at=ends_at)
    telling.tell(session, fair, telling.moved(fair, step), now=now)
    return step


def _take_along(session: Session, fair: Fair, starts_at: datetime) -> None:
    """Let a run of show go along with its show, and on the new day the hours at which speakers can."""
    for slot in session.scalars(select(LiveSlot).where(LiveSlot.fair_id == fair.id, LiveSlot.dropped_at.is_(None))):
        slot.starts_at += starts_at - fair.starts_at
    days = local_day(starts_at) - local_day(fair.starts_at)
    for asked in session.scalars(select(LiveRequest).where(LiveRequest.fair_id == fair.id)):
        asked.free_from = asked.free_from and asked.free_from + days
        asked.free_until = asked.free_until and asked.free_until + days


def _require_papers(
    session: Session,
    fair: Fair,
    starts_at: datetime,
    place: str,
    permit: tuple[str, str],
    *,
    told_police: bool,
    by: Account | None,
    now: datetime,
) -> None:
    """See to a large fair's papers for its new time and place; late is late, but rain does not wait.

    `permit`: the new permit's number, and why there is none. Raises PoliceNotTold(due), PermitForNewPlace.
    """
    terms = terms_of(session, fair.county)
    if not is_large(fair, terms):
        return
    if starts_at != fair.starts_at and not told_police:
        raise PoliceNotTold(due=police_due(session, fair, terms))
    if place == fair.place:
        return
    number, reason = permit
    if number and number != fair.permit_no:
        fair.permit_no = number
    elif reason:
        override(session, fair, "permit_city" if of_city(fair, terms) else "permit", reason=reason, by=by, now=now)
        fair.permit_no = ""  # the old one holds for the old place
    else:
        raise PermitForNewPlace


def call_off(session: Session, fair: Fair, *, reason: str, by: Account | None, now: datetime) -> None:
    """Call the fair off for good; again: nothing. Reservations, bookings and tickets stay as rows.

    Everybody who reserved or has a booth is told, once: another reason later would reach nobody.
    Raises FairCalledOff (for another reason), ReasonMissing, FairOver.
    """
    lock(session, fair)
    if fair.calling_off:
        if fair.calling_off.reason != reason.strip():
            raise FairCalledOff
        return
    if not reason.strip():
        raise ReasonMissing
    if fair.ends_at <= now:
        raise FairOver
    fair.calling_off = FairCallingOff(fair_id=fair.id, reason=reason.strip(), by_id=by.id if by else None, at=now)
    fair.sequence += 1
    fair.changed_at = now
    session.flush()
    deeds.record(session, "fair.called_off", fair, by=by, now=now, reason=reason.strip(), sequence=fair.sequence)
    telling.tell(session, fair, telling.called_off(fair), now=now)
