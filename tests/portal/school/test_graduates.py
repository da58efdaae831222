from __future__ import annotations

import pytest
from sqlalchemy import select

from scheduling import accounts, certificates, claims, followups
from scheduling.models import Placement
from tests.factories import NOW, AccountFactory, OrderFactory, SchoolFactory
from tests.graduates import OVER, graduated, people


@pytest.fixture(autouse=True)
def afterwards(app):
    before = app.config["CLOCK"]
    app.config["CLOCK"] = lambda: OVER.replace(year=2027, month=1)
    yield
    app.config["CLOCK"] = before


@pytest.fixture
def order():
    return OrderFactory()


@pytest.fixture
def row(session, order):
    made = graduated(session, orders=(order,))
    certificates.issue(session, made, issuer="人社局", on=OVER.date(), by=None, now=OVER)
    claims.post(session, claims.make(session, made, by=None, now=OVER), by=None, now=OVER)
    return made


def teacher(session, signed_in, school):
    account = AccountFactory(school_id=school.id)
    accounts.grant(session, account, "school", by=None, now=NOW)
    return signed_in(account)


def test_a_school_reads_scores_certificates_and_the_claim_of_its_class(session, signed_in, row):
    school = teacher(session, signed_in, row.school)

    page = school.get(f"/school/classes/{row.slug}/results").text

    assert all(one.number in page for one in certificates.of_class(session, row).values())
    assert "可补考" in page
    assert "800元" in page


def test_another_school_finds_nothing_and_no_school_writes_scores(session, signed_in, row):
    stranger, school = (teacher(session, signed_in, each) for each in (SchoolFactory(), row.school))
    call = next(iter(followups.of_class(session, row).values()))[0]

    assert stranger.get(f"/school/classes/{row.slug}/results").status_code == 404
    assert stranger.get(f"/school/follow-ups/{call.id}").status_code == 404
    assert school.post(f"/desk/classes/{row.slug}/exams/1/scores").status_code == 403


def test_a_school_calls_its_graduates_and_tells_where_they_work(session, signed_in, row):
    school = teacher(session, signed_in, row.school)
    assert "该打电话的（2人次）" in school.get("/school/follow-ups/").text
    call = next(iter(followups.of_class(session, row).values()))[0]
    assert school.get(f"/school/follow-ups/{call.id}").status_code == 200

    school.post(f"/school/follow-ups/{call.id}", data={"answer": "no_work", "note": "在家带孩子"})
    person = people(session, row)[2]
    words = {"employer": "外县的厂", "started_on": "2027-01-04"}
    school.post(f"/school/classes/{row.slug}/placements/new/{person.id}", data=words)

    assert "该打电话的（1人次）" in school.get("/school/follow-ups/").text
    assert [one.source for one in session.scalars(select(Placement))] == ["school"]


def test_a_company_ticks_who_came_and_the_order_counts_them(session, signed_in, row, order):
    account = AccountFactory(enterprise_id=order.enterprise_id)
    accounts.grant(session, account, "enterprise", by=None, now=NOW)
    company = signed_in(account)
    at = f"/enterprise/orders/{order.no}/placements"
    page = company.get(at).text
    assert "钱*英" in page
    assert people(session, row)[1].jobseeker.phone not in page

    assert company.post(at, data={"started_on": "2026-12-28"}).status_code == 422
    ticked = [str(person.id) for person in people(session, row)[1:]]
    assert company.post(at, data={"people": ticked, "started_on": "2026-12-28", "wage": "5600"}).status_code == 303

    assert [(one.order_id, one.wage) for one in session.scalars(select(Placement))] == [(order.id, 5600)] * 2
    assert "已登记（2人）" in company.get(at).text


def test_another_company_does_not_see_the_order(session, signed_in, row, order):
    account = AccountFactory(enterprise_id=OrderFactory().enterprise_id)
    accounts.grant(session, account, "enterprise", by=None, now=NOW)

    assert signed_in(account).get(f"/enterprise/orders/{order.no}/placements").status_code == 404
