from __future__ import annotations

from scheduling.models import ClassOrder
from tests.factories import ClassFactory, OrderFactory


def test_orders_that_wait_stand_first_with_a_way_to_open_a_class(desk, session):
    waiting, taught, row = OrderFactory(), OrderFactory(), ClassFactory(title="焊工订单班")
    session.add(ClassOrder(class_id=row.id, order_id=taught.id))

    page = desk.get("/desk/orders/")

    assert "等着开班的（1个）" in page.text
    assert f"/desk/classes/new?order={waiting.no}" in page.text
    assert page.text.index(waiting.enterprise.name) < page.text.index(taught.enterprise.name)
    assert "焊工订单班" in page.text


def test_an_order_shows_its_enterprise_and_is_withdrawn_by_the_desk(desk, session):
    order, row = OrderFactory(), ClassFactory()
    session.add(ClassOrder(class_id=row.id, order_id=order.id))

    page = desk.get(f"/desk/orders/{order.no}")
    answer = desk.post(f"/desk/orders/{order.no}/withdrawal")

    assert [order.enterprise.contact_phone in page.text, row.title in page.text] == [True, True]
    assert (answer.status_code, order.withdrawn_at is not None) == (303, True)


def test_the_list_asks_as_often_for_three_as_for_one(desk, session, queries):
    counts = []
    for more in (1, 2):
        for order in OrderFactory.create_batch(more):
            session.add(ClassOrder(class_id=ClassFactory().id, order_id=order.id))
        with queries() as asked:
            desk.get("/desk/orders/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
