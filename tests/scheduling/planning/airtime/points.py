"""What a run of show is worth, and what its changes cost, written from the text of `problem` alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduling.planning.airtime import Item, Plan, Problem, Request
from tests.scheduling.planning.airtime.checker import COMPANY, View


def points(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give the amount of each term of the objective."""
    view = View(problem, plan)
    place = {item.key: number for number, item in enumerate(view.slots, start=1)}
    return {
        "shortened": sum(view.requests[item.key].wanted - item.minutes for item in view.slots if view.is_open(item)),
        "left_out": len(plan.left_out),
        "wish": sum(_unmet(problem, view.requests[key], place) for key in place),
        "audience": sum(view.requests[key].jobs * (10 - _watching(problem, number)) for key, number in place.items()),
        "idle": idle(view),
        "handover": sum(a.host != b.host for a, b in pairwise(plan.items)),
    }


def _unmet(problem: Problem, request: Request, place: dict[str, int]) -> int:
    requests = len(problem.requests)
    third = -(-requests // 3)
    mine = place[request.key]
    return (
        (request.wish == "early" and mine > third)
        + (request.wish == "late" and mine <= requests - third)
        + (request.follows in place and mine <= place[request.follows])
    )


def _watching(problem: Problem, place: int) -> int:
    audience = problem.show.audience or (10,)
    return audience[min(place, len(audience)) - 1]


def idle(view: View) -> int:
    first = sum(item.start for item in view.items[:1] if view.is_open(item))
    return first + sum(max(0, b.start - view.free(a)) for a, b in pairwise(view.items) if view.is_open(b))


def total(problem: Problem, amounts: dict[str, int]) -> int:
    return sum(getattr(problem.weights, key) * amount for key, amount in amounts.items())


def price(problem: Problem, accepted: Plan, plan: Plan) -> dict[str, int]:
    """Give the amount of each kind of change."""
    view = View(problem, plan)
    told = [item for item in accepted.items if item.kind == COMPANY and item.key in view.requests]
    place = {item.key: number for number, item in enumerate(told)}
    taken = [(number, item) for number, item in enumerate(view.slots) if view.is_open(item)]
    kept = list(_kept(view, accepted, told))
    return {
        "moved": sum(item.key in place and place[item.key] != number for number, item in taken),
        "minute": sum(abs(new.start - old.start) for old, new in kept),
        "resized": sum(abs(item.minutes - told[place[item.key]].minutes) for _, item in taken if item.key in place),
        "rehosted": sum(new.host != old.host for old, new in kept),
        "idle": idle(view),
        "dropped": sum(item.key in plan.left_out for item in told),
    }


def _kept(view: View, accepted: Plan, told: list[Item]) -> Iterator[tuple[Item, Item]]:
    """Give what was told of each place and of each segment, and what stands there now."""
    yield from ((old, new) for old, new in zip(told, view.slots, strict=False) if view.is_open(new))
    segments = {item.key: item for item in accepted.items if item.kind != COMPANY}
    yield from ((segments[item.key], item) for item in view.open if item.key in segments)


def paid(problem: Problem, amounts: dict[str, int]) -> int:
    return sum(getattr(problem.prices, key) * amount for key, amount in amounts.items())
