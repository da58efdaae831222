"""The season's objective and the prices of a re-plan once more, written from the text of `problem` alone."""

from __future__ import annotations

from collections import Counter
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


def worth(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give the points of each term."""
    signs = dict.fromkeys(COSTS, -1)
    return {
        key: signs.get(key, 1) * getattr(problem.weights, key) * amount for key, amount in points(problem, plan).items()
    }


def differences(problem: Problem, accepted: Plan, plan: Plan) -> dict[str, int]:
    """Give how much of each that has a price differs from the accepted plan."""
    towns = {one.key: one.town for one in problem.candidates}
    old, new = ({fair.candidate: fair for fair in some.fairs} for some in (accepted, plan))
    gone = Counter(towns.get(key) for key in old.keys() - new.keys())
    come = Counter(towns[key] for key in new.keys() - old.keys())
    moved = sum(min(gone[town], come[town]) for town in come)
    both = [(old[key], new[key]) for key in old.keys() & new.keys()]
    return {
        "moved": moved,
        "dropped": gone.total() - moved,
        "added": come.total() - moved,
        "van": sum(was.van != now.van for was, now in both),
        "reserve": sum((was.reserve, was.reserve_van) != (now.reserve, now.reserve_van) for was, now in both),
        "staff": sum(len(set(was.staff) ^ set(now.staff)) for was, now in both),
        "enterprise": sum(len(set(was.enterprises) ^ set(now.enterprises)) for was, now in both),
    }


def price(problem: Problem, accepted: Plan, plan: Plan) -> dict[str, int]:
    """Give what each kind of difference costs."""
    found = differences(problem, accepted, plan)
    return {key: getattr(problem.prices, key) * amount for key, amount in found.items()}


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
