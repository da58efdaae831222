"""What pages ask about orders, each in a fixed number of questions whatever the number of orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from scheduling.models import Certificate, ClassOrder, Enrolment, Enterprise, Placement, TrainingClass, TrainingOrder
from scheduling.refusals import NotFound

STATES = ("asked", "planned", "filed", "enrolling", "teaching", "trained", "certified", "hired", "closed")


@dataclass(frozen=True)
class Placed:
    """An order with the classes that train for it, called-off ones left out, and how far its people have come.

    `seats` are kept for it in its classes, `alone` have a seat in those that train for no other order; `people` have
    one of its seats by name, `certified` of these have a certificate, `hired` began to work for it.
    """

    order: TrainingOrder
    classes: tuple[TrainingClass, ...] = ()
    seats: int = 0
    alone: int = 0
    people: int = 0
    certified: int = 0
    hired: int = 0

    @property
    def training_class(self) -> TrainingClass | None:
        """The newest class for it, if any."""
        return self.classes[-1] if self.classes else None

    @property
    def trained(self) -> int:
        """How many train for it: by name, or all of a class that trains for nobody else."""
        return self.people or self.alone

    def state(self, today: date) -> str:
        """`withdrawn`, or one of STATES on that day: `planned` is a class not open yet, `filed` one with its 备案号.

        `hired` is: as many as were ordered.
        """
        if self.order.withdrawn_at:
            return "withdrawn"
        if self.order.closed_at:
            return "closed"
        if self.hired >= self.order.heads:
            return "hired"
        return _state_of(self.training_class, today, certified=self.certified > 0)


def _state_of(row: TrainingClass | None, today: date, *, certified: bool) -> str:
    if row is None:
        return "asked"
    if certified:
        return "certified"
    if row.publication is None:
        return "filed" if row.filing_no else "planned"
    if today < row.starts_on:
        return "enrolling"
    return "teaching" if today <= row.ends_on else "trained"


def of_enterprise(session: Session, enterprise: Enterprise) -> list[Placed]:
    """Give the orders of one enterprise with their classes, newest first."""
    return with_classes(session, _rows(session, _all(enterprise.county).filter_by(enterprise_id=enterprise.id)))


def of_county(session: Session, county: str) -> list[Placed]:
    """Give every order with its classes, newest first."""
    return with_classes(session, _rows(session, _all(county)))


def open_ones(session: Session, county: str) -> list[TrainingOrder]:
    """Give the orders that wait for a class: neither withdrawn nor closed, no class standing. The oldest first."""
    return [placed.order for placed in reversed(of_county(session, county)) if placed.state(date.min) == "asked"]


def to_pool(session: Session, training_class: TrainingClass) -> list[Placed]:
    """Give the orders a class may train for: its own ones, and those that want more people than have seats anywhere.

    The oldest first; withdrawn and closed ones are left out.
    """
    placed = [
        one
        for one in reversed(of_county(session, training_class.county))
        if one.order.withdrawn_at is None and one.order.closed_at is None
    ]
    return [one for one in placed if training_class in one.classes or one.seats < one.order.heads]


def of_class(session: Session, training_class: TrainingClass) -> list[TrainingOrder]:
    """Give the orders a class trains for, withdrawn ones left out, by number."""
    rows = select(TrainingOrder).join(ClassOrder, ClassOrder.order_id == TrainingOrder.id)
    rows = rows.where(ClassOrder.class_id == training_class.id, TrainingOrder.withdrawn_at.is_(None))
    return _rows(session, rows.order_by(TrainingOrder.no))


def shifts_of(session: Session, classes: Sequence[TrainingClass]) -> dict[UUID, frozenset[str]]:
    """Give, by class, the half-days of the week on which people an order sends are at work: "0am". One question."""
    found: dict[UUID, frozenset[str]] = {row.id: frozenset() for row in classes}
    rows = (
        select(ClassOrder.class_id, TrainingOrder.shifts)
        .join(TrainingOrder, TrainingOrder.id == ClassOrder.order_id)
        .where(ClassOrder.class_id.in_(found), TrainingOrder.withdrawn_at.is_(None))
    )
    for class_id, shifts in session.execute(rows):
        found[class_id] |= frozenset(shifts)
    return found


def find(session: Session, county: str, no: int, *, enterprise: Enterprise | None = None) -> Placed:
    """Give order number `no`, of `enterprise` only when one is given. Raises NotFound."""
    wanted = _all(county).where(TrainingOrder.no == no)
    if enterprise is not None:
        wanted = wanted.where(TrainingOrder.enterprise_id == enterprise.id)
    rows = _rows(session, wanted)
    if not rows:
        raise NotFound
    return with_classes(session, rows)[0]


def with_classes(session: Session, orders: Sequence[TrainingOrder]) -> list[Placed]:
    """Join to orders their standing classes and how many are trained, certified and hired: four questions."""
    ids = [order.id for order in orders]
    classes: defaultdict[UUID, list[TrainingClass]] = defaultdict(list)
    seats: defaultdict[UUID, int] = defaultdict(int)
    alone: defaultdict[UUID, int] = defaultdict(int)
    shared = aliased(ClassOrder)
    other = exists().where(
        shared.class_id == ClassOrder.class_id,
        shared.order_id != ClassOrder.order_id,
        TrainingOrder.id == shared.order_id,
        TrainingOrder.withdrawn_at.is_(None),
    )
    taught = (
        select(ClassOrder.order_id, ClassOrder.seats, other, TrainingClass)
        .join(TrainingClass, TrainingClass.id == ClassOrder.class_id)
        .where(ClassOrder.order_id.in_(ids))
        .order_by(TrainingClass.number)
    )
    for order_id, kept, pooled, training_class in session.execute(taught):
        if training_class.calling_off is None:
            classes[order_id].append(training_class)
            seats[order_id] += kept
            alone[order_id] += 0 if pooled else training_class.taken
    named = (
        select(Enrolment.order_id, func.count(Enrolment.id))
        .where(Enrolment.order_id.in_(ids), Enrolment.confirmed_at.is_not(None), Enrolment.cancelled_at.is_(None))
        .group_by(Enrolment.order_id)
    )
    certified = (
        select(Enrolment.order_id, func.count(Certificate.id))
        .join(Certificate, Certificate.enrolment_id == Enrolment.id)
        .where(Enrolment.order_id.in_(ids), Certificate.revoked_at.is_(None))
        .group_by(Enrolment.order_id)
    )
    hired = (
        select(Placement.order_id, func.count(Placement.id))
        .where(Placement.order_id.in_(ids), Placement.undone_at.is_(None))
        .group_by(Placement.order_id)
    )
    counts = [_counts(session, query) for query in (named, certified, hired)]
    return [
        Placed(
            order,
            tuple(classes[order.id]),
            seats[order.id],
            alone[order.id],
            *(count.get(order.id, 0) for count in counts),
        )
        for order in orders
    ]


def _counts(session: Session, query: Select[UUID | None, int]) -> Mapping[UUID | None, int]:
    return dict(session.execute(query).all())


def _all(county: str) -> Select[TrainingOrder]:
    return select(TrainingOrder).where(TrainingOrder.county == county).order_by(TrainingOrder.no.desc())


def _rows(session: Session, wanted: Select[TrainingOrder]) -> list[TrainingOrder]:
    return list(session.scalars(wanted))
