"""Air time (直播时段) as an enterprise sees it: which shows take requests, what it asked for, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scheduling.models import Enterprise, Fair, LiveLead, LiveLock, LiveRequest, LiveSlot

SEEN = timedelta(days=60)  # a show that is over stays on its enterprises' list so long


@dataclass(frozen=True)
class AirTime:
    """One show and one enterprise: its request that stands, its slot, how many asked for its jobs."""

    fair: Fair
    request: LiveRequest | None
    slot: LiveSlot | None
    locked: bool
    leads: int

    def open(self, now: datetime) -> bool:
        """Whether the enterprise may still ask, change and withdraw by itself."""
        return not self.locked and self.fair.calling_off is None and now < self.fair.starts_at


def air_times(session: Session, enterprise: Enterprise, *, now: datetime) -> list[AirTime]:
    """Give the shows to come, soonest first, then those it was in lately. Ten shows cost no more questions than one."""
    own = select(LiveSlot.id).where(LiveSlot.fair_id == Fair.id, LiveSlot.enterprise_id == enterprise.id)
    own = own.where(LiveSlot.dropped_at.is_(None))
    shows = select(Fair).where(Fair.county == enterprise.county, Fair.kind == "livestream", Fair.publication.has())
    shows = shows.where(or_(Fair.ends_at > now, (Fair.ends_at > now - SEEN) & own.exists()))
    rows = list(session.scalars(shows.order_by(Fair.starts_at)))
    rows = [*(row for row in rows if row.ends_at > now), *reversed([row for row in rows if row.ends_at <= now])]
    return _told(session, enterprise, rows)


def air_time(session: Session, enterprise: Enterprise, fair: Fair) -> AirTime:
    """Give one show as this enterprise sees it."""
    return _told(session, enterprise, [fair])[0]


def _told(session: Session, enterprise: Enterprise, rows: list[Fair]) -> list[AirTime]:
    ids = [row.id for row in rows]
    asked = select(LiveRequest).where(
        LiveRequest.fair_id.in_(ids), LiveRequest.enterprise_id == enterprise.id, LiveRequest.withdrawn_at.is_(None)
    )
    requests = {row.fair_id: row for row in session.scalars(asked)}
    slotted = select(LiveSlot).where(
        LiveSlot.fair_id.in_(ids), LiveSlot.enterprise_id == enterprise.id, LiveSlot.dropped_at.is_(None)
    )
    slots = {row.fair_id: row for row in session.scalars(slotted)}
    lock = select(LiveLock.fair_id).where(LiveLock.fair_id.in_(ids), LiveLock.unlocked_at.is_(None))
    locked = set(session.scalars(lock))
    counted = _leads(session, enterprise, ids)
    return [
        AirTime(row, requests.get(row.id), slots.get(row.id), row.id in locked, counted.get(row.id, 0)) for row in rows
    ]


def _leads(session: Session, enterprise: Enterprise, ids: list[UUID]) -> dict[UUID, int]:
    query = select(LiveLead.fair_id, func.count()).where(LiveLead.fair_id.in_(ids))
    query = query.where(LiveLead.enterprise_id == enterprise.id).group_by(LiveLead.fair_id)
    return dict(session.execute(query).all())
