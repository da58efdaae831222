"""Who stands where: small fairs whose best plan can be worked out by hand."""

import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.cases.booths import disturbance, make
from scheduling.planning import booths
from scheduling.planning.booths import Booth, Enterprise, Plan, Policy, Problem, Stand, Weights, Zoning
from scheduling.planning.solving import Limits, Status, Stopped, codec, total

LIMITS = Limits(seconds=10)
FOOD = Enterprise("food", "丰年食品", "食品加工", "普工", wishes=(3, 1))
SEWING = Enterprise("sewing", "锦绣服装", "服装鞋帽", "缝纫工", wishes=(3, 2), applied=1)
TAILOR = Enterprise("tailor", "云裳服饰", "服装鞋帽", "缝纫工", applied=2)


def row(count, **each):
    return tuple(Booth(number, 1, number, **each) for number in range(1, count + 1))


def places(answer):
    return answer.plan.places


def said(answer, about):
    return [str(sentence) for sentence in answer.why(about)]


def test_whoever_missed_more_this_season_gets_the_booth_that_both_want_most():
    problem = Problem(row(3), (FOOD, replace(SEWING, unlucky=2)))

    answer = booths.solve(problem, LIMITS)

    assert (answer.status, answer.value, answer.bound) == (Status.OPTIMAL, 2, 2)
    assert places(answer) == {"food": 1, "sewing": 3}
    assert said(answer, "food") == ["1号展位，第2志愿", "第1志愿3号给了锦绣服装：它本季落空的次数更多"]


def test_first_come_stays_and_the_next_is_told_who_was_first():
    problem = Problem(row(3), (FOOD, replace(SEWING, unlucky=3)), locks=(Stand("food", 3),))

    answer = booths.solve(problem, LIMITS)

    assert places(answer) == {"food": 3, "sewing": 2}
    assert said(answer, "food") == ["已先订下3号展位，照订下的排"]
    assert said(answer, "sewing") == ["2号展位，第2志愿", "第1志愿：3号已由先到的丰年食品订下"]


def test_competitors_stand_apart_when_the_policy_says_so_and_in_one_row_when_it_says_so():
    two_rows = (*row(3), Booth(4, 2, 1), Booth(5, 2, 2), Booth(6, 2, 3))
    wishes = (replace(SEWING, wishes=(2,)), replace(TAILOR, wishes=(3, 6)))

    apart = booths.solve(Problem(two_rows, wishes, Policy(competitors="apart")), LIMITS)
    together = booths.solve(Problem(two_rows, wishes, Policy(competitors="together")), LIMITS)

    assert (places(apart), apart.value) == ({"sewing": 2, "tailor": 6}, 2)
    assert (places(together), together.value) == ({"sewing": 2, "tailor": 3}, 0)


def test_an_aisle_makes_no_neighbours():
    aisle = (Booth(1, 1, 1), Booth(2, 1, 3))
    problem = Problem(aisle, (SEWING, TAILOR))

    assert {term.key: term.amount for term in booths.solve(problem, LIMITS).terms}["neighbours"] == 0


def test_an_industry_stands_in_its_hard_zone_though_it_wishes_otherwise():
    zoned = (Booth(1, 1, 1, zone="食品加工区"), Booth(2, 1, 2), Booth(3, 1, 3))
    problem = Problem(zoned, (FOOD,), Policy((Zoning("食品加工", "食品加工区", hard=True),)))

    answer = booths.solve(problem, LIMITS)

    assert places(answer) == {"food": 1}
    assert said(answer, "food") == ["食品加工区，第2志愿", "第1志愿：3号展位不在丰年食品所属行业的分区"]


def test_who_hires_disabled_people_stands_where_they_can_come():
    problem = Problem((Booth(1, 1, 1), Booth(2, 1, 2, accessible=True)), (replace(TAILOR, hires_disabled=True),))

    assert places(booths.solve(problem, LIMITS)) == {"tailor": 2}


