import json
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date

import pytest

from benchmarks.cases import training
from scheduling.planning.solving import Limits, Status, Stopped
from scheduling.planning.timetable import (
    ITC2007,
    TRAINING,
    Activity,
    Grid,
    Group,
    Pin,
    Problem,
    Role,
    Room,
    Teacher,
    breaches,
    calendar_grid,
    replan,
    rotating_groups,
    score,
    solve,
)
from tests.scheduling.planning.timetable.school import (
    CLASSROOM,
    EVERY_SLOT,
    GROUP,
    LI,
    PRACTICE,
    RIGHT,
    THEORY,
    WANG,
    WORKSHOP,
    school,
)

QUICK = Limits(seconds=10)


def amounts(problem, plan):
    return {term.key: term.amount for term in score(problem, plan)}


def test_a_class_comes_on_two_days_and_keeps_its_teacher():
    answer = solve(school(), QUICK)
    assert (answer.status, answer.value, answer.bound) == (Status.OPTIMAL, 2 * TRAINING.trips, 2 * TRAINING.trips)
    assert breaches(school(), answer.plan) == ()
    assert amounts(school(), answer.plan) == {
        "spread": 0,
        "rooms": 0,
        "teachers": 0,
        "overload": 0,
        "trips": 2,
        "wishes": 0,
    }


def test_every_meeting_says_why_it_is_where_it_is():
    answer = solve(school(), QUICK)
    assert {reason.about for reason in answer.reasons} == {one.key for one in answer.plan.meetings}
    stations = "电工实训室有12个工位，本次用10个，同时用掉10个"
    assert stations in [str(line) for line in answer.why("practice#1")]


def test_a_teacher_with_two_roles_is_at_one_place_at_a_time():
    """Wang alone can lead, and would also have to help: not in the same meeting, nor in two at once."""
    lead, helper = Role("主讲", certificate="焊工"), Role("助教")
    welding = [
        Activity(f"w{n}", f"焊工实操{n}", 3, (f"g{n}",), (lead, helper), ("shop",), size=6, stations=6) for n in (1, 2)
    ]
    problem = school(*welding, groups=(Group("g1", "一组", 6), Group("g2", "二组", 6)))
    plan = solve(problem, QUICK).plan
    assert breaches(problem, plan) == ()
    assert {one.teachers for one in plan.meetings} == {("wang", "li")}
    assert len({one.slot for one in plan.meetings}) == len(plan.meetings) == 6


def test_a_group_larger_than_the_workshop_is_told_what_is_in_the_way():
    crowd = replace(PRACTICE, size=40, stations=40)
    answer = solve(school(THEORY, crowd), QUICK)
    assert answer.status is Status.INFEASIBLE
    assert {rule.key for rule in answer.conflict.rules} >= {"meetings:practice", "stations:shop"}
    assert "电工实训室只有12个工位" in [str(rule.words) for rule in answer.conflict.rules]
    assert answer.conflict.proven


def test_the_same_class_in_rotating_groups_fits():
    groups = rotating_groups(replace(GROUP, size=40), 12)
    rotating = [
        replace(PRACTICE, key=group.key, name=group.name, meetings=1, groups=(group.key,), size=10, after=())
        for group in groups
    ]
    problem = school(*rotating, groups=groups)
    plan = solve(problem, QUICK).plan
    assert breaches(problem, plan) == ()
    assert len({one.slot for one in plan.meetings}) == 4


def test_announced_meetings_that_contradict_each_other_are_both_named():
    pins = (Pin("theory", (2, 1), teachers=("li",)), Pin("practice", (1, 0)))
    answer = solve(school(pins=pins), QUICK)
    assert answer.status is Status.INFEASIBLE
    assert [str(rule.words) for rule in answer.conflict.rules] == [
        "已公布：电工理论在10月14日（周三）下午（李老师）",
        "已公布：电工实操在10月13日（周二）上午",
        "电工理论上完才上电工实操",
    ]
    # Without the second, practice would still have to come after the week's last half-day.
    assert [remedy.gives_up for remedy in answer.conflict.remedies] == [
        ("pin:0",),
        ("order:practice:theory",),
    ]


def test_a_teacher_away_all_week_leaves_no_plan_and_her_return_would_make_one():
    away = replace(WANG, unavailable=EVERY_SLOT)
    welding = replace(PRACTICE, roles=(Role("主讲", certificate="焊工"),))
    answer = solve(school(THEORY, welding, teachers=(LI, away)), QUICK)
    assert answer.status is Status.INFEASIBLE
    assert ("absent:wang",) in [remedy.gives_up for remedy in answer.conflict.remedies]


