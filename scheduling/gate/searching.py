"""Searching (按姓查找): whether phones at an event's gate may find people who have no code with them, by name.

What a list then has of each of them, `naming` says. Allowed for a fair, or for all sessions of a class.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from scheduling import deeds, once
from scheduling.gate.events import Event
from scheduling.models import Account, GateSearch

LATER = timedelta(hours=3)  # so long after its end somebody still comes to be counted, as a phone has it (join.js)


def allow(session: Session, county: str, event: Event, *, by: Account | None, now: datetime) -> GateSearch:
    """Let the phones of an event find people by name, from their next list on; again changes nothing."""
    row, is_new = once.write(session, GateSearch, _which(event), by_id=by.id if by else None, at=now)
    if is_new:
        deeds.record(session, "gate.search_allowed", row, county=county, by=by, now=now)
    return row


def stop(session: Session, county: str, event: Event, *, by: Account | None, now: datetime) -> None:
    """Let them find nobody any more: a phone drops the names with its next list. Again changes nothing."""
    row = permission(session, event)
    if row is None:
        return
    gone = session.scalar(delete(GateSearch).where(GateSearch.id == row.id).returning(GateSearch.id))
    if gone is not None:  # nobody else was quicker
        deeds.record(session, "gate.search_stopped", row, county=county, by=by, now=now)


def permission(session: Session, event: Event) -> GateSearch | None:
    """Give the row that allows it, None where nobody did."""
    return session.scalar(select(GateSearch).where(_at(event)))


def since(session: Session, event: Event, *, now: datetime) -> datetime | None:
    """Give from when on an event's lists have names, None where they have none: not allowed, called off, or over."""
    if not event.standing or now >= event.ends_at + LATER:
        return None
    return session.scalar(select(GateSearch.at).where(_at(event)))


def _which(event: Event) -> dict[str, Any]:
    return {"fair_id": event.fair_id} if event.fair_id else {"class_id": event.class_id}


def _at(event: Event) -> ColumnElement[bool]:
    return GateSearch.fair_id == event.fair_id if event.fair_id else GateSearch.class_id == event.class_id
