"""What changes when an accepted plan is planned again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduling.planning.booths.problem import Plan, Problem
from scheduling.planning.solving import Change, Term, say


def announced(problem: Problem, accepted: Plan) -> Problem:
    """Give the problem once everyone knows the accepted plan: whoever has a booth in it is promised one."""
    told = accepted.places
    return replace(
        problem,
        enterprises=tuple(
            replace(enterprise, promised=enterprise.promised or enterprise.key in told)
            for enterprise in problem.enterprises
        ),
    )


def changes(problem: Problem, before: Plan, after: Plan) -> tuple[Change, ...]:
    """Give what differs, each with its price, in the problem's order of enterprises; those not in it any more last."""
    return tuple(_changes(problem, before.places, after.places))


def _changes(problem: Problem, before: dict[str, int], after: dict[str, int]) -> Iterator[Change]:
    prices = problem.policy.prices
    for key, who in [(enterprise.key, enterprise.name) for enterprise in problem.enterprises]:
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if old is None and new is not None:
            yield Change("added", key, say("%(who)s新排到%(new)s号展位", who=who, new=new))
        elif old is not None and new is None:
            yield Change("dropped", key, say("%(who)s让出%(old)s号展位，转为候补", who=who, old=old), prices.dropped)
        elif old is not None and new is not None:
            words = say("%(who)s从%(old)s号换到%(new)s号展位", who=who, old=old, new=new)
            yield Change("moved", key, words, prices.moved)
    known = {enterprise.key for enterprise in problem.enterprises}
    for key, old in before.items():
        if key not in known:
            yield Change("dropped", key, say("%(old)s号展位的企业退出", old=old))


def change_terms(problem: Problem, accepted: Plan, plan: Plan) -> tuple[Term, ...]:
    """Give what a re-plan is measured by: the changes of those still in the problem."""
    here = {enterprise.key for enterprise in problem.enterprises}
    kinds = [change.kind for change in changes(problem, accepted, plan) if change.about in here]
    prices = problem.policy.prices
    return (
        Term("moved", say("换了展位的企业"), prices.moved, kinds.count("moved")),
        Term("dropped", say("失去展位的企业"), prices.dropped, kinds.count("dropped")),
    )
