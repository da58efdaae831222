"""Placements (就业): who began to work where, said by the company, the school or the desk; the desk verifies.

One stands for each enrolment. A wrong one is undone with a reason, and the ledger's figures follow by themselves.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from scheduling import deeds, identity, ledger
from scheduling.models import (
    Account,
    ClassOrder,
    Enrolment,
    Enterprise,
    LabourNeed,
    Placement,
    TrainingClass,
    TrainingOrder,
)
from scheduling.planning.timetable import HERE
from scheduling.refusals import (
    AlreadyPlaced,
    DayNotCome,
    EmployerMissing,
    NeedClosed,
    NeedFilled,
    NeedOfAnother,
    NotFound,
    NotOfOrder,
    ReasonMissing,
    StartedTooEarly,
)

SAID_BY = ("enterprise", "school", "desk")


def record(
    session: Session,
    enrolment: Enrolment,
    *,
    enterprise: Enterprise | None = None,
    employer: str = "",
    order: TrainingOrder | None = None,
    need: LabourNeed | None = None,
    started_on: date,
    wage: int | None,
    source: str,
    by: Account | None,
    now: datetime,
) -> Placement:
    """Note that she began to work on `started_on` for `wage` yuan a month; the same again changes nothing.

    At an `enterprise` of ours, against its `order` (none given: the one she was trained for, if it is its) and a line
    of its needs (none given: the one that wants people of her trade, if any), or at another `employer`. `source` out of
    SAID_BY, else ValueError. Raises EmployerMissing, NotFound for somebody without a seat, NotOfOrder(no), DayNotCome,
    StartedTooEarly(day), AlreadyPlaced(name, employer), NeedOfAnother(no), NeedClosed(no), NeedFilled(no, needed).
    """
    if source not in SAID_BY:
        raise ValueError(source)
    if enterprise is None and not employer.strip():
        raise EmployerMissing
    training_class = _hold(session, enrolment)
    if enrolment.state != "confirmed":
        raise NotFound
    if order is None and enterprise is not None:
        order = _trained_for(session, enrolment, enterprise)
    _require_order(session, enrolment, enterprise, order)
    _require_day(training_class, order, started_on, now=now)
    said = {
        "enterprise_id": enterprise.id if enterprise else None,
        "employer": "" if enterprise else employer.strip(),
        "started_on": started_on,
        "wage": wage,
    }
    known = standing(session, enrolment)
    if known is not None:
        if all(getattr(known, name) == value for name, value in said.items()):
            return known
        raise AlreadyPlaced(name=identity.masked_name(enrolment.jobseeker.name), employer=_employer(known))
    if enterprise is not None:
        course = training_class.course
        need = _room(session, enterprise, need, order.trade if order else course.trade or course.name)
    elif need is not None:
        raise NeedOfAnother(no=need.no)
    row = Placement(
        enrolment_id=enrolment.id,
        **said,
        order_id=order.id if order else None,
        need_id=need.id if need else None,
        source=source,
        at=now,
        by_id=by.id if by else None,
    )
    session.add(row)
    session.flush()
    if need is not None:
        ledger.touch(session, need, now=now)
    deeds.record(session, "placement.recorded", row, county=training_class.county, by=by, now=now, source=source)
    return row


def verify(session: Session, row: Placement, *, by: Account | None, now: datetime) -> None:
    """Note that the desk made sure she works there (到岗已核实); again changes nothing. Raises NotFound when undone."""
    county = _hold(session, row.enrolment).county
    session.refresh(row)
    if row.undone_at is not None:
        raise NotFound
    if row.verified_at is not None:
        return
    row.verified_at = now
    session.flush()
    deeds.record(session, "placement.verified", row, county=county, by=by, now=now)


def undo(session: Session, row: Placement, *, reason: str, by: Account | None, now: datetime) -> None:
    """Undo a placement that is not true; what was counted with it is counted no more. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    county = _hold(session, row.enrolment).county
    session.refresh(row)
    if row.undone_at is not None:
        return
    row.undone_at, row.undone_why = now, reason.strip()
    session.flush()
    if row.need_id is not None:
        ledger.touch(session, session.get_one(LabourNeed, row.need_id), now=now)
    deeds.record(session, "placement.undone", row, county=county, by=by, now=now)


def standing(session: Session, enrolment: Enrolment) -> Placement | None:
    """Give the placement of hers that stands, if any."""
    return session.scalar(
        select(Placement).where(Placement.enrolment_id == enrolment.id, Placement.undone_at.is_(None))
    )


def of_class(session: Session, training_class: TrainingClass) -> dict[UUID, Placement]:
    """Give the placements of a class that stand, by enrolment id. One question."""
    rows = (
        select(Placement)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .where(Enrolment.class_id == training_class.id, Placement.undone_at.is_(None))
        .options(joinedload(Placement.enterprise))
    )
    return {row.enrolment_id: row for row in session.scalars(rows)}


