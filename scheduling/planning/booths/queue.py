"""Which booth suits whom, and who gets one when there are too few."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from scheduling.planning.booths.problem import Booth, Enterprise, Plan, Problem, Stand, Zoning

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Ground:
    """What follows from a problem before anything is decided."""

    problem: Problem

    @cached_property
    def booths(self) -> dict[int, Booth]:
        """Booths by number."""
        return {booth.number: booth for booth in self.problem.booths}

    @cached_property
    def enterprises(self) -> dict[str, Enterprise]:
        """Enterprises by key."""
        return {enterprise.key: enterprise for enterprise in self.problem.enterprises}

    @cached_property
    def zonings(self) -> dict[str, Zoning]:
        """Zonings by industry."""
        return {zoning.industry: zoning for zoning in self.problem.policy.zones}

    @cached_property
    def locks(self) -> dict[str, set[int]]:
        """Enterprise -> the booths it is locked to: one, or the problem contradicts itself."""
        return _grouped((lock.enterprise, lock.booth) for lock in self.problem.locks)

    @cached_property
    def holders(self) -> dict[int, set[str]]:
        """Booth -> the enterprises it is locked for."""
        return _grouped((lock.booth, lock.enterprise) for lock in self.problem.locks)

    @cached_property
    def banned(self) -> set[tuple[str, int]]:
        """The (enterprise, booth) that may not be."""
        return {(ban.enterprise, ban.booth) for ban in self.problem.bans}

    @cached_property
    def suiting(self) -> dict[str, tuple[int, ...]]:
        """Enterprise -> the booths that suit it, in the problem's order."""
        return {
            enterprise.key: tuple(b.number for b in self.problem.booths if not any(self.obstacles(enterprise, b)))
            for enterprise in self.problem.enterprises
        }

    @cached_property
    def queue(self) -> tuple[Enterprise, ...]:
        """The enterprises, first those who get a booth first (the rule `order`)."""
        return tuple(
            sorted(
                self.problem.enterprises,
                key=lambda e: (not self.must(e), not e.promised, -e.passed_over, e.applied, e.key),
            )
        )

    @cached_property
    def seated(self) -> dict[str, int]:
        """The enterprises that get a booth, in the queue's order, with booths that they could all stand at at once."""
        places = seat((enterprise.key for enterprise in self.queue), self.suiting)
        return {enterprise.key: places[enterprise.key] for enterprise in self.queue if enterprise.key in places}

    @cached_property
    def without(self) -> tuple[str, ...]:
        """Who is left without, in the queue's order."""
        return tuple(enterprise.key for enterprise in self.queue if enterprise.key not in self.seated)

    @property
    def possible(self) -> bool:
        """Whether everybody who must have a booth gets one."""
        return not any(self.must(self.enterprises[key]) for key in self.without)

    def plan(self, places: Mapping[str, int]) -> Plan:
        """Make the plan of these places: enterprise -> booth."""
        stands = sorted(places.items(), key=lambda place: place[1])
        return Plan(tuple(Stand(key, booth) for key, booth in stands), self.without)

    def must(self, enterprise: Enterprise) -> bool:
        """Whether it must have a booth."""
        return enterprise.invited or enterprise.key in self.locks

    def obstacles(self, enterprise: Enterprise, booth: Booth) -> Iterator[str]:
        """Give the rules against an enterprise at a booth: `power`, or `lock:who:where` where it is one of many."""
        key, number = enterprise.key, booth.number
        if not booth.usable:
            yield f"usable:{number}"
        if enterprise.needs_power and not booth.power:
            yield "power"
        if enterprise.needs_kind not in {"", booth.kind}:
            yield "kind"
        if enterprise.tables > booth.tables:
            yield "tables"
        if enterprise.needs_access and not booth.accessible:
            yield "accessible"
        if self.out_of_zone(enterprise, booth, hard=True):
            yield "zone"
        if (key, number) in self.banned:
            yield f"ban:{key}:{number}"
        yield from (f"lock:{key}:{other}" for other in sorted(self.locks.get(key, set()) - {number}))
        yield from (f"lock:{other}:{number}" for other in sorted(self.holders.get(number, set()) - {key}))

    def out_of_zone(self, enterprise: Enterprise, booth: Booth, *, hard: bool) -> bool:
        """Whether the booth is outside the zone of the enterprise's industry, where that zoning is hard, or soft."""
        zoning = self.zonings.get(enterprise.industry)
        return zoning is not None and zoning.hard is hard and zoning.zone != booth.zone


def seat(keys: Iterable[str], suiting: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """Give booths to as many of `keys` as can have one at once, the earlier before the later."""
    places: dict[str, int] = {}
    for key in keys:
        make_room(key, suiting, places)
    return places


def make_room(
    key: str, suiting: Mapping[str, Sequence[int]], places: dict[str, int], kept: Collection[str] = ()
) -> bool:
    """Seat `key` too, moving those seated (but the `kept`) where that makes room; say whether it could be done.

    An augmenting path, breadth first: whoever cannot be added now cannot be added later either.
    """
    holders = {booth: holder for holder, booth in places.items()}
    came: dict[int, str] = {}
    asking = deque([key])
    while asking:
        who = asking.popleft()
        for booth in suiting[who]:
            if booth in came or holders.get(booth) in kept:
                continue
            came[booth] = who
            if booth not in holders:
                _shift(key, booth, came, places)
                return True
            asking.append(holders[booth])
    return False


def _shift(key: str, booth: int, came: Mapping[int, str], places: dict[str, int]) -> None:
    """Move everyone on the path back from a free `booth` one booth on, until `key` has one."""
    while True:
        who = came[booth]
        left = places.get(who)
        places[who] = booth
        if who == key or left is None:
            return
        booth = left


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, set[V]]:
    groups: dict[K, set[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, set()).add(value)
    return groups
