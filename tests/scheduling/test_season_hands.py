"""What somebody changes in a season by hand, and what that says to every later run."""

from __future__ import annotations

from dataclasses import replace

from scheduling.planning.season import Ban, Lock, Plan
from scheduling.plans.season import decided, dropped, put, touched
from tests.scheduling.season_examples import BRIDGE, LATER, WILLOW, fair, small_season

BEFORE = Plan((fair(WILLOW), fair(BRIDGE, staff=("wu",))))


def ruled(after: Plan, problem=None, before: Plan = BEFORE):
    """Give the locks and bans after changing `before` into `after`."""
    given = decided(problem or small_season(), before, after)
    return given.locks, given.bans


def test_a_fair_is_put_in_its_place_by_day():
    assert put(small_season(), Plan((fair(LATER),)), fair(BRIDGE)).fairs == (fair(BRIDGE), fair(LATER))


def test_a_fair_that_moves_leaves_its_old_day():
    after = put(small_season(), BEFORE, fair(LATER), instead_of=WILLOW)

    assert after.fairs == (fair(BRIDGE, staff=("wu",)), fair(LATER))
    assert touched(BEFORE, after) == (WILLOW, LATER)


def test_what_nobody_touched_stays_open():
    assert ruled(BEFORE) == ((), ())


def test_a_dropped_fair_may_not_come_back():
    assert ruled(dropped(BEFORE, WILLOW)) == ((), (Ban(WILLOW),))


def test_a_moved_fair_is_locked_where_it_is_now_with_all_who_go_and_banned_where_it_was():
    after = put(small_season(), BEFORE, fair(LATER), instead_of=WILLOW)

    assert ruled(after) == ((Lock(LATER, "van", ("zhou",), ("sui",)),), (Ban(WILLOW),))


def test_whoever_is_added_is_locked_and_whoever_is_taken_off_is_banned():
    after = put(small_season(), BEFORE, fair(WILLOW, staff=("wu", "zheng"), enterprises=("jin", "sui")))

    assert ruled(after) == (
        (Lock(WILLOW, None, ("wu", "zheng"), ("jin",)),),
        (Ban(WILLOW, staff=("zhou",)),),
    )


def test_another_van_is_locked_and_the_first_one_banned():
    after = put(small_season(), BEFORE, fair(WILLOW, van="other"))

    assert ruled(after) == ((Lock(WILLOW, "other"),), (Ban(WILLOW, vans=("van",)),))


def test_a_later_word_overrules_an_earlier_one():
    banned = replace(small_season(), bans=(Ban(LATER), Ban(WILLOW, staff=("wu",))), locks=(Lock(BRIDGE),))
    added = put(banned, BEFORE, fair(LATER))
    after = dropped(put(banned, added, fair(WILLOW, staff=("wu",))), BRIDGE)

    assert ruled(after, banned) == (
        (Lock(WILLOW, None, ("wu",)), Lock(LATER, "van", ("zhou",), ("sui",))),
        (Ban(WILLOW, staff=("zhou",)), Ban(BRIDGE)),
    )


def test_what_was_locked_and_still_stands_stays_locked():
    locked = replace(small_season(), locks=(Lock(WILLOW, "van", ("zhou",)),))
    after = put(locked, BEFORE, fair(WILLOW, staff=("zhou", "zheng")))

    assert ruled(after, locked)[0] == (Lock(WILLOW, "van", ("zheng", "zhou")),)
