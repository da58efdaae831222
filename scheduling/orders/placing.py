"""Placing an order, withdrawing it, and closing it when all are hired or it is said why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import counters, deeds, lint
from scheduling.models import Account, Enterprise, TrainingOrder
from scheduling.orders.reading import with_classes
from scheduling.planning.timetable import HERE
from scheduling.refusals import (
    EnterpriseNotApproved,
    HeadsMissing,
    InThePast,
    OrderClosed,
    OrderInUse,
    PromiseMissing,
    WagesInDisorder,
)

SAME_WITHIN = timedelta(minutes=10)  # the same words again so soon are a double tap, not a second order


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
    employed: bool = False,
    shifts: Sequence[str] = (),
    by: Account | None,
    now: datetime,
) -> TrainingOrder:
    """Place an order; wages are yuan a month. The same words again within ten minutes give the first order.

    `employed`: it trains people the enterprise employs; `shifts` are then the half-days of the week on which they work
    and cannot come: "0am" is Monday's morning. Raises EnterpriseNotApproved, PromiseMissing, WagesInDisorder, InThePast
    for a day before today, AdvertBlocked(phrases, rule, field) for words no advert may hold.
    """
    if enterprise.state != "approved":
        raise EnterpriseNotApproved
    if not promise:
        raise PromiseMissing
    if wage_low > wage_high:
        raise WagesInDisorder
    _require_lawful(trade=trade, level=level, conditions=conditions)
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
        "employed": employed,
    }
    same = select(TrainingOrder).filter_by(**words, withdrawn_at=None)
    known = session.scalars(same.where(TrainingOrder.promised_at > now - SAME_WITHIN)).first()
    if known is not None:
        return known
    if wanted_from < now.astimezone(HERE).date():
        raise InThePast(field="wanted_from")
    number = counters.take(session, enterprise.county, "order")
    busy = sorted(set(shifts)) if employed else []
    order = TrainingOrder(county=enterprise.county, no=number, shifts=busy, promised_at=now, **words)
    session.add(order)
    session.flush()
    deeds.record(session, "order.placed", order, by=by, now=now, no=order.no, heads=heads)
    return order


def withdraw(
    session: Session, order: TrainingOrder, *, by: Account | None, now: datetime, from_desk: bool = False
) -> None:
    """Withdraw an order; again changes nothing. Raises OrderInUse(title): then only the desk may; OrderClosed."""
    _lock(session, order)
    if order.withdrawn_at is not None:
        return
    if order.closed_at is not None:
        raise OrderClosed
    training_class = with_classes(session, [order])[0].training_class
    if training_class is not None and not from_desk:
        raise OrderInUse(title=training_class.title)
    order.withdrawn_at = now
    session.flush()
    deeds.record(session, "order.withdrawn", order, by=by, now=now, no=order.no)


def close(session: Session, order: TrainingOrder, *, note: str, by: Account | None, now: datetime) -> None:
    """Close an order; again changes nothing. Fewer hired than promised need a `note` that says why.

    Raises OrderClosed when it was withdrawn, HeadsMissing(heads, hired).
    """
    _lock(session, order)
    if order.closed_at is not None:
        return
    if order.withdrawn_at is not None:
        raise OrderClosed
    placed = with_classes(session, [order])[0]
    if placed.hired < order.heads and not note.strip():
        raise HeadsMissing(heads=order.heads, hired=placed.hired)
    order.closed_at, order.closed_note = now, note.strip()[:300]
    session.flush()
    deeds.record(session, "order.closed", order, by=by, now=now, no=order.no, hired=placed.hired)


def reopen(session: Session, order: TrainingOrder, *, by: Account | None, now: datetime) -> None:
    """Open a closed order again, for somebody left or was counted by mistake; an open one stays as it is."""
    _lock(session, order)
    if order.closed_at is None:
        return
    order.closed_at, order.closed_note = None, ""
    session.flush()
    deeds.record(session, "order.reopened", order, by=by, now=now, no=order.no)


def _require_lawful(**told: str) -> None:
    """Raise AdvertBlocked for the first rule of law that is broken: a class's page shows orders as an advert is shown.

    What only needs a justification (`ask`) passes, for an order has none (domain.md §5).
    """
    for field, text in told.items():
        lint.require_lawful(text, field=field)


def _lock(session: Session, order: TrainingOrder) -> None:
    session.execute(select(TrainingOrder.id).where(TrainingOrder.id == order.id).with_for_update())
    session.refresh(order)
