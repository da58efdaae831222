"""Leave (请假): asked for by a trainee, or by the school for her; granted or refused by the school; taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.enrolments import line, telling
from scheduling.models import Account, ClassSession, Enrolment, Leave, School, TrainingClass
from scheduling.models.leave import REASONS
from scheduling.planning.timetable import HERE
from scheduling.refusals import LessonOver, NotFound, NotYourLesson

Waiting = tuple[Leave, Enrolment, ClassSession, TrainingClass]

_GRANTED = "“{title}”第{number}次课（{when}）准假了，到时不用来。缺的课时不算到课。【送岗】"
_REFUSED = "“{title}”第{number}次课（{when}）没有准假，请按时来上课，有困难打电话找老师。【送岗】"


def ask(
    session: Session,
    enrolment: Enrolment,
    class_session: ClassSession,
    reason: str,
    *,
    by: Account | None,
    now: datetime,
) -> Leave:
    """Ask for leave from one session, for a reason of REASONS; `by` is None for herself.

    What she asked before stands, whatever became of it. Raises NotYourLesson, LessonOver(number), NotFound.
    """
    known = _held(session, enrolment, class_session)
    if known is not None:
        return known
    _require_coming(class_session, now)
    return _write(session, enrolment, class_session, reason, by=by, now=now)


def grant(session: Session, leave: Leave, *, by: Account | None, now: datetime) -> None:
    """Say yes, and tell her; again changes nothing, and so it is after the session. Raises NotFound when taken back."""
    _decide(session, leave, yes=True, by=by, now=now)


def refuse(session: Session, leave: Leave, *, by: Account | None, now: datetime) -> None:
    """Say no, and tell her; again changes nothing. Raises NotFound when it was taken back."""
    _decide(session, leave, yes=False, by=by, now=now)


def withdraw(session: Session, leave: Leave, *, by: Account | None, now: datetime) -> None:
    """Take it back: she will come after all. Again changes nothing. Raises LessonOver(number) once it is over."""
    row = session.get_one(ClassSession, leave.session_id)
    _lock(session, row)
    session.refresh(leave)
    if leave.withdrawn_at is not None:
        return
    _require_coming(row, now)
    _take_back(session, leave, row, by=by, now=now)


def enter(
    session: Session,
    enrolment: Enrolment,
    class_session: ClassSession,
    reason: str,
    *,
    by: Account | None,
    now: datetime,
) -> Leave:
    """Type leave from paper, granted; another reason takes the place of the first. Raises NotYourLesson, NotFound."""
    known = _held(session, enrolment, class_session)
    if known is not None and known.reason == reason and known.state == "granted":
        return known
    if known is not None:
        _take_back(session, known, class_session, by=by, now=now)
    row = _write(session, enrolment, class_session, reason, by=by, now=now)
    row.decided_at, row.decided_by_id, row.granted = now, by.id if by else None, True
    _note(session, row, class_session, "leave.granted", by=by, now=now)
    return row


def drop(
    session: Session, enrolment: Enrolment, class_session: ClassSession, *, by: Account | None, now: datetime
) -> None:
    """Type from paper that she had no leave: what stands is taken back, also when it is over. None changes nothing."""
    known = _held(session, enrolment, class_session)
    if known is not None:
        _take_back(session, known, class_session, by=by, now=now)


def find(session: Session, county: str, id_: UUID, *, school: School | None) -> Leave:
    """Give leave from a class of `school`, or of any school for staff (None). Raises NotFound."""
    wanted = select(Leave).join(Enrolment, Enrolment.id == Leave.enrolment_id)
    wanted = wanted.join(TrainingClass, TrainingClass.id == Enrolment.class_id)
    wanted = wanted.where(Leave.id == id_, TrainingClass.county == county)
    if school is not None:
        wanted = wanted.where(TrainingClass.school_id == school.id)
    row = session.scalar(wanted)
    if row is None:
        raise NotFound
    return row


def of_class(session: Session, training_class: TrainingClass) -> list[Leave]:
    """Give the leaves of a class that stand, by when they were asked for."""
    rows = select(Leave).join(ClassSession, ClassSession.id == Leave.session_id)
    rows = rows.where(ClassSession.class_id == training_class.id, Leave.withdrawn_at.is_(None))
    return list(session.scalars(rows.order_by(Leave.asked_at, Leave.id)))


def of_trainee(session: Session, enrolment: Enrolment) -> list[tuple[Leave, ClassSession]]:
    """Give her leaves that stand, with their sessions, in the order of those."""
    rows = select(Leave, ClassSession).join(ClassSession, ClassSession.id == Leave.session_id)
    rows = rows.where(Leave.enrolment_id == enrolment.id, Leave.withdrawn_at.is_(None))
    return [(leave, block) for leave, block in session.execute(rows.order_by(ClassSession.starts_at))]


def queue(session: Session, county: str, *, school: School | None, since: datetime) -> list[Waiting]:
    """Give the leaves of a school's classes (None: of all) from sessions that end after `since`. One question.

    Undecided ones come first, then by session.
    """
    rows = (
        select(Leave, Enrolment, ClassSession, TrainingClass)
        .join(Enrolment, Enrolment.id == Leave.enrolment_id)
        .join(ClassSession, ClassSession.id == Leave.session_id)
        .join(TrainingClass, TrainingClass.id == ClassSession.class_id)
        .where(
            TrainingClass.county == county,
            Leave.withdrawn_at.is_(None),
            Enrolment.cancelled_at.is_(None),
            ClassSession.cancelled_at.is_(None),
            ClassSession.ends_at > since,
        )
        .order_by(Leave.decided_at.is_not(None), ClassSession.starts_at, Leave.asked_at)
    )
    if school is not None:
        rows = rows.where(TrainingClass.school_id == school.id)
    return [(leave, person, block, where) for leave, person, block, where in session.execute(rows)]


def _decide(session: Session, leave: Leave, *, yes: bool, by: Account | None, now: datetime) -> None:
    row = session.get_one(ClassSession, leave.session_id)
    training_class = _lock(session, row)
    session.refresh(leave)
    if leave.withdrawn_at is not None:
        raise NotFound
    if leave.decided_at is not None and leave.granted == yes:
        return
    leave.decided_at, leave.decided_by_id, leave.granted = now, by.id if by else None, yes
    _note(session, leave, row, f"leave.{leave.state}", by=by, now=now)
    if row.ends_at > now:
        here, person = row.starts_at.astimezone(HERE), session.get_one(Enrolment, leave.enrolment_id)
        when = f"{here.month}月{here.day}日{here.hour}:{here.minute:02d}"
        words, once = _GRANTED if yes else _REFUSED, f"leave {leave.id} {now.timestamp()}"
        telling.tell(session, training_class, person, once, words, now=now, number=row.number, when=when)


def _held(session: Session, enrolment: Enrolment, class_session: ClassSession) -> Leave | None:
    """Lock the class and give what stands of hers for this session. Raises NotYourLesson, NotFound."""
    _lock(session, class_session)
    session.refresh(enrolment)
    session.refresh(class_session)
    parties = select(ClassSession.party).where(
        ClassSession.class_id == class_session.class_id, ClassSession.cancelled_at.is_(None)
    )
    if enrolment.state != "confirmed" or class_session.cancelled_at is not None:
        raise NotFound
    if enrolment.class_id != class_session.class_id or not enrolment.attends(
        class_session, max(session.scalars(parties), default=0)
    ):
        raise NotYourLesson
    return session.scalar(
        select(Leave).where(
            Leave.enrolment_id == enrolment.id, Leave.session_id == class_session.id, Leave.withdrawn_at.is_(None)
        )
    )


def _write(
    session: Session,
    enrolment: Enrolment,
    class_session: ClassSession,
    reason: str,
    *,
    by: Account | None,
    now: datetime,
) -> Leave:
    if reason not in REASONS:
        raise NotFound
    row = Leave(
        enrolment_id=enrolment.id,
        session_id=class_session.id,
        reason=reason,
        asked_at=now,
        by_id=by.id if by else None,
        granted=False,
    )
    session.add(row)
    _note(session, row, class_session, "leave.asked", by=by, now=now)
    return row


def _take_back(
    session: Session, leave: Leave, class_session: ClassSession, *, by: Account | None, now: datetime
) -> None:
    leave.withdrawn_at = now
    _note(session, leave, class_session, "leave.withdrawn", by=by, now=now)


def _note(
    session: Session, leave: Leave, class_session: ClassSession, what: str, *, by: Account | None, now: datetime
) -> None:
    session.flush()
    county = session.get_one(TrainingClass, class_session.class_id).county
    deeds.record(session, what, leave, county=county, by=by, now=now, number=class_session.number)


def _require_coming(class_session: ClassSession, now: datetime) -> None:
    if now >= class_session.ends_at:
        raise LessonOver(number=class_session.number)


def _lock(session: Session, class_session: ClassSession) -> TrainingClass:
    line.lock(session, class_session.class_id)
    return session.get_one(TrainingClass, class_session.class_id)
