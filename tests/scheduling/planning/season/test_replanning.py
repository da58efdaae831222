"""Bad news after a plan is accepted: the fewest changes, each told and priced."""

from __future__ import annotations

from dataclasses import replace

from scheduling.planning.season import Ban, Lock, Plan, Problem, breaches, changes, replan, solve
from scheduling.planning.solving import Limits, Status
from tests.scheduling.planning.season.examples import LIUHE, SHIQIAO, county, day, market

LIMITS = Limits(seconds=10)


def accepted(problem: Problem) -> Plan:
    return solve(problem, LIMITS).plan


def test_without_news_nothing_changes():
    problem = county(market(LIUHE, 0), market(SHIQIAO, 1), market(LIUHE, 14))
    plan = accepted(problem)

    answer = replan(problem, plan, LIMITS)

    assert (answer.status, answer.value, answer.bound, answer.plan, answer.changes) == (Status.OPTIMAL, 0, 0, plan, ())


def test_a_fair_whose_market_is_called_off_moves_to_another_day_of_its_town():
    problem = county(market(LIUHE, 0), market(SHIQIAO, 1), market(LIUHE, 3))
    plan = accepted(problem)
    called_off = next(fair.candidate for fair in plan.fairs if fair.candidate.startswith(LIUHE))
    news = replace(problem, bans=(Ban(called_off),))

    answer = replan(news, plan, LIMITS)

    assert (answer.status, answer.value) == (Status.OPTIMAL, problem.prices.moved)
    assert [(change.kind, change.about, change.price) for change in answer.changes] == [("moved", called_off, 60)]
    assert breaches(news, answer.plan) == ()


def test_a_fair_whose_market_is_gone_from_the_problem_is_dropped():
    problem = county(market(LIUHE, 0), market(SHIQIAO, 1))
    news = replace(problem, candidates=problem.candidates[1:])

    answer = replan(news, accepted(problem), LIMITS)

    assert [(change.kind, change.about) for change in answer.changes] == [("dropped", f"{LIUHE}@{day(0)}")]


def test_when_one_falls_ill_only_that_one_is_replaced():
    only_zhao = {"staff_max": 1, "enterprises_max": 1}
    problem = county(market(LIUHE, 0, **only_zhao), market(SHIQIAO, 1, **only_zhao))
    plan = accepted(problem)
    (ill,) = plan.fairs[0].staff
    news = replace(
        problem,
        staff=tuple(replace(one, unavailable=(day(0),)) if one.key == ill else one for one in problem.staff),
    )

    answer = replan(news, plan, LIMITS)

    assert answer.value == 2 * problem.prices.staff  # one leaves, one joins
    assert {change.about for change in answer.changes} == {plan.fairs[0].candidate}
    assert answer.plan.fairs[1] == plan.fairs[1]


def test_what_is_announced_stays_though_it_costs_more_elsewhere():
    problem = county(market(LIUHE, 0), market(SHIQIAO, 0))
    plan = accepted(problem)
    (other,) = {candidate.key for candidate in problem.candidates} - {fair.candidate for fair in plan.fairs}
    news = replace(problem, locks=(Lock(other),))

    answer = replan(news, plan, LIMITS)

    assert [fair.candidate for fair in answer.plan.fairs] == [other]
    assert answer.value == problem.prices.dropped + problem.prices.added
    assert answer.changes == changes(news, plan, answer.plan)
