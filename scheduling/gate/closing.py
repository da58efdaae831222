"""Closing a gate (收口): all that phones made has come in, or it is written down why it is closed all the same."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, once
from scheduling.gate import reports
from scheduling.gate.events import Event
from scheduling.models import Account, GateClosing
from scheduling.refusals import GateIncomplete, GateOpen

_LONGEST = 300


def close(
    session: Session, county: str, event: Event, *, reason: str = "", by: Account | None, now: datetime
) -> GateClosing:
    """Close the gate of an event; again gives the first closing. What comes later is still kept, and counts.

    Raises GateOpen before the event is over, GateIncomplete(missing) where phones still hold something and no reason
    is given.
    """
    if now < event.ends_at:
        raise GateOpen
    known = closing_of(session, event)
    if known is not None:
        return known
    missing = sum(line.missing for line in reports.reconcile(session, event))
    if missing and not reason.strip():
        raise GateIncomplete(missing=missing)
    which = {"fair_id": event.fair_id} if event.fair_id else {"session_id": event.session_id}
    row, is_new = once.write(
        session,
        GateClosing,
        which,
        by_id=by.id if by else None,
        at=now,
        missing=missing,
        reason=reason.strip()[:_LONGEST],
    )
    if is_new:
        deeds.record(session, "gate.closed", row, county=county, by=by, now=now, missing=missing)
    return row


def closing_of(session: Session, event: Event) -> GateClosing | None:
    """Give how the gate of an event was closed, None while it is not."""
    which = GateClosing.fair_id == event.fair_id if event.fair_id else GateClosing.session_id == event.session_id
    return session.scalar(select(GateClosing).where(which))
