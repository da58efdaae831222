"""Who and what classes take: teachers, rooms and trainees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, and_, func, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session, contains_eager

from scheduling.diaries.busy import taken
from scheduling.diaries.diary import Diary, during, opened, same
from scheduling.diaries.fairs import hold_places
from scheduling.models import (
    ClassSession,
    Enrolment,
    Row,
    School,
    Teacher,
    TeacherAbsence,
    TrainingClass,
    TrainingRoom,
)
from scheduling.planning.timetable import HERE
from scheduling.refusals import IdNumberElsewhere, RoomTaken, TeacherAway, TeacherTaken, TraineeElsewhere


def hold_premises(session: Session, training_class: TrainingClass) -> None:
    """Let nobody else teach at the class's school until this transaction ends; held before the class itself.

    A class without a school holds the county.
    """
    if training_class.school_id is None:
        hold_places(session, training_class.county)
    else:
        rows = select(School.id).where(School.id == training_class.school_id)
        session.execute(rows.with_for_update(key_share=True))


def hold_trainees(session: Session, id_blinds: Collection[str]) -> None:
    """Let nobody else sign up the same people until this transaction ends. SQLite queued us in `writing()`.

    There is no row of theirs to lock before they are on a list, so the lock is on the hash of the ID number; always in
    the same order, and after the class, so that nobody waits in a circle.
    """
    if id_blinds and session.get_bind().dialect.name == "postgresql":
        keys = sorted(int(blind[:15], 16) for blind in id_blinds)
        rows = select(func.unnest(array(keys, type_=BigInteger)).label("key")).order_by("key").subquery()
        session.execute(select(func.pg_advisory_xact_lock(rows.c.key))).all()


def of_teacher(
    session: Session, training_class: TrainingClass, teacher: str, starts: datetime, ends: datetime
) -> Diary:
    """Give what somebody of this name teaches in any class of the same school; without a name, nothing."""
    lessons = _at_school(session, training_class, starts, ends)
    rows = [(one, one.training_class.title) for one in lessons if same(one.teacher, teacher)]
    away = taken(session, _named(session, Teacher, training_class, teacher), starts, ends)
    return opened("teacher", f"{_premises(training_class)}/teacher/{teacher}", teacher, TeacherTaken, rows, taken=away)


def of_room(
    session: Session, training_class: TrainingClass, room: str, starts: datetime, ends: datetime, *, party: int = 0
) -> Diary:
    """Give what any class of the same school does in the room of this name; without a name, nothing.

    A workshop holds as many as it has stations, of several classes or rotating parties; each takes as many as it has
    people, and one with more people than stations takes them all; whatever else the room is lent for takes them all.
    """
    lessons = [one for one in _at_school(session, training_class, starts, ends) if same(one.room, room)]
    rows = [(one, one.training_class.title) for one in lessons]
    lent = taken(session, _named(session, TrainingRoom, training_class, room), starts, ends)
    diary = opened("room", f"{_premises(training_class)}/room/{room}", room, RoomTaken, rows, taken=lent)
    stations = _stations(session, training_class, room)
    if not stations:
        return diary
    parties = _parties(session, {training_class.id, *(one.class_id for one in lessons)})

    def heads(row: TrainingClass, party: int) -> int:
        return max(1, min(stations, -(-row.seats // parties[row.id]) if party else row.seats))

    amounts = [heads(one.training_class, one.party) for one in lessons] + [stations] * len(lent)
    standing = tuple(replace(each, amount=n) for each, n in zip(diary.standing, amounts, strict=True))
    return replace(diary, standing=standing, capacity=stations, amount=heads(training_class, party))


def require_lesson(
    session: Session,
    training_class: TrainingClass,
    starts: datetime,
    ends: datetime,
    *,
    teacher: str,
    room: str,
    party: int = 0,
    but: str = "",
) -> None:
    """Raise TeacherAway(name, first, last), TeacherTaken or RoomTaken(name, what, day, hours).

    `but` is the key of a session to be moved there.
    """
    _require_present(session, training_class, teacher, starts, ends)
    of_teacher(session, training_class, teacher, starts, ends).require_free(starts, ends, but=but)
    of_room(session, training_class, room, starts, ends, party=party).require_free(starts, ends, but=but)


def _require_present(
    session: Session, training_class: TrainingClass, teacher: str, starts: datetime, ends: datetime
) -> None:
    """Raise TeacherAway when one of those who are to teach (魏师傅、段师傅) is on leave."""
    query = (
        select(Teacher.name, TeacherAbsence.first, TeacherAbsence.last)
        .join(TeacherAbsence, TeacherAbsence.teacher_id == Teacher.id)
        .where(
            Teacher.school_id == training_class.school_id,
            TeacherAbsence.first <= ends.astimezone(HERE).date(),
            TeacherAbsence.last >= starts.astimezone(HERE).date(),
        )
        .order_by(TeacherAbsence.first)
    )
    for name, first, last in session.execute(query):
        if any(same(name, one) for one in teacher.split("、")):
            raise TeacherAway(name=name, first=first, last=last)


def of_trainees(
    session: Session, county: str, people: Mapping[str, tuple[str, str]], starts: datetime, ends: datetime
) -> dict[str, Diary]:
    """Give the sessions of the classes on whose list each of these people stands, with a seat or waiting for one.

    `people` are name and phone by the keyed hash of the ID number. Titles of classes are for who knows the name and
    phone given there: without them the refusal is one that names no class. One question for everybody.
    """
    query = (
        select(ClassSession, Enrolment)
        .join(ClassSession.training_class)
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .where(
            TrainingClass.county == county,
            Enrolment.id_blind.in_(people),
            Enrolment.cancelled_at.is_(None),
            ClassSession.cancelled_at.is_(None),
            *during(ClassSession, starts, ends),
        )
        .options(contains_eager(ClassSession.training_class))
    )
    found: dict[str, list[tuple[ClassSession, Enrolment]]] = {blind: [] for blind in people}
    for one, enrolment in session.execute(query):
        found[enrolment.id_blind].append((one, enrolment))
    return {blind: _of_trainee(blind, people[blind], rows) for blind, rows in found.items()}


def _of_trainee(id_blind: str, person: tuple[str, str], found: Sequence[tuple[ClassSession, Enrolment]]) -> Diary:
    known = all((each.jobseeker.name, each.jobseeker.phone) == person for _, each in found)
    rows = [(one, one.training_class.title) for one, _ in found]
    return opened("trainee", f"trainee/{id_blind}", person[0], TraineeElsewhere if known else IdNumberElsewhere, rows)


def _at_school(
    session: Session, training_class: TrainingClass, starts: datetime, ends: datetime
) -> Iterable[ClassSession]:
    """Give what is taught at the school of this class, or in its building where it has no school."""
    there = (
        TrainingClass.school_id == training_class.school_id
        if training_class.school_id
        else and_(TrainingClass.school_id.is_(None), TrainingClass.place == training_class.place)
    )
    query = (
        select(ClassSession)
        .join(ClassSession.training_class)
        .where(
            TrainingClass.county == training_class.county,
            there,
            ClassSession.cancelled_at.is_(None),
            *during(ClassSession, starts, ends),
        )
        .options(contains_eager(ClassSession.training_class))
    )
    return session.scalars(query)


def _named(session: Session, kind: type[Teacher | TrainingRoom], training_class: TrainingClass, name: str) -> list[Row]:
    """Give the teacher or room of this name at the school of this class."""
    rows = session.execute(select(kind, kind.name).where(kind.school_id == training_class.school_id))
    return [row for row, called in rows if same(called, name)]


def _stations(session: Session, training_class: TrainingClass, room: str) -> int:
    """Give how many can practise at once in the school's room of this name; 0 for a classroom, or one nobody knows."""
    rows = select(TrainingRoom.name, TrainingRoom.stations).where(TrainingRoom.school_id == training_class.school_id)
    return next((stations for name, stations in session.execute(rows) if same(name, room)), 0)


def _parties(session: Session, classes: Collection[UUID]) -> dict[UUID, int]:
    """Give into how many rotating parties each of these classes is divided; 1 is none."""
    rows = select(ClassSession.class_id, func.max(ClassSession.party)).where(ClassSession.class_id.in_(classes))
    return dict.fromkeys(classes, 1) | {
        id_: max(1, parties) for id_, parties in session.execute(rows.group_by(ClassSession.class_id))
    }


def _premises(training_class: TrainingClass) -> str:
    return f"{training_class.county}/{training_class.school_id or training_class.place}"
