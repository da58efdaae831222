"""Pooling (合并开班): a class trains for several orders, and so many of its seats are for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.courses.classes import lock
from scheduling.models import Account, ClassOrder, Enrolment, TrainingClass, TrainingOrder
from scheduling.refusals import MoreThanOrdered, NotFound, OrderWithdrawn, PoolTooLarge, SeatsGiven


@dataclass(frozen=True)
class Share:
    """How many seats of a class are for one order, and how many people sit on them by name."""

    order: TrainingOrder
    seats: int
    people: int

    @property
    def left(self) -> int:
        """Seats of this order nobody sits on yet."""
        return max(0, self.seats - self.people)


def shares(session: Session, training_class: TrainingClass) -> list[Share]:
    """Say for whom the class's seats are, by the orders' numbers; withdrawn orders are left out. One question."""
    people = (
        select(Enrolment.order_id, func.count(Enrolment.id).label("people"))
        .where(
            Enrolment.class_id == training_class.id,
            Enrolment.confirmed_at.is_not(None),
            Enrolment.cancelled_at.is_(None),
        )
        .group_by(Enrolment.order_id)
        .subquery()
    )
    rows = (
        select(TrainingOrder, ClassOrder.seats, func.coalesce(people.c.people, 0))
        .join(ClassOrder, ClassOrder.order_id == TrainingOrder.id)
        .outerjoin(people, people.c.order_id == TrainingOrder.id)
        .where(ClassOrder.class_id == training_class.id, TrainingOrder.withdrawn_at.is_(None))
        .order_by(TrainingOrder.no)
    )
    return [Share(order, seats, count) for order, seats, count in session.execute(rows)]


def pool(
    session: Session,
    training_class: TrainingClass,
    seats: Mapping[UUID, int],
    *,
    by: Account | None,
    now: datetime,
) -> None:
    """Let the class train for these orders (by id), so many seats for each; an order with none is taken out.

    The same again changes nothing. Raises ClassCalledOff, OrderWithdrawn, PoolTooLarge(seats, wanted),
    MoreThanOrdered(no, heads), SeatsGiven(no, people) for fewer seats than people sit on by name.
    """
    lock(session, training_class)
    if sum(seats.values()) > training_class.seats:
        raise PoolTooLarge(seats=training_class.seats, wanted=sum(seats.values()))
    rows = select(TrainingOrder).where(TrainingOrder.county == training_class.county, TrainingOrder.id.in_(seats))
    rows = rows.order_by(TrainingOrder.no).with_for_update(key_share=True, of=TrainingOrder)
    orders = {row.id: row for row in session.scalars(rows)}
    if orders.keys() != seats.keys():
        raise NotFound
    standing = {
        row.order_id: row for row in session.scalars(select(ClassOrder).where(ClassOrder.class_id == training_class.id))
    }
    people = {share.order.id: share.people for share in shares(session, training_class)}
    changing = {
        id_: order for id_, order in orders.items() if seats[id_] != (standing[id_].seats if id_ in standing else 0)
    }
    for id_, order in changing.items():
        _require(order, seats[id_], people.get(id_, 0))
    for id_, order in changing.items():
        _keep(session, training_class, standing.get(id_), order, seats[id_])
        deeds.record(session, "class.pooled", training_class, by=by, now=now, order=order.no, seats=seats[id_])
    session.flush()


def assign(
    session: Session,
    enrolment: Enrolment,
    order: TrainingOrder | None,
    *,
    by: Account | None,
    now: datetime,
) -> None:
    """Say which order a trainee is for, or that she is for none; again changes nothing.

    Raises NotFound when the class does not train for the order, MoreThanOrdered(no, heads) when all its seats in this
    class are taken by name; who waits takes none.
    """
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    lock(session, training_class)
    session.refresh(enrolment)
    if enrolment.order_id == (order.id if order else None):
        return
    if order is not None:
        share = next((one for one in shares(session, training_class) if one.order.id == order.id), None)
        if share is None:
            raise NotFound
        if enrolment.confirmed_at is not None and not share.left:
            raise MoreThanOrdered(no=order.no, heads=share.seats)
    enrolment.order_id = order.id if order else None
    session.flush()
    no = order.no if order else None
    deeds.record(session, "enrolment.assigned", enrolment, county=training_class.county, by=by, now=now, order=no)


def _require(order: TrainingOrder, wanted: int, people: int) -> None:
    """Raise OrderWithdrawn, MoreThanOrdered, SeatsGiven."""
    if wanted and order.withdrawn_at is not None:
        raise OrderWithdrawn
    if wanted > order.heads:
        raise MoreThanOrdered(no=order.no, heads=order.heads)
    if wanted < people:
        raise SeatsGiven(no=order.no, people=people)


def _keep(
    session: Session, training_class: TrainingClass, row: ClassOrder | None, order: TrainingOrder, seats: int
) -> None:
    if row is None:
        session.add(ClassOrder(class_id=training_class.id, order_id=order.id, seats=seats))
    elif seats:
        row.seats = seats
    else:
        session.delete(row)
