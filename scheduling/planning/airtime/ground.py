"""What follows from a problem before anything is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from scheduling.planning.airtime.problem import (
    COMPANY,
    FULL_HOUSE,
    Host,
    Item,
    Lock,
    Plan,
    Problem,
    Request,
    Segment,
    Speaker,
    Window,
)
from scheduling.planning.solving import Fact, say

_SEGMENTS = {"opening": say("开场"), "policy": say("政策讲解"), "qa": say("答疑"), "closing": say("结束语")}


@dataclass(frozen=True)
class Ground:
    """Lookups, and the order of the parts that are still to come."""

    problem: Problem

    @cached_property
    def requests(self) -> dict[str, Request]:
        """Requests by key."""
        return {request.key: request for request in self.problem.requests}

    @cached_property
    def segments(self) -> dict[str, Segment]:
        """Segments by key, in the order in which they come."""
        return {segment.key: segment for segment in sorted(self.problem.show.segments, key=lambda each: each.after)}

    @cached_property
    def hosts(self) -> dict[str, Host]:
        """Hosts by key."""
        return {host.key: host for host in self.problem.show.hosts}

    @cached_property
    def speakers(self) -> dict[str, Speaker]:
        """Speakers by key."""
        return {speaker.key: speaker for speaker in self.problem.speakers}

    @cached_property
    def names(self) -> dict[str, Fact]:
        """What people call each item."""
        companies = {request.key: request.name for request in self.problem.requests}
        segments = {segment.key: _SEGMENTS[segment.kind] for segment in self.problem.show.segments}
        return {**segments, **companies}

    def locks(self, key: str) -> list[Lock]:
        """Give an item's locks: one at most, or the problem may contradict itself."""
        return [lock for lock in self.problem.locks if lock.key == key]

    @cached_property
    def aired(self) -> tuple[str, ...]:
        """The enterprises that have been on air, in order."""
        return tuple(item.key for item in self.problem.aired if item.kind == COMPANY)

    @cached_property
    def waiting(self) -> tuple[Request, ...]:
        """The requests that are still to be aired."""
        return tuple(request for request in self.problem.requests if request.key not in self.aired)

    @cached_property
    def required(self) -> tuple[Request, ...]:
        """Those of them that may not be left out: not optional, or locked by a planner."""
        return tuple(request for request in self.waiting if not request.optional or self.locks(request.key))

    @cached_property
    def parts(self) -> tuple[Segment | int, ...]:
        """Give what is to come: the segments, and between them the places that enterprises may take."""
        done = {item.key for item in self.problem.aired}
        segments = [segment for segment in self.segments.values() if segment.key not in done]
        parts: list[Segment | int] = []
        for place in range(len(self.aired), len(self.problem.requests) + 1):
            if place > len(self.aired):
                parts.append(place)
            last = place == len(self.problem.requests)
            while segments and (segments[0].after <= place or last):
                parts.append(segments.pop(0))
        return tuple(parts)

    def minutes(self, key: str) -> tuple[int, int]:
        """Give how long an item lasts, at least and at most."""
        if key in self.segments:
            return (self.segments[key].minutes,) * 2
        return self.requests[key].least, self.requests[key].wanted

    def told(self, accepted: Plan) -> tuple[Item, ...]:
        """Give the accepted slots of enterprises that are still in the problem: the k-th was told place k."""
        return tuple(item for item in accepted.companies if item.key in self.requests)

    def on_air(self, host: Host, item: Item) -> bool:
        """Whether a host is on air in an item: hosts it, or speaks in it."""
        return item.host == host.key or (item.kind == COMPANY and host.key in self.requests[item.key].speakers)

    def stretches(self, host: Host, items: Iterable[Item]) -> Iterator[tuple[int, Item]]:
        """Give the items (by start) in which a host is on air, each with the minute since which without a rest."""
        since, off = 0, -host.rest
        for item in items:
            if self.on_air(host, item):
                since = item.start if item.start >= off + host.rest else since
                off = item.end
                yield since, item

    @property
    def third(self) -> int:
        """How many places are early, and how many are late."""
        return -(-len(self.problem.requests) // 3)

    def misplaced(self, request: Request, place: int) -> bool:
        """Whether a place is not early, or not late, for a request that wishes so."""
        early, late = place <= self.third, place > len(self.problem.requests) - self.third
        return (request.wish == "early" and not early) or (request.wish == "late" and not late)

    def points_at(self, request: Request, place: int) -> int:
        """Give the points of a request at a place, whatever stands around it."""
        weights, unseen = self.problem.weights, FULL_HOUSE - self.watching(place)
        return weights.wish * self.misplaced(request, place) + weights.audience * request.jobs * unseen

    def watching(self, place: int) -> int:
        """Say how many watch (0..10) at a place."""
        audience = self.problem.show.audience
        return audience[min(place, len(audience)) - 1] if audience else FULL_HOUSE

    def windows(self, request: Request) -> tuple[Window, ...] | None:
        """Give when all its speakers are there; None for always."""
        windows: tuple[Window, ...] | None = None
        for key in request.speakers:
            theirs = self.speakers[key].windows
            if theirs:
                windows = theirs if windows is None else _both(windows, theirs)
        return windows


def _both(some: tuple[Window, ...], others: tuple[Window, ...]) -> tuple[Window, ...]:
    pairs = [(max(a.start, b.start), min(a.end, b.end)) for a in some for b in others]
    return tuple(Window(*pair) for pair in pairs if pair[0] < pair[1])
