"""What must be so of every season, on random ones: the planner against a checker that knows only the text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scheduling.planning.season import Plan, Problem, at_random, breaches, changes, greedy, replan, score, solve
from scheduling.planning.solving import Conflict, Limits, Status, Stopped, gap, total
from tests.planned import examples
from tests.scheduling.planning.season import brute
from tests.scheduling.planning.season.checker import broken
from tests.scheduling.planning.season.points import differences, points, price, worth
from tests.scheduling.planning.season.problems import disturbed, plans, problems, tiny

pytestmark = pytest.mark.slow

LIMITS = Limits(seconds=5, seed=1, workers=1)

many = examples(500)

some = examples(250)  # where everything is tried


def possible(problem: Problem, kept: brute.Kept) -> bool | None:
    """Whether any season keeps these rules; None where there is too much to try."""
    try:
        return brute.possible(problem, kept)
    except brute.NotTiny:
        return None


def require_right(problem: Problem, plan: Plan) -> None:
    assert broken(problem, plan) == set()
    assert breaches(problem, plan) == ()


def require_scored(problem: Problem, plan: Plan) -> None:
    terms = score(problem, plan)
    assert {term.key: term.amount for term in terms} == points(problem, plan)
    assert {term.key: term.value for term in terms} == worth(problem, plan)


def require_explained(problem: Problem, conflict: Conflict) -> None:
    """The rules named cannot be kept, but can without any one of them; and giving up what a remedy says is enough."""
    core = {rule.key for rule in conflict.rules}
    assert conflict.proven
    assert possible(problem, lambda key: key in core) is not True
    assert [gone for gone in core if possible(problem, lambda key, gone=gone: key in core - {gone}) is False] == []
    for remedy in conflict.remedies:
        assert possible(problem, lambda key, gone=remedy.gives_up: key not in gone) is not False


@many
@given(problems())
def test_a_season_keeps_every_rule_and_is_worth_what_is_said_or_else_the_rules_named_cannot_be_kept(problem):
    answer = solve(problem, LIMITS)

    assert answer.status in {Status.OPTIMAL, Status.FEASIBLE, Status.INFEASIBLE}
    if answer.plan is None:
        require_explained(problem, answer.conflict)
        return
    require_right(problem, answer.plan)
    require_scored(problem, answer.plan)
    assert answer.terms == score(problem, answer.plan)
    assert answer.value == total(answer.terms)
    assert answer.bound >= answer.value
    assert answer.gap == gap(answer.value, answer.bound)
    assert (answer.status is Status.OPTIMAL) == (answer.bound == answer.value) == (answer.stopped is Stopped.PROOF)
    assert {reason.about for reason in answer.reasons} >= {fair.candidate for fair in answer.plan.fairs}
    assert all(reason.says for reason in answer.reasons)


@some
@given(tiny, st.sampled_from([5, 0.001]))
def test_no_season_is_better_than_the_bound_and_none_than_one_called_optimal_in_a_hurry_or_not(problem, seconds):
    best = brute.best(problem, lambda plan: worth(problem, plan))

    answer = solve(problem, Limits(seconds=seconds, seed=1, workers=1))

    if answer.plan is None:
        assert (answer.status, best) == (Status.INFEASIBLE, None) or (answer.status, seconds) == (Status.UNKNOWN, 0.001)
        return
    require_right(problem, answer.plan)
    assert answer.value == sum(worth(problem, answer.plan).values())
    assert answer.value <= best <= answer.bound
    assert (answer.status is Status.OPTIMAL) == (answer.bound == answer.value)
    assert answer.status is Status.OPTIMAL or seconds < 1


@many
@given(st.data())
def test_whatever_plan_is_looked_at_the_same_rules_are_broken_and_the_same_points_counted(data):
    problem = data.draw(problems())
    plan = data.draw(plans(problem))
    wrong = broken(problem, plan)

    found = breaches(problem, plan)

    assert {breach.rule for breach in found} == wrong
    assert all(str(breach.words) for breach in found)
    if not wrong & {"known", "season"}:
        require_scored(problem, plan)


@many
@given(problems(), st.integers(0, 3))
def test_what_a_plan_is_measured_against_breaks_no_rule(problem, seed):
    for plan in (greedy(problem), at_random(problem, seed)):
        if plan is not None:
            require_right(problem, plan)


@some
@given(st.data())
def test_a_re_plan_changes_least_and_tells_each_change(data):
    problem = data.draw(tiny)
    accepted = solve(problem, LIMITS).plan
    assume(accepted is not None)
    problem = data.draw(disturbed(problem))
    least = brute.best(problem, lambda plan: {key: -paid for key, paid in price(problem, accepted, plan).items()})

    answer = replan(problem, accepted, LIMITS)

    if answer.plan is None:
        assert (answer.status, least) == (Status.INFEASIBLE, None)
        return
    require_right(problem, answer.plan)
    paid = price(problem, accepted, answer.plan)
    assert answer.value == sum(paid.values()) == -least
    assert sum(change.price for change in answer.changes) == sum(paid.values())
    assert answer.changes == changes(problem, accepted, answer.plan)
    found = differences(problem, accepted, answer.plan)
    kinds = Counter(change.kind for change in answer.changes)
    assert [kinds[kind] for kind in ("moved", "dropped", "added")] == [
        found[kind] for kind in ("moved", "dropped", "added")
    ]
    before, after = ({fair.candidate: fair for fair in plan.fairs} for plan in (accepted, answer.plan))
    changed = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    assert {change.about for change in answer.changes if change.kind == "changed"} == changed
