from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import courses, enrolments, tickets
from scheduling.refusals import Certified, TooManySeats
from tests.factories import NOW, ClassFactory, CourseFactory
from tests.scheduling.test_eligibility import certified
from tests.scheduling.test_enrolments import LATER, messages, sign_up, states


def test_a_seat_given_back_goes_to_the_first_who_waits(session):
    training_class = ClassFactory(seats=1)
    first, second, third = (sign_up(session, training_class, n) for n in (1, 2, 3))

    enrolments.cancel(session, first, by=None, now=LATER)

    assert states(session, training_class) == [(1, "cancelled"), (2, "confirmed"), (3, "waitlisted")]
    assert training_class.taken == 1
    assert messages(session, second) == ["waiting", "promoted"]
    assert (tickets.standing(session, first), tickets.standing(session, third)) != (None, None)
    assert tickets.standing(session, first) is None


def test_cancelling_twice_changes_nothing(session):
    training_class = ClassFactory(seats=1)
    first, *_ = (sign_up(session, training_class, n) for n in (1, 2, 3))

    enrolments.cancel(session, first, by=None, now=NOW)
    enrolments.cancel(session, first, by=None, now=LATER)

    assert states(session, training_class) == [(1, "cancelled"), (2, "confirmed"), (3, "waitlisted")]
    assert (first.cancelled_at, training_class.taken) == (NOW, 1)
    assert messages(session, first) == ["confirmed", "cancelled"]


def test_who_has_a_certificate_that_stands_is_not_taken_off_the_list(session):
    training_class = ClassFactory()
    one = sign_up(session, training_class)
    held = certified(session, one)

    with pytest.raises(Certified) as refused:
        enrolments.cancel(session, one, by=None, now=NOW)
    assert (refused.value.facts, one.state) == ({"number": held.number}, "confirmed")

    held.revoked_at = NOW
    enrolments.cancel(session, one, by=None, now=NOW)
    assert one.state == "cancelled"


def test_one_who_waits_and_cancels_frees_no_seat(session):
    training_class = ClassFactory(seats=1)
    _, second, _ = (sign_up(session, training_class, n) for n in (1, 2, 3))

    enrolments.cancel(session, second, by=None, now=NOW)

    assert states(session, training_class) == [(1, "confirmed"), (2, "cancelled"), (3, "waitlisted")]
    assert training_class.taken == 1


def test_nobody_moves_up_after_closing(session):
    training_class = ClassFactory(seats=1)
    first, *_ = (sign_up(session, training_class, n) for n in (1, 2))

    enrolments.cancel(session, first, by=None, now=training_class.enrol_until + timedelta(seconds=1))

    assert states(session, training_class) == [(1, "cancelled"), (2, "waitlisted")]
    assert training_class.taken == 0


def test_a_free_seat_after_closing_goes_to_who_waited_once_closing_is_put_off(session, clerk):
    training_class = ClassFactory(seats=1)
    first, *_ = (sign_up(session, training_class, n) for n in (1, 2))
    late = training_class.enrol_until + timedelta(hours=1)
    enrolments.cancel(session, first, by=None, now=late)

    newcomer = sign_up(session, training_class, 3, by=clerk, at_desk=True, now=late)
    courses.set_closing(session, training_class, late + timedelta(days=1), by=clerk, now=late)

    assert newcomer.state == "waitlisted"
    assert states(session, training_class) == [(1, "cancelled"), (2, "confirmed"), (3, "waitlisted")]


def test_who_cancelled_may_sign_up_again_at_the_end_of_the_line(session):
    training_class = ClassFactory(seats=1)
    first, _ = (sign_up(session, training_class, n) for n in (1, 2))
    enrolments.cancel(session, first, by=None, now=NOW)

    again = sign_up(session, training_class, 1)

    assert (again.place, again.state) == (3, "waitlisted")


def test_more_seats_move_up_who_waits_in_order(session, clerk):
    training_class = ClassFactory(seats=1)
    for n in range(1, 5):
        sign_up(session, training_class, n)

    courses.set_seats(session, training_class, 3, by=clerk, now=NOW)

    assert states(session, training_class) == [
        (1, "confirmed"),
        (2, "confirmed"),
        (3, "confirmed"),
        (4, "waitlisted"),
    ]
    assert training_class.taken == 3


def test_fewer_seats_than_taken_drop_nobody_and_promote_nobody(session, clerk):
    training_class = ClassFactory(seats=3)
    people = [sign_up(session, training_class, n) for n in range(1, 5)]

    courses.set_seats(session, training_class, 1, by=clerk, now=NOW)
    enrolments.cancel(session, people[0], by=None, now=NOW)

    assert [state for _, state in states(session, training_class)] == [
        "cancelled",
        "confirmed",
        "confirmed",
        "waitlisted",
    ]
    assert (training_class.seats, training_class.taken) == (1, 2)


def test_a_class_holds_no_more_than_its_course_allows(session, clerk):
    training_class = ClassFactory(course=CourseFactory(class_cap=30))

    with pytest.raises(TooManySeats) as refused:
        courses.set_seats(session, training_class, 31, by=clerk, now=NOW)

    assert refused.value.facts == {"cap": 30}
