"""Sessions (课次): when a class is taught. Calendars know each by a UID that never changes."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import deeds, enrolments
from scheduling.courses.classes import lock
from scheduling.models import Account, ClassSession, Holiday, TrainingClass
from scheduling.models.base import new_id
from scheduling.planning import timetable
from scheduling.planning.timetable import HERE
from scheduling.refusals import NotFound, SessionOverlaps, TimesInDisorder

_MOVED = "“{title}”第{number}次课改到{when}，地点{room}。【送岗】"
_CANCELLED = "“{title}”{when}的课取消了，其他课次不变。【送岗】"


def add_session(
    session: Session,
    training_class: TrainingClass,
    *,
    starts_at: datetime,
    ends_at: datetime,
    hours: int,
    kind: str,
    topic: str,
    teacher: str,
    room: str,
    by: Account | None,
    now: datetime,
) -> ClassSession:
    """Add a session of `hours` 课时, `theory` or `practice`. The very same again gives the first.

    Raises TimesInDisorder, SessionOverlaps(number), ClassCalledOff.
    """
    if ends_at <= starts_at:
        raise TimesInDisorder
    lock(session, training_class)
    other = _overlapping(session, training_class, starts_at, ends_at)
    if other is not None:
        words = (other.starts_at, other.ends_at, other.hours, other.kind, other.topic, other.teacher, other.room)
        if words == (starts_at, ends_at, hours, kind, topic, teacher, room):
            return other
        raise SessionOverlaps(number=other.number)
    last = select(func.coalesce(func.max(ClassSession.number), 0)).where(ClassSession.class_id == training_class.id)
    id_ = new_id()
    row = ClassSession(
        id=id_,
        class_id=training_class.id,
        number=session.scalars(last).one() + 1,  # cancelled ones keep theirs
        starts_at=starts_at.astimezone(UTC),
        ends_at=ends_at.astimezone(UTC),
        hours=hours,
        kind=kind,
        topic=topic,
        teacher=teacher,
        room=room,
        uid=f"session-{id_}@songgang",
        changed_at=now,
    )
    session.add(row)
    training_class.changed_at = now
    session.flush()
    deeds.record(session, "session.added", row, county=training_class.county, by=by, now=now, number=row.number)
    return row


def move_session(
    session: Session,
    class_session: ClassSession,
    *,
    starts_at: datetime,
    ends_at: datetime,
    room: str,
    by: Account | None,
    now: datetime,
) -> None:
    """Move a session in time or place; where it stood before is kept, and who has a seat is told.

    To where it is already changes nothing. Raises TimesInDisorder, SessionOverlaps(number), NotFound when cancelled.
    """
    if ends_at <= starts_at:
        raise TimesInDisorder
    training_class = _locked(session, class_session)
    if class_session.cancelled_at is not None:
        raise NotFound
    if (class_session.starts_at, class_session.ends_at, class_session.room) == (starts_at, ends_at, room):
        return
    other = _overlapping(session, training_class, starts_at, ends_at, but=class_session)
    if other is not None:
        raise SessionOverlaps(number=other.number)
    if class_session.starts_at != starts_at:
        class_session.moved_from = class_session.starts_at
    class_session.starts_at, class_session.ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    class_session.room = room
    _changed(session, training_class, class_session, "session.moved", by=by, now=now)
    _tell(session, training_class, class_session, _MOVED, now=now)


def cancel_session(session: Session, class_session: ClassSession, *, by: Account | None, now: datetime) -> None:
    """Cancel a session; its number stays used and who has a seat is told. Again changes nothing."""
    training_class = _locked(session, class_session)
    if class_session.cancelled_at is not None:
        return
    class_session.cancelled_at = now
    _changed(session, training_class, class_session, "session.cancelled", by=by, now=now)
    _tell(session, training_class, class_session, _CANCELLED, now=now)


def generate(
    session: Session,
    training_class: TrainingClass,
    *,
    weekdays: frozenset[int],
    halves: frozenset[str],
    teacher: str,
    room: str,
    by: Account | None,
    now: datetime,
) -> list[ClassSession]:
    """Add half-days between the class's first and last day until the course's hours are reached, theory first.

    `weekdays` count from Monday 0, `halves` are `am` and `pm`. Days with a session in that half and public holidays
    are left out. Again adds only what is missing. Raises ClassCalledOff.
    """
    lock(session, training_class)
    rest = select(Holiday.day).where(Holiday.county == training_class.county, Holiday.works.is_(False))
    standing = _standing(session, training_class)
    left = hours_left(training_class, standing)
    added = []
    for slot in timetable.half_days(
        training_class.starts_on, training_class.ends_on, weekdays, halves, frozenset(session.scalars(rest))
    ):
        starts_at = datetime.combine(slot.day, slot.starts, HERE)
        kind = "theory" if left["theory"] > 0 else "practice"
        hours = min(left[kind], timetable.HALF_DAY_HOURS)
        ends_at = starts_at + hours * timetable.CLASS_HOUR
        if hours <= 0:
            break
        if any(one.starts_at < ends_at and one.ends_at > starts_at for one in standing):
            continue
        row = add_session(
            session,
            training_class,
            starts_at=starts_at,
            ends_at=ends_at,
            hours=hours,
            kind=kind,
            topic="",
            teacher=teacher,
            room=room,
            by=by,
            now=now,
        )
        left[kind] -= hours
        added.append(row)
    return added


def hours_left(training_class: TrainingClass, standing: list[ClassSession]) -> dict[str, int]:
    """Give the 课时 of theory and of practice the course asks for and `standing` sessions do not hold yet."""
    course = training_class.course
    left = {"theory": course.theory_hours, "practice": course.practice_hours}
    for one in standing:
        if one.cancelled_at is None:
            left[one.kind] -= one.hours
    return left


def session_of(session: Session, training_class: TrainingClass, number: int) -> ClassSession:
    """Give session `number` of a class. Raises NotFound."""
    row = session.scalar(
        select(ClassSession).where(ClassSession.class_id == training_class.id, ClassSession.number == number)
    )
    if row is None:
        raise NotFound
    return row


def _standing(session: Session, training_class: TrainingClass) -> list[ClassSession]:
    rows = select(ClassSession).where(ClassSession.class_id == training_class.id, ClassSession.cancelled_at.is_(None))
    return list(session.scalars(rows))


def _overlapping(
    session: Session,
    training_class: TrainingClass,
    starts_at: datetime,
    ends_at: datetime,
    *,
    but: ClassSession | None = None,
) -> ClassSession | None:
    rows = select(ClassSession).where(
        ClassSession.class_id == training_class.id,
        ClassSession.cancelled_at.is_(None),
        ClassSession.starts_at < ends_at,
        ClassSession.ends_at > starts_at,
    )
    if but is not None:
        rows = rows.where(ClassSession.id != but.id)
    return session.scalars(rows.order_by(ClassSession.number)).first()


def _locked(session: Session, class_session: ClassSession) -> TrainingClass:
    training_class = session.get_one(TrainingClass, class_session.class_id)
    lock(session, training_class)
    session.refresh(class_session)
    return training_class


def _changed(
    session: Session,
    training_class: TrainingClass,
    row: ClassSession,
    what: str,
    *,
    by: Account | None,
    now: datetime,
) -> None:
    row.sequence += 1
    row.changed_at = training_class.changed_at = now
    session.flush()
    deeds.record(session, what, row, county=training_class.county, by=by, now=now, number=row.number)


def _tell(session: Session, training_class: TrainingClass, row: ClassSession, words: str, *, now: datetime) -> None:
    if training_class.publication is not None and row.ends_at > now:
        facts = {"number": row.number, "when": _said(row.starts_at), "room": row.room or training_class.place}
        once = f"session {row.number} {row.sequence}"
        enrolments.tell_all(session, training_class, once, words, now=now, **facts)


def _said(moment: datetime) -> str:
    here = moment.astimezone(HERE)
    return f"{here.month}月{here.day}日{here.hour}:{here.minute:02d}"
