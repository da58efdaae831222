"""The line before a class: who gets a seat, who waits, who moves up.

Whoever changes who has a seat locks the class row first; the order is always class, then what hangs on it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from scheduling import deeds, identity, notices, tickets
from scheduling.enrolments.lists import of_class, waiting
from scheduling.models import Account, Enrolment, TrainingClass

CONFIRMED = "已报上“{title}”，{starts}开班，地点{place}。报名号{code}，来时说这个号或出示学员码。【送岗】"
WAITING = "“{title}”名额已满，您排在候补第{line}位，报名号{code}。有人退出会自动补上并发短信。【送岗】"
_PROMOTED = "“{title}”有名额了，您已补上，{starts}开班，地点{place}。不能来请尽早取消，让给后面的人。【送岗】"
_CANCELLED = "“{title}”的报名已取消。想再学，随时可以重新报名或打电话到窗口。【送岗】"


def lock(session: Session, class_id: UUID) -> None:
    """Let nobody else change this class's seats until this transaction ends. SQLite queued us in `writing()`."""
    session.execute(select(TrainingClass.id).where(TrainingClass.id == class_id).with_for_update(key_share=True))


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


def cancel(session: Session, enrolment: Enrolment, *, by: Account | None, now: datetime) -> None:
    """Cancel; a seat that comes free goes to the first who waits, in this transaction. Again changes nothing."""
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    lock(session, training_class.id)
    session.refresh(enrolment)
    if enrolment.cancelled_at is not None:
        return
    enrolment.cancelled_at = now
    session.flush()
    if enrolment.confirmed_at is not None:
        freed = update(TrainingClass).where(TrainingClass.id == training_class.id, TrainingClass.taken > 0)
        _counted(session, training_class, freed.values(taken=TrainingClass.taken - 1))
    tickets.revoke(session, enrolment, "cancelled", by=by, now=now)
    deeds.record(session, "enrolment.cancelled", enrolment, county=training_class.county, by=by, now=now)
    tell(session, training_class, enrolment, "cancelled", _CANCELLED, now=now)
    promote(session, training_class, now=now)


def promote(session: Session, training_class: TrainingClass, *, now: datetime) -> int:
    """Give free seats to those who wait, in order; the caller has locked the class. Give how many moved up.

    Nobody moves after the closing time, in a class that is called off, or while it is over-full.
    """
    session.refresh(training_class)
    if training_class.calling_off is not None or now > training_class.enrol_until:
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
        tell(session, training_class, enrolment, "promoted", _PROMOTED, now=now)
        moved += 1
    return moved


def tell_all(
    session: Session, training_class: TrainingClass, what: str, words: str, *, now: datetime, **more: object
) -> None:
    """Write one notice to everybody who has a seat or waits, and to who signed them up; `what` makes it once each."""
    for enrolment in of_class(session, training_class):
        if enrolment.cancelled_at is None:
            tell(session, training_class, enrolment, what, words, now=now, **more)


def tell(
    session: Session,
    training_class: TrainingClass,
    enrolment: Enrolment,
    what: str,
    words: str,
    *,
    now: datetime,
    **more: object,
) -> None:
    """Write one notice to her, and one to who signed her up; `what` makes it once each."""
    first = training_class.starts_on
    facts = {
        "title": training_class.title,
        "place": training_class.place,
        "starts": f"{first.month}月{first.day}日",
        **more,
    }
    text, about, once = words.format(**facts), deeds.about(enrolment), f"enrolment/{enrolment.id}/{what}"
    own = enrolment.jobseeker
    notices.write(session, training_class.county, own.phone, text, about=about, once=once, now=now)
    if enrolment.agent_phone and enrolment.agent_phone != own.phone:
        text = f"您代{identity.masked_name(own.name)}报的名：{text}"
        agent = enrolment.agent_phone
        notices.write(session, training_class.county, agent, text, about=about, once=f"{once}/agent", now=now)


def _counted(session: Session, training_class: TrainingClass, step: Any) -> int | None:  # noqa: ANN401  an UPDATE
    """Run the UPDATE of the class's counters and give `queued` after it; None when its condition did not hold."""
    queued: int | None = session.scalar(
        step.returning(TrainingClass.queued), execution_options={"synchronize_session": False}
    )
    session.expire(training_class, ["taken", "queued"])
    return queued
