"""Runs of show by simple rules: what the planner is measured against, and what it begins from."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

from scheduling.planning.airtime.checking import breaches, fits
from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.problem import COMPANY, Item, Person, Plan, Problem, Request, Segment
from scheduling.planning.airtime.scoring import numbered

_TRIES = 200

Choice = Callable[[list[Item], int], Item]
"""Chooses who has a place, of the slots that there may be next."""


def greedy(problem: Problem) -> Plan | None:
    """Put on next, of those who can start first, who has to go first, then who costs least there.

    All are cut by as few minutes as will do. None when that leads to no plan.
    """
    ground = Ground(problem)
    plans = (
        _laid(ground, requests, _cheapest(ground), cut)
        for requests in (ground.waiting, ground.required)
        for cut in range(_most_cut(requests) + 1)
    )
    return next((plan for plan in plans if plan is not None), None)


def shortest(problem: Problem) -> Plan | None:
    """Do as `greedy` does, with only those who must be on air, as briefly as may be."""
    ground = Ground(problem)
    return _laid(ground, ground.required, _cheapest(ground), _most_cut(ground.required))


def at_random(problem: Problem, seed: int) -> Plan | None:
    """Put on next anybody who may be, cut by anything; None when no try in `_TRIES` leads to a plan."""
    ground, chance = Ground(problem), random.Random(seed)
    requests = ground.required

    def anybody(slots: list[Item], _: int) -> Item:
        return chance.choice(slots)

    tries = (_laid(ground, requests, anybody, chance.randint(0, _most_cut(requests))) for _ in range(_TRIES))
    return next((plan for plan in tries if plan is not None), None)


def _cheapest(ground: Ground) -> Choice:
    until = {request.key: _until(ground, request) for request in ground.waiting}

    def cheapest(slots: list[Item], place: int) -> Item:
        points = {slot.key: ground.points_at(ground.requests[slot.key], place) for slot in slots}
        return min(slots, key=lambda slot: (slot.start, until[slot.key], points[slot.key], slot.key))

    return cheapest


def _until(ground: Ground, request: Request) -> int:
    """Say when the last of its speakers' windows ends; the end of the show for one who may always speak."""
    windows = ground.windows(request)
    return ground.problem.show.length if windows is None else max((window.end for window in windows), default=0)


def _most_cut(requests: Sequence[Request]) -> int:
    return max((request.wanted - request.least for request in requests), default=0)


def _laid(ground: Ground, requests: Sequence[Request], choice: Choice, cut: int) -> Plan | None:
    """Lay the requests out, each `cut` minutes short where it may be, as early as can be; None when a rule breaks."""
    items, left = list(ground.problem.aired), {request.key: request for request in requests}
    trade = ground.requests[ground.aired[-1]].trade if ground.aired else ""
    for part in ground.parts:
        slot: Item | None = None
        if isinstance(part, Segment):
            slot = _earliest(ground, items, part.key, part.kind, part.minutes)
        elif left:
            who = _may_follow(trade, list(left.values()))
            slots = [_earliest(ground, items, r.key, COMPANY, max(r.least, r.wanted - cut)) for r in who]
            free = [each for each in slots if each is not None]
            slot = choice(free, part) if free else None
        else:
            continue
        if slot is None:
            return None
        items.append(slot)
        if slot.kind == COMPANY:
            trade = left.pop(slot.key).trade
    on_air = {item.key for item in items}
    left_out = tuple(request.key for request in ground.problem.requests if request.key not in on_air)
    plan = Plan(numbered(ground.problem, items), left_out)
    return None if breaches(ground.problem, plan) else plan


def _may_follow(trade: str, left: list[Request]) -> list[Request]:
    """Give those of another trade; only those of a trade that would not come apart any more if it waited."""
    others = [request for request in left if request.trade != trade or not trade]
    counts = Counter(request.trade for request in left if request.trade)
    urgent = [request for request in others if counts[request.trade] > len(left) // 2]
    return urgent or others


def _earliest(ground: Ground, items: Sequence[Item], key: str, kind: str, minutes: int) -> Item | None:
    """Give the first slot after `items` in which somebody can host it, whoever hosts now before others."""
    problem, last = ground.problem, items[-1] if items else None
    free = max(problem.now, last.end + problem.show.buffer * (last.kind == COMPANY) if last else 0)
    hosts = sorted(ground.hosts.values(), key=lambda host: last is None or host.key != last.host)
    rested = [item.end + host.rest for item in items[-1:] for host in hosts]
    people: tuple[Person, ...] = (*ground.speakers.values(), *hosts)
    windows = [window.start for person in people for window in person.windows]
    fixed = [lock.start for lock in ground.locks(key) if lock.start is not None]
    segments = [ground.segments[key].earliest] if key in ground.segments else []
    for start in sorted({free, *(minute for minute in (*rested, *windows, *fixed, *segments) if minute > free)}):
        for host in hosts:
            item = Item(key, kind, start, start + minutes, host.key)
            if fits(ground, items, item):
                return item
    return None