def test_a_timetable_runs_over_the_new_year():
    grid = calendar_grid(date(2026, 12, 30), date(2027, 1, 5))
    problem = school(replace(THEORY, meetings=3, max_per_day=1), PRACTICE, grid=grid)
    plan = solve(problem, QUICK).plan
    assert breaches(problem, plan) == ()
    assert max(one.slot for one in plan.meetings if one.activity == "theory") < min(
        one.slot for one in plan.meetings if one.activity == "practice"
    )


def test_a_pin_stays_whatever_it_costs():
    pin = Pin("theory", (2, 0), teachers=("wang",))
    problem = school(replace(THEORY, meetings=1), replace(PRACTICE, meetings=1), pins=(pin,))
    plan = solve(problem, QUICK).plan
    assert [(one.slot, one.teachers) for one in plan.meetings if one.activity == "theory"] == [((2, 0), ("wang",))]


def test_an_ill_teacher_costs_the_fewest_changes_and_all_else_stays():
    accepted = solve(school(), QUICK).plan
    first = next(one for one in accepted.meetings if one.activity == "theory")
    teacher = next(one for one in school().teachers if one.key == first.teachers[0])
    ill = replace(teacher, unavailable=frozenset({first.slot}))
    problem = school(teachers=tuple(ill if one.key == ill.key else one for one in school().teachers))
    answer = replan(problem, accepted, QUICK)
    assert (answer.status, answer.value, answer.bound) == (Status.OPTIMAL, 3, 3)
    assert [(change.kind, change.about, change.price) for change in answer.changes] == [("changed", first.key, 3)]
    assert breaches(problem, answer.plan) == ()


def test_a_closed_workshop_moves_what_was_in_it_and_keys_stay_with_their_meetings():
    shut = replace(WORKSHOP, unavailable=frozenset({(1, 0)}))
    problem = school(rooms=(CLASSROOM, shut))
    answer = replan(problem, RIGHT, QUICK)
    assert (answer.status, answer.value) == (Status.OPTIMAL, problem.prices.moved)
    assert [(change.kind, change.about) for change in answer.changes] == [("moved", "practice#1")]
    assert {one.key for one in answer.plan.meetings} == {one.key for one in RIGHT.meetings}
    assert breaches(problem, answer.plan) == ()


def test_a_plan_that_is_still_right_is_left_alone():
    accepted = solve(school(), QUICK).plan
    answer = replan(school(), accepted, QUICK)
    assert (answer.plan, answer.value, answer.changes) == (accepted, 0, ())


def course(key, teacher, meetings, days, size, *curricula):
    return Activity(key, key, meetings, curricula, (Role("", (teacher,)),), ("A", "B"), size=size, min_days=days)


def test_curriculum_based_course_timetabling_has_its_official_cost():
    """Two days of two periods, five lectures: one must be lonely (2), four people stand (4), one room changes (1)."""
    problem = Problem(
        grid=Grid(("周一", "周二"), ("1", "2")),
        activities=(
            course("c1", "t1", 2, 2, 30, "q1"),
            course("c2", "t2", 1, 1, 34, "q1"),
            course("c3", "t1", 2, 2, 10, "q2"),
        ),
        teachers=(Teacher("t1", "t1"), Teacher("t2", "t2")),
        rooms=(Room("A", "A", 30), Room("B", "B", 10)),
        groups=(Group("q1", "q1"), Group("q2", "q2")),
        weights=ITC2007,
        capacity_is_hard=False,
    )
    answer = solve(problem, QUICK)
    assert answer.status is Status.OPTIMAL
    assert amounts(problem, answer.plan) == {"overflow": 4, "spread": 0, "isolated": 3, "rooms": 0}
    assert answer.value == 4 * 1 + 3 * 2


SOLVING = """
from benchmarks.cases import training
from scheduling.planning.solving import Limits, codec
from scheduling.planning.timetable import solve
print(codec.dumps(solve(training.make(0.34, seed=2), Limits(seconds=4, seed=3)).plan))
"""


def test_the_same_seed_gives_the_same_bytes_in_two_processes():
    runs = [
        subprocess.run(
            [sys.executable, "-c", SOLVING], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": number}
        ).stdout
        for number in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert json.loads(runs[0])["meetings"]


@pytest.mark.parametrize("workers", [1, 2])
def test_whoever_cancels_gets_the_best_so_far(workers):
    problem = training.make(0.5)
    told = threading.Event()
    answer = solve(
        problem,
        Limits(seconds=600, workers=workers),
        watch=lambda _: told.set(),
        cancelled=told.is_set,
    )
    assert (answer.status, answer.stopped) == (Status.FEASIBLE, Stopped.CANCEL)
    assert breaches(problem, answer.plan) == ()
    assert 0 <= answer.bound <= answer.value
