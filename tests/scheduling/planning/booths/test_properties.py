"""What must be so of whoever stands where, at random fairs: the planner against a checker that knows only the text."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from scheduling.planning.booths import (
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
from tests.scheduling.planning.booths import checker
from tests.scheduling.planning.booths.problems import disturbed, plans, problems

LIMITS = Limits(seconds=5, seed=1, workers=1)

many = examples(500)


def worth(problem: Problem, plan: Plan) -> int:
    return checker.total(problem, checker.points(problem, plan))


def cost(problem: Problem, accepted: Plan, plan: Plan) -> int:
    return checker.paid(problem, checker.price(problem, accepted, plan))


def require_right(problem: Problem, plan: Plan) -> None:
    assert checker.broken(problem, plan) == set()
    assert breaches(problem, plan) == ()


def require_scored(problem: Problem, plan: Plan) -> None:
    terms = score(problem, plan)
    assert {term.key: term.amount for term in terms} == checker.points(problem, plan)
    assert total(terms) == worth(problem, plan)


def require_proven(answer: Answer[Plan], best: int) -> None:
    assert (answer.status, answer.stopped) == (Status.OPTIMAL, Stopped.PROOF)
    assert answer.value == answer.bound == total(answer.terms) == best
    assert answer.gap == gap(answer.value, answer.bound)


def require_told(problem: Problem, answer: Answer[Plan]) -> None:
    """Each enterprise is told why it stands where it stands, or why it does not."""
    told = [reason.about for reason in answer.reasons]
    assert sorted(told) == sorted(enterprise.key for enterprise in problem.enterprises)
    assert all(reason.says for reason in answer.reasons)
    assert [stand.booth for stand in answer.plan.stands] == sorted(stand.booth for stand in answer.plan.stands)


def require_explained(problem: Problem, conflict: Conflict) -> None:
    """The rules named cannot be kept, but can without any one of them; and giving up what a remedy says is enough."""
    core = {rule.key for rule in conflict.rules}
    assert conflict.proven
    assert conflict.remedies
    assert not checker.possible(problem, core.__contains__)
    assert [key for key in core if not checker.possible(problem, (core - {key}).__contains__)] == []
    for remedy in conflict.remedies:
        assert checker.possible(problem, lambda key, gone=remedy.gives_up: key not in gone)


@many
@given(problems())
def test_nobody_could_stand_better_or_else_the_rules_named_cannot_be_kept(problem):
    best = min((worth(problem, plan) for plan in checker.plans(problem)), default=None)

    answer = solve(problem, LIMITS)

    if best is None:
        assert (answer.status, answer.stopped, answer.plan) == (Status.INFEASIBLE, Stopped.PROOF, None)
        require_explained(problem, answer.conflict)
        return
    require_right(problem, answer.plan)
    require_scored(problem, answer.plan)
    require_proven(answer, best)
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
        assert (plan is not None) == checker.possible(problem)
        if plan is not None:
            require_right(problem, plan)


@many
@given(st.data())
def test_a_re_plan_changes_least_then_is_worth_most_and_tells_each_change(data):
    problem = data.draw(problems())
    accepted = solve(problem, LIMITS).plan
    assume(accepted is not None)
    problem = data.draw(disturbed(problem))
    known = announced(problem, accepted)
    best = min(((cost(known, accepted, p), worth(known, p)) for p in checker.plans(known)), default=None)

    answer = replan(problem, accepted, LIMITS)

    if best is None:
        assert (answer.status, answer.plan) == (Status.INFEASIBLE, None)
        require_explained(known, answer.conflict)
        return
    require_right(known, answer.plan)
    require_proven(answer, best[0])
    require_told(problem, answer)
    assert worth(problem, answer.plan) == best[1]
    assert {term.key: term.amount for term in answer.terms} == checker.price(problem, accepted, answer.plan)
    assert answer.changes == changes(problem, accepted, answer.plan)
    assert sum(change.price for change in answer.changes) == answer.value
    before, after = accepted.places, answer.plan.places
    assert {change.about for change in answer.changes} == {k for k in before | after if before.get(k) != after.get(k)}
    assert all(str(change.words) for change in answer.changes)
