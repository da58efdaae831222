"""The dossier of a class: who is in charge, what is taught from which book, how it is examined, and the promise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, once
from scheduling.courses.classes import lock
from scheduling.models import Account, ClassDossier, TrainingClass


def dossier(session: Session, training_class: TrainingClass) -> ClassDossier | None:
    """Give what the school wrote, None where it wrote nothing yet."""
    return session.scalar(select(ClassDossier).where(ClassDossier.class_id == training_class.id))


def fill(
    session: Session,
    training_class: TrainingClass,
    *,
    head_teacher: str,
    textbook: str,
    modules: str,
    exam_scheme: str,
    by: Account | None,
    now: datetime,
) -> ClassDossier:
    """Write down what the school says of its class; the same again changes nothing. Raises ClassCalledOff."""
    lock(session, training_class)
    row = _row(session, training_class, now=now)
    told = {
        "head_teacher": head_teacher.strip(),
        "textbook": textbook.strip(),
        "modules": "\n".join(line.strip() for line in modules.splitlines() if line.strip()),
        "exam_scheme": exam_scheme.strip(),
    }
    if all(getattr(row, name) == value for name, value in told.items()):
        return row
    for name, value in told.items():
        setattr(row, name, value)
    row.at = now
    session.flush()
    deeds.record(session, "dossier.filled", row, county=training_class.county, by=by, now=now)
    return row


def commit(session: Session, training_class: TrainingClass, *, by: Account | None, now: datetime) -> ClassDossier:
    """Give the school's promise (承诺书): the whole course is true and open to be checked. Again changes nothing.

    It is for the whole of the class, so a later change of its plan does not take it back. Raises ClassCalledOff.
    """
    lock(session, training_class)
    row = _row(session, training_class, now=now)
    if row.committed_at is None:
        row.committed_at, row.committed_by_id = now, by.id if by else None
        session.flush()
        deeds.record(session, "dossier.committed", row, county=training_class.county, by=by, now=now)
    return row


def _row(session: Session, training_class: TrainingClass, *, now: datetime) -> ClassDossier:
    blank = {"head_teacher": "", "textbook": "", "modules": "", "exam_scheme": "", "at": now}
    row, _is_new = once.write(session, ClassDossier, {"class_id": training_class.id}, **blank)
    return row
