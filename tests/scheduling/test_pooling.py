"""Orders of several enterprises share a class, and go from asked to hired."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import courses, enrolments, orders
from scheduling.models import Certificate, ClassPublication, Placement
from scheduling.refusals import (
    HeadsMissing,
    MoreThanOrdered,
    NotFound,
    OrderClosed,
    OrderWithdrawn,
    PoolTooLarge,
    SeatsGiven,
)
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, OrderFactory, id_number

TODAY = NOW.date()
DAY = timedelta(days=1)


def pool(session, row, *seats):
    """Keep so many seats for each order, given as pairs."""
    courses.pool(session, row, {order.id: number for order, number in seats}, by=None, now=NOW)


def given(session, row):
    return [(share.order.no, share.seats, share.people) for share in courses.shares(session, row)]


def seated(session, row, n=1):
    """Seat trainee number n."""
    return enrolments.enrol(
        session,
        row,
        name=f"学员{n}",
        phone=f"160{n:08d}",
        id_number=id_number(n),
        education="senior",
        category="rural",
        relation="self",
        agent_name="",
        agent_phone="",
        consent=True,
        commitment=True,
        keys=KEYS,
        by=None,
        now=NOW,
    )


def state(session, order, day=TODAY):
    return orders.find(session, COUNTY, order.no).state(day)


def test_two_orders_share_a_class_and_the_desk_sees_which_seats_are_for_whom(session):
    a, b = OrderFactory(heads=12), OrderFactory(heads=8)
    row = ClassFactory(seats=30)

    pool(session, row, (a, 12), (b, 8))
    pool(session, row, (a, 12), (b, 8))

    assert given(session, row) == [(a.no, 12, 0), (b.no, 8, 0)]


def test_an_order_leaves_a_class_when_it_gets_no_seats(session):
    a, b = OrderFactory(heads=12), OrderFactory(heads=8)
    row = ClassFactory(seats=30)
    pool(session, row, (a, 12), (b, 8))

    pool(session, row, (a, 10), (b, 0))

    assert given(session, row) == [(a.no, 10, 0)]


def test_more_seats_than_the_class_has_or_the_order_wants_are_refused(session):
    a, b = OrderFactory(heads=12), OrderFactory(heads=8)
    row = ClassFactory(seats=15)

    with pytest.raises(PoolTooLarge) as refused:
        pool(session, row, (a, 10), (b, 6))
    with pytest.raises(MoreThanOrdered):
        pool(session, row, (a, 5), (b, 9))

    assert refused.value.facts == {"seats": 15, "wanted": 16}
    assert given(session, row) == []


def test_seats_somebody_sits_on_by_name_are_not_taken_away(session):
    order = OrderFactory(heads=12)
    row = ClassFactory(seats=15)
    pool(session, row, (order, 2))
    for n in (1, 2):
        courses.assign(session, seated(session, row, n), order, by=None, now=NOW)

    with pytest.raises(SeatsGiven):
        pool(session, row, (order, 1))

    assert given(session, row) == [(order.no, 2, 2)]


def test_nobody_is_named_for_an_order_beyond_its_seats_but_a_seat_given_up_may_be_taken(session):
    order = OrderFactory(heads=12)
    row = ClassFactory(seats=15)
    pool(session, row, (order, 1))
    first, second = seated(session, row, 1), seated(session, row, 2)
    courses.assign(session, first, order, by=None, now=NOW)

    with pytest.raises(MoreThanOrdered):
        courses.assign(session, second, order, by=None, now=NOW)
    courses.assign(session, first, None, by=None, now=NOW)
    courses.assign(session, second, order, by=None, now=NOW)

    assert (first.order_id, second.order_id) == (None, order.id)


def test_a_trainee_is_not_named_for_an_order_the_class_does_not_train_for(session):
    row = ClassFactory()

    with pytest.raises(NotFound):
        courses.assign(session, seated(session, row), OrderFactory(), by=None, now=NOW)


def test_a_withdrawn_order_gets_no_seats(session):
    order = OrderFactory(heads=12)
    row = ClassFactory(seats=15)
    orders.withdraw(session, order, by=None, now=NOW)

    with pytest.raises(OrderWithdrawn):
        pool(session, row, (order, 5))


def test_an_order_with_seats_for_all_its_heads_is_not_offered_to_another_class(session):
    order, half = OrderFactory(heads=12), OrderFactory(heads=12)
    row, other = ClassFactory(seats=30), ClassFactory(seats=30)
    pool(session, row, (order, 12), (half, 6))

    offered = [one.order for one in orders.to_pool(session, other)]

    assert (order in offered, half in offered) == (False, True)
    assert [one.order for one in orders.to_pool(session, row)] == [order, half]


def test_whoever_sits_in_a_shared_class_trains_for_the_order_she_is_named_for_and_for_no_other(session):
    a, b, lone = (OrderFactory(heads=8) for _ in range(3))
    shared, own = ClassFactory(seats=16), ClassFactory(seats=8)
    pool(session, shared, (a, 8), (b, 8))
    pool(session, own, (lone, 8))
    first, *_ = (seated(session, shared, n) for n in (1, 2, 3))
    seated(session, own, 4)
    courses.assign(session, first, a, by=None, now=NOW)

    assert [orders.find(session, COUNTY, order.no).trained for order in (a, b, lone)] == [1, 0, 1]


def test_who_shares_a_class_with_a_withdrawn_order_only_has_it_alone(session):
    a, gone = OrderFactory(heads=8), OrderFactory(heads=8)
    row = ClassFactory(seats=16)
    pool(session, row, (a, 8), (gone, 8))
    orders.withdraw(session, gone, by=None, now=NOW, from_desk=True)
    seated(session, row)

    assert orders.find(session, COUNTY, a.no).trained == 1


def test_an_order_goes_from_asked_to_hired_and_closed(session):
    order = OrderFactory(heads=1)
    seen = [state(session, order)]
    row = ClassFactory(seats=5, draft=True)
    pool(session, row, (order, 1))
    seen.append(state(session, order))
    row.filing_no = "青人社备2026-7"
    session.flush()
    seen.append(state(session, order))
    session.add(ClassPublication(class_id=row.id, at=NOW))
    session.flush()
    session.expire(row)
    trainee = seated(session, row)
    seen += [state(session, order), state(session, order, row.starts_on), state(session, order, row.ends_on + DAY)]
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
            printed={},
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

    assert seen == ["asked", "planned", "filed", "enrolling", "teaching", "trained", "certified", "hired", "closed"]


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
