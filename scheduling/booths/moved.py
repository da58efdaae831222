"""What a fair's new time means for those who have a booth there."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from scheduling import deeds, diaries
from scheduling.booths import policies
from scheduling.models import Booking, Enterprise, Fair
from scheduling.refusals import EnterpriseElsewhere


def free_until(session: Session, booking: Booking, fair: Fair) -> datetime:
    """Give until when the enterprise may give its booth back free of charge (免责取消): as the policy says.

    Where the bureau gave the fair another time since, until it begins: that time the enterprise did not choose.
    """
    times = pairwise([*(step.starts_before for step in fair.moves), fair.starts_at])
    if any(
        step.at > booking.booked_at and before != after for step, (before, after) in zip(fair.moves, times, strict=True)
    ):
        return fair.starts_at
    return policies.hours(fair, policies.terms_at(session, fair)).free_until


def elsewhere(session: Session, fair: Fair) -> list[Enterprise]:
    """Give the enterprises with a booth here that have another fair at that time, as a move may bring about."""
    rows = select(Booking).where(Booking.fair_id == fair.id, Booking.cancelled_at.is_(None))
    rows = rows.options(joinedload(Booking.enterprise)).order_by(Booking.booked_at, Booking.id)
    return [row.enterprise for row in session.scalars(rows) if _is_elsewhere(session, row.enterprise, fair)]


def _is_elsewhere(session: Session, enterprise: Enterprise, fair: Fair) -> bool:
    diary = diaries.of_enterprise(session, enterprise, fair.starts_at, fair.ends_at)
    try:
        diary.require_free(fair.starts_at, fair.ends_at, but=deeds.about(fair))
    except EnterpriseElsewhere:
        return True
    return False
