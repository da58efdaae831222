"""What is planned again, before a show and on air."""

from dataclasses import replace

from scheduling.planning import airtime
from scheduling.planning.airtime import (
    Dropped,
    Item,
    Overrun,
    Plan,
)
from scheduling.planning.solving import Status
from tests.scheduling.planning.airtime.examples import (
    FOOD,
    LIMITS,
    SEWING,
    SHOW,
    THREE,
    WELDING,
    core,
    order,
    times,
    with_speaker,
)

GOOD = airtime.solve(THREE, LIMITS).plan


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
