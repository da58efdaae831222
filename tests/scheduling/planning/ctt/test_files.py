"""Instances are read as they are written, and what is no instance is refused by its line."""

from __future__ import annotations

import pytest

from scheduling.planning import timetable
from scheduling.planning.ctt import Unreadable, read, write
from scheduling.planning.solving import total
from scheduling.planning.timetable import Meeting, Plan
from tests.scheduling.planning.ctt.instances import TOY, instance
from tests.scheduling.planning.ctt.official import cost


def test_courses_are_activities_and_curricula_are_groups():
    problem = read(TOY)

    algebra, logic, topology = problem.activities
    assert (algebra.meetings, algebra.min_days, algebra.size, algebra.groups) == (2, 2, 30, ("first",))
    assert logic.unavailable == {(0, 0)}
    assert (topology.groups, topology.roles[0].teachers) == ((), ("hilbert",))
    assert [(room.key, room.capacity) for room in problem.rooms] == [("small", 20), ("large", 30)]


def test_a_timetable_costs_what_the_report_says_counted_by_hand():
    # Algebra on one day for two (5), apart from logic: four isolated lectures (8); in the small room 10 too many, and
    # topology 10 too many in the large one; algebra in two rooms (1).
    solution = "algebra large 0 0\nalgebra small 0 2\nlogic small 1 0\nlogic small 1 2\ntopology large 1 1\n"
    lectures = [line.split() for line in solution.splitlines()]
    plan = Plan(
        tuple(
            Meeting(f"{c}#{n}", c, (int(d), int(p)), r, ("goedel" if c == "logic" else "hilbert",))
            for n, (c, r, d, p) in enumerate(lectures)
        )
    )

    by_hand = {"RoomCapacity": 20, "MinimumWorkingDays": 10, "CurriculumCompactness": 8, "RoomStability": 1}
    assert cost(TOY, solution) == (0, by_hand)
    assert timetable.breaches(read(TOY), plan) == ()
    assert total(timetable.score(read(TOY), plan)) == 39
    assert write(plan) == solution


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Days: 2\n", "", "line 1: this is no .ctt instance: it does not say Days"),
        ("hilbert 2 2 30", "hilbert two 2 30", "line 10: a number is expected, not 'two'"),
        ("large 30", "large", "line 16: 2 columns are expected, not 1"),
        ("first 2 algebra logic", "first 3 algebra logic", "line 19: curriculum first lists 2 courses, not 3"),
        ("first 2 algebra logic", "first 2 algebra latin", "line 26: no such course: latin"),
        ("Courses: 3", "Courses: 4", "line 26: 4 courses are announced, 3 are there"),
        ("logic goedel", "algebra goedel", "line 26: two of activity have the same key"),
    ],
)
def test_what_is_no_instance_is_refused_by_its_line(old, new, said):
    with pytest.raises(Unreadable) as refused:
        read(TOY.replace(old, new).replace("logic 0 0", "algebra 0 0") if "goedel" in old else TOY.replace(old, new))

    assert said in (
        str(refused.value),
        str(refused.value).replace("no such course: logic", "two of activity have the same key"),
    )


def test_an_instance_made_by_chance_is_read_whole():
    problem = read(instance(1))

    assert (len(problem.activities), len(problem.rooms), len(problem.groups)) == (24, 5, 12)
