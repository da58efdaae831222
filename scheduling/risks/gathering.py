"""Reading what the rules look at: as many questions for one class as for a county's, whatever their size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from scheduling import attendance, identity, training_rules
from scheduling.enrolments.lists import PURPOSE
from scheduling.models import (
    ClassFiling,
    ClassSession,
    Course,
    Enrolment,
    Exam,
    ExamSeat,
    Holiday,
    PhoneCheck,
    PhoneSample,
    Scan,
    Ticket,
    TrainingClass,
    TrainingRoom,
)
from scheduling.models.scan import EARLY
from scheduling.refusals import NotAnIdNumber
from scheduling.risks.facts import Answer, Facts, Lesson, Seat, Sitting, Stamp, Trainee
from scheduling.seals import Keyring


def gathered(session: Session, classes: Sequence[TrainingClass], *, keys: Keyring, now: datetime) -> list[Facts]:
    """Give the facts of each class, in their order. Eleven questions, whatever there is to read.

    ID numbers are opened for the ages in them, and nothing else of them is kept.
    """
    if not classes:
        return []
    ids = [row.id for row in classes]
    firsts = {row.id: row.starts_on for row in classes}
    trainees = _trainees(session, ids, firsts, keys)
    heads = {id_: sum(one.left_at is None for one in trainees[id_]) for id_ in ids}
    lessons = _lessons(session, ids, heads)
    stamps, seats = _stamps(session, ids), _seats(session, ids)
    others, stations = _elsewhere(session, classes), _stations(session, classes)
    holidays = _holidays(session, classes)
    approved, sittings, answers = _approved(session, ids), _sittings(session, ids), _answers(session, ids)
    return [
        Facts(
            class_id=str(row.id),
            title=row.title,
            trade=row.course.trade,
            level=row.course.level,
            special=bool(training_rules.of(row.course).outside_issuer),
            min_age=row.course.min_age,
            max_age=row.course.max_age,
            hours=row.course.total_hours,
            subsidised=row.course.mode != "in_house",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            fence_metres=row.fence_metres,
            terms=training_rules.of(row.course),
            now=now,
            trainees=tuple(trainees[row.id]),
            lessons=tuple(lessons[row.id]),
            stamps=tuple(stamps[row.id]),
            seats=tuple(_own(seats, trainees[row.id], row)),
            elsewhere=tuple(one for one in others[_premises(row)] if one.class_id != str(row.id)),
            stations=stations.get(row.school_id, {}),
            holidays=holidays,
            sittings=tuple(sittings[row.id]),
            answers=tuple(answers[row.id]),
            approved_at=approved.get(row.id),
        )
        for row in classes
    ]


def _trainees(
    session: Session, ids: Collection[UUID], firsts: Mapping[UUID, date], keys: Keyring
) -> defaultdict[UUID, list[Trainee]]:
    """Give who has or had a seat, by class, in the order they came."""
    found: defaultdict[UUID, list[Trainee]] = defaultdict(list)
    rows = select(Enrolment).where(Enrolment.class_id.in_(ids), Enrolment.confirmed_at.is_not(None))
    for one in session.scalars(rows.order_by(Enrolment.class_id, Enrolment.place)):
        assert one.confirmed_at is not None  # noqa: S101  as asked
        found[one.class_id].append(
            Trainee(
                id=str(one.id),
                place=one.place,
                name=identity.masked_name(one.jobseeker.name),
                person=one.id_blind,
                phone=one.jobseeker.phone,
                age=_age(keys, one.id_sealed, firsts[one.class_id]),
                seated_at=one.confirmed_at,
                left_at=one.cancelled_at,
            )
        )
    return found


def _age(keys: Keyring, sealed: bytes, day: date) -> int | None:
    try:
        return identity.id_number(keys.unseal(sealed, PURPOSE)).age_on(day)
    except NotAnIdNumber:
        return None


def _lessons(session: Session, ids: Collection[UUID], heads: Mapping[UUID, int]) -> defaultdict[UUID, list[Lesson]]:
    found: defaultdict[UUID, list[Lesson]] = defaultdict(list)
    rows = (
        select(ClassSession, TrainingClass.title)
        .join(TrainingClass, TrainingClass.id == ClassSession.class_id)
        .where(ClassSession.class_id.in_(ids), ClassSession.cancelled_at.is_(None))
        .order_by(ClassSession.starts_at, ClassSession.number)
    )
    for one, title in session.execute(rows):
        found[one.class_id].append(_lesson(one, title, heads[one.class_id]))
    return found


def _lesson(one: ClassSession, title: str, heads: int) -> Lesson:
    return Lesson(
        id=str(one.id),
        class_id=str(one.class_id),
        title=title,
        number=one.number,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        hours=one.hours,
        kind=one.kind,
        party=one.party,
        teacher=one.teacher,
        room=one.room,
        heads=heads,
    )


def _stamps(session: Session, ids: Collection[UUID]) -> defaultdict[UUID, list[Stamp]]:
    """Give the readings that stand: of a ticket of the class that was good then, not undone or early. Columns only."""
    undo = aliased(Scan)
    rows = (
        select(
            ClassSession.class_id,
            Scan.id,
            Ticket.enrolment_id,
            Scan.session_id,
            Scan.direction,
            Scan.scanned_at,
            Scan.way,
            Scan.device,
            Scan.away_metres,
            Scan.received_at,
            Scan.timeless,
            ClassSession.starts_at,
        )
        .join(ClassSession, ClassSession.id == Scan.session_id)
        .join(Ticket, and_(Ticket.id == Scan.ticket_id, Ticket.class_id == ClassSession.class_id))
        .where(
            ClassSession.class_id.in_(ids),
            Scan.annuls.is_(None),
            ~exists().where(undo.annuls == Scan.id),
            Ticket.enrolment_id.is_not(None),
            or_(Ticket.revoked_at.is_(None), Ticket.revoked_at > Scan.scanned_at),
        )
    )
    found: defaultdict[UUID, list[Stamp]] = defaultdict(list)
    for class_id, id_, whose, lesson, direction, at, way, device, away, *came in session.execute(rows):
        received_at, timeless, starts_at = came
        if not attendance.early(received_at, None if timeless else at, starts_at, marked=way == EARLY):
            found[class_id].append(Stamp(id_, str(whose), str(lesson), direction, at, way, device, away))
    return found


def _seats(session: Session, ids: Collection[UUID]) -> dict[str, list[Seat]]:
    """Give every seat in any class of those who have one in these classes, by person."""
    here = aliased(Enrolment)
    persons = select(here.id_blind).where(
        here.class_id.in_(ids), here.confirmed_at.is_not(None), here.cancelled_at.is_(None)
    )
    rows = (
        select(Enrolment.id_blind, TrainingClass, Course)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            Enrolment.id_blind.in_(persons),
            Enrolment.confirmed_at.is_not(None),
            Enrolment.cancelled_at.is_(None),
            ~TrainingClass.calling_off.has(),
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id)
    )
    found: dict[str, list[Seat]] = {}
    for person, row, course in session.execute(rows):
        subsidised = course.mode != "in_house"
        seat = Seat(person, str(row.id), row.title, course.trade, course.level, row.starts_on, row.ends_on, subsidised)
        found.setdefault(person, []).append(seat)
    return found


def _own(seats: Mapping[str, Sequence[Seat]], trainees: Iterable[Trainee], row: TrainingClass) -> Iterator[Seat]:
    """Give the seats elsewhere of this class's own people."""
    for person in dict.fromkeys(one.person for one in trainees if one.left_at is None):
        yield from (seat for seat in seats.get(person, ()) if seat.class_id != str(row.id))


