"""Who or what is booked twice, against a checker that looks at every pair of moments and things."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.planning.clashes import Clash, Engagement, against, clashes

MIDNIGHT = datetime(2026, 12, 6, 16, 0, tzinfo=UTC)  # Monday 7 December 0:00 in Shanghai


def at(hours: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hours)


def engaged(key: str, starts: float, ends: float, *, who: str = "teacher/zhou", **other) -> Engagement:
    told = {"kind": "teacher", "name": "周师傅", "what": f"{key}班", "starts": at(starts), "ends": at(ends), **other}
    return Engagement(key, who, **told)


def spoken(found: tuple[Clash, ...]) -> list[str]:
    return [str(clash.words) for clash in found]


def test_a_clash_says_who_what_and_when():
    assert spoken(clashes([engaged("电工", 8.5, 11.5), engaged("焊工", 10, 12)])) == [
        "老师“周师傅”12月7日（周一） 10:00–11:30撞了：电工班、焊工班"
    ]


def test_a_clash_over_midnight_says_both_days():
    assert spoken(clashes([engaged("电工", 22, 26), engaged("焊工", 23, 25)])) == [
        "老师“周师傅”12月7日（周一） 23:00至12月8日（周二） 1:00撞了：电工班、焊工班"
    ]


def test_one_may_begin_when_the_other_ends():
    assert clashes([engaged("电工", 8, 10), engaged("焊工", 10, 12)]) == ()


def test_the_same_hour_of_two_teachers_is_no_clash():
    assert clashes([engaged("电工", 8, 10), engaged("焊工", 8, 10, who="teacher/wei")]) == ()


def test_three_in_a_row_that_overlap_at_their_seams_are_two_clashes():
    a, b, c = engaged("a", 8, 10), engaged("b", 9, 12), engaged("c", 10, 11)

    assert clashes([a, b, c]) == (Clash((a, b), at(9), at(10), 2, 1), Clash((b, c), at(10), at(11), 2, 1))


def test_the_earliest_clash_comes_first_whatever_the_order_given():
    late = [engaged("a", 20, 22), engaged("b", 21, 23)]
    early = [engaged("c", 8, 10, who="van/1", kind="van"), engaged("d", 9, 11, who="van/1", kind="van")]

    found = clashes(late + early)

    assert [clash.who for clash in found] == ["van/1", "teacher/zhou"]
    assert clashes(reversed(late + early)) == found


def test_a_workshop_holds_as_many_as_it_has_stations():
    group, other = engaged("a", 8, 10, kind="room", name="焊接车间", amount=7), engaged("b", 9, 11, amount=6)

    assert clashes([group, other], {"teacher/zhou": 13}) == ()
    assert spoken(clashes([group, other], {"teacher/zhou": 12})) == [
        "教室“焊接车间”12月7日（周一） 9:00–10:00不够用，只有12，要用13：a班、b班"
    ]


def test_a_group_larger_than_the_workshop_clashes_alone():
    group = engaged("a", 8, 10, amount=14)

    assert clashes([group], {"teacher/zhou": 12}) == (Clash((group,), at(8), at(10), 14, 12),)


@pytest.mark.parametrize(("ends", "amount"), [(8, 1), (7, 1), (10, 0)])
def test_an_engagement_takes_time_and_something(ends, amount):
    with pytest.raises(ValueError, match="takes no time"):
        engaged("a", 8, ends, amount=amount)


def test_a_new_engagement_clashes_with_what_stands_at_its_time_and_with_nothing_else():
    standing = [engaged("a", 8, 10), engaged("b", 14, 16), engaged("c", 15, 17), engaged("d", 9, 12, who="van/1")]
    new = engaged("new", 9, 11)

    assert against(new, standing) == (Clash((standing[0], new), at(9), at(10), 2, 1),)
    assert against(engaged("new", 10, 14), standing) == ()


def test_what_moves_does_not_clash_with_itself():
    assert against(engaged("a", 9, 11), [engaged("a", 8, 10)]) == ()


# The rule again, from its text: look at every span between two neighbouring moments, and at everything there is.


def looked_at_one_by_one(engagements: list[Engagement], capacities: dict[str, int]) -> list[tuple]:
    by_who = defaultdict(list)
    for each in engagements:
        by_who[each.who].append(each)
    found = []
    for who, own in by_who.items():
        capacity, open_ = capacities.get(who, 1), None
        moments = sorted({moment for each in own for moment in (each.starts, each.ends)})
        for since, until in pairwise(moments):
            on = [each for each in own if each.starts <= since and until <= each.ends]
            carried = [each for each in own if each.starts < since < each.ends]
            if open_ and sum(each.amount for each in carried) <= capacity:
                found.append(open_)
                open_ = None
            load = sum(each.amount for each in on)
            if load > capacity:
                start, keys, peak = (open_[1], open_[3], open_[4]) if open_ else (since, frozenset(), 0)
                open_ = (who, start, until, keys | {each.key for each in on}, max(peak, load))
        if open_:
            found.append(open_)
    return sorted(found, key=lambda clash: (clash[1], clash[0]))


@st.composite
def diaries(draw) -> tuple[list[Engagement], dict[str, int]]:
    drawn = st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from("abc"), st.integers(1, 3))
    rows = draw(st.lists(drawn, max_size=14))
    own = [
        engaged(str(number), starts, starts + hours, who=who, amount=amount)
        for number, (starts, hours, who, amount) in enumerate(rows)
    ]
    return own, draw(st.dictionaries(st.sampled_from("abc"), st.integers(1, 5)))


def summary(clash: Clash) -> tuple:
    return (clash.who, clash.starts, clash.ends, frozenset(each.key for each in clash.engagements), clash.peak)


@given(diaries())
def test_the_sweep_finds_what_looking_at_everything_finds(drawn):
    engagements, capacities = drawn

    assert [summary(c) for c in clashes(engagements, capacities)] == looked_at_one_by_one(engagements, capacities)


@given(diaries())
def test_a_booking_is_refused_exactly_when_some_moment_of_it_would_be_over_full(drawn):
    engagements, capacities = drawn
    for new in engagements[:1]:
        others = [each for each in engagements[1:] if each.who == new.who]
        moments = [new.starts, *(each.starts for each in others if new.starts < each.starts < new.ends)]
        loads = [sum(each.amount for each in [new, *others] if each.starts <= m < each.ends) for m in moments]

        assert bool(against(new, engagements[1:], capacities)) == (max(loads) > capacities.get(new.who, 1))


@given(diaries())
def test_the_clashes_together_name_few(drawn):
    engagements, capacities = drawn

    named = sum(len(clash.engagements) for clash in clashes(engagements, capacities))

    assert named <= len(engagements) * (max([1, *capacities.values()]) + 1)


class Counted(datetime):
    """A moment that counts how often it is compared."""

    comparisons = 0

    def __lt__(self, other):
        Counted.comparisons += 1
        return super().__lt__(other)

    def __le__(self, other):
        Counted.comparisons += 1
        return super().__le__(other)

    def __eq__(self, other):
        Counted.comparisons += 1
        return super().__eq__(other)

    __hash__ = datetime.__hash__


@pytest.mark.parametrize("n", [250, 1000, 4000])
def test_when_all_overlap_the_work_grows_with_n_log_n_and_not_with_the_pairs(n):
    start = Counted(2026, 12, 7, tzinfo=UTC)
    mixed = [pow(7, k, 10007) for k in range(1, n + 1)]  # in no order
    every = [replace(engaged(str(k), 0, 1), starts=start, ends=start + timedelta(seconds=k)) for k in mixed]
    Counted.comparisons = 0

    (clash,) = clashes(every)

    assert len(clash.engagements) == clash.peak == n
    assert n < Counted.comparisons < 8 * n * log2(n) < n * (n - 1) / 2
