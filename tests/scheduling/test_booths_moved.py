"""What a fair's new time means for those who have a booth there."""

from datetime import timedelta

import pytest

from scheduling import booths, fairs
from tests.factories import AccountFactory
from tests.scheduling.test_booth_policies import FRIDAY, HALL, ask, china, fair_by, firm_with_account, kept


def move(session, fair, starts_at, *, place="人力资源市场", now):
    hours = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
    fairs.move(session, fair, **hours, place=place, reason="停电", by=None, now=now)


@pytest.fixture
def hall(session, now):
    """A fair of the weekly hall, in whose policy giving back is free until the day before, 17:00."""
    return fair_by(session, kept(session, now, HALL), now, kind="regular_fair", outdoor=False)


def test_a_booth_at_a_time_that_was_moved_is_given_back_free_until_the_fair_begins(session, hall, now):
    firm, boss = firm_with_account()
    booking = ask(session, hall, firm, boss, now)
    move(session, hall, china(27, 14), now=now + timedelta(hours=1))

    booths.cancel(session, booking, by=boss, now=china(27, 13))

    assert booking.cancelled_why == "free"


def test_another_place_alone_or_a_move_before_the_booking_leaves_the_deadline_as_it_was(session, hall, now):
    (early, boss), (late, clerk) = firm_with_account(), firm_with_account()
    first = ask(session, hall, early, boss, now)
    move(session, hall, hall.starts_at, place="二楼大厅", now=now + timedelta(hours=1))
    assert booths.free_until(session, first, hall) == china(26, 17)

    move(session, hall, china(27, 14), now=now + timedelta(hours=2))
    second = ask(session, hall, late, clerk, now + timedelta(hours=3))

    assert booths.free_until(session, first, hall) == china(27, 14)
    assert booths.free_until(session, second, hall) == china(26, 17)


def test_who_would_be_in_two_places_at_once_after_a_move_is_named(session, now):
    here, there = (
        fair_by(session, None, now, starts_at=starts, kind="regular_fair", outdoor=False, place=place)
        for starts, place in ((FRIDAY, "一楼"), (FRIDAY + timedelta(days=1), "二楼"))
    )
    torn, free = firm_with_account()[0], firm_with_account()[0]
    for fair, firm in ((here, torn), (there, torn), (here, free)):
        ask(session, fair, firm, AccountFactory(), now)
    assert booths.elsewhere(session, here) == []

    move(session, here, there.starts_at, place="一楼", now=now)

    assert booths.elsewhere(session, here) == [torn]
