"""Who has attended enough to be examined (课时达标), as the book of the class says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduling import attendance
from scheduling.attendance import Tally
from scheduling.models import Enrolment, TrainingClass


def reach(session: Session, training_class: TrainingClass, *, now: datetime) -> Mapping[UUID, Tally]:
    """Give what everybody with a seat has attended at `now`, by enrolment id.

    The hours asked for are a share of the whole course's: nobody is ready for the examination after two good days.
    """
    return attendance.sheet(session, training_class, now=now).tallies


def lacking(session: Session, training_class: TrainingClass, *, now: datetime) -> list[tuple[Enrolment, Tally]]:
    """Give who may not sit yet, each with what she has attended, in the order of the list."""
    book = attendance.sheet(session, training_class, now=now)
    told = [(person, book.tallies[person.id]) for person in book.people]
    return [(person, tally) for person, tally in told if not tally.reached]
