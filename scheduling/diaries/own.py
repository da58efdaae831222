"""What somebody has of her own at a time she is about to book once more: shown before it is done, never a refusal.

She may mean to leave early, or to send somebody else. What must not be at once (two classes for one ID number, two
booths of one enterprise) is refused by the acts themselves. Times are half-open: where one ends, the next may begin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, lazyload

from scheduling.diaries.diary import during
from scheduling.models import (
    Booking,
    ClassSession,
    Enrolment,
    Enterprise,
    Fair,
    Jobseeker,
    LiveRequest,
    LiveSlot,
    Reservation,
    TrainingClass,
)

Period = tuple[datetime, datetime]  # aware: from, until just before


@dataclass(frozen=True)
class Held:
    """One thing of her own and the first of its hours that overlap; `more` are further ones, of a class.

    `kind`: reservation, enrolment, booking, on_air (a slot in a show) or air_time (asked for in one). `slug` is the
    fair's or the class's, `waits` whether she only waits for a seat, `agent_phone` who signed her up, if anybody.
    """

    kind: str
    id_: UUID
    what: str
    slug: str
    starts_at: datetime
    ends_at: datetime
    waits: bool = False
    agent_phone: str = ""
    more: int = 0


def of_jobseeker(
    session: Session,
    county: str,
    periods: Sequence[Period],
    *,
    name: str,
    phone: str,
    but: UUID,
    now: datetime,
) -> list[Held]:
    """Give the reservations and enrolments of the person of this name and phone that overlap any of `periods`.

    `but` is the fair or class that is asked about; what is over by `now`, was cancelled or called off is no hindrance.
    Only for whoever may know of them: the caller sees to that. Two queries.
    """
    if not periods:
        return []
    hers = (Jobseeker.county == county, Jobseeker.name == name, Jobseeker.phone == phone)
    reserved = (
        select(Reservation.id, Fair.title, Fair.slug, Fair.starts_at, Fair.ends_at, Reservation.agent_phone)
        .select_from(Reservation)
        .join(Jobseeker, Jobseeker.id == Reservation.jobseeker_id)
        .join(Fair, Fair.id == Reservation.fair_id)
        .where(*hers, Reservation.cancelled_at.is_(None), Fair.id != but, *_held(Fair, periods, now))
        .where(~Fair.calling_off.has())
    )
    found = [
        Held("reservation", id_, what, slug, starts, ends, agent_phone=agent)
        for id_, what, slug, starts, ends, agent in session.execute(reserved)
    ]
    parties = (
        select(func.max(ClassSession.party))
        .where(ClassSession.class_id == TrainingClass.id)
        .correlate(TrainingClass)
        .scalar_subquery()
    )
    enrolled = (
        select(Enrolment, ClassSession, TrainingClass.title, TrainingClass.slug, parties)
        .join(Jobseeker, Jobseeker.id == Enrolment.jobseeker_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(ClassSession, ClassSession.class_id == TrainingClass.id)
        .where(*hers, Enrolment.cancelled_at.is_(None), TrainingClass.id != but, *_held(ClassSession, periods, now))
        .where(~TrainingClass.calling_off.has(), ClassSession.cancelled_at.is_(None))
        .options(lazyload(Enrolment.jobseeker))
    )
    for one, lesson, what, slug, number in session.execute(enrolled):
        if one.attends(lesson, number):
            waits, agent = one.confirmed_at is None, one.agent_phone
            found.append(Held("enrolment", one.id, what, slug, lesson.starts_at, lesson.ends_at, waits, agent))
    return _overlapping(found, periods)


def of_firm(
    session: Session, enterprise: Enterprise, periods: Sequence[Period], *, but: UUID, now: datetime
) -> list[Held]:
    """Give the enterprise's booths and air time at other fairs than `but` that overlap any of `periods`. Two queries.

    Air time that is not arranged yet may be at any hour at which its speaker can.
    """
    if not periods:
        return []
    at = (Fair.id != but, *_held(Fair, periods, now), ~Fair.calling_off.has())
    booked = (
        select(Booking.id, Fair.title, Fair.slug, Fair.starts_at, Fair.ends_at)
        .select_from(Booking)
        .join(Fair, Fair.id == Booking.fair_id)
        .where(Booking.enterprise_id == enterprise.id, Booking.cancelled_at.is_(None), *at)
    )
    found = [Held("booking", *row) for row in session.execute(booked)]
    asked = and_(
        LiveRequest.fair_id == Fair.id,
        LiveRequest.enterprise_id == enterprise.id,
        LiveRequest.withdrawn_at.is_(None),
    )
    arranged = and_(LiveSlot.fair_id == Fair.id, LiveSlot.enterprise_id == enterprise.id, LiveSlot.dropped_at.is_(None))
    shows = (
        select(Fair.title, Fair.slug, Fair.starts_at, Fair.ends_at, LiveRequest, LiveSlot)
        .outerjoin(LiveRequest, asked)
        .outerjoin(LiveSlot, arranged)
        .where(*at, or_(LiveRequest.id.is_not(None), LiveSlot.id.is_not(None)))
        .options(lazyload("*"))
    )
    rows: Iterable[Any] = session.execute(shows)  # what is joined from outside may be None
    for what, slug, starts, ends, request, slot in rows:
        if slot is not None:
            until = slot.starts_at + timedelta(minutes=slot.minutes)
            found.append(Held("on_air", slot.id, what, slug, slot.starts_at, until))
        else:
            hours = (request.free_from or starts, request.free_until or ends)
            found.append(Held("air_time", request.id, what, slug, *hours))
    return _overlapping(found, periods)


def lessons(training_class: TrainingClass, *, now: datetime) -> list[Period]:
    """Give when the class is still to meet. Of rotating parties all, for hers is only known once she is on the list."""
    return [
        (one.starts_at, one.ends_at)
        for one in training_class.sessions
        if one.cancelled_at is None and one.ends_at > now
    ]


def _held(table: type[Fair | ClassSession], periods: Sequence[Period], now: datetime) -> list[ColumnElement[bool]]:
    """Give the conditions for what is not over and overlaps the whole stretch; `_overlapping` looks closer."""
    first, last = min(starts for starts, _ in periods), max(ends for _, ends in periods)
    return [*during(table, first, last), table.ends_at > now]


def _overlapping(found: Iterable[Held], periods: Sequence[Period]) -> list[Held]:
    """Keep what overlaps one of the periods, each thing once, by its first hours."""
    kept: dict[UUID, Held] = {}
    for each in sorted(found, key=lambda held: (held.starts_at, held.id_)):
        if any(each.starts_at < ends and starts < each.ends_at for starts, ends in periods):
            known = kept.get(each.id_)
            kept[each.id_] = each if known is None else replace(known, more=known.more + 1)
    return list(kept.values())