def told_of_class(session: Session, training_class: TrainingClass) -> list[Placement]:
    """Give every placement of a class, undone ones too, in the order they were told. One question."""
    rows = select(Placement).join(Enrolment, Enrolment.id == Placement.enrolment_id)
    rows = rows.where(Enrolment.class_id == training_class.id).order_by(Placement.at, Placement.id)
    return list(session.scalars(rows.options(joinedload(Placement.enterprise))))


def of_need(session: Session, need: LabourNeed) -> list[Placement]:
    """Give every placement on a line of the ledger, undone ones too, the first first."""
    rows = select(Placement).where(Placement.need_id == need.id).order_by(Placement.started_on, Placement.id)
    return list(session.scalars(rows.options(joinedload(Placement.enrolment).joinedload(Enrolment.training_class))))


def trained_for(session: Session, order: TrainingOrder) -> list[tuple[Enrolment, Placement | None]]:
    """Give who has a seat in the classes of an order, each with the placement of hers that stands. One question.

    In a class that several orders share, those who are trained for another one are left out.
    """
    rows = (
        select(Enrolment, Placement)
        .join(ClassOrder, ClassOrder.class_id == Enrolment.class_id)
        .outerjoin(Placement, (Placement.enrolment_id == Enrolment.id) & Placement.undone_at.is_(None))
        .where(
            ClassOrder.order_id == order.id,
            Enrolment.confirmed_at.is_not(None),
            Enrolment.cancelled_at.is_(None),
            (Enrolment.order_id == order.id) | Enrolment.order_id.is_(None),
        )
        .options(joinedload(Enrolment.training_class))
        .order_by(Enrolment.class_id, Enrolment.place)
    )
    return [(enrolment, placement) for enrolment, placement in session.execute(rows)]


def find(session: Session, county: str, id_: UUID) -> Placement:
    """Give one placement of the county. Raises NotFound."""
    rows = (
        select(Placement)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(Placement.id == id_, TrainingClass.county == county)
    )
    row = session.scalar(rows)
    if row is None:
        raise NotFound
    return row


def _hold(session: Session, enrolment: Enrolment) -> TrainingClass:
    """Lock her class, the first lock of whatever hangs on it."""
    session.execute(
        select(TrainingClass.id).where(TrainingClass.id == enrolment.class_id).with_for_update(key_share=True)
    )
    session.refresh(enrolment)
    return session.get_one(TrainingClass, enrolment.class_id)


def _trained_for(session: Session, enrolment: Enrolment, enterprise: Enterprise) -> TrainingOrder | None:
    """Give the order of this enterprise she was trained for: hers by name, or else the only one of its in her class."""
    rows = (
        select(TrainingOrder)
        .join(ClassOrder, ClassOrder.order_id == TrainingOrder.id)
        .where(
            ClassOrder.class_id == enrolment.class_id,
            TrainingOrder.enterprise_id == enterprise.id,
            TrainingOrder.withdrawn_at.is_(None),
        )
    )
    if enrolment.order_id is not None:
        rows = rows.where(TrainingOrder.id == enrolment.order_id)
    found = session.scalars(rows).all()
    return found[0] if len(found) == 1 else None


def _require_order(
    session: Session, enrolment: Enrolment, enterprise: Enterprise | None, order: TrainingOrder | None
) -> None:
    if order is None:
        return
    shared = select(ClassOrder.id).where(ClassOrder.order_id == order.id, ClassOrder.class_id == enrolment.class_id)
    ours = enterprise is not None and order.enterprise_id == enterprise.id
    if not ours or session.scalar(shared) is None or enrolment.order_id not in {None, order.id}:
        raise NotOfOrder(no=order.no)


def _require_day(
    training_class: TrainingClass, order: TrainingOrder | None, started_on: date, *, now: datetime
) -> None:
    """Nobody has begun tomorrow, nor before she was trained; people their firm employs already are another matter."""
    if started_on > now.astimezone(HERE).date():
        raise DayNotCome(field="started_on")
    if started_on < training_class.starts_on and not (order is not None and order.employed):
        raise StartedTooEarly(day=training_class.starts_on)


def _room(session: Session, enterprise: Enterprise, need: LabourNeed | None, trade: str) -> LabourNeed | None:
    """Give the line that she is counted on, locked."""
    if need is None:
        return ledger.wanting(session, enterprise, trade)
    ledger.lock(session, need)
    if need.enterprise_id != enterprise.id:
        raise NeedOfAnother(no=need.no)
    if need.closed_on is not None:
        raise NeedClosed(no=need.no)
    if ledger.hired(session, need) >= need.needed:
        raise NeedFilled(no=need.no, needed=need.needed)
    return need


def _employer(row: Placement) -> str:
    return row.enterprise.name if row.enterprise else row.employer
