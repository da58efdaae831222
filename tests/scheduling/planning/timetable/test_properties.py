"""What must be so of every timetable, on random ones: the planner against a checker that knows only the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from scheduling.planning.solving import Answer, Conflict, Limits, Status, Stopped, gap, total
from scheduling.planning.timetable import (
    Plan,
    Problem,
    at_random,
    breaches,
    changes,
    greedy,
    replan,
    score,
    searching,
    solve,
)
from tests.planned import examples
from tests.scheduling.planning.timetable import brute, checker
from tests.scheduling.planning.timetable.problems import curricula, disturbed, plans, problems, tiny

pytestmark = pytest.mark.slow

LIMITS = Limits(seconds=5, seed=1, workers=1)
TAKEN_AS_GIVEN = {"group", "teacher", "room"}  # nobody is at two places at once, no room is used twice

many = examples(500)

some = examples(150)  # where everything is tried
few = examples(60)


def amounts(terms) -> dict[str, int]:
    return {term.key: term.amount for term in terms}


def require_right(problem: Problem, plan: Plan) -> None:
    assert checker.broken(problem, plan) == set()
    assert breaches(problem, plan) == ()


def require_scored(problem: Problem, plan: Plan) -> None:
    """Terms without a weight are not told."""
    mine = checker.points(problem, plan)
    terms = score(problem, plan)
    assert amounts(terms) == {key: mine[key] for key in mine if getattr(problem.weights, key)}
    assert total(terms) == checker.total(problem, mine)


def possible(problem: Problem, kept: brute.Kept) -> bool | None:
    """Whether any timetable keeps these rules; None where there is too much to try."""
    try:
        return next(brute.plans(problem, kept), None) is not None
    except brute.NotTiny:
        return None


def least(problem: Problem, cost: Callable[[Plan], int]) -> int | None:
    """The least cost there is, by trying everything; a problem that has too much to try is passed over."""
    try:
        return brute.least(problem, cost)
    except brute.NotTiny:
        reject()


def require_explained(problem: Problem, conflict: Conflict) -> None:
    """The rules named cannot be kept, but can without any one of them; and giving up what a remedy says is enough."""
    core = {rule.key for rule in conflict.rules}

    def just(keys: set[str]) -> brute.Kept:
        return lambda key: key in keys or key.partition(":")[0] in TAKEN_AS_GIVEN

    assert conflict.proven
    assert possible(problem, just(core)) is not True
    assert [key for key in core if possible(problem, just(core - {key})) is False] == []
    for remedy in conflict.remedies:
        assert possible(problem, lambda key, gone=remedy.gives_up: key not in gone) is not False


def require_answered(problem: Problem, answer: Answer[Plan]) -> None:
    """A plan that is right, worth what is said, each meeting with a reason; or a conflict that is one."""
    assert answer.status in {Status.OPTIMAL, Status.FEASIBLE, Status.INFEASIBLE}
    if answer.plan is None:
        require_explained(problem, answer.conflict)
        return
    require_right(problem, answer.plan)
    require_scored(problem, answer.plan)
    assert answer.terms == score(problem, answer.plan)
    assert answer.value == total(answer.terms)
    assert answer.bound <= answer.value
    assert answer.gap == gap(answer.value, answer.bound)
    assert (answer.status is Status.OPTIMAL) == (answer.bound == answer.value) == (answer.stopped is Stopped.PROOF)
    assert [reason.about for reason in answer.reasons] == [one.key for one in answer.plan.meetings]
    assert all(reason.says for reason in answer.reasons)


@many
@given(problems())
def test_a_timetable_keeps_every_rule_and_is_worth_what_is_said_or_else_the_rules_named_cannot_be_kept(problem):
    require_answered(problem, solve(problem, LIMITS))


@few
@given(curricula())
def test_so_it_is_with_a_university_s_courses(problem):
    require_answered(problem, solve(problem, Limits(seconds=1, seed=1, workers=1)))


@some
@given(tiny)
def test_nothing_is_better_than_a_timetable_called_optimal(problem):
    best = least(problem, lambda plan: checker.total(problem, checker.points(problem, plan)))

    answer = solve(problem, LIMITS)

    assert (answer.status, answer.value) == ((Status.INFEASIBLE, None) if best is None else (Status.OPTIMAL, best))


@some
@given(tiny, st.booleans())
def test_an_answer_in_a_hurry_and_one_by_the_road_of_large_timetables_never_promise_too_much(problem, large):
    best = least(problem, lambda plan: checker.total(problem, checker.points(problem, plan)))

    with pytest.MonkeyPatch.context() as patch:
        if large:
            patch.setattr(searching, "_SMALL", -1)
        answer = solve(problem, Limits(seconds=0.05 if large else 0.001, seed=2, workers=1))

    if answer.plan is None:
        assert answer.status is Status.UNKNOWN or (answer.status, best) == (Status.INFEASIBLE, None)
        return
    require_right(problem, answer.plan)
    require_scored(problem, answer.plan)
    assert answer.bound <= best <= answer.value
    assert (answer.status is Status.OPTIMAL) == (answer.bound == answer.value) == (answer.stopped is Stopped.PROOF)


@many
@given(st.data())
def test_whatever_plan_is_looked_at_the_same_rules_are_broken_and_the_same_points_counted(data):
    problem = data.draw(problems())
    plan = data.draw(plans(problem))

    found = breaches(problem, plan)

    assert {breach.rule for breach in found} == checker.names(checker.broken(problem, plan))
    assert all(str(breach.words) for breach in found)
    require_scored(problem, plan)


@many
@given(problems(), st.integers(0, 3))
def test_what_a_plan_is_measured_against_breaks_no_rule(problem, seed):
    for plan in (greedy(problem, seed), at_random(problem, seed)):
        if plan is not None:
            require_right(problem, plan)


@some
@given(st.data())
def test_a_re_plan_changes_least_and_tells_each_change(data):
    problem = data.draw(tiny)
    accepted = solve(problem, LIMITS).plan if data.draw(st.booleans()) else data.draw(plans(problem, wild=False))
    assume(accepted is not None)
    problem = data.draw(disturbed(problem))
    cheapest = least(problem, lambda plan: checker.price(problem, accepted, plan))

    answer = replan(problem, accepted, LIMITS)

    if answer.plan is None:
        assert (answer.status, cheapest) == (Status.INFEASIBLE, None)
        return
    require_right(problem, answer.plan)
    assert (answer.status, answer.value) == (Status.OPTIMAL, cheapest)
    assert total(answer.terms) == answer.value == checker.price(problem, accepted, answer.plan)
    assert answer.changes == changes(problem, accepted, answer.plan)
    assert sum(change.price for change in answer.changes) == answer.value
    before, after = ({one.key: one for one in plan.meetings} for plan in (accepted, answer.plan))
    differ = {key for key in before | after if before.get(key) != after.get(key)}
    assert {change.about for change in answer.changes} == differ
