"""Solving and planning again. CP-SAT is imported when it is needed: who reads or checks a plan does without."""

from __future__ import annotations

from scheduling.planning.airtime.baselines import greedy
from scheduling.planning.airtime.changing import announced, change_terms, changes
from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.problem import Plan, Problem
from scheduling.planning.airtime.reasons import reasons
from scheduling.planning.airtime.scoring import score
from scheduling.planning.solving import Answer, Cancelled, Limits, Status, Stopped, Watch, never, total, unwatched


def solve(problem: Problem, limits: Limits, *, watch: Watch = unwatched, cancelled: Cancelled = never) -> Answer[Plan]:
    """Give the run of show of least points, or the conflict when there is none."""
    from scheduling.planning.airtime.search import best_plan  # noqa: PLC0415  see above

    found = best_plan(Ground(problem), greedy(problem), limits, watch=watch, cancelled=cancelled)
    if found.plan is None:
        return _none(problem, found.status, found.stopped)
    terms = score(problem, found.plan)
    return Answer(
        found.status,
        "min",
        found.stopped,
        found.plan,
        value=total(terms),
        bound=found.bound,
        terms=terms,
        reasons=reasons(problem, found.plan),
    )


def replan(
    problem: Problem, accepted: Plan, limits: Limits, *, watch: Watch = unwatched, cancelled: Cancelled = never
) -> Answer[Plan]:
    """Give the plan of least changes to `accepted`, of these the one of least points; value and bound are the price.

    Most of the limits is for the price, which is what the answer says is proven, the rest for the points. The plan
    keeps the rules of `announced(problem, accepted)`.
    """
    from scheduling.planning.airtime.search import least_change  # noqa: PLC0415  see above

    problem = announced(problem, accepted)
    found = least_change(Ground(problem), accepted, greedy(problem), limits, watch=watch, cancelled=cancelled)
    if found.plan is None:
        return _none(problem, found.status, found.stopped)
    terms = change_terms(problem, accepted, found.plan)
    return Answer(
        found.status,
        "min",
        found.stopped,
        found.plan,
        value=total(terms),
        bound=found.bound,
        terms=terms,
        reasons=reasons(problem, found.plan),
        changes=changes(problem, accepted, found.plan),
    )


def _none(problem: Problem, status: Status, stopped: Stopped) -> Answer[Plan]:
    from scheduling.planning.airtime.relaxing import conflict  # noqa: PLC0415  see above

    return Answer(status, "min", stopped, conflict=conflict(problem) if status is Status.INFEASIBLE else None)
