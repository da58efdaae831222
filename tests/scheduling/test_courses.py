from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from scheduling import courses, enrolments
from scheduling.models import ClassSession, Deed, Notice, TrainingClass
from scheduling.refusals import (
    ClassCalledOff,
    ClassNotReady,
    ClassOver,
    CourseKnown,
    NotFound,
    OrderWithdrawn,
    ReasonMissing,
    TimesInDisorder,
    TooManySeats,
)
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory, OrderFactory, SchoolFactory
from tests.graduates import OVER
from tests.scheduling.test_enrolments import sign_up

HERE = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 12, 7, 8, 30, tzinfo=HERE)
LATER = NOW + timedelta(hours=1)


def open_one(session, course=None, *, now=NOW, **other) -> TrainingClass:
    words = {
        "school": None,
        "title": "低压电工订单班",
        "place": "县技工学校",
        "address": "",
        "contact_phone": "",
        "starts_on": date(2026, 12, 7),
        "ends_on": date(2026, 12, 18),
        "enrol_until": datetime(2026, 12, 5, 18, tzinfo=HERE),
        "seats": 30,
        "orders": [],
    }
    return courses.open_class(session, course or CourseFactory(), **{**words, **other}, by=None, now=now)


def add(session, training_class, starts_at=FIRST, *, now=NOW, **other) -> ClassSession:
    words = {
        "ends_at": starts_at + timedelta(hours=3),
        "hours": 4,
        "kind": "theory",
        "topic": "安全用电",
        "teacher": "周师傅",
        "room": "301",
    }
    return courses.add_session(session, training_class, **{**words, **other}, starts_at=starts_at, by=None, now=now)


def add_course(session, **other):
    words = {
        "name": "低压电工作业",
        "trade": "电工",
        "mode": "order_based",
        "theory_hours": 48,
        "practice_hours": 48,
        "min_age": 18,
        "max_age": None,
        "education": "junior",
        "class_cap": 40,
        "certificate": "特种作业操作证",
        "note": "",
    }
    return courses.add(session, COUNTY, **{**words, **other}, by=None, now=NOW)


def test_a_course_is_added_once_and_its_hours_add_up(session):
    course = add_course(session)

    assert add_course(session) is course
    assert course.total_hours == 96
    with pytest.raises(CourseKnown):
        add_course(session, theory_hours=40)


def test_a_class_gets_a_number_and_an_address_of_its_own(session):
    course = CourseFactory()

    first, second = open_one(session, course), open_one(session, course, title="二班")

    assert [(row.number, row.slug) for row in (first, second)] == [(1, "class-1"), (2, "class-2")]
    assert first.state == "draft"


def test_a_double_tap_opens_one_class(session):
    course = CourseFactory()

    first, again = open_one(session, course), open_one(session, course, now=NOW + timedelta(seconds=5))

    assert again is first
    assert open_one(session, course, now=LATER) is not first


def test_a_class_keeps_to_its_course_and_its_orders(session):
    with pytest.raises(TooManySeats) as refused:
        open_one(session, CourseFactory(class_cap=20), seats=21)
    with pytest.raises(TimesInDisorder):
        open_one(session, ends_on=date(2026, 12, 6))
    with pytest.raises(OrderWithdrawn):
        open_one(session, orders=[OrderFactory(withdrawn_at=NOW)])

    assert refused.value.facts == {"cap": 20}


def test_a_class_trains_for_several_orders(session):
    orders = [OrderFactory(), OrderFactory()]

    training_class = open_one(session, orders=orders)

    assert {order.no for order in training_class.orders} == {order.no for order in orders}


def test_a_class_without_sessions_is_not_published(session):
    training_class = ClassFactory(draft=True)
    courses.cancel_session(session, add(session, training_class), by=None, now=NOW)

    with pytest.raises(ClassNotReady):
        courses.publish(session, training_class, by=None, now=NOW)

    assert training_class.state == "draft"


