"""Solves seasons: makes the best plan, or changes an accepted one least, or says why there is none."""

from __future__ import annotations

import time
from dataclasses import replace

from scheduling.planning.season.changing import changes, prices
from scheduling.planning.season.choosing import Choosing
from scheduling.planning.season.drafting import at_random, greedy
from scheduling.planning.season.explaining import reasons
from scheduling.planning.season.facts import Facts
from scheduling.planning.season.pools import enterprise_pool, pools, staff_pool
from scheduling.planning.season.problem import Plan, Problem
from scheduling.planning.season.relaxing import keeping, rules
from scheduling.planning.season.replanning import add_changes, pools_of_both, pools_of_changes
from scheduling.planning.season.scoring import score
from scheduling.planning.season.searching import Search, filled
from scheduling.planning.season.windows import add_score
from scheduling.planning.solving import (
    Answer,
    Cancelled,
    Conflict,
    Limits,
    Progress,
    Status,
    Stopped,
    Watch,
    explain,
    never,
    total,
    unwatched,
)

_DRAFTS = 6  # plans at random that, beside the greedy one, show the search how members come to be spread
_CHECK = Limits(seconds=10.0)  # for one question of a conflict
_ALL_CHECKS = 120.0  # seconds


def solve(problem: Problem, limits: Limits, *, watch: Watch = unwatched, cancelled: Cancelled = never) -> Answer[Plan]:
    """Make the plan worth most, by the rules and terms of `problem`; where there is none, say which rules conflict."""
    began = time.monotonic()
    facts = Facts(problem)
    members = pools(facts)
    choosing = Choosing(facts, members)
    add_score(choosing)

    def value(plan: Plan) -> int:
        return total(score(problem, plan))

    begun = _drafts(problem, limits.seed, cancelled)
    search = Search(facts, choosing, members, value, limits, watch, cancelled, began, begun)
    status, stopped = search.run()
    if search.best is None:
        return _without_plan(problem, "max", status, stopped, cancelled)
    return Answer(
        status,
        "max",
        stopped,
        search.best,
        search.best_value,
        search.bound,
        score(problem, search.best),
        reasons(problem, search.best),
    )


def replan(
    problem: Problem, accepted: Plan, limits: Limits, *, watch: Watch = unwatched, cancelled: Cancelled = never
) -> Answer[Plan]:
    """Change the accepted plan as little as `problem` lets, by its `prices`: value, bound and terms are these prices.

    The days and vans found are given, among equal changes, the members that are best by the objective.
    """
    facts = Facts(problem)
    members = pools_of_changes(facts, accepted)
    choosing = Choosing(facts, members)
    add_changes(choosing, accepted)

    def value(plan: Plan) -> int:
        return -total(prices(problem, accepted, plan))

    def told(progress: Progress) -> None:
        watch(replace(progress, value=_negated(progress.value), bound=_negated(progress.bound)))

    search = Search(facts, choosing, members, value, limits, told, cancelled, prefers=accepted)
    status, stopped = search.run()
    if search.best is None:
        return _without_plan(problem, "min", status, stopped, cancelled)
    plan = filled(facts, pools_of_both(facts, accepted), search.best, cancelled) or search.best
    terms = prices(problem, accepted, plan)
    return Answer(
        status,
        "min",
        stopped,
        plan,
        total(terms),
        _negated(search.bound),
        terms,
        reasons(problem, plan),
        changes(problem, accepted, plan),
    )


def _drafts(problem: Problem, seed: int, cancelled: Cancelled) -> list[Plan]:
    """Give the greedy plan and some at random, as many as there are before it is cancelled."""
    drafts = [greedy(problem)]
    for number in range(_DRAFTS):
        if cancelled():
            break
        drafts.append(at_random(problem, seed + number))
    return [plan for plan in drafts if plan is not None]


def _negated(number: int | None) -> int | None:
    return None if number is None else -number


def _without_plan(problem: Problem, sense: str, status: Status, stopped: Stopped, cancelled: Cancelled) -> Answer[Plan]:
    conflict = _conflict(problem, cancelled) if status is Status.INFEASIBLE else None
    return Answer(status, sense, stopped, conflict=conflict)


def _conflict(problem: Problem, cancelled: Cancelled) -> Conflict:
    """Find rules that cannot hold together; questions left when time is up stay open, and the conflict not proven."""
    began = time.monotonic()

    def over() -> bool:
        return cancelled() or time.monotonic() - began > _ALL_CHECKS

    def feasible(kept: frozenset[str]) -> bool | None:
        return None if over() else _possible(keeping(problem, kept), over)

    return explain(rules(problem), feasible)


def _possible(facts: Facts, cancelled: Cancelled) -> bool | None:
    """Say whether there is any plan, all being worth nothing; None when that took too long."""
    members = staff_pool(facts, lambda *_: 0, balance=0), enterprise_pool(facts, lambda *_: 0, need=0)
    search = Search(facts, Choosing(facts, members), members, lambda _: 0, _CHECK, unwatched, cancelled)
    status, _ = search.run()
    return None if status is Status.UNKNOWN else status is not Status.INFEASIBLE