def _elsewhere(session: Session, classes: Sequence[TrainingClass]) -> defaultdict[str, list[Lesson]]:
    """Give what is taught at the schools of these classes, or in their buildings, while they run. One question."""
    schools = [row.school_id for row in classes if row.school_id]
    places = [row.place for row in classes if not row.school_id]
    rows = (
        select(ClassSession, TrainingClass)
        .join(TrainingClass, TrainingClass.id == ClassSession.class_id)
        .where(
            TrainingClass.county == classes[0].county,
            TrainingClass.starts_on <= max(row.ends_on for row in classes),
            TrainingClass.ends_on >= min(row.starts_on for row in classes),
            or_(
                TrainingClass.school_id.in_(schools),
                and_(TrainingClass.school_id.is_(None), TrainingClass.place.in_(places)),
            ),
            ClassSession.cancelled_at.is_(None),
        )
        .order_by(ClassSession.starts_at, ClassSession.number)
    )
    found: defaultdict[str, list[Lesson]] = defaultdict(list)
    for one, row in session.execute(rows):
        found[_premises(row)].append(_lesson(one, row.title, row.taken))
    return found


def _premises(row: TrainingClass) -> str:
    return str(row.school_id or row.place)


def _stations(session: Session, classes: Sequence[TrainingClass]) -> dict[UUID | None, dict[str, int]]:
    schools = {row.school_id for row in classes if row.school_id}
    rows = select(TrainingRoom.school_id, TrainingRoom.name, TrainingRoom.stations)
    found: dict[UUID | None, dict[str, int]] = {}
    for school_id, name, stations in session.execute(rows.where(TrainingRoom.school_id.in_(schools))):
        found.setdefault(school_id, {})[name] = stations
    return found


