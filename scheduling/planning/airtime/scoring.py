"""What a run of show is worth, whoever made it; which job numbers its slots have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.problem import COMPANY, FULL_HOUSE, Item, Plan, Problem
from scheduling.planning.solving import Term, say


def score(problem: Problem, plan: Plan) -> tuple[Term, ...]:
    """Give the terms of the objective, as `problem` says them."""
    ground, weights = Ground(problem), problem.weights
    slots = [(ground.requests[item.key], item) for item in plan.companies]
    places = {item.key: place for place, item in enumerate(plan.companies, start=1)}
    cut = sum(request.wanted - item.minutes for request, item in slots if request.key not in ground.aired)
    unmet = sum(ground.misplaced(request, places[request.key]) for request, _ in slots)
    soon = sum(places[request.key] < places.get(request.follows, 0) for request, _ in slots)
    away = sum(request.jobs * (FULL_HOUSE - ground.watching(places[request.key])) for request, _ in slots)
    handovers = sum(before.host != after.host for before, after in pairwise(plan.items))
    return (
        Term("shortened", say("压缩的分钟数"), weights.shortened, cut),
        Term("left_out", say("上不了的企业"), weights.left_out, len(plan.left_out)),
        Term("wish", say("没照顾到的次序愿望"), weights.wish, unmet + soon),
        Term("audience", say("岗位多却排在人少时"), weights.audience, away),
        Term("idle", say("空着的分钟数"), weights.idle, sum(idle(problem, plan).values())),
        Term("handover", say("换主持人的次数"), weights.handover, handovers),
    )


def idle(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give the items that have idle minutes before them, with how many."""
    waits: dict[str, int] = {}
    free = 0
    for item in plan.items:
        if item.key not in {aired.key for aired in problem.aired} and item.start > free:
            waits[item.key] = item.start - free
        free = item.end + (problem.show.buffer if item.kind == COMPANY else 0)
    return waits


def numbered(problem: Problem, items: Iterable[Item]) -> tuple[Item, ...]:
    """Give the items, by start, with their job numbers (the rule `numbers`)."""
    requests, aired = Ground(problem).requests, {item.key for item in problem.aired}
    following, done = max([problem.show.last_number, *(item.last_number for item in problem.aired)]) + 1, []
    for item in items:
        jobs = requests[item.key].jobs if item.kind == COMPANY else 0
        if item.key in aired:
            done.append(item)
        elif not jobs:
            done.append(replace(item, first_number=0, last_number=0))
        else:
            announced = requests[item.key].announced
            first = announced or following
            following += 0 if announced else jobs
            done.append(replace(item, first_number=first, last_number=first + jobs - 1))
    return tuple(done)
