from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduling import courses, orders
from scheduling.models import ClassOrder, Deed, TrainingOrder
from scheduling.refusals import (
    AdvertBlocked,
    EnterpriseNotApproved,
    InThePast,
    NotFound,
    OrderInUse,
    PromiseMissing,
    WagesInDisorder,
)
from tests.factories import COUNTY, NOW, ClassFactory, EnterpriseFactory, OrderFactory, approve

TODAY = NOW.date()


def place(session, enterprise, *, now=NOW, **other) -> TrainingOrder:
    words = {
        "trade": "焊工",
        "level": "初级",
        "heads": 12,
        "wage_low": 5500,
        "wage_high": 9000,
        "wanted_from": date(2027, 3, 1),
        "conditions": "能倒班",
        "promise": True,
    }
    return orders.place(session, enterprise, **{**words, **other}, by=None, now=now)


def class_for(session, *rows, **other):
    training_class = ClassFactory(**other)
    session.add_all(ClassOrder(class_id=training_class.id, order_id=order.id) for order in rows)
    session.flush()
    return training_class


def test_an_approved_enterprise_places_an_order_and_it_has_a_number(session):
    enterprise = approve(EnterpriseFactory())

    order = place(session, enterprise)

    assert (order.no, order.heads, order.promised_at) == (1, 12, NOW)
    assert session.scalars(select(Deed.what)).all() == ["order.placed"]


def test_a_double_tap_places_one_order(session):
    enterprise = approve(EnterpriseFactory())

    first, again = place(session, enterprise), place(session, enterprise, now=NOW + timedelta(minutes=1))

    assert again is first
    assert place(session, enterprise, heads=13).no == 2
    assert place(session, enterprise, now=NOW + timedelta(minutes=11)).no == 3


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"promise": False}, PromiseMissing),
        ({"wage_low": 9001}, WagesInDisorder),
        ({"wanted_from": TODAY - timedelta(days=1)}, InThePast),
    ],
)
def test_an_order_without_promise_with_wages_in_disorder_or_for_a_day_gone_by_is_refused(session, other, refusal):
    enterprise = approve(EnterpriseFactory())

    with pytest.raises(refusal):
        place(session, enterprise, **other)

    assert session.scalars(select(TrainingOrder)).all() == []


@pytest.mark.parametrize(
    ("other", "facts"),
    [
        (
            {"conditions": "限男，35岁以下，入职交押金500元，女性已婚已育"},
            {"phrases": "限男", "rule": "sex", "field": "conditions"},
        ),
        ({"conditions": "能倒班，交保证金"}, {"phrases": "保证金", "rule": "deposit", "field": "conditions"}),
        ({"trade": "焊工（限男）"}, {"phrases": "限男", "rule": "sex", "field": "trade"}),
    ],
)
def test_what_no_advert_may_say_an_order_may_not_say_either(session, other, facts):
    enterprise = approve(EnterpriseFactory())

    with pytest.raises(AdvertBlocked) as refused:
        place(session, enterprise, **other)

    assert refused.value.facts == facts
    assert session.scalars(select(TrainingOrder)).all() == []
    assert place(session, enterprise, conditions="35岁以下，男女不限，不收押金", wanted_from=TODAY).no == 1


def test_an_enterprise_nobody_approved_places_no_order(session):
    with pytest.raises(EnterpriseNotApproved):
        place(session, EnterpriseFactory())


def test_an_order_is_withdrawn_once(session):
    order = OrderFactory()

    orders.withdraw(session, order, by=None, now=NOW)
    orders.withdraw(session, order, by=None, now=NOW + timedelta(days=1))

    assert order.withdrawn_at == NOW
    assert session.scalars(select(Deed.what)).all() == ["order.withdrawn"]


def test_an_order_a_class_trains_for_is_withdrawn_by_the_desk_only(session, clerk):
    order = OrderFactory()
    class_for(session, order, title="焊工一班")

    with pytest.raises(OrderInUse) as refused:
        orders.withdraw(session, order, by=None, now=NOW)
    orders.withdraw(session, order, by=clerk, now=NOW, from_desk=True)

    assert refused.value.facts == {"title": "焊工一班"}
    assert order.withdrawn_at == NOW


def test_where_an_order_stands_is_read_off_its_class(session):
    order = OrderFactory()
    enterprise = order.enterprise

    def state(today=TODAY):
        session.expire_all()
        return orders.of_enterprise(session, enterprise)[0].state(today)

    assert state() == "asked"
    training_class = class_for(session, order, draft=True)
    assert state() == "planned"
    courses.call_off(session, training_class, reason="检修", by=None, now=NOW)
    assert state() == "asked"
    class_for(session, order, starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 18))
    assert [state(), state(date(2026, 12, 7)), state(date(2026, 12, 19))] == ["enrolling", "teaching", "trained"]
    orders.withdraw(session, order, by=None, now=NOW, from_desk=True)
    assert state() == "withdrawn"


def test_open_orders_are_those_nobody_trains_for(session):
    waiting, taught, gone = OrderFactory(), OrderFactory(), OrderFactory(withdrawn_at=NOW)
    class_for(session, taught)

    assert orders.open_ones(session, COUNTY) == [waiting]
    assert [placed.order for placed in orders.of_county(session, COUNTY)] == [gone, taught, waiting]


def test_a_company_finds_its_own_orders_only(session):
    order, other = OrderFactory(), EnterpriseFactory()

    with pytest.raises(NotFound):
        orders.find(session, COUNTY, order.no, enterprise=other)

    assert orders.find(session, COUNTY, order.no).order is order


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_orders_asks_as_often_for_three_as_for_one(session, queries, rows):
    enterprise = EnterpriseFactory()
    for _ in range(rows):
        class_for(session, OrderFactory(enterprise=enterprise))
    session.expire_all()
    session.refresh(enterprise)

    with queries() as asked:
        listed = orders.of_enterprise(session, enterprise)
        states = [(one.state(TODAY), one.trained) for one in listed]

    assert (len(asked), states) == (5, [("enrolling", 0)] * rows)
