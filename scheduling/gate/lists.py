"""Lists: what a phone takes along to an event, so that it can judge without network and tell nobody's name."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from scheduling import tickets
from scheduling.gate import naming, sealing, searching
from scheduling.gate.events import Event
from scheduling.models import Enrolment, Ticket
from scheduling.seals import Keyring

COUNTERS = ("heads", "leaflets", "consultations")  # what is counted by tapping
_OVERLAP = timedelta(minutes=2)  # what was being written when the last list was made is in the next one too


def snapshot(
    session: Session, county: str, event: Event, *, since: str = "", now: datetime, keys: Keyring
) -> dict[str, Any]:
    """Give an event's keys, revocations and sealed people; those changed since version `since` only, if it is one.

    `people` are [lookup, sealed] pairs, see `sealing`; nobody's phone, number or name stands there in clear. Where the
    desk lets phones find people by name, `names` has what `naming.entry` gives of each, and a version from before that
    is none: the list is whole then. What was called off says so (`off`). The same number of queries, three, with one
    person and with five thousand.
    """
    searched = searching.since(session, event, now=now)
    before = _version(since, now)
    if searched and before and before <= searched:
        before = None
    rows = _held(session, county, event, before)
    named = {"names": [naming.entry(row) for row in rows]} if searched else {}
    return {
        "event": event.name,
        "title": event.title,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "keys": {
            f"{kind} {rotation}": base64.b64encode(keys.key(f"tag {_purpose(county, kind, event, rotation)}")).decode()
            for kind in _kinds(event)
            for rotation in range(event.rotation + 1)
        },
        "revoked": _revoked(session, county, event),
        "people": [_sealed(row, county, keys) for row in rows],
        **named,
        **({} if event.standing else {"off": True}),
        "counters": list(COUNTERS),
        "version": str(int(now.timestamp() * 1000)),
        "full": before is None,
        "now": now.isoformat(),
    }


def _kinds(event: Event) -> tuple[int, ...]:
    return (tickets.FAIR, tickets.BOOTH) if event.fair_id else (tickets.CLASS,)


def _purpose(county: str, kind: int, event: Event, rotation: int) -> str:
    return f"ticket {county} {kind} {event.number} {rotation}"


def _version(since: str, now: datetime) -> datetime | None:
    """Give from when on changes are wanted, None for everything."""
    if not since.isascii() or not since.isdigit() or len(since) > len("1700000000000"):
        return None
    at = datetime.fromtimestamp(int(since) / 1000, UTC)
    return at - _OVERLAP if at <= now else None


def _at(county: str, event: Event) -> ColumnElement[bool]:
    here = Ticket.fair_id == event.fair_id if event.fair_id else Ticket.class_id == event.class_id
    return and_(Ticket.county == county, here)


def _revoked(session: Session, county: str, event: Event) -> dict[str, str]:
    rows = select(Ticket.kind, Ticket.serial, Ticket.revoked_why)
    rows = rows.where(_at(county, event), Ticket.revoked_at.is_not(None)).order_by(Ticket.kind, Ticket.serial)
    return {f"{kind} {serial}": why for kind, serial, why in session.execute(rows)}


def _held(session: Session, county: str, event: Event, since: datetime | None) -> Sequence[Any]:
    rows = naming.HELD.where(_at(county, event), Ticket.revoked_at.is_(None)).order_by(Ticket.kind, Ticket.serial)
    if since is not None:
        rows = rows.where(or_(Ticket.issued_at >= since, Enrolment.confirmed_at >= since))
    return session.execute(rows).all()


def _sealed(row: Any, county: str, keys: Keyring) -> tuple[str, str]:  # noqa: ANN401  one row of naming.HELD
    token = tickets.spelt(row.kind, row.event_number, row.serial, county=county, rotation=row.rotation, keys=keys)
    told = {"n": naming.masked(row)}
    if state := naming.state(row):
        told["s"] = state
    if row.booth is not None:
        told["b"] = str(row.booth)
    return sealing.lookup(token), sealing.sealed(token, told)
