"""Who is on a class's list, in which order those move up who wait, and the one way to an ID number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select, tuple_
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.models import Account, Enrolment, EnrolmentOverride, TrainingClass
from scheduling.refusals import NotFound, ReasonMissing
from scheduling.seals import Keyring

PURPOSE = "id number"
FIRST = ("out_of_poverty", "unemployed")  # 人员类别 that move up before others: docs/decisions/0016


def rank(enrolment: Enrolment) -> int:
    """Say in which group she moves up: 0 the desk named her for an order, 1 her category comes first, 2 the others."""
    if enrolment.order_id is not None:
        return 0
    return 1 if enrolment.category in FIRST else 2


def ranked() -> ColumnElement[int]:
    """Give `rank` for the database."""
    return case((Enrolment.order_id.is_not(None), 0), (Enrolment.category.in_(FIRST), 1), else_=2)


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


def passed(session: Session, enrolment: Enrolment) -> list[EnrolmentOverride]:
    """Give the rules the desk let pass for her, and why."""
    rows = select(EnrolmentOverride).where(EnrolmentOverride.enrolment_id == enrolment.id)
    return list(session.scalars(rows.order_by(EnrolmentOverride.at, EnrolmentOverride.rule)))


def passed_in(session: Session, training_class: TrainingClass) -> list[tuple[EnrolmentOverride, str | None]]:
    """Give the rules the desk let pass for people of a class, with who did: by time. One question."""
    rows = (
        select(EnrolmentOverride, Account.name)
        .join(Enrolment, Enrolment.id == EnrolmentOverride.enrolment_id)
        .outerjoin(Account, Account.id == EnrolmentOverride.by_id)
        .where(Enrolment.class_id == training_class.id)
        .order_by(EnrolmentOverride.at, EnrolmentOverride.id)
    )
    return [(row, name) for row, name in session.execute(rows)]


def of_class(session: Session, training_class: TrainingClass) -> list[Enrolment]:
    """Give every enrolment of a class, cancelled ones too, in the order they came."""
    rows = select(Enrolment).where(Enrolment.class_id == training_class.id).order_by(Enrolment.place)
    return list(session.scalars(rows))


def roster(session: Session, training_class: TrainingClass) -> list[Enrolment]:
    """Give those who have a seat, in the order they came: the 花名册."""
    return [row for row in of_class(session, training_class) if row.state == "confirmed"]


def waiting(session: Session, training_class: TrainingClass) -> list[Enrolment]:
    """Give those who wait, the next one first."""
    return in_line(of_class(session, training_class))


def in_line(people: Sequence[Enrolment]) -> list[Enrolment]:
    """Give those of `people` who wait, in the order they move up."""
    return sorted((row for row in people if row.state == "waitlisted"), key=lambda row: (rank(row), row.place))


def ahead(session: Session, enrolment: Enrolment) -> int:
    """Count who moves up before her."""
    before = select(func.count(Enrolment.id)).where(
        Enrolment.class_id == enrolment.class_id,
        Enrolment.confirmed_at.is_(None),
        Enrolment.cancelled_at.is_(None),
        tuple_(ranked(), Enrolment.place) < tuple_(rank(enrolment), enrolment.place),
    )
    return session.scalars(before).one()
