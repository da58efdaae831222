"""The sheet of a class (考勤簿): its sessions, its trainees, their marks and what they come to. Four questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import enrolments, leaves, training_rules
from scheduling.attendance.marks import SYMBOLS, Key, Leave, Mark, Tally, marks, tally
from scheduling.attendance.readings import read
from scheduling.models import ClassSession, Enrolment, TrainingClass
from scheduling.models import Leave as LeaveRow
from scheduling.training_rules import Terms


@dataclass(frozen=True)
class Sheet:
    """What the book of a class says at a moment. `marks` are of sessions that are hers; `tallies` by enrolment id."""

    training_class: TrainingClass
    sessions: Sequence[ClassSession]
    people: Sequence[Enrolment]
    marks: Mapping[Key, Mark]
    tallies: Mapping[UUID, Tally]
    terms: Terms

    def of(self, person: Enrolment) -> list[tuple[ClassSession, Mark]]:
        """Give her sessions with their marks, in order."""
        return [(one, mark) for one in self.sessions if (mark := self.marks.get((person.id, one.id)))]

    def symbol(self, mark: Mark) -> str:
        """Give the sign of the paper book for a mark; for 病假, where no book has one, the word of the rules."""
        return self.terms.sick_mark if mark.kind == "sick" else SYMBOLS.get(mark.kind, "")

    def there(self, class_session: ClassSession) -> tuple[int, int]:
        """Give how many were at a session, and whose it is."""
        found = [mark for person in self.people if (mark := self.marks.get((person.id, class_session.id)))]
        return sum(mark.present for mark in found), len(found)

    @property
    def short(self) -> list[Enrolment]:
        """Who cannot reach the hours any more, or will not when she misses one more session."""
        longest = max((one.hours for one in self.sessions), default=0)
        told = [(person, self.tallies[person.id]) for person in self.people]
        return [person for person, one in told if not one.reached and one.spare < longest]


def sheet(session: Session, training_class: TrainingClass, *, now: datetime) -> Sheet:
    """Read the sheet of a class: everybody with a seat, by her number in the line."""
    return _sheet(session, training_class, enrolments.roster(session, training_class), None, now=now)


def of_trainee(session: Session, enrolment: Enrolment, *, now: datetime) -> Sheet:
    """Read one trainee's line of the sheet."""
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    return _sheet(session, training_class, [enrolment], enrolment.id, now=now)


def _sheet(
    session: Session, training_class: TrainingClass, people: list[Enrolment], holder: UUID | None, *, now: datetime
) -> Sheet:
    held = select(ClassSession).where(ClassSession.class_id == training_class.id, ClassSession.cancelled_at.is_(None))
    lessons = list(session.scalars(held.order_by(ClassSession.starts_at, ClassSession.number)))
    terms, course = training_rules.of(training_class.course), training_class.course
    starts = {lesson.id: lesson.starts_at for lesson in lessons}
    found = marks(
        read(session, training_class, holder),
        {
            (row.enrolment_id, row.session_id): _leave(row, starts[row.session_id])
            for row in leaves.of_class(session, training_class)
            if row.session_id in starts
        },
        lessons,
        people,
        terms=terms,
        fence=training_class.fence_metres,
        now=now,
    )
    tallies = {
        person.id: tally(
            [(one, mark) for one in lessons if (mark := found.get((person.id, one.id)))],
            required=course.total_hours,
            share=terms.attendance_share,
            now=now,
        )
        for person in people
    }
    return Sheet(training_class, lessons, people, found, tallies, terms)


def _leave(row: LeaveRow, starts_at: datetime) -> Leave:
    return Leave(row.reason, row.state, paper=row.by_id is not None and row.asked_at >= starts_at)
