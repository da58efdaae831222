"""Timing: when something was scanned, by clocks that cannot be trusted. A pure function of the set of stamps.

A phone's own time is what its clock said, set right by how far it was off when it last heard from the server. It is
doubted where it lies more than `AROUND` before or after its event, where it cannot be read, and where it runs
against the phone's own sequence by more than `SLACK`; what is doubted gets the time of its neighbour in the sequence.
What was scanned before the gate opened is none of that: see `early`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

AROUND = timedelta(hours=3)  # the gate opens so early (checkins.EARLY); a clock twelve hours off lies well outside
SLACK = timedelta(minutes=5)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Stamp:
    """One scan of one phone at one event: its place in the phone's sequence, and what its clock said (aware).

    `at` is None where the clock said nothing that can be read.
    """

    id: str
    device: UUID
    seq: int
    at: datetime | None


@dataclass(frozen=True)
class Settled:
    """When it was, as far as one can tell, and whether that is by its neighbours because its clock is doubted."""

    at: datetime
    doubted: bool


def early(received_at: datetime, at: datetime | None, starts_at: datetime, *, marked: bool) -> bool:
    """Say whether something was scanned before the gate of an event from `starts_at` on opened: it counts for nothing.

    It was here then already, whatever its clock said; or the phone said so (`marked`) and its own time `at`, where
    there is one, still says so: the event may have been moved. A wrong clock alone makes nothing early.
    """
    opens = starts_at - AROUND
    return received_at < opens or (marked and (at is None or at < opens))


def settle(stamps: Iterable[Stamp], starts_at: datetime, ends_at: datetime) -> dict[str, Settled]:
    """Give when each was, by id, at an event from `starts_at` to `ends_at`. In any order, and each once or often."""
    settled: dict[str, Settled] = {}
    for _, own in groupby(sorted(set(stamps), key=_place), key=lambda stamp: stamp.device):
        settled |= _of_device(list(own), starts_at, ends_at)
    return settled


def _of_device(stamps: list[Stamp], starts_at: datetime, ends_at: datetime) -> dict[str, Settled]:
    """Settle the stamps of one phone, given by its sequence."""
    near = [s for s in stamps if s.at is not None and starts_at - AROUND <= s.at <= ends_at + AROUND]
    trusted = {s.id: s.at for s in _agreeing(near) if s.at is not None}
    leading = next((n for n, stamp in enumerate(stamps) if stamp.id in trusted), 0)
    last, after = next(iter(trusted.values()), starts_at), -leading  # just before the first that is trusted
    settled: dict[str, Settled] = {}
    for stamp in stamps:
        if stamp.id in trusted:
            last, after = trusted[stamp.id], 0
        settled[stamp.id] = Settled(last + after * _TICK, doubted=stamp.id not in trusted)
        after += 1
    return settled


def _agreeing(stamps: list[Stamp]) -> list[Stamp]:
    """Give the stamps whose times run with the sequence, to within SLACK of the longest run that does.

    The longest non-decreasing run (by patience sorting) is what most of the phone's scans agree on. It is looked for
    from the end, so that of two that contradict each other the later in the sequence is doubted.
    """
    tails: list[float] = []
    ends: list[int] = []
    next_of: dict[int, int | None] = {}
    for number in range(len(stamps) - 1, -1, -1):
        at = stamps[number].at
        assert at is not None  # noqa: S101  only those with a time come here
        place = bisect_right(tails, -at.timestamp())
        next_of[number] = ends[place - 1] if place else None
        tails[place : place + 1] = [-at.timestamp()]
        ends[place : place + 1] = [number]
    run: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        run.add(step)
        step = next_of[step]
    return [stamp for number, stamp in enumerate(stamps) if number in run or _close(stamps, run, number)]


def _close(stamps: list[Stamp], run: set[int], number: int) -> bool:
    """Whether a stamp off the run is within SLACK of its neighbours on it: two clicks of one clock, no jump."""
    at = stamps[number].at
    earlier = next((stamps[n].at for n in range(number, -1, -1) if n in run), None)
    later = next((stamps[n].at for n in range(number, len(stamps)) if n in run), None)
    assert at is not None  # noqa: S101
    return (earlier is None or at >= earlier - SLACK) and (later is None or at <= later + SLACK)


def _place(stamp: Stamp) -> tuple[str, int, str]:
    return str(stamp.device), stamp.seq, stamp.id
