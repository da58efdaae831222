"""Pieces: the items of an upload with the phones they come from, and the rows they are kept as. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scheduling.gate.events import Event
from scheduling.gate.items import Item, fitting
from scheduling.gate.phones import Phone
from scheduling.models.base import new_id

_BODY = 1000  # characters kept of what was put aside


@dataclass(frozen=True)
class Upload:
    """What a phone hands in: items of `owner`, brought by `carrier`, and what it says of itself (`signs`)."""

    owner: Phone
    carrier: Phone
    items: Sequence[Item]
    signs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """One item of an upload. `id` is what it is kept under; `body_hash` tells whether the same came again."""

    item: Item
    upload: Upload
    id: str
    body_hash: str

    @property
    def other_id(self) -> str:
        """What it is kept under when its own id was used for something else."""
        return f"x-{self.body_hash[:60]}"


def of(upload: Upload) -> list[Piece]:
    """Give the pieces of an upload, in its order. The same words of another phone are another piece."""
    whose = str(upload.owner.id)
    digests = [hashlib.sha256(f"{whose} {item.text}".encode()).hexdigest() for item in upload.items]
    return [
        Piece(item, upload, item.id or f"x-{digest[:60]}", digest)
        for item, digest in zip(upload.items, digests, strict=True)
    ]


def why(piece: Piece, event: Event | None) -> str:
    """Say why an item is put aside, one of models.gate_item.WHYS; empty where it is not."""
    item, owner = piece.item, piece.upload.owner
    if item.why:
        return item.why
    if owner.revoked_at or piece.upload.carrier.revoked_at:
        return "device_revoked"
    if event is None:
        return "unknown_event"
    if event.scope not in owner.scope:
        return "out_of_scope"
    return "" if event.standing else "called_off"


def row(
    piece: Piece, event: Event | None, aside: str, verdict: Mapping[str, Any] | None, *, now: datetime
) -> dict[str, Any]:
    """Write the row of an item; `aside` says why it is put aside, where it is."""
    item, owner, carrier = piece.item, piece.upload.owner, piece.upload.carrier
    return {
        "id": piece.id,
        "county": owner.county,
        "body_hash": piece.body_hash,
        "device_id": owner.id,
        "carried_by_id": None if carrier.id == owner.id else carrier.id,
        "seq": item.seq,
        "kind": item.kind,
        "fair_id": event.fair_id if event else None,
        "session_id": event.session_id if event else None,
        "stored": "quarantined" if aside else "recorded",
        "why": aside,
        "annuls": item.annuls,
        "what": item.what,
        "n": item.n if item.kind == "count" else 0,
        "told_at": item.told_at,
        "mono": item.mono,
        "boot": item.boot,
        "offset_ms": item.offset_ms,
        "body": fitting(json.dumps(item.told, ensure_ascii=False), _BODY) if aside else "",
        "verdict": verdict,
        "received_at": now,
    }


def visitor(piece: Piece, event: Event, at: datetime) -> dict[str, Any]:
    """Write the row of somebody without a ticket, who came at `at`."""
    item = piece.item
    return {
        "id": new_id(),
        "county": piece.upload.owner.county,
        "fair_id": event.fair_id,
        "session_id": event.session_id,
        "item_id": piece.id,
        "source": "gate",
        "name": item.name.strip(),
        "phone": item.phone.strip(),
        "trade": item.trade.strip(),
        "at": at,
    }
