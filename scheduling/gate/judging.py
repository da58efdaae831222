"""Judging: what the scans of a batch mean, by all that is known of the same people at the same events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduling import attendance, codes
from scheduling.attendance import Verdict
from scheduling.gate.events import Event
from scheduling.gate.pieces import Piece
from scheduling.gate.resolving import Found
from scheduling.gate.tables import SCANS, insert_all
from scheduling.models import Scan
from scheduling.models.scan import EARLY

_FAR = timedelta(days=366 * 100)  # what lies further off is kept as having no time: not every database holds it


def scans(
    session: Session,
    new: list[Piece],
    found: Mapping[str, Event],
    read: Mapping[str, Found],
    *,
    now: datetime,
) -> dict[str, dict[str, Any]]:
    """Keep scans as readings, and give the verdict on each by its id. Raises Overtaken as `receive` does."""
    insert_all(session, SCANS, [_row(each, found[each.item.event], read.get(each.item.read), now=now) for each in new])
    said = {each.id: {"kind": _nothing(each.item.read)} for each in new if each.item.read not in read}
    wanted: dict[tuple[str, int], set[UUID]] = {}
    for each in new:
        if ticket := read.get(each.item.read):
            wanted.setdefault((each.item.event, ticket.kind), set()).add(ticket.holder)
    ours = {each.id for each in new}
    for (name, kind), holders in wanted.items():  # one, as a rule: phones scan visitors at one event
        for id_, verdict in _verdicts(session, found[name], kind, holders).items():
            if id_ in ours:
                said[id_] = _told(verdict)
    return said


def readable(at: datetime | None, now: datetime) -> bool:
    """Whether a phone's time is one that can be kept."""
    return at is not None and abs(at - now) < _FAR


def _verdicts(session: Session, event: Event, kind: int, holders: set[UUID]) -> dict[str, Verdict]:
    """Judge all scans of these people at an event; where a clock is doubted, by all scans there."""
    fair, occasion = event.fair_id is not None, event.fair_id or event.session_id
    assert occasion is not None  # noqa: S101  an event is one or the other
    here = attendance.of_holders(session, kind=kind, fair=fair, occasion=occasion, holders=holders)
    if any(reading.doubted for reading in here):
        here = attendance.at(session, event.at(Scan))
    return attendance.verdicts(here)


def _row(piece: Piece, event: Event, ticket: Found | None, *, now: datetime) -> dict[str, Any]:
    item, owner = piece.item, piece.upload.owner
    timed = readable(item.at, now)
    return {
        "id": piece.id,
        "county": owner.county,
        "body_hash": piece.body_hash,
        "fair_id": event.fair_id,
        "session_id": event.session_id,
        "ticket_id": ticket.id if ticket else None,
        "read": item.read,
        "way": EARLY if item.early else item.way,
        "direction": item.direction,
        "gate": item.gate,
        "device": "",
        "device_id": owner.id,
        "seq": item.seq,
        "timeless": not timed,
        "scanned_at": item.at if timed else now.astimezone(UTC),
        "received_at": now,
    }


def _nothing(read: str) -> str:
    return "mistyped" if codes.mistyped(read) else "unknown"


def _told(verdict: Verdict) -> dict[str, Any]:
    """Write a verdict as JSON has it; of a duplicate, when and where the one that counts was scanned."""
    if verdict.kind != "duplicate_of":
        return {"kind": verdict.kind}
    return {"kind": verdict.kind, "time": verdict.at.isoformat(), "gate": verdict.gate}
