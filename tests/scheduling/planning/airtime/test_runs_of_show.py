"""The run of show: small shows whose best plan can be worked out by hand."""

import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.cases.airtime import disturbance, make
from scheduling.planning import airtime
from scheduling.planning.airtime import (
    Host,
    Lock,
    Plan,
    Speaker,
)
from scheduling.planning.solving import Limits, Status, Stopped, codec, total
from tests.scheduling.planning.airtime.examples import (
    ANNA,
    FOOD,
    LIMITS,
    QA,
    SEWING,
    SHOW,
    THREE,
    WELDING,
    core,
    order,
    said,
    with_speaker,
)


def test_segments_have_their_places_and_the_rest_follows_without_a_gap():
    answer = airtime.solve(THREE, LIMITS)

    assert (answer.status, answer.value, answer.bound) == (Status.OPTIMAL, 0, 0)
    assert [item.kind for item in answer.plan.items] == ["opening", "company", "company", "qa", "company"]
    assert [(item.start, item.end) for item in answer.plan.items] == [(0, 5), (5, 17), (17, 29), (29, 34), (34, 46)]


def test_many_jobs_are_shown_when_many_watch():
    answer = airtime.solve(replace(THREE, show=replace(SHOW, audience=(2, 10, 5))), LIMITS)

    assert order(answer) == ["opening", "welding", "sewing", "qa", "food"]
    assert answer.value == 1 * 8 + 3 * 5


def test_wishes_about_the_order_are_met_or_it_is_said_why_not():
    early = tuple(replace(request, wish="early") for request in (FOOD, SEWING))
    answer = airtime.solve(replace(THREE, requests=(*early, replace(WELDING, wish="late"))), LIMITS)

    first, second = (item.key for item in answer.plan.companies[:2])
    assert {term.key: term.amount for term in answer.terms}["wish"] == 1
    assert "照它的愿望靠前" in said(answer, first)
    assert "想靠前，没能排进前1家：那些位置给了更要紧的企业" in said(answer, second)
    assert "照它的愿望靠后" in said(answer, "welding")


def test_one_may_wish_to_come_after_another():
    answer = airtime.solve(replace(THREE, requests=(replace(FOOD, follows="welding"), SEWING, WELDING)), LIMITS)

    assert order(answer).index("welding") < order(answer).index("food")
    assert answer.value == 0


def test_a_speaker_who_comes_late_or_goes_early_is_waited_for():
    food, late = with_speaker(FOOD, (30, 60))
    welding, soon = with_speaker(WELDING, (0, 20), key="li")
    answer = airtime.solve(replace(THREE, requests=(food, SEWING, welding), speakers=(late, soon)), LIMITS)

    assert order(answer) == ["opening", "welding", "sewing", "qa", "food"]
    assert "发言人王经理只在部分时间有空" in said(answer, "food")


def test_two_of_a_trade_never_follow_each_other_even_with_a_segment_between():
    sewing_too = replace(WELDING, trade="缝纫工")
    answer = airtime.solve(replace(THREE, requests=(sewing_too, SEWING, FOOD)), LIMITS)

    assert order(answer)[2] == "food"


def test_a_slot_is_shortened_when_time_is_short_and_is_told_so():
    answer = airtime.solve(replace(THREE, show=replace(SHOW, length=43)), LIMITS)

    assert {term.key: term.amount for term in answer.terms}["shortened"] == 3
    cut = [item for item in answer.plan.companies if item.minutes < 12]
    assert any("压到" in line for line in said(answer, cut[0].key))


def test_the_buffer_is_kept_after_every_slot():
    answer = airtime.solve(replace(THREE, show=replace(SHOW, buffer=2)), LIMITS)

    assert [item.start for item in answer.plan.items] == [0, 5, 19, 33, 38]


def test_a_host_rests_and_two_hosts_take_turns():
    strict = replace(ANNA, stretch=30, rest=10)
    alone = airtime.solve(replace(THREE, show=replace(SHOW, hosts=(strict,))), LIMITS)
    two = airtime.solve(replace(THREE, show=replace(SHOW, hosts=(strict, Host("bo", "小禾")))), LIMITS)

    assert {term.key: term.amount for term in alone.terms}["idle"] == 10
    assert {term.key: term.amount for term in two.terms}["idle"] == 0
    assert airtime.breaches(replace(THREE, show=replace(SHOW, hosts=(strict,))), alone.plan) == ()


def test_a_host_who_speaks_for_an_enterprise_does_not_host_it():
    food, _ = with_speaker(FOOD, key="anna")
    speaks = Speaker("anna", "小青")
    one_host = replace(THREE, requests=(food, SEWING, WELDING), speakers=(speaks,))
    two_hosts = replace(one_host, show=replace(SHOW, hosts=(ANNA, Host("bo", "小禾"))))

    assert core(airtime.solve(one_host, LIMITS)) == {"roles", "air:food"}
    assert airtime.solve(two_hosts, LIMITS).plan.item("food").host == "bo"


def test_job_numbers_are_blocks_that_go_on_from_the_last_one_given():
    answer = airtime.solve(replace(THREE, show=replace(SHOW, last_number=40)), LIMITS)

    blocks = [(item.first_number, item.last_number) for item in answer.plan.companies]
    assert blocks[0][0] == 41
    assert [first for first, _ in blocks[1:]] == [last + 1 for _, last in blocks[:-1]]
    assert blocks[-1][1] == 49


