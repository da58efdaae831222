"""Who teaches at a school, when she cannot, and in which rooms: what a timetable is made of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from scheduling import deeds, identity
from scheduling.models import Account, School, Teacher, TeacherAbsence, TrainingRoom
from scheduling.refusals import NotFound, TimesInDisorder

_Staffed = TypeVar("_Staffed", Teacher, TrainingRoom)


def settle_teacher(
    session: Session,
    school: School,
    *,
    name: str,
    trades: Sequence[str],
    kinds: Collection[str],
    weekly_off: Collection[str] = (),
    by: Account | None,
    now: datetime,
) -> Teacher:
    """Say that somebody teaches at `school`: a new name is added, a known one revised, the same again changes nothing.

    `trades` are those on her certificates, `kinds` out of theory and practice, `weekly_off` half-days of the week
    (`0am`: Monday morning). Raises NameMissing.
    """
    told = {"trades": _clean(trades), "kinds": sorted(kinds), "weekly_off": sorted(weekly_off)}
    return _settle(session, Teacher, school, told, name=identity.name(name), what="teacher.settled", by=by, now=now)


def settle_room(
    session: Session,
    school: School,
    *,
    name: str,
    seats: int,
    stations: int = 0,
    trades: Sequence[str] = (),
    by: Account | None,
    now: datetime,
) -> TrainingRoom:
    """Say that `school` has a room: with stations it is a workshop fitted for `trades`, without a classroom.

    A new name is added, a known one revised, the same again changes nothing. Raises NameMissing.
    """
    told = {"seats": seats, "stations": stations, "trades": _clean(trades)}
    return _settle(session, TrainingRoom, school, told, name=identity.name(name), what="room.settled", by=by, now=now)


def away(
    session: Session,
    teacher: Teacher,
    *,
    first: date,
    last: date,
    reason: str = "",
    by: Account | None,
    now: datetime,
) -> TeacherAbsence:
    """Note that she cannot teach from `first` to `last`; the same days again give the first note.

    Lessons she has then stay where they are until a timetable moves them. Raises TimesInDisorder.
    """
    if last < first:
        raise TimesInDisorder
    school = session.get_one(School, teacher.school_id, with_for_update=True)
    same = select(TeacherAbsence).filter_by(teacher_id=teacher.id, first=first, last=last)
    known = session.scalar(same)
    if known is not None:
        return known
    row = TeacherAbsence(teacher_id=teacher.id, first=first, last=last, reason=reason.strip()[:200], at=now)
    session.add(row)
    session.flush()
    session.expire(teacher, ["absences"])
    days = {"first": first.isoformat(), "last": last.isoformat()}
    deeds.record(session, "teacher.away", teacher, county=school.county, by=by, now=now, **days)
    return row


def back(session: Session, county: str, id_: UUID, *, by: Account | None, now: datetime) -> Teacher:
    """Strike an absence: she can teach after all; give who. Raises NotFound."""
    wanted = select(TeacherAbsence).join(Teacher).join(Teacher.school)
    row = session.scalar(wanted.where(School.county == county, TeacherAbsence.id == id_))
    if row is None:
        raise NotFound
    teacher = session.get_one(Teacher, row.teacher_id)
    session.delete(row)
    session.flush()
    session.expire(teacher, ["absences"])
    deeds.record(session, "teacher.back", teacher, county=county, by=by, now=now)
    return teacher


def teacher(session: Session, county: str, id_: UUID) -> Teacher:
    """Give one teacher. Raises NotFound."""
    row = session.scalar(select(Teacher).join(Teacher.school).where(School.county == county, Teacher.id == id_))
    if row is None:
        raise NotFound
    return row


def room(session: Session, county: str, id_: UUID) -> TrainingRoom:
    """Give one room. Raises NotFound."""
    wanted = select(TrainingRoom).join(TrainingRoom.school)
    row = session.scalar(wanted.where(School.county == county, TrainingRoom.id == id_))
    if row is None:
        raise NotFound
    return row


def teachers(session: Session, county: str) -> list[Teacher]:
    """Give who teaches, with absences, by school and name. Two questions."""
    query = select(Teacher).join(Teacher.school).where(School.county == county).options(joinedload(Teacher.school))
    return list(session.scalars(query.order_by(School.name, Teacher.name)))


def rooms(session: Session, county: str) -> list[TrainingRoom]:
    """Give the rooms and workshops, by school and name. One question."""
    query = select(TrainingRoom).join(TrainingRoom.school).where(School.county == county)
    return list(
        session.scalars(query.options(joinedload(TrainingRoom.school)).order_by(School.name, TrainingRoom.name))
    )


def _settle(
    session: Session,
    kind: type[_Staffed],
    school: School,
    told: dict[str, Any],
    *,
    name: str,
    what: str,
    by: Account | None,
    now: datetime,
) -> _Staffed:
    """Add or revise the school's row of that name."""
    same = select(kind).where(kind.school_id == school.id, kind.name == name).with_for_update()
    row = session.scalar(same)
    if row is None:
        row = kind(school_id=school.id, name=name, **told)
        try:
            with session.begin_nested():
                session.add(row)
                session.flush()
        except IntegrityError:  # somebody added this name a moment ago
            row = session.scalars(same).one()
        else:
            deeds.record(session, what, row, county=school.county, by=by, now=now)
            return row
    if any(getattr(row, field) != value for field, value in told.items()):
        for field, value in told.items():
            setattr(row, field, value)
        session.flush()
        deeds.record(session, what, row, county=school.county, by=by, now=now)
    return row


def _clean(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))