def test_publishing_twice_is_publishing_once(session, clerk):
    training_class = ClassFactory(draft=True)
    add(session, training_class)

    courses.publish(session, training_class, by=clerk, now=NOW)
    courses.publish(session, training_class, by=clerk, now=LATER)

    assert (training_class.publication.at, training_class.state) == (NOW, "published")
    assert len(session.scalars(select(Deed).where(Deed.what == "class.published")).all()) == 1


def test_calling_off_cancels_what_is_to_come_and_tells_everybody_once(session, clerk):
    training_class = ClassFactory(seats=1)
    over = add(session, training_class, NOW - timedelta(days=1))
    coming = add(session, training_class)
    for n in (1, 2):
        sign_up(session, training_class, n)

    courses.call_off(session, training_class, reason="机器检修", by=clerk, now=NOW)
    courses.call_off(session, training_class, reason="又一次", by=clerk, now=LATER)

    session.refresh(coming)
    session.refresh(over)
    assert (training_class.state, training_class.calling_off.reason) == ("called_off", "机器检修")
    assert (over.sequence, over.cancelled_at, coming.sequence, coming.cancelled_at) == (0, None, 1, NOW)
    assert len(session.scalars(select(Notice).where(Notice.once.endswith("/called_off"))).all()) == 2
    assert [row.state for row in enrolments.of_class(session, training_class)] == ["confirmed", "waitlisted"]


def test_calling_off_needs_a_reason_and_ends_all_planning(session):
    training_class = ClassFactory()
    with pytest.raises(ReasonMissing):
        courses.call_off(session, training_class, reason=" ", by=None, now=NOW)
    courses.call_off(session, training_class, reason="机器检修", by=None, now=NOW)

    for act in (
        lambda: add(session, training_class),
        lambda: courses.publish(session, training_class, by=None, now=NOW),
        lambda: courses.set_seats(session, training_class, 9, by=None, now=NOW),
    ):
        with pytest.raises(ClassCalledOff):
            act()


def test_a_class_that_is_over_is_not_called_off_unless_nobody_came_to_it(session):
    held, empty = ClassFactory(), ClassFactory()
    sign_up(session, held)

    with pytest.raises(ClassOver) as refused:
        courses.call_off(session, held, reason="点错了", by=None, now=OVER)
    courses.call_off(session, empty, reason="没有人报", by=None, now=OVER)

    assert refused.value.facts == {"day": held.ends_on}
    assert (held.state, empty.state) == ("published", "called_off")


def test_the_public_finds_what_was_published(session):
    draft, published = ClassFactory(draft=True), ClassFactory()

    assert courses.find_public(session, COUNTY, published.slug).training_class is published
    with pytest.raises(NotFound):
        courses.find_public(session, COUNTY, draft.slug)


def test_a_school_finds_its_own_class_only(session):
    school, training_class = SchoolFactory(), ClassFactory()

    with pytest.raises(NotFound):
        courses.find(session, COUNTY, training_class.slug, school=school)

    assert courses.find(session, COUNTY, training_class.slug) is training_class


@pytest.mark.parametrize("rows", [1, 3])
def test_the_open_classes_are_one_question(session, queries, rows):
    for number in range(rows):
        training_class = ClassFactory(seats=1, starts_on=date(2026, 12, 20) - timedelta(days=number))
        sign_up(session, training_class, 2 * number + 1)
        sign_up(session, training_class, 2 * number + 2)
    ClassFactory(draft=True)
    ClassFactory(enrol_until=NOW)
    courses.call_off(session, ClassFactory(), reason="检修", by=None, now=NOW)
    session.flush()
    session.expire_all()

    with queries() as asked:
        listed = courses.open_now(session, COUNTY, now=NOW)
        words = [(one.title, one.course.name, one.seats_left, one.waiting) for one in map(_flat, listed)]

    assert (len(asked), len(words)) == (1, rows)
    assert {(left, waiting) for _, _, left, waiting in words} == {(0, 1)}
    assert [one.starts_on for one in listed] == sorted(one.starts_on for one in listed)


def _flat(one):
    class Row:
        title, course, seats_left, waiting = one.title, one.training_class.course, one.seats_left, one.waiting

    return Row
