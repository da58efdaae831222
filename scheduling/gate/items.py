"""Items: what a phone hands in, made to fit our columns whatever it is. Pure: no database, no clock.

What is malformed is kept too: such an item has a `why`. A bad time, a NUL, a text longer than its column spoil
nothing; an id that is no id, a kind or a number that is none, put the item aside (docs/gate.md).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduling.models.gate_item import KINDS

MOST = 200  # items in one batch; what stands behind them has no result, and the phone sends it again

_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_LARGEST = 2**31 - 1
_CENTURIES = 10**13  # milliseconds: three hundred years; a clock further off than that says nothing
_SPELT = json.JSONEncoder(sort_keys=True).encode  # the same item is the same text, however it was written
_LONGEST = {"gate": 40, "what": 20, "name": 60, "phone": 20, "trade": 40, "boot": 40, "at": 40, "read": 200}
_MOST = 9999  # heads in one count


@dataclass(frozen=True)
class Item:
    """One item as it is kept. `at` is its own time (aware, set right by its offset), None where there is none.

    `told_id` and `told_seq` are what the phone called it, for the answer; `id` is empty where that is no id. `told` is
    all that came, `text` the same in one spelling.
    """

    id: str
    told: Any
    told_id: Any
    told_seq: Any
    text: str
    seq: int | None
    kind: str
    event: str
    read: str
    way: str
    early: bool
    direction: str
    gate: str
    at: datetime | None
    told_at: str
    mono: int | None
    boot: str
    offset_ms: int | None
    annuls: str | None
    what: str
    n: int
    name: str
    phone: str
    trade: str
    why: str


def read_all(told: Any) -> list[Item]:  # noqa: ANN401  whatever JSON holds
    """Read the items of a batch, at most MOST of them. Never fails."""
    return [read(each) for each in told[:MOST]] if isinstance(told, list) else []


def read(told: Any) -> Item:  # noqa: ANN401  whatever JSON holds
    """Read one item. Nothing that JSON can hold makes it fail."""
    facts: dict[str, Any] = told if isinstance(told, dict) else {}
    id_ = facts.get("id")
    good = isinstance(id_, str) and _ID.fullmatch(id_) is not None
    seq, kind = _whole(facts.get("seq"), 1, _LARGEST), facts.get("kind")
    annuls = facts.get("annuls")
    offset = _whole(facts.get("offset"), -_CENTURIES, _CENTURIES)
    n = _whole(facts.get("n", 1), -_MOST, _MOST)
    known = isinstance(kind, str) and kind in KINDS
    undoes = annuls.lower() if isinstance(annuls, str) and _ID.fullmatch(annuls) else None
    shapely = known and seq is not None and n is not None and (kind != "undo" or undoes is not None)
    return Item(
        id=str(id_).lower() if good else "",
        told=told,
        told_id=id_ if isinstance(id_, str) else None,
        told_seq=facts.get("seq") if isinstance(facts.get("seq"), int) else None,
        text=_SPELT(told),
        seq=seq,
        kind=str(kind) if known else "?",
        event=_text(facts, "event", 40),
        read=_text(facts, "read"),
        way="typed" if facts.get("way") == "typed" else "camera",
        early=facts.get("early") is True,
        direction="out" if facts.get("direction") == "out" else "in",
        gate=_text(facts, "gate"),
        at=_moment(facts.get("at"), offset),
        told_at=_text(facts, "at"),
        mono=_whole(facts.get("mono"), -_CENTURIES, _CENTURIES),
        boot=_text(facts, "boot"),
        offset_ms=offset,
        annuls=undoes if kind == "undo" else None,
        what=_text(facts, "what"),
        n=n or 0,
        name=_text(facts, "name"),
        phone=_text(facts, "phone"),
        trade=_text(facts, "trade"),
        why="bad_id" if not good else "" if shapely else "malformed",
    )


def fitting(text: str, length: int) -> str:
    """Cut to the column, without NUL and lone surrogates, which no database takes."""
    return text.replace("\x00", "").encode(errors="replace").decode()[:length]


def _text(facts: dict[str, Any], name: str, length: int = 0) -> str:
    told = facts.get(name)
    return fitting(told, length or _LONGEST[name]) if isinstance(told, str) else ""


def _whole(told: Any, least: int, most: int) -> int | None:  # noqa: ANN401  whatever JSON holds
    """Give a whole number within bounds, None for anything else. JavaScript's clocks have fractions."""
    if isinstance(told, float) and abs(told) < _CENTURIES:
        told = round(told)
    if not isinstance(told, int) or isinstance(told, bool) or not least <= told <= most:
        return None
    return told


def _moment(told: Any, offset: int | None) -> datetime | None:  # noqa: ANN401  whatever JSON holds
    """Give a phone's own time: its wall clock, set right by `offset` milliseconds. None for what is no time.

    A time without a zone is taken as UTC, as the phone's script writes it.
    """
    if not isinstance(told, str):
        return None
    try:
        at = datetime.fromisoformat(told.strip())
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return at.astimezone(UTC) + timedelta(milliseconds=offset or 0)
    except (ValueError, OverflowError):
        return None
