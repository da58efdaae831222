"""Orders of several enterprises share a class, and go from asked to hired."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import courses, orders
from scheduling.models import Certificate, Placement
from scheduling.refusals import (
    HeadsMissing,
    MoreThanOrdered,
    NotFound,
    OrderClosed,
    OrderWithdrawn,
    PoolTooLarge,
    SeatsGiven,
)
from tests.factories import COUNTY, NOW, ClassFactory, EnrolmentFactory, OrderFactory

TODAY = NOW.date()


def pool(session, row, **seats):
    """Give seats by the orders' numbers: n1=8 keeps eight for order 1."""
    known = {f"n{one.order.no}": one.order.id for one in orders.of_county(session, COUNTY)}
    courses.pool(session, row, {known[name]: number for name, number in seats.items()}, by=None, now=NOW)


def given(session, row):
    return [(share.order.no, share.seats, share.people) for share in courses.shares(session, row)]


def seated(row, **more):
    return EnrolmentFactory(training_class=row, confirmed_at=NOW, **more)


def state(session, order):
    return orders.find(session, COUNTY, order.no).state(TODAY)


def test_two_orders_share_a_class_and_the_desk_sees_which_seats_are_for_whom(session):
    OrderFactory(heads=12)
    OrderFactory(heads=8)
    row = ClassFactory(seats=30)

    pool(session, row, n1=12, n2=8)
    pool(session, row, n1=12, n2=8)

    assert given(session, row) == [(1, 12, 0), (2, 8, 0)]


def test_an_order_leaves_a_class_when_it_gets_no_seats(session):
    OrderFactory(heads=12)
    OrderFactory(heads=8)
    row = ClassFactory(seats=30)
    pool(session, row, n1=12, n2=8)

    pool(session, row, n1=10, n2=0)

    assert given(session, row) == [(1, 10, 0)]


def test_more_seats_than_the_class_has_or_the_order_wants_are_refused(session):
    OrderFactory(heads=12)
    OrderFactory(heads=8)
    row = ClassFactory(seats=15)

    with pytest.raises(PoolTooLarge) as refused:
        pool(session, row, n1=10, n2=6)
    with pytest.raises(MoreThanOrdered):
        pool(session, row, n1=5, n2=9)

    assert refused.value.facts == {"seats": 15, "wanted": 16}
    assert given(session, row) == []


def test_seats_somebody_sits_on_by_name_are_not_taken_away(session):
    order = OrderFactory(heads=12)
    row = ClassFactory(seats=15)
    pool(session, row, n1=2)
    for _ in range(2):
        courses.assign(session, seated(row), order, by=None, now=NOW)

    with pytest.raises(SeatsGiven):
        pool(session, row, n1=1)

    assert given(session, row) == [(1, 2, 2)]


def test_nobody_is_named_for_an_order_beyond_its_seats_but_a_seat_given_up_may_be_taken(session):
    order = OrderFactory(heads=12)
    row = ClassFactory(seats=15)
    pool(session, row, n1=1)
    first, second = seated(row), seated(row)
    courses.assign(session, first, order, by=None, now=NOW)

    with pytest.raises(MoreThanOrdered):
        courses.assign(session, second, order, by=None, now=NOW)
    courses.assign(session, first, None, by=None, now=NOW)
    courses.assign(session, second, order, by=None, now=NOW)

    assert (first.order_id, second.order_id) == (None, order.id)


def test_a_trainee_is_not_named_for_an_order_the_class_does_not_train_for(session):
    row = ClassFactory()

    with pytest.raises(NotFound):
        courses.assign(session, seated(row), OrderFactory(), by=None, now=NOW)


def test_a_withdrawn_order_gets_no_seats(session):
    order = OrderFactory(heads=12)
    row = ClassFactory(seats=15)
    orders.withdraw(session, order, by=None, now=NOW)

    with pytest.raises(OrderWithdrawn):
        pool(session, row, n1=5)


def test_an_order_with_seats_for_all_its_heads_is_not_offered_to_another_class(session):
    order, half = OrderFactory(heads=12), OrderFactory(heads=12)
    row, other = ClassFactory(seats=30), ClassFactory(seats=30)
    pool(session, row, n1=12, n2=6)

    offered = [one.order for one in orders.to_pool(session, other)]

    assert (order in offered, half in offered) == (False, True)
    assert [one.order for one in orders.to_pool(session, row)] == [order, half]


def test_an_order_goes_from_asked_to_hired_and_closed(session):
    order = OrderFactory(heads=1)
    seen = [state(session, order)]
    row = ClassFactory(
        seats=5, publication=None, starts_on=TODAY - timedelta(days=30), ends_on=TODAY - timedelta(days=1)
    )
    pool(session, row, n1=1)
    seen.append(state(session, order))
    row.filing_no = "青人社备2026-7"
    session.flush()
    seen.append(state(session, order))
    trainee = seated(row)
    courses.assign(session, trainee, order, by=None, now=NOW)
    session.add(
        Certificate(
            county=COUNTY,
            enrolment_id=trainee.id,
            number="1",
            issuer="青禾县人社局",
            token="a" * 26,
            issued_on=TODAY,
            issued_at=NOW,
        )
    )
    session.flush()
    seen.append(state(session, order))
    session.add(
        Placement(
            enrolment_id=trainee.id,
            enterprise_id=order.enterprise_id,
            order_id=order.id,
            started_on=TODAY,
            source="enterprise",
            at=NOW,
        )
    )
    session.flush()
    seen.append(state(session, order))
    orders.close(session, order, note="", by=None, now=NOW)
    seen.append(state(session, order))

    assert seen == ["asked", "planned", "filed", "certified", "hired", "closed"]


def test_an_order_that_is_not_filled_is_closed_with_a_note_only_and_may_be_opened_again(session):
    order = OrderFactory(heads=12)

    with pytest.raises(HeadsMissing) as refused:
        orders.close(session, order, note=" ", by=None, now=NOW)
    orders.close(session, order, note="单位停产", by=None, now=NOW)
    orders.close(session, order, note="再点一次", by=None, now=NOW)

    assert refused.value.facts == {"heads": 12, "hired": 0}
    assert (order.closed_note, state(session, order)) == ("单位停产", "closed")
    with pytest.raises(OrderClosed):
        orders.withdraw(session, order, by=None, now=NOW)
    orders.reopen(session, order, by=None, now=NOW)
    assert state(session, order) == "asked"
