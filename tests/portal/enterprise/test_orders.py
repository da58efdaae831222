from __future__ import annotations

import pytest
from sqlalchemy import select

from scheduling import accounts
from scheduling.models import ClassOrder, TrainingOrder
from tests.factories import NOW, AccountFactory, ClassFactory, EnterpriseFactory, OrderFactory, approve
from tests.scheduling.test_enrolments import sign_up

ORDER = {
    "trade": "焊工",
    "level": "",
    "heads": "12",
    "wage_low": "5500",
    "wage_high": "9000",
    "wanted_from": "2027-03-01",
    "conditions": "能倒班",
    "promise": "y",
}


@pytest.fixture
def firm(session):
    return approve(EnterpriseFactory())


@pytest.fixture
def company(session, firm, signed_in):
    account = AccountFactory(enterprise_id=firm.id)
    accounts.grant(session, account, "enterprise", by=None, now=NOW)
    return signed_in(account)


def test_a_company_orders_and_sees_its_order(company, session):
    page = company.post("/enterprise/orders/new", data=ORDER)
    order = session.scalars(select(TrainingOrder)).one()
    shown = company.get(page.location)

    assert (page.status_code, page.location) == (303, f"/enterprise/orders/{order.no}")
    assert ["能倒班" in shown.text, "等待开班" in shown.text, "5500–9000元/月" in shown.text] == [True] * 3


def test_a_double_tap_orders_once(company, session):
    places = {company.post("/enterprise/orders/new", data=ORDER).location for _ in range(2)}

    assert (len(places), len(session.scalars(select(TrainingOrder)).all())) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"promise": ""}, "要勾选录用承诺"),
        ({"wage_low": "9001"}, "最低工资不能高于最高工资"),
        ({"heads": "0"}, "请填1到1000之间的人数"),
        ({"trade": ""}, "请填工种"),
        ({"wanted_from": ""}, "请选日期"),
        ({"wanted_from": "2026-11-22"}, "这个时间已经过去了"),
        ({"conditions": "能倒班，限男"}, "“限男”不能写进招聘信息"),
    ],
)
def test_what_is_refused_is_explained_and_kept(company, session, typed, words):
    page = company.post("/enterprise/orders/new", data={**ORDER, **typed})

    assert page.status_code == 422
    assert words in page.text
    assert "能倒班" in page.text
    assert session.scalars(select(TrainingOrder)).all() == []


def test_a_company_nobody_approved_is_told_to_wait(session, signed_in):
    account = AccountFactory(enterprise_id=EnterpriseFactory().id)
    accounts.grant(session, account, "enterprise", by=None, now=NOW)
    company = signed_in(account)

    assert "审核通过后才能下订单" in company.get("/enterprise/orders/").text
    assert company.post("/enterprise/orders/new", data=ORDER).status_code == 409


def test_an_order_shows_its_class_and_the_trained_with_masked_names(company, session, firm):
    order, row = OrderFactory(enterprise=firm), ClassFactory(title="焊工订单班")
    session.add(ClassOrder(class_id=row.id, order_id=order.id))
    sign_up(session, row, 1, name="赵明田")

    page = company.get(f"/enterprise/orders/{order.no}")

    assert ["焊工订单班" in page.text, "赵*田" in page.text, "招生中" in page.text] == [True] * 3
    assert ["赵明田" in page.text, "13600000001" in page.text, "撤回订单" in page.text] == [False] * 3


def test_a_company_withdraws_its_order_until_a_class_trains_for_it(company, session, firm):
    free, used, row = OrderFactory(enterprise=firm), OrderFactory(enterprise=firm), ClassFactory()
    session.add(ClassOrder(class_id=row.id, order_id=used.id))

    answers = [company.post(f"/enterprise/orders/{order.no}/withdrawal").status_code for order in (free, used)]

    assert answers == [303, 409]
    assert [bool(order.withdrawn_at) for order in (free, used)] == [True, False]


def test_another_companys_order_is_not_there(company, session):
    order = OrderFactory()

    assert company.get(f"/enterprise/orders/{order.no}").status_code == 404
    assert company.post(f"/enterprise/orders/{order.no}/withdrawal").status_code == 404
    assert f"{order.no}号" not in company.get("/enterprise/orders/").text


def test_the_list_asks_as_often_for_three_as_for_one(company, session, firm, queries):
    counts = []
    for more in (1, 2):
        OrderFactory.create_batch(more, enterprise=firm)
        with queries() as asked:
            company.get("/enterprise/orders/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
