"""Training orders (用工订单): an enterprise promises to hire whom we train. Where an order stands is read off rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduling import counters, deeds
from scheduling.models import Account, ClassOrder, Enterprise, TrainingClass, TrainingOrder
from scheduling.refusals import EnterpriseNotApproved, NotFound, OrderInUse, PromiseMissing, WagesInDisorder

SAME_WITHIN = timedelta(minutes=10)  # the same words again so soon are a double tap, not a second order


@dataclass(frozen=True)
class Placed:
    """An order with the classes that train for it, called-off ones left out."""

    order: TrainingOrder
    classes: tuple[TrainingClass, ...] = ()

    @property
    def training_class(self) -> TrainingClass | None:
        """The newest class for it, if any."""
        return self.classes[-1] if self.classes else None

    @property
    def trained(self) -> int:
        """How many have a seat in its classes."""
        return sum(c.taken for c in self.classes)

    def state(self, today: date) -> str:
        """`withdrawn`, `asked`, `planned` (class not open yet), `enrolling`, `teaching` or `trained` on that day."""
        if self.order.withdrawn_at:
            return "withdrawn"
        if self.training_class is None:
            return "asked"
        if self.training_class.publication is None:
            return "planned"
        if today < self.training_class.starts_on:
            return "enrolling"
        return "teaching" if today <= self.training_class.ends_on else "trained"


def place(
    session: Session,
    enterprise: Enterprise,
    *,
    trade: str,
    level: str,
    heads: int,
    wage_low: int,
    wage_high: int,
    wanted_from: date,
    conditions: str,
    promise: bool,
    by: Account | None,
    now: datetime,
) -> TrainingOrder:
    """Place an order; wages are yuan a month. The same words again within ten minutes give the first order.

    Raises EnterpriseNotApproved, PromiseMissing, WagesInDisorder.
    """
    if enterprise.state != "approved":
        raise EnterpriseNotApproved
    if not promise:
        raise PromiseMissing
    if wage_low > wage_high:
        raise WagesInDisorder
    session.execute(select(Enterprise.id).where(Enterprise.id == enterprise.id).with_for_update(key_share=True))
    words = {
        "enterprise_id": enterprise.id,
        "trade": trade.strip(),
        "level": level.strip(),
        "heads": heads,
        "wage_low": wage_low,
        "wage_high": wage_high,
        "wanted_from": wanted_from,
        "conditions": conditions.strip(),
    }
    same = select(TrainingOrder).filter_by(**words, withdrawn_at=None)
    known = session.scalars(same.where(TrainingOrder.promised_at > now - SAME_WITHIN)).first()
    if known is not None:
        return known
    order = TrainingOrder(
        county=enterprise.county, no=counters.take(session, enterprise.county, "order"), promised_at=now, **words
    )
    session.add(order)
    session.flush()
    deeds.record(session, "order.placed", order, by=by, now=now, no=order.no, heads=heads)
    return order


def withdraw(
    session: Session, order: TrainingOrder, *, by: Account | None, now: datetime, from_desk: bool = False
) -> None:
    """Withdraw an order; again changes nothing. Raises OrderInUse(title): then only the desk may."""
    session.execute(select(TrainingOrder.id).where(TrainingOrder.id == order.id).with_for_update())
    session.refresh(order)
    if order.withdrawn_at is not None:
        return
    training_class = _with_classes(session, [order])[0].training_class
    if training_class is not None and not from_desk:
        raise OrderInUse(title=training_class.title)
    order.withdrawn_at = now
    session.flush()
    deeds.record(session, "order.withdrawn", order, by=by, now=now, no=order.no)


def of_enterprise(session: Session, enterprise: Enterprise) -> list[Placed]:
    """Give the orders of one enterprise with their classes, newest first."""
    return _with_classes(session, _rows(session, _all(enterprise.county).filter_by(enterprise_id=enterprise.id)))


def of_county(session: Session, county: str) -> list[Placed]:
    """Give every order with its classes, newest first."""
    return _with_classes(session, _rows(session, _all(county)))


def open_ones(session: Session, county: str) -> list[TrainingOrder]:
    """Give the orders that wait for a class: not withdrawn and no class standing. The oldest first."""
    return [placed.order for placed in reversed(of_county(session, county)) if placed.state(date.min) == "asked"]


def of_class(session: Session, training_class: TrainingClass) -> list[TrainingOrder]:
    """Give the orders a class trains for, withdrawn ones left out, by number."""
    rows = select(TrainingOrder).join(ClassOrder, ClassOrder.order_id == TrainingOrder.id)
    rows = rows.where(ClassOrder.class_id == training_class.id, TrainingOrder.withdrawn_at.is_(None))
    return _rows(session, rows.order_by(TrainingOrder.no))


def find(session: Session, county: str, no: int, *, enterprise: Enterprise | None = None) -> Placed:
    """Give order number `no`, of `enterprise` only when one is given. Raises NotFound."""
    wanted = _all(county).where(TrainingOrder.no == no)
    if enterprise is not None:
        wanted = wanted.where(TrainingOrder.enterprise_id == enterprise.id)
    rows = _rows(session, wanted)
    if not rows:
        raise NotFound
    return _with_classes(session, rows)[0]


def _all(county: str) -> Select[TrainingOrder]:
    return select(TrainingOrder).where(TrainingOrder.county == county).order_by(TrainingOrder.no.desc())


def _rows(session: Session, wanted: Select[TrainingOrder]) -> list[TrainingOrder]:
    return list(session.scalars(wanted))


def _with_classes(session: Session, orders: Sequence[TrainingOrder]) -> list[Placed]:
    """Join the standing classes to orders in one question more, whatever their number."""
    classes = defaultdict(list)
    taught = (
        select(ClassOrder.order_id, TrainingClass)
        .join(TrainingClass, TrainingClass.id == ClassOrder.class_id)
        .where(ClassOrder.order_id.in_([order.id for order in orders]))
        .order_by(TrainingClass.number)
    )
    for order_id, training_class in session.execute(taught):
        if training_class.calling_off is None:
            classes[order_id].append(training_class)
    return [Placed(order, tuple(classes[order.id])) for order in orders]