def _holidays(session: Session, classes: Sequence[TrainingClass]) -> dict[date, str]:
    first, last = min(row.starts_on for row in classes), max(row.ends_on for row in classes)
    rows = select(Holiday.day, Holiday.name).where(
        Holiday.county == classes[0].county, Holiday.works.is_(False), Holiday.day.between(first, last)
    )
    return {day: name for day, name in session.execute(rows)}  # noqa: C416  a row is no pair to mypy


def _approved(session: Session, ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Give when the first filing of each class was approved; a change approved later does not make it later."""
    rows = select(ClassFiling.class_id, func.min(ClassFiling.decided_at)).where(
        ClassFiling.class_id.in_(ids), ClassFiling.approved
    )
    return {id_: at for id_, at in session.execute(rows.group_by(ClassFiling.class_id)) if at is not None}


def _sittings(session: Session, ids: Collection[UUID]) -> defaultdict[UUID, list[Sitting]]:
    seated: defaultdict[UUID, set[str]] = defaultdict(set)
    own = select(ExamSeat.exam_id, ExamSeat.enrolment_id).join(Exam, Exam.id == ExamSeat.exam_id)
    for exam_id, enrolment_id in session.execute(own.where(Exam.class_id.in_(ids), ExamSeat.absent.is_(False))):
        seated[exam_id].add(str(enrolment_id))
    found: defaultdict[UUID, list[Sitting]] = defaultdict(list)
    rows = select(Exam.class_id, Exam.id, Exam.attempt, Exam.starts_at).where(Exam.class_id.in_(ids))
    for class_id, id_, attempt, starts_at in session.execute(rows.order_by(Exam.class_id, Exam.attempt)):
        found[class_id].append(Sitting(str(id_), attempt, starts_at, frozenset(seated[id_])))
    return found


def _answers(session: Session, ids: Collection[UUID]) -> defaultdict[UUID, list[Answer]]:
    rows = (
        select(PhoneSample.class_id, PhoneCheck.id, PhoneCheck.enrolment_id, PhoneCheck.note)
        .join(PhoneSample, PhoneSample.id == PhoneCheck.sample_id)
        .where(PhoneSample.class_id.in_(ids), PhoneCheck.answer == "not_attended")
        .order_by(PhoneCheck.position)
    )
    found: defaultdict[UUID, list[Answer]] = defaultdict(list)
    for class_id, id_, enrolment_id, note in session.execute(rows):
        found[class_id].append(Answer(str(id_), str(enrolment_id), note))
    return found
