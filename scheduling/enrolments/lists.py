"""Who is on a class's list, and the one way to an ID number."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.models import Account, Enrolment, TrainingClass
from scheduling.refusals import NotFound, ReasonMissing
from scheduling.seals import Keyring

PURPOSE = "id number"


def reveal_id(
    session: Session, enrolment: Enrolment, *, reason: str, keys: Keyring, by: Account | None, now: datetime
) -> str:
    """Give the full ID number. `reason` is a key that stands in the deed, nothing personal. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    county = session.get_one(TrainingClass, enrolment.class_id).county
    deeds.record(session, "enrolment.id_revealed", enrolment, county=county, by=by, now=now, reason=reason.strip()[:40])
    return keys.unseal(enrolment.id_sealed, PURPOSE)


def find(session: Session, training_class: TrainingClass, id_: UUID) -> Enrolment:
    """Give one enrolment of this class. Raises NotFound."""
    row = session.scalar(select(Enrolment).where(Enrolment.class_id == training_class.id, Enrolment.id == id_))
    if row is None:
        raise NotFound
    return row


def of_class(session: Session, training_class: TrainingClass) -> list[Enrolment]:
    """Give every enrolment of a class, cancelled ones too, in the order they came."""
    rows = select(Enrolment).where(Enrolment.class_id == training_class.id).order_by(Enrolment.place)
    return list(session.scalars(rows))


def roster(session: Session, training_class: TrainingClass) -> list[Enrolment]:
    """Give those who have a seat, in the order they came: the 花名册."""
    return [row for row in of_class(session, training_class) if row.state == "confirmed"]


def waiting(session: Session, training_class: TrainingClass) -> list[Enrolment]:
    """Give those who wait, the next one first."""
    return [row for row in of_class(session, training_class) if row.state == "waitlisted"]


def ahead(session: Session, enrolment: Enrolment) -> int:
    """Count who waits before her."""
    before = select(func.count(Enrolment.id)).where(
        Enrolment.class_id == enrolment.class_id,
        Enrolment.confirmed_at.is_(None),
        Enrolment.cancelled_at.is_(None),
        Enrolment.place < enrolment.place,
    )
    return session.scalars(before).one()