def test_with_too_few_booths_the_last_in_the_queue_goes_without_and_is_told_why():
    problem = Problem(row(2), (TAILOR, SEWING, FOOD))  # applied: food, sewing, tailor

    answer = booths.solve(problem, LIMITS)

    assert answer.plan.without == ("tailor",)
    assert said(answer, "tailor") == ["排队第3位：它能用的2个展位都给了排在前面的企业，转为候补"]


def test_who_was_passed_over_before_is_not_passed_over_again():
    problem = Problem(row(2), (replace(TAILOR, passed_over=1), SEWING, FOOD))

    assert booths.solve(problem, LIMITS).plan.without == ("sewing",)


def test_somebody_who_needs_power_does_not_lose_the_socket_to_somebody_further_back():
    plugged = (Booth(1, 1, 1, power=True), Booth(2, 1, 2))
    baker, miller = replace(FOOD, needs_power=True), replace(TAILOR, needs_power=True)

    answer = booths.solve(Problem(plugged, (baker, miller, SEWING)), LIMITS)

    assert places(answer) == {"food": 1, "sewing": 2}
    assert answer.plan.without == ("tailor",)


def test_more_invited_enterprises_with_power_than_sockets_is_a_conflict_of_just_those_rules():
    plugged = (Booth(1, 1, 1, power=True), Booth(2, 1, 2), Booth(3, 1, 3))
    guests = tuple(replace(e, needs_power=True, invited=True) for e in (FOOD, TAILOR))

    answer = booths.solve(Problem(plugged, (*guests, SEWING)), LIMITS)

    assert (answer.status, answer.plan) == (Status.INFEASIBLE, None)
    assert {rule.key for rule in answer.conflict.rules} == {"power", "invited:food", "invited:tailor"}
    assert answer.conflict.proven
    assert "放宽这一条就能排：要用电的企业必须排在有电源的展位" in [str(r.words) for r in answer.conflict.remedies]


def test_locked_items_that_contradict_each_other_are_named():
    problem = Problem(row(3), (FOOD, SEWING, TAILOR), locks=(Stand("food", 2), Stand("tailor", 2)))

    conflict = booths.solve(problem, LIMITS).conflict

    assert [str(rule.words) for rule in conflict.rules] == ["丰年食品已订下2号展位", "云裳服饰已订下2号展位"]


def test_a_lock_on_a_booth_that_does_not_suit_names_the_lock_and_the_need():
    problem = Problem(row(2), (replace(FOOD, needs_access=True),), locks=(Stand("food", 2),))

    assert {rule.key for rule in booths.solve(problem, LIMITS).conflict.rules} == {"accessible", "lock:food:2"}


@pytest.mark.parametrize(
    ("plan", "rules"),
    [
        (Plan((Stand("food", 1), Stand("sewing", 1)), ("tailor",)), {"taken"}),
        (Plan((Stand("food", 1), Stand("tailor", 2)), ("sewing",)), {"order"}),
        (Plan((Stand("food", 1),), ("sewing", "tailor")), {"order"}),
        (Plan((Stand("food", 1), Stand("sewing", 2))), {"known"}),
        (Plan((Stand("food", 9), Stand("sewing", 2)), ("tailor",)), {"known"}),
        (Plan((Stand("food", 2), Stand("sewing", 1)), ("tailor",)), {"ban"}),
        (Plan((Stand("food", 1), Stand("sewing", 2)), ("tailor",)), set()),
    ],
)
def test_a_plan_made_by_hand_is_told_which_rule_it_breaks(plan, rules):
    problem = Problem(row(2), (FOOD, SEWING, TAILOR), bans=(Stand("food", 2),))

    assert {breach.rule for breach in booths.breaches(problem, plan)} == rules


def test_a_replan_moves_only_whose_booth_is_gone_though_a_fresh_plan_would_move_others():
    problem = Problem(row(4), (FOOD, SEWING))  # wishes: 3 then 1, 3 then 2
    accepted = Plan((Stand("food", 3), Stand("sewing", 4)))
    broken = replace(problem, booths=(*row(2), Booth(3, 1, 3, usable=False), Booth(4, 1, 4)))

    answer = booths.replan(broken, accepted, LIMITS)

    assert places(booths.solve(broken, LIMITS)) == {"food": 1, "sewing": 2}
    assert (answer.status, answer.value, answer.bound) == (Status.OPTIMAL, 10, 10)
    assert [str(change.words) for change in answer.changes] == ["丰年食品从3号换到1号展位"]


