"""The line before a class: who gets a seat, who waits, who moves up, who leaves.

Whoever changes who has a seat locks the class row first; the order is always class, then what hangs on it; two classes
in the order of their ids.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from scheduling import deeds, tickets, training_rules
from scheduling.enrolments import offers
from scheduling.enrolments.lists import waiting
from scheduling.enrolments.telling import GONE, PROMOTED, tell
from scheduling.models import Account, Certificate, Enrolment, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import Certified


def lock(session: Session, class_id: UUID) -> None:
    """Let nobody else change this class's seats until this transaction ends. SQLite queued us in `writing()`."""
    session.execute(select(TrainingClass.id).where(TrainingClass.id == class_id).with_for_update(key_share=True))


def hold(session: Session, training_class: TrainingClass) -> None:
    """Lock the class and read it anew."""
    lock(session, training_class.id)
    session.refresh(training_class)


def admit(session: Session, training_class: TrainingClass) -> tuple[int, bool]:
    """Give the next place in the line, and whether a seat goes with it: one conditional UPDATE decides."""
    this = update(TrainingClass).where(TrainingClass.id == training_class.id)
    somebody_waits = exists().where(
        Enrolment.class_id == training_class.id, Enrolment.confirmed_at.is_(None), Enrolment.cancelled_at.is_(None)
    )
    seat = this.where(TrainingClass.taken < TrainingClass.seats, ~somebody_waits)
    step = {"queued": TrainingClass.queued + 1}
    place = _counted(session, training_class, seat.values(taken=TrainingClass.taken + 1, **step))
    if place is not None:
        return place, True
    place = _counted(session, training_class, this.values(**step))
    assert place is not None  # noqa: S101  the class is locked: it is there
    return place, False


def cancel(session: Session, enrolment: Enrolment, *, by: Account | None, now: datetime, why: str = "withdrew") -> None:
    """Cancel; a seat that comes free goes to the first who waits, in this transaction. Again changes nothing.

    `why` is one of WHYS; who had a seat and withdraws once the class has begun drops out. Raises Certified(number).
    """
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    lock(session, training_class.id)
    session.refresh(enrolment)
    if enrolment.cancelled_at is not None:
        return
    require_uncertified(session, enrolment)
    leave(session, training_class, enrolment, why, by=by, now=now)
    promote(session, training_class, now=now)


def require_uncertified(session: Session, enrolment: Enrolment) -> None:
    """Raise Certified(number) for whoever has a certificate of this class that stands: she does not leave it any more.

    Off the list, her certificate would be valid still and could be revoked by nobody.
    """
    rows = select(Certificate.number).where(Certificate.enrolment_id == enrolment.id, Certificate.revoked_at.is_(None))
    number = session.scalar(rows)
    if number is not None:
        raise Certified(number=number)


def leave(
    session: Session,
    training_class: TrainingClass,
    enrolment: Enrolment,
    why: str,
    *,
    by: Account | None,
    now: datetime,
) -> None:
    """Take her off the list, her seat and ticket with her; the caller has locked the class and lets the line move."""
    if why == "withdrew" and enrolment.confirmed_at is not None and _begun(training_class, now):
        why = "dropped_out"
    enrolment.cancelled_at, enrolment.cancelled_why = now, why
    session.flush()
    if enrolment.confirmed_at is not None:
        freed = update(TrainingClass).where(TrainingClass.id == training_class.id, TrainingClass.taken > 0)
        _counted(session, training_class, freed.values(taken=TrainingClass.taken - 1))
    offers.end(session, enrolment, "lapsed" if why == "lapsed" else "declined", now=now)
    tickets.revoke(session, enrolment, "cancelled", by=by, now=now)
    deeds.record(session, "enrolment.cancelled", enrolment, county=training_class.county, by=by, now=now, why=why)
    if why in GONE:  # who is transferred is told where to
        tell(session, training_class, enrolment, "cancelled", GONE[why], now=now)


def promote(session: Session, training_class: TrainingClass, *, now: datetime) -> int:
    """Give free seats to those who wait, in order; the caller has locked the class. Give how many moved up.

    Offers nobody answered in time are taken back first. Nobody moves after the closing time, in a class that is called
    off, or while it is over-full. Where the rules give time to answer, a seat is offered and kept until then.
    """
    session.refresh(training_class)
    if training_class.calling_off is not None:
        return 0
    for enrolment in offers.take_back(session, training_class, now=now):
        leave(session, training_class, enrolment, "lapsed", by=None, now=now)
    if now > training_class.enrol_until:
        return 0
    moved = 0
    seat = (
        update(TrainingClass)
        .where(TrainingClass.id == training_class.id, TrainingClass.taken < TrainingClass.seats)
        .values(taken=TrainingClass.taken + 1)
    )
    for enrolment in waiting(session, training_class):
        if _counted(session, training_class, seat) is None:
            break
        enrolment.confirmed_at = now
        session.flush()
        deeds.record(session, "enrolment.promoted", enrolment, county=training_class.county, by=None, now=now)
        if not offers.make(session, training_class, enrolment, now=now):
            tell(session, training_class, enrolment, "promoted", PROMOTED, now=now)
        moved += 1
    return moved


def answer(session: Session, enrolment: Enrolment, *, coming: bool, by: Account | None, now: datetime) -> None:
    """Say yes or no to the seat offered to her; again, too late or unasked changes nothing. A no lets the line move."""
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    lock(session, training_class.id)
    promote(session, training_class, now=now)  # takes back what is over first
    session.refresh(enrolment)
    if enrolment.cancelled_at is not None or offers.standing(session, enrolment) is None:
        return
    if coming:
        offers.accept(session, enrolment, by=by, now=now)
    else:
        leave(session, training_class, enrolment, "declined", by=by, now=now)
        promote(session, training_class, now=now)


def settle(session: Session, county: str, *, now: datetime) -> int:
    """Let every line move that can: offers nobody answered, seats that stayed free. Give how many moved up.

    For the worker; the classes are held in the order of their ids.
    """
    moved = 0
    for training_class in offers.due(session, county, now=now):
        lock(session, training_class.id)
        moved += promote(session, training_class, now=now)
    return moved


def catch_up(session: Session, training_class: TrainingClass, *, now: datetime) -> None:
    """Take back what is over before anybody new comes; where nothing is offered for a time there is nothing to do."""
    if training_rules.of(training_class.course).offer_hours is not None:
        promote(session, training_class, now=now)


def _begun(training_class: TrainingClass, now: datetime) -> bool:
    """Say whether the first day has come, in Asia/Shanghai."""
    return now >= datetime.combine(training_class.starts_on, time.min, HERE)


def _counted(session: Session, training_class: TrainingClass, step: Any) -> int | None:  # noqa: ANN401  an UPDATE
    """Run the UPDATE of the class's counters and give `queued` after it; None when its condition did not hold."""
    queued: int | None = session.scalar(
        step.returning(TrainingClass.queued), execution_options={"synchronize_session": False}
    )
    session.expire(training_class, ["taken", "queued"])
    return queued
