"""Requests: enterprises that want a booth and leave it to the bureau which one, with what they wish for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from scheduling import deeds
from scheduling.booths import rules
from scheduling.booths.bookings import speaks_for
from scheduling.booths.layout import lock
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Booking, Booth, BoothRequest, Enterprise, Fair
from scheduling.planning.booths.problem import MOST_WISHES
from scheduling.refusals import EnterpriseNotApproved, FairCalledOff


def want(
    session: Session,
    fair: Fair,
    enterprise: Enterprise,
    *,
    wishes: Sequence[str] = (),
    power: bool = False,
    kind: str = "",
    tables: int = 1,
    access: bool = False,
    invited: bool = False,
    by: Account | None,
    now: datetime,
) -> BoothRequest:
    """Note that `enterprise` wants a booth at `fair`, and which; again revises it and keeps its place in the queue.

    `wishes`, best first, are booths' numbers or zones' names; those beyond the fifth are left out. The desk notes what
    it is told at any time; the enterprise itself keeps to the policy. Raises EnterpriseNotApproved, FairCalledOff,
    FairFinished, and to the enterprise itself FairNotOpen and what `rules.require_may_apply` raises.
    """
    lock(session, fair)
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    if enterprise.state != "approved":
        raise EnterpriseNotApproved
    if speaks_for(by, enterprise):
        rules.require_open(fair, now=now)
        rules.require_may_apply(session, fair, enterprise, now=now)
    told = {
        "wishes": list(dict.fromkeys(wishes))[:MOST_WISHES],
        "power": power,
        "kind": kind,
        "tables": tables,
        "access": access,
        "invited": invited,
    }
    row = standing(session, fair, enterprise)
    if row is None:
        row = BoothRequest(fair_id=fair.id, enterprise_id=enterprise.id, asked_at=now)
        session.add(row)
    elif all(getattr(row, name) == value for name, value in told.items()):
        return row
    for name, value in told.items():
        setattr(row, name, value)
    session.flush()
    deeds.record(session, "booth.wanted", row, county=fair.county, by=by, now=now)
    return row


def withdraw(session: Session, fair: Fair, enterprise: Enterprise, *, by: Account | None, now: datetime) -> None:
    """Note that `enterprise` wants no booth at `fair` after all; again, or where it never did, changes nothing."""
    lock(session, fair)
    row = standing(session, fair, enterprise)
    if row is not None:
        row.withdrawn_at = now
        session.flush()
        deeds.record(session, "booth.not_wanted", row, county=fair.county, by=by, now=now)


def asked(session: Session, fair: Fair) -> list[BoothRequest]:
    """Give the requests that stand, in the order they came, with their enterprises. One question."""
    query = select(BoothRequest).where(BoothRequest.fair_id == fair.id, BoothRequest.withdrawn_at.is_(None))
    query = query.options(joinedload(BoothRequest.enterprise))
    return list(session.scalars(query.order_by(BoothRequest.asked_at, BoothRequest.id)))


@dataclass
class Luck:
    """How an enterprise fared at earlier fairs: how often it was left without a booth, or got none of its wishes."""

    passed_over: int = 0
    unlucky: int = 0


def record_for(session: Session, fair: Fair, *, since: datetime) -> dict[UUID, Luck]:
    """Give how each enterprise that asked fared at fairs from `since` until `fair`; those called off do not count."""
    had = and_(
        Booking.fair_id == BoothRequest.fair_id,
        Booking.enterprise_id == BoothRequest.enterprise_id,
        Booking.cancelled_at.is_(None),
    )
    query = (
        select(BoothRequest, Booth)
        .join(BoothRequest.fair)
        .outerjoin(Booking, had)
        .outerjoin(Booth, Booth.id == Booking.booth_id)
        .where(
            Fair.county == fair.county,
            Fair.starts_at >= since,
            Fair.starts_at < fair.starts_at,
            ~Fair.calling_off.has(),
            BoothRequest.withdrawn_at.is_(None),
        )
    )
    record: dict[UUID, Luck] = {}
    for request, booth in session.execute(query):
        _note(record.setdefault(request.enterprise_id, Luck()), request, booth)
    return record


def _note(luck: Luck, request: BoothRequest, booth: Booth | None) -> None:
    """Count how an enterprise fared with one request; `booth` is the one it had."""
    if booth is None:
        luck.passed_over += 1
    elif request.wishes and not {str(booth.number), booth.zone} & set(request.wishes):
        luck.unlucky += 1


def standing(session: Session, fair: Fair, enterprise: Enterprise) -> BoothRequest | None:
    """Give what the enterprise asked for at this fair, None when nothing stands."""
    return session.scalar(
        select(BoothRequest).where(
            BoothRequest.fair_id == fair.id,
            BoothRequest.enterprise_id == enterprise.id,
            BoothRequest.withdrawn_at.is_(None),
        )
    )
