"""What a company is offered: the fairs that take bookings or applications, and what it has of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from scheduling.booths import waiting
from scheduling.booths.bookings import of_enterprise
from scheduling.models import Booking, Booth, BoothPolicy, BoothRequest, BoothWait, Enterprise, Fair, FairPolicy


@dataclass(frozen=True)
class Offer:
    """A fair that takes bookings: how many booths are free, of how many; what the asker has of it.

    `allocated`: the bureau gives the booths out, to those that applied.
    """

    fair: Fair
    free: int
    booths: int
    own: Booking | None
    waits: BoothWait | None
    applied: BoothRequest | None
    allocated: bool


def offers(session: Session, enterprise: Enterprise, *, now: datetime) -> list[Offer]:
    """Give the published fairs with booths that have not begun, soonest first, as they stand for `enterprise`.

    Of those called off only the ones it counted on: that is what it must see. As many queries for one as for a hundred.
    """
    own = {booking.fair_id: booking for booking in of_enterprise(session, enterprise, since=now)}
    waits = {row.fair_id: row for row in waiting.of_enterprise(session, enterprise)}
    asked = select(BoothRequest).where(BoothRequest.enterprise_id == enterprise.id, BoothRequest.withdrawn_at.is_(None))
    applied = {row.fair_id: row for row in session.scalars(asked)}
    free = func.sum(case((Booking.id.is_(None), 1), else_=0)).label("free")
    plan = (
        select(Booth.fair_id, free, func.count(Booth.id).label("booths"))
        .outerjoin(Booking, and_(Booking.booth_id == Booth.id, Booking.cancelled_at.is_(None)))
        .where(Booth.removed_at.is_(None))
        .group_by(Booth.fair_id)
        .subquery()
    )
    open_fairs = (
        select(Fair, plan.c.free, plan.c.booths, BoothPolicy.mode)
        .join(plan, plan.c.fair_id == Fair.id)
        .outerjoin(FairPolicy, FairPolicy.fair_id == Fair.id)
        .outerjoin(BoothPolicy, BoothPolicy.id == FairPolicy.policy_id)
        .where(
            Fair.county == enterprise.county,
            Fair.starts_at > now,
            Fair.publication.has(),
            or_(~Fair.calling_off.has(), Fair.id.in_({*own, *waits, *applied})),
        )
        .order_by(Fair.starts_at, Fair.id)
    )
    return [
        Offer(fair, left, booths, own.get(fair.id), waits.get(fair.id), applied.get(fair.id), mode == "allocated")
        for fair, left, booths, mode in session.execute(open_fairs)
    ]
