"""The run of show: small shows whose best plan can be worked out by hand."""

import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.cases.airtime import disturbance, make
from scheduling.planning import airtime
from scheduling.planning.airtime import (
    Dropped,
    Host,
    Item,
    Lock,
    Overrun,
    Plan,
    Problem,
    Request,
    Segment,
    Show,
    Speaker,
    Window,
)
from scheduling.planning.solving import Limits, Status, Stopped, codec, total

LIMITS = Limits(seconds=10)
OPENING = Segment("opening", "opening", 5, latest=0)
QA = Segment("qa", "qa", 5, after=2)
ANNA = Host("anna", "小青", stretch=120, rest=5)
SHOW = Show(60, (ANNA,), (OPENING, QA))
FOOD = Request("food", "丰年食品", "普工", least=8, wanted=12, jobs=3)
SEWING = Request("sewing", "锦绣服装", "缝纫工", least=8, wanted=12, jobs=5)
WELDING = Request("welding", "钢城焊接", "焊工", least=8, wanted=12, jobs=1)
THREE = Problem(SHOW, (FOOD, SEWING, WELDING))


def order(answer):
    return [item.key for item in answer.plan.items]


def times(plan):
    return {item.key: (item.start, item.end) for item in plan.items}


def said(answer, about):
    return [str(sentence) for sentence in answer.why(about)]


def core(answer):
    return {rule.key for rule in answer.conflict.rules}


def with_speaker(request, *windows, key="wang"):
    speaker = Speaker(key, "王经理", tuple(Window(*window) for window in windows))
    return replace(request, speakers=(key,)), speaker


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

    assert [str(rule.words) for rule in conflict.rules] == ["丰年食品定在第20分钟开始", "锦绣服装定在第25分钟开始"]
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


def told():
    """Three in the order food, sewing, q&a, welding, with numbers 1-3, 4-8, 9."""
    return Plan(
        (
            Item("opening", "opening", 0, 5, "anna"),
            Item("food", "company", 5, 17, "anna", 1, 3),
            Item("sewing", "company", 17, 29, "anna", 4, 8),
            Item("qa", "qa", 29, 34, "anna"),
            Item("welding", "company", 34, 46, "anna", 9, 9),
        )
    )


def test_a_replan_nothing_asks_for_changes_nothing():
    answer = airtime.replan(replace(THREE, show=replace(SHOW, audience=(1, 2, 10))), told(), LIMITS)

    assert (answer.status, answer.value, answer.changes, answer.plan) == (Status.OPTIMAL, 0, (), told())


def test_a_late_speaker_swaps_places_and_everybody_keeps_their_job_numbers():
    food, late = with_speaker(FOOD, (34, 60))
    problem = replace(THREE, requests=(food, SEWING, WELDING), speakers=(late,))

    answer = airtime.replan(problem, told(), LIMITS)

    assert order(answer) == ["opening", "welding", "sewing", "qa", "food"]
    assert (answer.value, answer.bound) == (40, 40)
    assert sum(change.price for change in answer.changes) == 40
    assert [(i.key, i.first_number, i.last_number) for i in answer.plan.companies] == [
        ("welding", 9, 9),
        ("sewing", 4, 8),
        ("food", 1, 3),
    ]


def test_an_overrun_is_taken_from_the_next_slots_and_what_was_aired_stays():
    answer = airtime.reflow(THREE, told(), 10, Overrun(4), LIMITS)

    live = airtime.live(THREE, told(), 10, Overrun(4))
    assert airtime.breaches(airtime.announced(live, told()), answer.plan) == ()
    assert times(answer.plan) == {
        "opening": (0, 5),
        "food": (5, 21),
        "sewing": (21, 33),
        "qa": (33, 38),
        "welding": (38, 50),
    }
    assert (answer.status, answer.value) == (Status.OPTIMAL, 12)


def test_an_overrun_at_the_end_of_the_time_shortens_the_rest():
    tight = replace(THREE, show=replace(SHOW, length=46))

    answer = airtime.reflow(tight, told(), 10, Overrun(4), LIMITS)

    assert answer.plan.items[-1].end <= 46
    assert sum(item.minutes for item in answer.plan.companies) == 36


def test_an_overrun_that_leaves_no_time_says_so():
    tight = replace(THREE, show=replace(SHOW, length=46))

    answer = airtime.reflow(tight, told(), 10, Overrun(20), LIMITS)

    assert (answer.status, answer.plan) == (Status.INFEASIBLE, None)
    assert "length" in core(answer)


def test_whoever_drops_out_leaves_no_dead_air_and_their_numbers_are_not_given_again():
    answer = airtime.reflow(THREE, told(), 10, Dropped("sewing"), LIMITS)

    assert times(answer.plan) == {"opening": (0, 5), "food": (5, 17), "qa": (17, 22), "welding": (22, 34)}
    assert (answer.plan.item("welding").first_number, answer.plan.item("food").first_number) == (9, 1)
    live = airtime.live(THREE, told(), 10, Dropped("sewing"))
    assert airtime.announced(live, told()).show.last_number == 9


def test_whoever_breaks_off_on_air_is_cut_short():
    live = airtime.live(THREE, told(), 10, Dropped("food"))

    assert [(item.key, item.end) for item in live.aired] == [("opening", 5), ("food", 10)]


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
        {"requests": (replace(FOOD, speakers=("nobody",)),)},
        {"requests": (replace(FOOD, wish="sometime"),)},
        {"requests": (replace(FOOD, announced=7),)},
        {"show": replace(SHOW, hosts=())},
        {"show": replace(SHOW, segments=(replace(QA, kind="song"),))},
        {"locks": (Lock("food", host="nobody"),)},
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"there twice|no such|needs|announced"):
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
