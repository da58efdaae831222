"""Sittings of a class and their rosters (考生名单): when, where, who examines, and who may sit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, enrolments, identity, training_rules
from scheduling.diaries.diary import same
from scheduling.exams.outcomes import PENDING, Outcome, outcomes
from scheduling.exams.reaching import reach
from scheduling.models import Account, ClassSession, Enrolment, Exam, ExamSeat, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import (
    ClassCalledOff,
    ExamClosed,
    ExaminerMissing,
    ExaminerTaught,
    ExamNotClosed,
    NobodyToResit,
    NoResitLeft,
    NotFound,
)


def plan(
    session: Session,
    training_class: TrainingClass,
    *,
    starts_at: datetime,
    place: str,
    examiner: str,
    by: Account | None,
    now: datetime,
) -> Exam:
    """Plan the next sitting: the first, or a resit once the one before is closed. The same again gives the first.

    Raises ClassCalledOff, ExaminerMissing, ExaminerTaught(name), ExamNotClosed(attempt), NoResitLeft(most),
    NobodyToResit.
    """
    hold(session, training_class)
    if training_class.calling_off is not None:
        raise ClassCalledOff
    examiner = _require_examiner(session, training_class, examiner)
    words = {"starts_at": starts_at, "place": place.strip(), "examiner": examiner}
    before = of_class(session, training_class)
    if before and before[-1].closed_at is None:
        if all(getattr(before[-1], name) == value for name, value in words.items()):
            return before[-1]
        raise ExamNotClosed(attempt=before[-1].attempt)
    if before:
        _require_resit(session, training_class, len(before), now=now)
    row = Exam(class_id=training_class.id, attempt=len(before) + 1, **words, by_id=by.id if by else None, at=now)
    session.add(row)
    session.flush()
    deeds.record(session, "exam.planned", row, county=training_class.county, by=by, now=now, attempt=row.attempt)
    return row


def revise(
    session: Session,
    exam: Exam,
    *,
    starts_at: datetime,
    place: str,
    examiner: str,
    by: Account | None,
    now: datetime,
) -> None:
    """Change when, where or who examines; the same again changes nothing.

    Raises ExaminerMissing, ExaminerTaught(name), ExamClosed.
    """
    training_class = hold_exam(session, exam)
    if exam.closed_at is not None:
        raise ExamClosed
    words = {
        "starts_at": starts_at,
        "place": place.strip(),
        "examiner": _require_examiner(session, training_class, examiner),
    }
    if all(getattr(exam, name) == value for name, value in words.items()):
        return
    for name, value in words.items():
        setattr(exam, name, value)
    session.flush()
    deeds.record(session, "exam.revised", exam, county=training_class.county, by=by, now=now, attempt=exam.attempt)


def draw_roster(session: Session, exam: Exam, *, by: Account | None, now: datetime) -> list[ExamSeat]:
    """Put everybody on the roster who may sit, and give those who are new on it, each with her number.

    Drawn again, it takes in who has reached the share since; nobody is dropped, for numbers were given out. Raises
    ExamClosed.
    """
    training_class = hold_exam(session, exam)
    if exam.closed_at is not None:
        raise ExamClosed
    on_it = list(session.scalars(select(ExamSeat).where(ExamSeat.exam_id == exam.id)))
    taken = {one.enrolment_id for one in on_it}
    last = max((one.number for one in on_it), default=0)
    new = [
        ExamSeat(exam_id=exam.id, enrolment_id=person.id, number=number)
        for number, person in enumerate(
            (one for one, _ in due(session, training_class, now=now) if one.id not in taken), last + 1
        )
    ]
    if exam.roster_at is not None and not new:
        return []
    session.add_all(new)
    exam.roster_at = exam.roster_at or now
    session.flush()
    session.expire(exam, ["seats"])
    facts = {"attempt": exam.attempt, "people": len(new)}
    deeds.record(session, "exam.roster_drawn", exam, county=training_class.county, by=by, now=now, **facts)
    return new


def due(session: Session, training_class: TrainingClass, *, now: datetime) -> list[tuple[Enrolment, Outcome]]:
    """Give who is to sit next: of those who have attended enough, who never sat and who may resit."""
    stands, reached = outcomes(session, training_class), reach(session, training_class, now=now)
    return [
        (person, stands.get(person.id, PENDING))
        for person in enrolments.roster(session, training_class)
        if reached[person.id].reached and stands.get(person.id, PENDING).state in {"pending", "resit"}
    ]


def of_class(session: Session, training_class: TrainingClass) -> list[Exam]:
    """Give the sittings of a class, the first first."""
    return list(session.scalars(select(Exam).where(Exam.class_id == training_class.id).order_by(Exam.attempt)))


def find(session: Session, training_class: TrainingClass, attempt: int) -> Exam:
    """Give one sitting of a class. Raises NotFound."""
    row = session.scalar(select(Exam).where(Exam.class_id == training_class.id, Exam.attempt == attempt))
    if row is None:
        raise NotFound
    return row


def seat(session: Session, exam: Exam, number: int) -> ExamSeat:
    """Give one seat of a sitting. Raises NotFound."""
    row = session.scalar(select(ExamSeat).where(ExamSeat.exam_id == exam.id, ExamSeat.number == number))
    if row is None:
        raise NotFound
    return row


def admission(training_class: TrainingClass, exam: Exam, number: int) -> str:
    """Give the number she is examined under (准考证号): class, sitting, and her place on the roster."""
    return f"{training_class.number:04d}{exam.attempt}{number:03d}"


def roster_due(training_class: TrainingClass, exam: Exam) -> date | None:
    """Give the day by which the roster is handed in, if the rules ask for one."""
    days = training_rules.of(training_class.course).exam_roster_days
    return None if days is None else exam.starts_at.astimezone(HERE).date() - timedelta(days=days)


def hold(session: Session, training_class: TrainingClass) -> None:
    """Lock the class, the first lock of whatever hangs on it."""
    session.execute(
        select(TrainingClass.id).where(TrainingClass.id == training_class.id).with_for_update(key_share=True)
    )


def hold_exam(session: Session, exam: Exam) -> TrainingClass:
    """Lock the class of a sitting, and read the sitting as it is now."""
    training_class = session.get_one(TrainingClass, exam.class_id)
    hold(session, training_class)
    session.refresh(exam)
    return training_class


def _require_examiner(session: Session, training_class: TrainingClass, name: str) -> str:
    """Want somebody who taught none of the class's lessons, not even one that was cancelled later.

    A space between the characters of her name makes nobody else of her, nor a colleague beside her (魏师傅、段师傅).
    """
    if not name.strip():
        raise ExaminerMissing
    name = identity.name(name)
    taught = select(ClassSession.teacher).where(ClassSession.class_id == training_class.id).distinct()
    if any(same(name, one) for told in session.scalars(taught) for one in told.split("、")):
        raise ExaminerTaught(name=name)
    return name


def _require_resit(session: Session, training_class: TrainingClass, sittings: int, *, now: datetime) -> None:
    most = training_rules.of(training_class.course).resits
    if not due(session, training_class, now=now):
        stands = outcomes(session, training_class).values()
        if sittings > most and any(each.state == "failed" for each in stands):
            raise NoResitLeft(most=most)
        raise NobodyToResit
