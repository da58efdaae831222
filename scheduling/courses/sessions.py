"""Sessions (课次): when a class is taught. Calendars know each by a UID that never changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from scheduling import deeds, devices, diaries, enrolments
from scheduling.courses.classes import lock
from scheduling.models import Account, ClassSession, Scan, TrainingClass
from scheduling.models.base import new_id
from scheduling.planning.timetable import HERE
from scheduling.refusals import InThePast, NotFound, OutsideTheClass, SessionHeld, SessionOverlaps, TimesInDisorder

BEYOND = timedelta(days=60)  # a lesson that falls out may be made up so long after the class was to end
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
    party: int = 0,
    by: Account | None,
    now: datetime,
) -> ClassSession:
    """Add a session of `hours` 课时, `theory` or `practice`, for all or one rotating `party` of the class.

    The very same again gives the first.

    Raises TimesInDisorder, SessionOverlaps(number), ClassCalledOff; TeacherTaken and RoomTaken(name, what, day, hours)
    when any class of the school has them then, TeacherAway(name, first, last) when the teacher is on leave.
    """
    if ends_at <= starts_at:
        raise TimesInDisorder
    diaries.hold_premises(session, training_class)
    lock(session, training_class)
    other = _overlapping(session, training_class, starts_at, ends_at, party=party)
    if other is not None:
        told = {"starts_at": starts_at, "ends_at": ends_at, "hours": hours, "kind": kind, "party": party}
        told |= {"topic": topic, "teacher": teacher, "room": room}
        if all(getattr(other, name) == value for name, value in told.items()):
            return other
        raise SessionOverlaps(number=other.number)
    diaries.require_lesson(session, training_class, starts_at, ends_at, teacher=teacher, room=room, party=party)
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
        party=party,
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
    teacher: str | None = None,
    by: Account | None,
    now: datetime,
) -> None:
    """Move a session in time or place; where it stood before is kept, and who has a seat is told.

    Another `teacher` (None: the same) is noted and told to nobody. To where it is already changes nothing. Raises
    TimesInDisorder, SessionOverlaps(number), TeacherTaken and RoomTaken(name, what, day, hours), TeacherAway(name,
    first, last), NotFound when cancelled; SessionHeld(number) for other times than those at which people were there,
    InThePast, OutsideTheClass(first, last) for a day more than BEYOND from the class's own.
    """
    if ends_at <= starts_at:
        raise TimesInDisorder
    training_class = _locked(session, class_session)
    if class_session.cancelled_at is not None:
        raise NotFound
    if (class_session.starts_at, class_session.ends_at) != (starts_at, ends_at):
        _require_not_held(session, class_session, now=now)
    if class_session.starts_at != starts_at:
        _require_near(training_class, starts_at, now=now)
    teacher = class_session.teacher if teacher is None else teacher
    times = {"starts_at": starts_at, "ends_at": ends_at}
    put(session, training_class, class_session, **times, room=room, teacher=teacher, by=by, now=now)


def put(
    session: Session,
    training_class: TrainingClass,
    class_session: ClassSession,
    *,
    starts_at: datetime,
    ends_at: datetime,
    room: str,
    teacher: str,
    by: Account | None,
    now: datetime,
) -> None:
    """Do what `move_session` says, for a caller that holds the class; one cancelled a moment ago stands again."""
    moves = (class_session.starts_at, class_session.ends_at, class_session.room) != (starts_at, ends_at, room)
    if moves:
        other = _overlapping(session, training_class, starts_at, ends_at, party=class_session.party, but=class_session)
        if other is not None:
            raise SessionOverlaps(number=other.number)
    if moves or class_session.teacher != teacher:
        diaries.require_lesson(
            session,
            training_class,
            starts_at,
            ends_at,
            teacher=teacher,
            room=room,
            party=class_session.party,
            but=deeds.about(class_session),
        )
    class_session.cancelled_at = None
    if class_session.teacher != teacher:
        class_session.teacher = teacher
        _noted(session, training_class, class_session, "session.reassigned", by=by, now=now)
    if not moves:
        return
    if class_session.starts_at != starts_at:
        class_session.moved_from = class_session.starts_at
    class_session.starts_at, class_session.ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    class_session.room = room
    _changed(session, training_class, class_session, "session.moved", by=by, now=now)
    devices.stay(session, training_class.county, f"class/{training_class.number}", ends_at=ends_at)
    _tell(session, training_class, class_session, _MOVED, now=now)


def cancel_session(session: Session, class_session: ClassSession, *, by: Account | None, now: datetime) -> None:
    """Cancel a session; its number stays used and who has a seat is told. Again changes nothing.

    Raises SessionHeld(number) once people were there.
    """
    training_class = _locked(session, class_session)
    if class_session.cancelled_at is not None:
        return
    _require_not_held(session, class_session, now=now)
    class_session.cancelled_at = now
    _changed(session, training_class, class_session, "session.cancelled", by=by, now=now)
    _tell(session, training_class, class_session, _CANCELLED, now=now)


def session_of(session: Session, training_class: TrainingClass, number: int) -> ClassSession:
    """Give session `number` of a class. Raises NotFound."""
    row = session.scalar(
        select(ClassSession).where(ClassSession.class_id == training_class.id, ClassSession.number == number)
    )
    if row is None:
        raise NotFound
    return row


def of_class(session: Session, training_class: TrainingClass) -> list[ClassSession]:
    """Give the sessions of a class that are not cancelled."""
    rows = select(ClassSession).where(ClassSession.class_id == training_class.id, ClassSession.cancelled_at.is_(None))
    return list(session.scalars(rows))


def _overlapping(
    session: Session,
    training_class: TrainingClass,
    starts_at: datetime,
    ends_at: datetime,
    *,
    party: int,
    but: ClassSession | None = None,
) -> ClassSession | None:
    """Give the first other session at that time which people of `party` attend, too."""
    rows = select(ClassSession).where(
        ClassSession.class_id == training_class.id,
        ClassSession.cancelled_at.is_(None),
        ClassSession.starts_at < ends_at,
        ClassSession.ends_at > starts_at,
    )
    if party:
        rows = rows.where(ClassSession.party.in_({0, party}))
    if but is not None:
        rows = rows.where(ClassSession.id != but.id)
    return session.scalars(rows.order_by(ClassSession.number)).first()


def _require_not_held(session: Session, class_session: ClassSession, *, now: datetime) -> None:
    """Raise SessionHeld when it has begun and scans of it stand: the hours that people reached hang on its time."""
    if class_session.starts_at > now:
        return
    undo = aliased(Scan)
    standing = select(Scan.id).where(
        Scan.session_id == class_session.id,
        Scan.ticket_id.is_not(None),
        Scan.annuls.is_(None),
        ~select(undo.id).where(undo.annuls == Scan.id).exists(),
    )
    if session.scalars(standing.limit(1)).first() is not None:
        raise SessionHeld(number=class_session.number)


def _require_near(training_class: TrainingClass, starts_at: datetime, *, now: datetime) -> None:
    """Raise InThePast, or OutsideTheClass(first, last): a year mistyped takes the lesson out of everybody's sight."""
    if starts_at <= now:
        raise InThePast
    first, last = training_class.starts_on, training_class.ends_on
    if not first - BEYOND <= starts_at.astimezone(HERE).date() <= last + BEYOND:
        raise OutsideTheClass(first=first, last=last)


def _locked(session: Session, class_session: ClassSession) -> TrainingClass:
    training_class = session.get_one(TrainingClass, class_session.class_id)
    diaries.hold_premises(session, training_class)
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
    _noted(session, training_class, row, what, by=by, now=now)


def _noted(
    session: Session,
    training_class: TrainingClass,
    row: ClassSession,
    what: str,
    *,
    by: Account | None,
    now: datetime,
) -> None:
    row.changed_at = training_class.changed_at = now
    session.flush()
    deeds.record(session, what, row, county=training_class.county, by=by, now=now, number=row.number)


def _tell(session: Session, training_class: TrainingClass, row: ClassSession, words: str, *, now: datetime) -> None:
    if training_class.publication is not None and row.ends_at > now:
        facts: dict[str, str | int] = {
            "number": row.number,
            "when": _said(row.starts_at),
            "room": row.room or training_class.place,
        }
        once = f"session {row.number} {row.sequence}"
        enrolments.tell_all(session, training_class, once, words, now=now, **facts)


def _said(moment: datetime) -> str:
    here = moment.astimezone(HERE)
    return f"{here.month}月{here.day}日{here.hour}:{here.minute:02d}"
