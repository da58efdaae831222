"""Uploads of phones at the gate: what came as JSON, and the JSON that answers it (docs/gate.md, "Uploading")."""

from __future__ import annotations

import json
from typing import Any

from portal import clock, doors
from portal.api import line
from portal.database import reading
from scheduling import gate
from scheduling.gate import naming
from scheduling.refusals import DeviceUnknown

COMPACT = json.JSONEncoder(separators=(",", ":")).encode  # a market's network carries no spaces


def taken_in(secret: str, raw: bytes) -> str:
    """Take in what was sent under a secret; give the answer, when all of it is on the disk.

    Raises DeviceUnknown when nobody has the secret, and what the database raises.
    """
    told = read(raw)
    signs = told.get("device")
    items = gate.read_all(told.get("items"))
    hashed = gate.hashed(secret)
    results = line.hand_in(gate.Handed(hashed, items, signs if isinstance(signs, dict) else {}))
    if results is None:
        raise DeviceUnknown
    said = [{"id": each.id, "seq": each.seq, "stored": each.stored, "verdict": each.verdict} for each in results]
    now = clock.now()
    if any(item.way == "typed" for item in items):  # a camera's codes bring their names with the list
        named = naming.typed(reading(), doors.county(), hashed, items, results, now=now)
        said = [{**each, "who": name} if name else each for each, name in zip(said, named, strict=True)]
    return COMPACT({"now": now.isoformat(), "results": said})


def bearer(header: str) -> str:
    """Give the secret of an `Authorization` header, nothing where it shows none."""
    kind, _, secret = header.partition(" ")
    return secret.strip() if kind == "Bearer" else ""


def read(raw: bytes) -> dict[str, Any]:
    """Give the JSON that was sent; nothing for what is none: a phone is never told to drop what it has."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
