"""Seasons small enough to know the answer, each with one difficulty in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduling.planning.season import (
    Ban,
    Campaign,
    Lock,
    Pace,
    Plan,
    PlannedFair,
    Problem,
    Staff,
    Town,
    Van,
    breaches,
    score,
    solve,
)
from scheduling.planning.solving import Limits, Status, total
from tests.scheduling.planning.season.examples import LIUHE, SHIQIAO, county, day, market

LIMITS = Limits(seconds=10)


def planned(problem: Problem) -> Plan:
    answer = solve(problem, LIMITS)
    assert answer.status is Status.OPTIMAL
    assert breaches(problem, answer.plan) == ()
    assert answer.value == answer.bound == total(score(problem, answer.plan))
    return answer.plan


def conflict(problem: Problem) -> set[str]:
    answer = solve(problem, LIMITS)
    assert (answer.status, answer.plan) == (Status.INFEASIBLE, None)
    assert answer.conflict.proven
    return {rule.key for rule in answer.conflict.rules}


def held(plan: Plan) -> list[str]:
    return [fair.candidate for fair in plan.fairs]


def test_towns_get_their_fairs_with_van_leader_and_enterprises_and_each_is_explained():
    answer = solve(county(market(LIUHE, 0), market(SHIQIAO, 1), market(LIUHE, 14)), LIMITS)

    first, second, third = answer.plan.fairs
    assert [fair.van for fair in answer.plan.fairs] == ["v1", "v1", "v1"]
    assert "zhao" in first.staff
    assert "qian" in second.staff
    assert "food" in first.enterprises
    assert [str(line) for line in answer.why(third.candidate)] == [
        "柳河镇等了14天，有5.9万人",
        "最近的车：1号车，单程30分钟",
    ]
    assert [str(line) for line in answer.why(f"{first.candidate}/food")] == ["想去本乡镇", "缺普工20人"]
    assert "家在本乡镇" in [str(line) for line in answer.why(f"{first.candidate}/zhao")]


def test_a_fair_too_soon_after_another_is_not_held_and_the_reason_is_said():
    problem = county(market(LIUHE, 0), market(LIUHE, 3), market(LIUHE, 20), locks=(Lock(f"{LIUHE}@{day(0)}"),))

    answer = solve(problem, LIMITS)

    assert held(answer.plan) == [f"{LIUHE}@{day(0)}", f"{LIUHE}@{day(20)}"]
    assert [str(line) for line in answer.why(f"{LIUHE}@{day(3)}")] == ["离本乡镇3月1日（周一）那场只有3天，至少要隔7天"]


def test_a_van_goes_no_further_than_its_range():
    short = Van("v1", "1号车", ((LIUHE, 30), (SHIQIAO, 50)), range_minutes=40)

    assert held(planned(county(market(LIUHE, 0), market(SHIQIAO, 1), vans=(short,)))) == [f"{LIUHE}@{day(0)}"]


def test_a_locked_fair_out_of_every_vans_range_is_a_conflict_of_the_lock_and_the_range():
    short = Van("v1", "1号车", ((LIUHE, 30), (SHIQIAO, 50)), range_minutes=40)
    problem = county(market(SHIQIAO, 1), vans=(short,), locks=(Lock(f"{SHIQIAO}@{day(1)}"),))

    answer = solve(problem, LIMITS)

    assert conflict(problem) == {f"lock:{SHIQIAO}@{day(1)}", "van.range:v1", "van.one"}
    assert [str(way.words) for way in answer.conflict.remedies if way.gives_up == ("van.range:v1",)] == [
        "放宽这一条就能排：1号车单程最远跑40分钟"
    ]


def test_one_van_makes_one_trip_a_day_and_two_make_two():
    markets = market(LIUHE, 0), market(SHIQIAO, 0)
    two = tuple(Van(key, key, ((LIUHE, 30), (SHIQIAO, 50)), 60) for key in ("v1", "v2"))

    assert len(held(planned(county(*markets)))) == 1
    assert {fair.van for fair in planned(county(*markets, vans=two)).fairs} == {"v1", "v2"}


def test_an_enterprise_locked_in_two_towns_on_one_day_is_a_conflict():
    markets = market(LIUHE, 0, needs_van=False), market(SHIQIAO, 0, needs_van=False)
    problem = county(*markets, locks=tuple(Lock(each.key, enterprises=("food",)) for each in markets))

    assert conflict(problem) == {f"lock:{markets[0].key}", f"lock:{markets[1].key}", "enterprise.twice"}


def test_locked_fairs_that_contradict_each_other_are_named_and_only_they():
    near = market(LIUHE, 0), market(LIUHE, 3)
    problem = county(*near, market(SHIQIAO, 9), locks=(*(Lock(each.key) for each in near), Lock(f"{SHIQIAO}@{day(9)}")))

    assert conflict(problem) == {f"lock:{near[0].key}", f"lock:{near[1].key}", "gap"}


def test_a_campaign_without_market_days_cannot_be_kept():
    spring = Campaign("spring", "春风行动", day(10), day(20), at_least=1)

    assert conflict(county(market(LIUHE, 0), campaigns=(spring,))) == {"campaign:spring"}


def test_who_rests_on_saturdays_works_on_a_make_up_saturday_only():
    saturdays = market(LIUHE, 5), market(LIUHE, 12)
    crew = (Staff("zhao", "赵明", rest_weekdays=(6, 7), leads=True),)

    assert held(planned(county(*saturdays, staff=crew))) == []
    assert held(planned(county(*saturdays, staff=crew, makeup=(day(12),)))) == [saturdays[1].key]


def test_a_plan_goes_over_the_new_year_with_its_weeks_and_gaps_unbroken():
    first, last = date(2026, 12, 28), date(2027, 1, 10)
    december, january = (
        replace(market(LIUHE, 0), key=key, day=when)
        for key, when in (("dec", date(2026, 12, 31)), ("jan", date(2027, 1, 1)))
    )
    other = replace(market(SHIQIAO, 0), key="other", day=date(2027, 1, 2))
    problem = replace(
        county(pace=Pace(gap_days=7, a_week=1)), first=first, last=last, candidates=(december, january, other)
    )

    plan = planned(problem)

    assert len(plan.fairs) == 1  # all three lie in one week, though in two years
    assert {breach.rule for breach in breaches(problem, _bare("dec", "jan"))} >= {"gap", "pace.week"}


def test_an_open_air_fair_keeps_a_reserve_day_and_a_van_for_it():
    exposed = market(LIUHE, 0, exposed=True)
    rival = market(SHIQIAO, 9)

    plan = planned(county(exposed, replace(market(LIUHE, 9), exposed=True), rival, locks=(Lock(exposed.key),)))

    (fair,) = plan.fairs  # the one van waits in 柳河镇, so it cannot go to 石桥铺镇
    assert (fair.reserve, fair.reserve_van) == (f"{LIUHE}@{day(9)}", "v1")


def test_what_a_planner_forbids_does_not_happen():
    markets = market(LIUHE, 0), market(LIUHE, 1)
    bans = (Ban(markets[0].key), Ban(markets[1].key, staff=("zhao",), enterprises=("food",)))

    (fair,) = planned(county(*markets, bans=bans)).fairs

    assert fair.candidate == markets[1].key
    assert "zhao" not in fair.staff
    assert "food" not in fair.enterprises


def test_the_town_that_has_waited_longest_comes_first():
    markets = market(LIUHE, 0), market(SHIQIAO, 0)
    towns = (Town(LIUHE, "柳河镇", 50_000, day(-10)), Town(SHIQIAO, "石桥铺镇", 50_000, day(-40)))

    assert held(planned(county(*markets, towns=towns))) == [f"{SHIQIAO}@{day(0)}"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": date(2027, 2, 1)},
        {"towns": (Town(LIUHE, "柳河镇", 1), Town(LIUHE, "柳河镇", 1))},
        {"towns": (Town(SHIQIAO, "石桥铺镇", 1),)},
        {"towns": (Town(LIUHE, "柳河镇", 1, last_visit=date(2027, 3, 5)),)},
        {"pace": Pace(gap_days=0)},
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(wrong):
    problem = county(market(LIUHE, 0))

    with pytest.raises(ValueError, match=r"\w+"):
        replace(problem, **wrong)


def _bare(*keys: str) -> Plan:
    return Plan(tuple(PlannedFair(key) for key in keys))
