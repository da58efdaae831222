"""What pages ask about filings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from scheduling.filings.changing import changes
from scheduling.filings.checking import Readiness, readiness
from scheduling.filings.dossiers import dossier
from scheduling.models import ClassDossier, ClassFiling, Teacher, TrainingClass
from scheduling.planning.solving.words import Sentence
from scheduling.planning.timetable import HERE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Package:
    """The filing of a class as a page shows it: what was written, what is missing, what was handed in, what changed.

    `differs` is what the class has become since the filing that counts: the one that waits, else the one approved.
    """

    dossier: ClassDossier | None
    readiness: Readiness
    filings: list[ClassFiling]
    differs: list[Sentence]

    @property
    def waits(self) -> ClassFiling | None:
        """The one that was handed in and not decided yet."""
        return next((row for row in self.filings if row.state == "submitted"), None)

    @property
    def stands(self) -> ClassFiling | None:
        """The one that was approved and counts."""
        return next((row for row in self.filings if row.state == "approved"), None)

    def late(self) -> bool:
        """Say whether the first filing came after its due day."""
        return bool(self.filings) and self.readiness.late(self.filings[-1].filed_at.astimezone(HERE).date())

    def overdue(self, today: date) -> bool:
        """Say whether it should have been handed in before `today` and was not."""
        return not self.filings and self.readiness.late(today)


def package(session: Session, training_class: TrainingClass) -> Package:
    """Give everything about the filing of a class, in a fixed number of questions."""
    rows = filed(session, training_class)
    counts = next((row for row in rows if row.state in {"submitted", "approved"}), None)
    return Package(
        dossier=dossier(session, training_class),
        readiness=readiness(session, training_class),
        filings=rows,
        differs=changes(session, training_class, counts.facts) if counts else [],
    )


def teachers(session: Session, training_class: TrainingClass) -> list[Teacher]:
    """Give who teaches in the class and is on its school's list, by name. One question."""
    names = {one.teacher.strip() for one in training_class.sessions if one.cancelled_at is None}
    rows = select(Teacher).where(Teacher.school_id == training_class.school_id, Teacher.name.in_(names))
    return list(session.scalars(rows.order_by(Teacher.name)))


def filed(session: Session, training_class: TrainingClass) -> list[ClassFiling]:
    """Give every filing of a class, the newest first."""
    rows = select(ClassFiling).where(ClassFiling.class_id == training_class.id)
    return list(session.scalars(rows.order_by(ClassFiling.filed_at.desc(), ClassFiling.id.desc())))


def undecided(session: Session, training_class: TrainingClass) -> ClassFiling | None:
    """Give the filing that waits, if one does."""
    rows = select(ClassFiling).where(ClassFiling.class_id == training_class.id, ClassFiling.decided_at.is_(None))
    return session.scalar(rows)


def approved(session: Session, training_class: TrainingClass) -> ClassFiling | None:
    """Give the approved filing that counts, if there is one."""
    rows = select(ClassFiling).where(
        ClassFiling.class_id == training_class.id, ClassFiling.approved, ClassFiling.superseded_at.is_(None)
    )
    return session.scalar(rows)


def waiting(session: Session, county: str) -> list[tuple[ClassFiling, TrainingClass]]:
    """Give the filings that wait for the desk, the oldest first, with their classes. One question."""
    rows = (
        select(ClassFiling, TrainingClass)
        .join(TrainingClass, TrainingClass.id == ClassFiling.class_id)
        .where(TrainingClass.county == county, ClassFiling.decided_at.is_(None))
        .order_by(ClassFiling.filed_at)
    )
    return [(filing, row) for filing, row in session.execute(rows)]
