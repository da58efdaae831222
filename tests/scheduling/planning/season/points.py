"""The season's objective once more, written from the text of `problem` alone."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from scheduling.planning.season import Plan, Problem, Town
from tests.scheduling.planning.season.checker import View

COSTS = ("wait", "longest", "balance", "travel")


def points(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give the amount of each term, of a plan that breaks neither `known` nor `season`."""
    view = View(problem, plan)
    waits = {town.key: _waits(view, town) for town in problem.towns}
    every = [wait for waited in waits.values() for wait in waited]
    fairs_of = {one.key: len(view.of("enterprises", one.key)) for one in problem.enterprises}
    loads = [len(view.of("staff", one.key)) for one in problem.staff]
    returns = problem.measures.returns_percent
    return {
        "reach": sum(_reached(view, town, waits[town.key]) for town in problem.towns),
        "need": sum(
            one.need * percent // 100 for one in problem.enterprises for percent in returns[: fairs_of[one.key]]
        ),
        "match": sum(
            min(people, dict(view.towns[candidate.town].seekers).get(trade, 0))
            for candidate, fair in view.fairs
            for key in fair.enterprises
            for trade, people in view.enterprises[key].needs
        ),
        "wish": sum(
            candidate.town in view.enterprises[key].prefers
            for candidate, fair in view.fairs
            for key in fair.enterprises
        ),
        "wait": sum(max(0, days - problem.measures.patience_days) for days in every),
        "longest": max(every, default=0),
        "balance": sum(n * (n + 1) // 2 for n in loads),
        "home": sum(view.staff[key].home == candidate.town for candidate, fair in view.fairs for key in fair.staff),
        "travel": sum(
            dict(view.vans[fair.van].minutes).get(candidate.town, 0) for candidate, fair in view.fairs if fair.van
        ),
    }


def total(problem: Problem, amounts: dict[str, int]) -> int:
    signs = {key: -1 if key in COSTS else 1 for key in amounts}
    return sum(signs[key] * getattr(problem.weights, key) * amount for key, amount in amounts.items())


def _waits(view: View, town: Town) -> list[int]:
    start = town.last_visit or view.problem.first - timedelta(days=1)
    days = [start, *view.held(town), view.problem.last]
    return [(later - day).days for day, later in pairwise(days)]


def _reached(view: View, town: Town, waits: list[int]) -> int:
    measures = view.problem.measures
    before = waits[:-1]  # the last wait ends with the season, not with a fair
    if before and town.last_visit is None:
        before[0] = measures.recovers_days
    curious = town.population * measures.turnout_permille // (1000 * measures.recovers_days)
    return sum(curious * min(wait, measures.recovers_days) for wait in before)
