"""Makes and mends timetables. The rules and the objective, which is a cost, stand in the module `problem`."""

from __future__ import annotations

import time
from dataclasses import replace

from scheduling.planning.solving import (
    Answer,
    Cancelled,
    Conflict,
    Limits,
    Status,
    Term,
    Watch,
    explain,
    never,
    total,
    unwatched,
)
from scheduling.planning.timetable.changing import changes, prices
from scheduling.planning.timetable.explaining import reasons
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.problem import Plan, Problem
from scheduling.planning.timetable.relaxing import keeping, rules
from scheduling.planning.timetable.replanning import mend
from scheduling.planning.timetable.scoring import score
from scheduling.planning.timetable.searching import Found, possible, search

_CHECK = Limits(seconds=10.0)  # for one question of a conflict
_ALL_CHECKS = 120.0  # seconds


def solve(
    problem: Problem,
    limits: Limits,
    *,
    watch: Watch = unwatched,
    cancelled: Cancelled = never,
) -> Answer[Plan]:
    """Make the cheapest timetable that keeps every hard rule; where there is none, say which rules conflict."""
    found = search(Lookup(problem), limits, watch=watch, cancelled=cancelled)
    return _answer(problem, found, () if found.plan is None else score(problem, found.plan), cancelled)


def replan(
    problem: Problem,
    accepted: Plan,
    limits: Limits,
    *,
    watch: Watch = unwatched,
    cancelled: Cancelled = never,
) -> Answer[Plan]:
    """Change the accepted timetable as little as `problem` lets, by `Prices`: value, bound and terms are these prices.

    Of the plans that change least it takes a cheap one by the objective. Keys stay with their meetings.
    """
    found = mend(Lookup(problem), accepted, limits, watch=watch, cancelled=cancelled)
    if found.plan is None:
        return _answer(problem, found, (), cancelled)
    answer = _answer(problem, found, prices(problem, accepted, found.plan), cancelled)
    return replace(answer, changes=changes(problem, accepted, found.plan))


def _answer(problem: Problem, found: Found, terms: tuple[Term, ...], cancelled: Cancelled) -> Answer[Plan]:
    infeasible = found.status is Status.INFEASIBLE
    return Answer(
        status=found.status,
        sense="min",
        stopped=found.stopped,
        plan=found.plan,
        value=None if found.plan is None else total(terms),
        bound=found.bound,
        terms=terms,
        reasons=() if found.plan is None else reasons(problem, found.plan),
        conflict=_conflict(problem, cancelled) if infeasible else None,
    )


def _conflict(problem: Problem, cancelled: Cancelled) -> Conflict:
    """Find rules that cannot hold together; questions left when time is up stay open, and the conflict not proven."""
    began = time.monotonic()

    def over() -> bool:
        return cancelled() or time.monotonic() - began > _ALL_CHECKS

    def feasible(kept: frozenset[str]) -> bool | None:
        return None if over() else possible(Lookup(keeping(problem, kept)), _CHECK, over)

    return explain(rules(problem), feasible)
