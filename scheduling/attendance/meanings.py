"""Meanings: what the readings of an event mean. A pure function of their set.

The earliest reading that holds and was not undone counts; later ones of the same person are duplicates of it. Any
order, repetition or split of uploads gives the same result (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scheduling import tickets

FAULTS = ("unknown", "mistyped", "wrong_event", "cancelled", "reissued", "waitlisted", "early")


@dataclass(frozen=True)
class Reading:
    """One scan and what the records say of its ticket. `holder` is whom the ticket stands for, None for nobody."""

    id: str
    holder: UUID | None
    kind: int  # of the ticket: 1 fair, 2 class, 3 booth; 0 when there is none
    occasion: UUID | None  # the fair or the class session it was scanned at
    direction: str
    gate: str
    scanned_at: datetime
    annuls: str | None = None
    fault: str = ""  # why it cannot count: one of FAULTS
    way: str = ""  # as in models.Scan
    away_metres: int | None = None
    device: UUID | None = None  # a phone of the gate
    undone: bool = False  # another phone's item annulled it, whichever came first
    doubted: bool = False  # its clock is: see `timing`


@dataclass(frozen=True)
class Verdict:
    """What the gate says of one scan.

    `kind`: counted, duplicate_of, annulled, or one of FAULTS. For a duplicate, `at` and `gate` are those of the scan
    that counts.
    """

    kind: str
    at: datetime
    gate: str = ""


Group = tuple[UUID | None, UUID | None, str]


def standing(readings: Iterable[Reading]) -> list[Reading]:
    """Give the readings that hold, each once, the earliest first: no undos, nothing undone, nothing faulty."""
    known = set(readings)
    undone = {reading.annuls for reading in known}
    hold = [each for each in known if each.annuls is None and not _undone(each, undone) and not each.fault]
    return sorted(hold, key=_order)


def counting(readings: Iterable[Reading]) -> dict[Group, Reading]:
    """Give the reading that counts, for each holder, occasion and direction."""
    first: dict[Group, Reading] = {}
    for reading in standing(readings):
        first.setdefault(_group(reading), reading)
    return first


def verdict(reading: Reading, readings: Iterable[Reading]) -> Verdict:
    """Say what `reading` means among all `readings` of its event."""
    return verdicts([*readings, reading])[reading.id]


def verdicts(readings: Iterable[Reading]) -> dict[str, Verdict]:
    """Say what each of `readings` means among all of them, by id."""
    readings = list(readings)
    undone = {other.annuls for other in readings}
    first = counting(readings)
    return {reading.id: _verdict(reading, undone, first) for reading in readings}


def _verdict(reading: Reading, undone: set[str | None], first: dict[Group, Reading]) -> Verdict:
    if reading.fault:
        return Verdict(reading.fault, reading.scanned_at, reading.gate)
    if reading.annuls is not None or _undone(reading, undone):
        return Verdict("annulled", reading.scanned_at, reading.gate)
    counts = first[_group(reading)]
    return Verdict("counted" if counts.id == reading.id else "duplicate_of", counts.scanned_at, counts.gate)


def inside(readings: Iterable[Reading]) -> set[UUID]:
    """Give the people who are inside after all `readings`: the last one of each was an entry.

    An exit without an entry before it belongs to the first entry, whose clock was late: nobody leaves before coming.
    """
    last: dict[tuple[UUID | None, UUID | None], str] = {}
    left_first: set[tuple[UUID | None, UUID | None]] = set()
    for reading in standing(readings):
        if reading.kind == tickets.BOOTH:
            continue
        key = reading.holder, reading.occasion
        if reading.direction == "out" and key not in last:
            left_first.add(key)
            continue
        last[key] = reading.direction
        if key in left_first:
            last[key] = "out"
            left_first.discard(key)
    return {holder for (holder, _), direction in last.items() if direction == "in" and holder is not None}


def conflicts(readings: Iterable[Reading]) -> list[tuple[Reading, Reading]]:
    """Give, once for each person, two readings of hers that two phones both let in, with no exit between them."""
    found: dict[Group, tuple[Reading, Reading]] = {}
    last: dict[tuple[UUID | None, UUID | None], Reading] = {}
    for reading in standing(readings):
        before = last.get((reading.holder, reading.occasion))
        last[reading.holder, reading.occasion] = reading
        if before is None or before.direction != reading.direction or reading.direction != "in":
            continue
        if before.device != reading.device:
            found.setdefault(_group(reading), (before, reading))
    return list(found.values())


def _order(reading: Reading) -> tuple[datetime, str]:
    return reading.scanned_at, reading.id


def _group(reading: Reading) -> Group:
    return reading.holder, reading.occasion, reading.direction


def _undone(reading: Reading, undone: set[str | None]) -> bool:
    return reading.undone or reading.id in undone
