"""Solving and planning again. CP-SAT is imported when it is needed: who reads or checks a plan does without."""

from __future__ import annotations

from dataclasses import replace

from scheduling.planning.booths.baselines import greedy
from scheduling.planning.booths.changing import announced, change_terms, changes
from scheduling.planning.booths.checking import conflict
from scheduling.planning.booths.problem import Plan, Problem
from scheduling.planning.booths.queue import Ground, make_room
from scheduling.planning.booths.reasons import reasons
from scheduling.planning.booths.scoring import score
from scheduling.planning.solving import Answer, Cancelled, Limits, Status, Stopped, Watch, never, total, unwatched


def solve(problem: Problem, limits: Limits, *, watch: Watch = unwatched, cancelled: Cancelled = never) -> Answer[Plan]:
    """Give the plan of least points, or the conflict when not everybody who must have a booth can have one."""
    from scheduling.planning.booths.model import Model  # noqa: PLC0415  see above

    first = greedy(problem)
    if first is None:
        return _impossible(problem)
    model = Model(Ground(problem))
    model.cp.minimize(model.points())
    found = model.best(first, limits, watch=watch, cancelled=cancelled)
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

    Half the limits are for the price, which is what the answer says is proven, and half for the points. The plan keeps
    the rules of `announced(problem, accepted)`.
    """
    from scheduling.planning.booths.model import Model  # noqa: PLC0415  see above

    problem = announced(problem, accepted)
    ground, half = Ground(problem), replace(limits, seconds=limits.seconds / 2)
    if not ground.possible:
        return _impossible(problem)
    model = Model(ground)
    price = problem.policy.prices.moved * model.moves(accepted)
    model.cp.minimize(price)
    least = model.best(_staying(ground, accepted), half, watch=watch, cancelled=cancelled)
    best = least
    if not cancelled():
        model.cp.add(price <= total(t for t in change_terms(problem, accepted, least.plan) if t.key == "moved"))
        model.cp.minimize(model.points())
        best = model.best(least.plan, half, cancelled=cancelled)
    terms = change_terms(problem, accepted, best.plan)
    dropped = total(term for term in terms if term.key == "dropped")
    return Answer(
        least.status,
        "min",
        least.stopped,
        best.plan,
        value=total(terms),
        bound=dropped + least.bound,
        terms=terms,
        reasons=reasons(problem, best.plan),
        changes=changes(problem, accepted, best.plan),
    )


def _staying(ground: Ground, accepted: Plan) -> Plan:
    """Leave everybody who can stay, and find booths for the others."""
    told = accepted.places
    places = {key: told[key] for key in ground.seated if told.get(key) in ground.suiting[key]}
    for key in ground.seated:
        if key not in places:
            make_room(key, ground.suiting, places)
    return ground.plan(places)


def _impossible(problem: Problem) -> Answer[Plan]:
    return Answer(Status.INFEASIBLE, "min", Stopped.PROOF, conflict=conflict(problem))
