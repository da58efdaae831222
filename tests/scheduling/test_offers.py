"""Seats offered for a time: a yes keeps it, a no or silence gives it to the next; and who moves up first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import checkins, enrolments, tickets
from scheduling.models import ClassOrder, Notice, SeatOffer
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, CourseFactory, OrderFactory, SessionFactory
from tests.scheduling.test_eligibility import going_by
from tests.scheduling.test_enrolments import messages, sign_up, states

HOUR = timedelta(hours=1)


@pytest.fixture
def offered(session):
    """A class of one seat that its second person was offered, for 24 hours from NOW; two more wait."""
    row = ClassFactory(seats=1, course=going_by(session, CourseFactory(), offer_hours=24), contact_phone="0990-1")
    people = [sign_up(session, row, n) for n in (1, 2, 3, 4)]
    enrolments.cancel(session, people[0], by=None, now=NOW)
    return row, people


def answers(session) -> list[str]:
    return list(session.scalars(select(SeatOffer.answer).order_by(SeatOffer.made_at, SeatOffer.id)))


def test_who_moves_up_keeps_the_seat_for_a_day_and_is_told_until_when(session, offered):
    row, (_, second, *_) = offered

    offer = enrolments.offer(session, second)
    text = session.scalars(select(Notice.text).where(Notice.once == f"enrolment/{second.id}/offered")).one()

    assert (second.state, row.taken, offer.until) == ("confirmed", 1, NOW + 24 * HOUR)
    assert text.startswith(f"“{row.title}”有名额了，给您留到11月24日9:00。")
    assert tickets.standing(session, second).code in text
    assert messages(session, second) == ["waiting", "offered"]


@pytest.mark.parametrize(("left", "told"), [(24, "offered"), (23, "promoted")])
def test_who_moves_up_when_too_little_time_is_left_before_closing_has_the_seat_at_once(session, left, told):
    closing = NOW + left * HOUR
    row = ClassFactory(seats=1, course=going_by(session, CourseFactory(), offer_hours=24), enrol_until=closing)
    first, second = (sign_up(session, row, n) for n in (1, 2))

    enrolments.cancel(session, first, by=None, now=NOW)
    enrolments.settle(session, COUNTY, now=closing)

    assert (second.state, messages(session, second)) == ("confirmed", ["waiting", told])


def test_who_is_put_in_line_after_closing_is_not_told_that_the_line_moves(session, clerk):
    row = ClassFactory(seats=1, enrol_until=NOW, contact_phone="0990-1")
    sign_up(session, row, 1)

    late = sign_up(session, row, 2, now=NOW + HOUR, by=clerk, at_desk=True)

    text = session.scalars(select(Notice.text).where(Notice.once == f"enrolment/{late.id}/waiting")).one()
    assert ("报名已截止，不再自动补" in text, "会自动补上" in text) == (True, False)


def test_a_yes_keeps_the_seat_for_good(session, offered):
    row, (_, second, *_) = offered

    for _ in range(2):
        enrolments.answer(session, second, coming=True, by=None, now=NOW + HOUR)
    enrolments.settle(session, COUNTY, now=NOW + 48 * HOUR)

    assert (second.state, row.taken, answers(session)) == ("confirmed", 1, ["accepted"])


def test_a_no_offers_the_seat_to_the_next_in_the_same_transaction(session, offered):
    row, (_, second, third, fourth) = offered

    for _ in range(2):
        enrolments.answer(session, second, coming=False, by=None, now=NOW + HOUR)

    assert (second.state, second.cancelled_why) == ("cancelled", "declined")
    assert (third.state, fourth.state, row.taken) == ("confirmed", "waitlisted", 1)
    assert answers(session) == ["declined", ""]
    assert tickets.standing(session, second) is None


def test_silence_is_a_no_and_the_worker_sees_to_it(session, offered):
    row, (_, second, third, fourth) = offered

    nothing_yet = enrolments.settle(session, COUNTY, now=NOW + 24 * HOUR)
    moved = enrolments.settle(session, COUNTY, now=NOW + 25 * HOUR)

    assert (nothing_yet, moved) == (0, 1)
    assert (second.state, second.cancelled_why) == ("cancelled", "lapsed")
    assert (third.state, fourth.state, row.taken) == ("confirmed", "waitlisted", 1)
    assert messages(session, second) == ["waiting", "offered", "cancelled"]
    assert answers(session) == ["lapsed", ""]


def test_whoever_touches_the_class_takes_back_what_is_over(session, offered):
    row, (_, second, third, _) = offered

    sign_up(session, row, 9, now=NOW + 25 * HOUR)

    assert (second.cancelled_why, third.state, row.taken) == ("lapsed", "confirmed", 1)


def test_a_yes_that_comes_too_late_is_none(session, offered):
    row, (_, second, third, _) = offered

    enrolments.answer(session, second, coming=True, by=None, now=NOW + 25 * HOUR)

    assert (second.state, third.state, row.taken) == ("cancelled", "confirmed", 1)


def test_who_lets_it_pass_after_closing_leaves_the_seat_empty(session, offered):
    row, (_, second, third, _) = offered
    late = row.enrol_until + HOUR

    assert enrolments.settle(session, COUNTY, now=late) == 0
    assert (second.cancelled_why, third.state, row.taken) == ("lapsed", "waitlisted", 0)


def test_who_was_scanned_in_class_has_said_yes(session, offered):
    row, (_, second, third, _) = offered
    block = SessionFactory(training_class=row, number=1, starts_at=NOW + 2 * HOUR)
    checkins.record(
        session,
        id="s1",
        county=COUNTY,
        class_session=block,
        read=tickets.standing(session, second).code,
        way="camera",
        direction="in",
        gate="301",
        scanned_at=NOW + 2 * HOUR,
        by=None,
        now=NOW + 2 * HOUR,
        keys=KEYS,
    )

    enrolments.settle(session, COUNTY, now=NOW + 30 * HOUR)

    assert (second.state, third.state, answers(session)) == ("confirmed", "waitlisted", ["accepted"])


def test_where_no_time_is_given_the_seat_is_hers_at_once(session):
    row = ClassFactory(seats=1)
    first, second = (sign_up(session, row, n) for n in (1, 2))
    enrolments.cancel(session, first, by=None, now=NOW)

    assert (second.state, messages(session, second)) == ("confirmed", ["waiting", "promoted"])
    assert answers(session) == []


def test_who_is_called_off_with_the_class_loses_nothing_to_the_clock(session, offered, clerk):
    from scheduling import courses

    row, (_, second, *_) = offered
    courses.call_off(session, row, reason="机器检修", by=clerk, now=NOW)

    assert enrolments.settle(session, COUNTY, now=NOW + 48 * HOUR) == 0
    assert second.state == "confirmed"


# Who moves up first


def test_the_line_goes_by_named_for_an_order_then_category_then_place(session):
    row, order = ClassFactory(seats=1), OrderFactory()
    session.add(ClassOrder(class_id=row.id, order_id=order.id, seats=1))
    sign_up(session, row, 1)
    farmer = sign_up(session, row, 2)
    jobless = sign_up(session, row, 3, category="unemployed")
    poor = sign_up(session, row, 4, category="out_of_poverty")
    named = sign_up(session, row, 5, order=order)

    line = enrolments.waiting(session, row)

    assert line == [named, jobless, poor, farmer]
    assert [enrolments.ahead(session, each) for each in line] == [0, 1, 2, 3]


def test_who_stands_first_in_that_order_gets_the_seat(session):
    row = ClassFactory(seats=1)
    first, farmer = (sign_up(session, row, n) for n in (1, 2))
    jobless = sign_up(session, row, 3, category="unemployed")

    enrolments.cancel(session, first, by=None, now=NOW)

    assert (jobless.state, farmer.state) == ("confirmed", "waitlisted")
    assert states(session, row) == [(1, "cancelled"), (2, "waitlisted"), (3, "confirmed")]


@pytest.mark.parametrize(("when", "why"), [(NOW, "withdrew"), (NOW + timedelta(days=20), "dropped_out")])
def test_who_leaves_after_the_class_began_drops_out(session, when, why):
    row = sign_up(session, ClassFactory())

    enrolments.cancel(session, row, by=None, now=when)

    assert row.cancelled_why == why


def test_the_worker_fills_a_seat_that_stayed_free(session):
    row = ClassFactory(seats=1)
    sign_up(session, row, 1)
    second = sign_up(session, row, 2)
    row.seats = 2  # as an order that is withdrawn frees seats without touching the class
    session.flush()

    assert enrolments.settle(session, COUNTY, now=NOW) == 1
    assert second.state == "confirmed"