def test_a_show_too_short_for_all_says_which_rules_collide_and_whom_to_cut():
    answer = airtime.solve(replace(THREE, show=replace(SHOW, length=20)), LIMITS)

    assert answer.status is Status.INFEASIBLE
    assert core(answer) < {"length", "air:food", "air:sewing", "air:welding"}
    assert answer.conflict.proven
    cut = next(remedy for remedy in answer.conflict.remedies if remedy.gives_up[0].startswith("air:"))
    assert len(cut.gives_up) == 2
    kept = [replace(r, optional=f"air:{r.key}" in cut.gives_up) for r in THREE.requests]
    cut_down = replace(THREE, requests=tuple(kept), show=replace(SHOW, length=20))
    assert airtime.solve(cut_down, LIMITS).status is Status.OPTIMAL


def test_an_optional_request_gives_way_when_the_show_is_too_short():
    problem = replace(THREE, requests=(replace(FOOD, optional=True), SEWING, WELDING), show=replace(SHOW, length=30))

    answer = airtime.solve(problem, LIMITS)

    assert answer.plan.left_out == ("food",)
    assert said(answer, "food") == ["时间不够，它可上可不上，这次让给必须上的企业"]


def test_fixed_times_that_contradict_each_other_are_named():
    problem = replace(THREE, locks=(Lock("food", 20), Lock("sewing", 25)))

    conflict = airtime.solve(problem, LIMITS).conflict

    assert [str(rule.words) for rule in conflict.rules] == ["丰年食品定在0:20开始", "锦绣服装定在0:25开始"]
    assert conflict.proven


def test_a_locked_slot_starts_when_a_planner_says_with_the_host_she_says():
    problem = replace(
        THREE, show=replace(SHOW, hosts=(ANNA, Host("bo", "小禾"))), locks=(Lock("food", 40), Lock("qa", host="bo"))
    )

    plan = airtime.solve(problem, LIMITS).plan

    assert (plan.item("food").start, plan.item("qa").host) == (40, "bo")


GOOD = airtime.solve(THREE, LIMITS).plan


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda items: (items[0], *items[2:]), "known"),
        (lambda items: (items[0], *items[1:3], *items[4:], items[3]), "sequence"),
        (lambda items: (*items[:4], replace(items[4], end=items[4].end + 5)), "minutes"),
        (lambda items: (*items[:4], replace(items[4], start=60, end=72)), "length"),
        (lambda items: (replace(items[0], start=1, end=6), *items[1:]), "window"),
        (lambda items: (*items[:4], replace(items[4], host="nobody")), "roles"),
        (lambda items: (*items[:4], replace(items[4], first_number=90, last_number=91)), "numbers"),
    ],
)
def test_a_run_of_show_made_by_hand_is_told_which_rule_it_breaks(change, rule):
    assert airtime.breaches(THREE, GOOD) == ()

    assert rule in {breach.rule for breach in airtime.breaches(THREE, Plan(change(GOOD.items)))}


def test_the_planner_beats_the_hand_plan_and_that_beats_chance():
    problem = make(0.4)

    best, hand, chance = (
        total(airtime.score(problem, plan))
        for plan in (airtime.solve(problem, LIMITS).plan, airtime.greedy(problem), airtime.at_random(problem, 1))
    )

    assert best < hand < chance


def test_a_real_show_is_replanned_with_proof_after_a_speaker_is_late():
    problem = make(0.5)
    accepted = airtime.greedy(problem)
    changed = disturbance(problem, accepted)

    answer = airtime.replan(changed, accepted, LIMITS)

    assert answer.status is Status.OPTIMAL
    assert airtime.breaches(airtime.announced(changed, accepted), answer.plan) == ()
    assert answer.value == answer.bound == sum(change.price for change in answer.changes)


def test_cancel_gives_the_hand_plan_at_least():
    problem = make(1)

    answer = airtime.solve(problem, Limits(seconds=60), cancelled=lambda: True)

    assert answer.stopped in {Stopped.CANCEL, Stopped.PROOF}
    assert airtime.breaches(problem, answer.plan) == ()
    assert answer.bound <= answer.value <= total(airtime.score(problem, airtime.greedy(problem)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"requests": (FOOD, FOOD)},
        {"requests": (replace(FOOD, least=20),)},
        {"requests": (replace(FOOD, follows="nobody"),)},
        {"requests": (replace(FOOD, follows="food"),)},
        {"requests": (replace(FOOD, speakers=("nobody",)),)},
        {"requests": (replace(FOOD, wish="sometime"),)},
        {"requests": (replace(FOOD, announced=7),)},
        {"show": replace(SHOW, hosts=())},
        {"show": replace(SHOW, segments=(replace(QA, kind="song"),))},
        {"locks": (Lock("food", host="nobody"),)},
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"there twice|no such|itself|needs|announced"):
        replace(THREE, **wrong)


def test_two_processes_give_the_same_bytes():
    code = (
        "from benchmarks.cases.airtime import make\n"
        "from scheduling.planning import airtime\n"
        "from scheduling.planning.solving import Limits, codec\n"
        "print(codec.dumps(airtime.solve(make(0.4), Limits(seconds=10))), end='')\n"
    )

    answers = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout for _ in range(2)]

    assert hashlib.sha256(answers[0]).hexdigest() == hashlib.sha256(answers[1]).hexdigest()
    assert codec.loads(answers[0].decode(), dict)["status"] == "optimal"
