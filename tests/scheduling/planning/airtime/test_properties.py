"""What must be so of every run of show, on random ones: the planner against a checker that knows only the text."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from hypothesis import assume, given
from hypothesis import strategies as st

from scheduling.planning.airtime import (
    Plan,
    Problem,
    announced,
    at_random,
    breaches,
    changes,
    greedy,
    replan,
    score,
    solve,
)
from scheduling.planning.solving import Answer, Conflict, Limits, Status, Stopped, gap, total
from tests.planned import examples
from tests.scheduling.planning.airtime import brute, checker
from tests.scheduling.planning.airtime import points as counted
from tests.scheduling.planning.airtime.problems import disturbed, plans, problems

LIMITS = Limits(seconds=5, seed=1, workers=1)

many = examples(500)


def worth(problem: Problem, plan: Plan) -> int:
    return counted.total(problem, counted.points(problem, plan))


def cost(problem: Problem, accepted: Plan, plan: Plan) -> int:
    return counted.paid(problem, counted.price(problem, accepted, plan))


def require_best(problem: Problem, cost: Callable[[Plan], brute.Cost], found: brute.Cost | None) -> None:
    """Nothing that could be tried is better; a show too long to try everything is passed over."""
    with suppress(brute.NotTiny):
        assert brute.least(problem, cost) == found


def require_right(problem: Problem, plan: Plan) -> None:
    assert checker.broken(problem, plan) == set()
    assert breaches(problem, plan) == ()


def require_scored(problem: Problem, plan: Plan) -> None:
    terms = score(problem, plan)
    assert {term.key: term.amount for term in terms} == counted.points(problem, plan)
    assert total(terms) == worth(problem, plan)


def require_proven(answer: Answer[Plan]) -> None:
    assert (answer.status, answer.stopped) == (Status.OPTIMAL, Stopped.PROOF)
    assert answer.value == answer.bound == total(answer.terms)
    assert answer.gap == gap(answer.value, answer.bound)


def require_told(problem: Problem, answer: Answer[Plan]) -> None:
    """Each item is told why it is where it is, and whoever is left out why."""
    told = [reason.about for reason in answer.reasons]
    assert sorted(told) == sorted([*(item.key for item in answer.plan.items), *answer.plan.left_out])
    assert all(reason.says for reason in answer.reasons)


def require_explained(problem: Problem, conflict: Conflict) -> None:
    """The rules named cannot be kept, but can without any one of them; and giving up what a remedy says is enough."""
    core = {rule.key for rule in conflict.rules}
    assert conflict.proven
    assert brute.possible(problem, core.__contains__) is not True
    assert [key for key in core if brute.possible(problem, (core - {key}).__contains__) is False] == []
    for remedy in conflict.remedies:
        assert brute.possible(problem, lambda key, gone=remedy.gives_up: key not in gone) is not False


@many
@given(problems())
def test_a_run_of_show_is_the_best_there_is_or_else_the_rules_named_cannot_be_kept(problem):
    answer = solve(problem, LIMITS)

    require_best(problem, lambda plan: (worth(problem, plan),), answer.plan and (answer.value,))
    if answer.plan is None:
        assert (answer.status, answer.stopped) == (Status.INFEASIBLE, Stopped.PROOF)
        require_explained(problem, answer.conflict)
        return
    require_right(problem, answer.plan)
    require_scored(problem, answer.plan)
    require_proven(answer)
    require_told(problem, answer)
    assert answer.terms == score(problem, answer.plan)


@many
@given(st.data())
def test_whatever_plan_is_looked_at_the_same_rules_are_broken_and_the_same_points_counted(data):
    problem = data.draw(problems())
    plan = data.draw(plans(problem))

    found = breaches(problem, plan)

    broken = checker.broken(problem, plan)
    assert {breach.rule for breach in found} == broken
    assert all(str(breach.words) for breach in found)
    if "known" not in broken:
        require_scored(problem, plan)


@many
@given(problems(), st.integers(0, 3))
def test_what_a_plan_is_measured_against_breaks_no_rule(problem, seed):
    for plan in (greedy(problem), at_random(problem, seed)):
        if plan is not None:
            require_right(problem, plan)


@many
@given(st.data())
def test_a_re_plan_changes_least_then_is_worth_most_and_tells_each_change(data):
    problem = data.draw(problems(most=3))
    accepted = at_random(problem, data.draw(st.integers(0, 3)))
    assume(accepted is not None)
    problem = data.draw(disturbed(problem, accepted))
    known = checker.known_numbers(problem, accepted)

    answer = replan(problem, accepted, LIMITS)

    def measured(plan: Plan) -> brute.Cost:
        return cost(known, accepted, plan), worth(known, plan)

    assert announced(problem, accepted) == known
    require_best(known, measured, answer.plan and measured(answer.plan))
    if answer.plan is None:
        assert (answer.status, answer.stopped) == (Status.INFEASIBLE, Stopped.PROOF)
        require_explained(known, answer.conflict)
        return
    require_right(known, answer.plan)
    require_proven(answer)
    require_told(problem, answer)
    assert answer.value == cost(known, accepted, answer.plan)
    assert {term.key: term.amount for term in answer.terms} == counted.price(problem, accepted, answer.plan)
    assert answer.changes == changes(problem, accepted, answer.plan)
    assert sum(change.price for change in answer.changes) == answer.value
    assert changed(accepted, answer.plan) <= {change.about for change in answer.changes}
    assert all(str(change.words) for change in answer.changes)


def changed(before: Plan, after: Plan) -> set[str]:
    old, new = ({item.key: (item.start, item.end, item.host) for item in plan.items} for plan in (before, after))
    return {key for key in old | new if old.get(key) != new.get(key)}