def test_a_replan_of_a_real_fair_is_proven_and_keeps_every_rule():
    problem = make(0.2)
    accepted = booths.solve(problem, LIMITS).plan
    changed = disturbance(problem, accepted)

    answer = booths.replan(changed, accepted, LIMITS)

    assert answer.status is Status.OPTIMAL
    assert booths.breaches(booths.announced(changed, accepted), answer.plan) == ()
    assert answer.value == answer.bound == sum(change.price for change in answer.changes)


def test_nobody_who_was_told_a_booth_loses_it_to_somebody_new_in_front():
    accepted = booths.solve(Problem(row(2), (SEWING, TAILOR)), LIMITS).plan
    first_of_all = replace(FOOD, passed_over=5)

    answer = booths.replan(Problem(row(2), (SEWING, TAILOR, first_of_all)), accepted, LIMITS)

    assert (answer.plan.without, answer.changes, answer.value) == (("food",), (), 0)


def test_a_replan_nothing_asks_for_changes_nothing():
    problem = make(0.2)
    accepted = booths.at_random(problem, 3)

    answer = booths.replan(problem, accepted, LIMITS)

    assert (answer.value, answer.changes, answer.plan) == (0, (), accepted)


def test_the_planner_beats_the_hand_plan_and_that_beats_chance():
    problem = make(0.3)

    best, hand, chance = (
        total(booths.score(problem, plan))
        for plan in (booths.solve(problem, LIMITS).plan, booths.greedy(problem), booths.at_random(problem, 1))
    )

    assert best < hand < chance


def test_weights_decide_what_gives_way():
    zoned = (Booth(1, 1, 1, zone="食品加工区"), Booth(2, 1, 2, zone="服装区"))
    enterprise = replace(FOOD, wishes=(2,))
    policy = Policy((Zoning("食品加工", "食品加工区"),))

    by_zone = booths.solve(Problem(zoned, (enterprise,), replace(policy, weights=Weights(none=5, zone=6))), LIMITS)
    by_wish = booths.solve(Problem(zoned, (enterprise,), replace(policy, weights=Weights(none=7, zone=6))), LIMITS)

    assert (places(by_zone), places(by_wish)) == ({"food": 1}, {"food": 2})


def test_a_fair_without_enterprises_is_planned_in_no_time():
    answer = booths.solve(Problem(row(2), ()), LIMITS)

    assert (answer.status, answer.value, answer.plan) == (Status.OPTIMAL, 0, Plan())


def test_cancel_gives_the_hand_plan_at_least():
    problem = make(1)

    answer = booths.solve(problem, Limits(seconds=60), cancelled=lambda: True)

    assert answer.stopped in {Stopped.CANCEL, Stopped.PROOF}
    assert booths.breaches(problem, answer.plan) == ()
    assert answer.value <= total(booths.score(problem, booths.greedy(problem)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"booths": (Booth(1, 1, 1), Booth(1, 1, 2))},
        {"booths": (Booth(1, 1, 1), Booth(2, 1, 1))},
        {"locks": (Stand("nobody", 1),)},
        {"policy": Policy(competitors="somewhere")},
        {"enterprises": (replace(FOOD, wishes=(1, 2, 3, 1, 2, 3)),)},
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"there twice|no such|more than"):
        replace(Problem(row(3), (FOOD,)), **wrong)


def test_two_processes_give_the_same_bytes():
    code = (
        "from benchmarks.cases.booths import make\n"
        "from scheduling.planning import booths\n"
        "from scheduling.planning.solving import Limits, codec\n"
        "print(codec.dumps(booths.solve(make(0.5), Limits(seconds=10))), end='')\n"
    )

    answers = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout for _ in range(2)]

    assert hashlib.sha256(answers[0]).hexdigest() == hashlib.sha256(answers[1]).hexdigest()
    assert codec.loads(answers[0].decode(), dict)["status"] == "optimal"
