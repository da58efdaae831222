"""Who passed: a pure function of final scores and the rules.

A part that was passed stands: at a resit only what was failed is sat again (单科合格成绩保留). For 特种作业 the rules
ask for 80 in both parts and allow one resit; whoever then fails is trained anew (domain.md §8). Being absent takes a
chance like failing does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import training_rules
from scheduling.models import Enrolment, Exam, ExamSeat, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.training_rules import Terms

PARTS = ("theory", "practice")


class SeatAt(NamedTuple):
    """A seat with the sitting it is at."""

    exam: Exam
    seat: ExamSeat


@dataclass(frozen=True)
class Outcome:
    """Where somebody stands: her best scores of closed sittings, which parts she passed, and how often she sat.

    `state`: `pending` (no final score yet), `passed`, `resit` (failed, may sit again) or `failed`.
    """

    state: str
    theory: int | None = None
    practice: int | None = None
    passed: frozenset[str] = frozenset()
    sittings: int = 0
    absent: bool = False  # at the last closed sitting

    @property
    def due(self) -> tuple[str, ...]:
        """The parts she has to sit, in their order."""
        return tuple(part for part in PARTS if part not in self.passed)


PENDING = Outcome("pending")


def outcome(seats: Iterable[SeatAt], terms: Terms) -> Outcome:
    """Say where somebody stands, by all her seats; those at sittings that are not closed say nothing."""
    closed = sorted((one for one in seats if one.exam.closed_at is not None), key=lambda one: one.exam.attempt)
    if not closed:
        return PENDING
    best = {part: max(_scores(closed, part), default=None) for part in PARTS}
    least = {"theory": terms.pass_theory, "practice": terms.pass_practice}
    passed = frozenset(part for part, score in best.items() if score is not None and score >= least[part])
    may_resit = len(closed) <= terms.resits
    state = "passed" if len(passed) == len(PARTS) else "resit" if may_resit else "failed"
    return Outcome(state, best["theory"], best["practice"], passed, len(closed), closed[-1].seat.absent)


def outcomes(session: Session, training_class: TrainingClass) -> dict[UUID, Outcome]:
    """Give where everybody stands who had a seat at a sitting of the class, by enrolment id. One question."""
    rows = select(Exam, ExamSeat).join(ExamSeat, ExamSeat.exam_id == Exam.id)
    seats: defaultdict[UUID, list[SeatAt]] = defaultdict(list)
    for exam, seat in session.execute(rows.where(Exam.class_id == training_class.id)):
        seats[seat.enrolment_id].append(SeatAt(exam, seat))
    terms = training_rules.of(training_class.course)
    return {id_: outcome(hers, terms) for id_, hers in seats.items()}


def outcome_of(session: Session, enrolment: Enrolment) -> Outcome:
    """Give where one person stands."""
    rows = select(Exam, ExamSeat).join(ExamSeat, ExamSeat.exam_id == Exam.id)
    hers = session.execute(rows.where(ExamSeat.enrolment_id == enrolment.id))
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    return outcome((SeatAt(exam, seat) for exam, seat in hers), training_rules.of(training_class.course))


def last_sat(session: Session, training_class: TrainingClass) -> dict[UUID, date]:
    """Give the day of the last closed sitting at which each had a seat, by enrolment id. One question."""
    rows = (
        select(ExamSeat.enrolment_id, func.max(Exam.starts_at))
        .join(Exam, Exam.id == ExamSeat.exam_id)
        .where(Exam.class_id == training_class.id, Exam.closed_at.is_not(None))
        .group_by(ExamSeat.enrolment_id)
    )
    return {id_: at.astimezone(HERE).date() for id_, at in session.execute(rows)}


def _scores(closed: Iterable[SeatAt], part: str) -> list[int]:
    return [score for one in closed if not one.seat.absent and (score := getattr(one.seat, part)) is not None]
