"""Many sessions at once: half-days until a course's hours are reached, and a whole timetable put into effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from scheduling import diaries, training_rules
from scheduling.courses.classes import lock
from scheduling.courses.sessions import add_session, cancel_session, of_class, put
from scheduling.models import Account, ClassSession, Holiday, School, TrainingClass
from scheduling.planning import timetable
from scheduling.planning.timetable import HERE
from scheduling.refusals import RoomTaken, TeacherAway, TeacherTaken


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

    `weekdays` count from Monday 0, `halves` are `am` and `pm`. Public holidays are left out, and half-days in which the
    class has a session, the teacher is on leave, or another class has her or the room: the hours move on to the next
    that is free. Again adds only what is missing. Raises ClassCalledOff.
    """
    diaries.hold_premises(session, training_class)
    lock(session, training_class)
    rest = select(Holiday.day).where(Holiday.county == training_class.county, Holiday.works.is_(False))
    standing = of_class(session, training_class)
    minutes = training_rules.of(training_class.course).hour_minutes
    left = hours_left(training_class, standing)
    added = []
    for slot in timetable.half_days(
        training_class.starts_on, training_class.ends_on, weekdays, halves, frozenset(session.scalars(rest))
    ):
        starts_at = datetime.combine(slot.day, slot.starts, HERE)
        kind = "theory" if left["theory"] > 0 else "practice"
        hours = min(left[kind], timetable.half_day_hours(minutes))
        ends_at = starts_at + hours * timedelta(minutes=minutes)
        if hours <= 0:
            break
        if any(one.starts_at < ends_at and one.ends_at > starts_at for one in standing):
            continue
        try:
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
        except (TeacherAway, TeacherTaken, RoomTaken):
            continue
        left[kind] -= hours
        added.append(row)
    return added


def hours_left(training_class: TrainingClass, standing: list[ClassSession]) -> dict[str, int]:
    """Give the 课时 of theory and of practice the course asks for and `standing` sessions do not hold yet.

    Where parts of the class rotate, of the part that has had the fewest.
    """
    course = training_class.course
    held = [one for one in standing if one.cancelled_at is None]

    def taught(kind: str) -> int:
        own = [one for one in held if one.kind == kind]
        parties = {one.party for one in own} - {0} or {0}
        return min(sum(one.hours for one in own if one.party in {0, party}) for party in parties)

    return {"theory": course.theory_hours - taught("theory"), "practice": course.practice_hours - taught("practice")}


@dataclass(frozen=True)
class Lesson:
    """One session as a timetable wants it: of a class (its id), or of one rotating party of it."""

    class_id: UUID
    starts_at: datetime
    ends_at: datetime
    hours: int
    kind: str
    teacher: str = ""
    room: str = ""
    party: int = 0


def standing_at(session: Session, school: School) -> list[ClassSession]:
    """Give the sessions of all classes of `school` that are not cancelled, by time. One question."""
    query = (
        select(ClassSession)
        .join(ClassSession.training_class)
        .where(TrainingClass.school_id == school.id, ClassSession.cancelled_at.is_(None))
        .options(contains_eager(ClassSession.training_class))
    )
    return list(session.scalars(query.order_by(ClassSession.starts_at, ClassSession.class_id, ClassSession.party)))


def arrange(
    session: Session,
    lessons: Iterable[Lesson],
    *,
    instead_of: Collection[ClassSession],
    by: Account | None,
    now: datetime,
) -> None:
    """Let the sessions of `instead_of` become `lessons`: as many as can stay, others move, are cancelled or added.

    Rooms and teachers may change hands: whatever changes is out of the way before anything is put. Again, with what
    stands then, changes nothing. Raises what `add_session` and `move_session` raise.
    """
    wanted: defaultdict[tuple[UUID, str, int], list[Lesson]] = defaultdict(list)
    for each in lessons:
        wanted[each.class_id, each.kind, each.party].append(each)
    before: defaultdict[tuple[UUID, str, int], list[ClassSession]] = defaultdict(list)
    for row in instead_of:
        before[row.class_id, row.kind, row.party].append(row)
    classes = _held(session, {key[0] for key in (*wanted, *before)})
    moving: list[tuple[ClassSession, Lesson]] = []
    new: list[Lesson] = []
    for key in sorted(wanted.keys() | before.keys()):
        pairs, added, left = _matched(before[key], wanted[key])
        moving += [(row, lesson) for row, lesson in pairs if _differs(row, lesson)]
        new += added
        for row in left:
            cancel_session(session, row, by=by, now=now)
    for row, _lesson in moving:
        row.cancelled_at = now
    session.flush()
    for row, lesson in moving:
        row.hours = lesson.hours
        put(
            session,
            classes[row.class_id],
            row,
            starts_at=lesson.starts_at,
            ends_at=lesson.ends_at,
            room=lesson.room,
            teacher=lesson.teacher,
            by=by,
            now=now,
        )
    for lesson in new:
        add_session(
            session,
            classes[lesson.class_id],
            starts_at=lesson.starts_at,
            ends_at=lesson.ends_at,
            hours=lesson.hours,
            kind=lesson.kind,
            topic="",
            teacher=lesson.teacher,
            room=lesson.room,
            party=lesson.party,
            by=by,
            now=now,
        )


def _held(session: Session, ids: Collection[UUID]) -> Mapping[UUID, TrainingClass]:
    """Hold the schools, then the classes, each in the order of their ids, so that nobody waits in a circle."""
    query = select(TrainingClass).where(TrainingClass.id.in_(ids)).order_by(TrainingClass.school_id, TrainingClass.id)
    rows = list(session.scalars(query))
    for row in rows:
        diaries.hold_premises(session, row)
    for row in rows:
        lock(session, row)
    return {row.id: row for row in rows}


def _matched(
    before: Sequence[ClassSession], wanted: Sequence[Lesson]
) -> tuple[list[tuple[ClassSession, Lesson]], list[Lesson], list[ClassSession]]:
    """Pair sessions with lessons, those of one time first, the others in order; give what is left over of both."""
    by_time = {row.starts_at: row for row in before}
    pairs = [(by_time[lesson.starts_at], lesson) for lesson in wanted if lesson.starts_at in by_time]
    paired = {lesson.starts_at for _, lesson in pairs}
    rows = [row for row in sorted(before, key=lambda row: row.starts_at) if row.starts_at not in paired]
    rest = [lesson for lesson in sorted(wanted, key=lambda each: each.starts_at) if lesson.starts_at not in paired]
    both = min(len(rows), len(rest))
    return [*pairs, *zip(rows, rest, strict=False)], rest[both:], rows[both:]


def _differs(row: ClassSession, lesson: Lesson) -> bool:
    now = (row.starts_at, row.ends_at, row.hours, row.teacher, row.room)
    then = (lesson.starts_at, lesson.ends_at, lesson.hours, lesson.teacher, lesson.room)
    return now != then
