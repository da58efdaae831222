from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import accounts, booths, enterprises
from scheduling.models import Booking, Deed, Enterprise, EnterpriseReview, Notice
from scheduling.refusals import (
    AccountHasEnterprise,
    AdvertBlocked,
    AgencyPermitMissing,
    EnterpriseKnown,
    EnterpriseNameMissing,
    NameMissing,
    NotACreditCode,
    NotAPhone,
    NotFound,
    ReasonMissing,
)
from tests.factories import (
    COUNTY,
    AccountFactory,
    BoothFactory,
    EnterpriseFactory,
    TownshipFactory,
    approve,
    credit_code,
)

TOLD = {"name": "青禾县穗香食品有限公司", "contact_name": "钱经理", "contact_phone": "13600000001"}


@pytest.fixture
def manager(session, now):
    return accounts.by_phone(session, COUNTY, "13600000001", now=now)


def register(session, by, now, **more):
    return enterprises.register(session, COUNTY, **{"uscc": credit_code(900), **TOLD, **more}, by=by, now=now)


def test_whoever_registers_an_enterprise_speaks_for_it(session, manager, now):
    enterprise = register(session, manager, now, township_id=TownshipFactory().id)

    assert (enterprise.state, enterprise.uscc, enterprise.name) == ("submitted", credit_code(900), TOLD["name"])
    assert (manager.enterprise_id, "enterprise" in manager.roles) == (enterprise.id, True)
    assert session.scalars(select(Deed.what).where(Deed.about == f"enterprises/{enterprise.id}")).all() == [
        "enterprise.registered",
        "enterprise.joined",
    ]


def test_registering_again_gives_the_same_enterprise(session, manager, now):
    first = register(session, manager, now)
    again = register(session, manager, now, uscc=f" {credit_code(900).lower()} ", name="另一个名字")

    assert (again, again.name) == (first, TOLD["name"])
    assert len(session.scalars(select(Enterprise)).all()) == 1


def test_a_code_somebody_else_registered_is_refused(session, manager, now):
    register(session, manager, now)
    stranger = accounts.by_phone(session, COUNTY, "13600000002", now=now)

    with pytest.raises(EnterpriseKnown):
        register(session, stranger, now)

    assert stranger.enterprise_id is None


def test_a_stranger_does_not_get_in_by_naming_the_contact_s_phone(session, manager, now):
    register(session, manager, now, contact_phone="13600000002")
    stranger = accounts.by_phone(session, COUNTY, "13600000002", now=now)

    with pytest.raises(EnterpriseKnown):
        register(session, stranger, now)


def test_what_the_desk_registered_is_taken_over_by_the_contact_s_phone(session, manager, clerk, now):
    entered = register(session, clerk, now)
    taken = register(session, manager, now)

    assert (taken, manager.enterprise_id) == (entered, entered.id)
    assert clerk.enterprise_id is None


def test_one_account_speaks_for_one_enterprise(session, manager, now):
    register(session, manager, now)

    with pytest.raises(AccountHasEnterprise) as refusal:
        register(session, manager, now, uscc=credit_code(901))

    assert refusal.value.facts == {"name": TOLD["name"]}


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"uscc": "91990101MA00000001"}, NotACreditCode),
        ({"name": "  "}, EnterpriseNameMissing),
        ({"contact_name": ""}, NameMissing),
        ({"contact_phone": "0990-1234567"}, NotAPhone),
        ({"is_agency": True, "agency_permit_no": " "}, AgencyPermitMissing),
    ],
)
def test_what_cannot_be_right_is_refused(session, manager, now, wrong, refusal):
    with pytest.raises(refusal):
        register(session, manager, now, **wrong)

    assert session.scalars(select(Enterprise)).all() == []


def test_a_township_of_nowhere_is_refused(session, manager, now):
    with pytest.raises(NotFound):
        register(session, manager, now, township_id=manager.id)


def test_contact_details_may_change_without_another_review(session, manager, now):
    enterprise = approve(EnterpriseFactory())
    enterprises.revise(session, enterprise, contact_phone="136 0000 0009", intro=" 做饼干 ", by=manager, now=now)

    assert (enterprise.state, enterprise.contact_phone, enterprise.intro) == ("approved", "13600000009", "做饼干")


def test_a_change_of_what_was_checked_goes_back_to_the_desk(session, manager, now):
    enterprise = approve(EnterpriseFactory())
    enterprises.revise(session, enterprise, name="青禾县新名字有限公司", by=manager, now=now + timedelta(1))

    assert (enterprise.state, enterprise.submitted_at) == ("submitted", now + timedelta(1))
    assert enterprises.waiting(session, COUNTY) == [enterprise]
    assert session.scalars(select(EnterpriseReview.lifted_at)).all() == [now + timedelta(1)]


def test_saving_the_same_again_keeps_the_approval(session, manager, now):
    enterprise = approve(EnterpriseFactory(name="青禾县穗香食品有限公司"))
    enterprises.revise(session, enterprise, name=" 青禾县穗香食品有限公司 ", industry="食品加工", by=manager, now=now)

    assert enterprise.state == "approved"
    assert session.scalars(select(Deed)).all() == [deed for deed in session.scalars(select(Deed)) if deed.by_id is None]


def test_a_returned_enterprise_is_submitted_by_saving_it(session, manager, clerk, now):
    enterprise = EnterpriseFactory()
    enterprises.review(session, enterprise, "returned", reason="执照看不清", by=clerk, now=now)
    enterprises.revise(session, enterprise, intro="", by=manager, now=now)

    assert enterprise.state == "submitted"


def test_who_was_put_out_does_not_come_back_by_saving(session, manager, clerk, now):
    enterprise = EnterpriseFactory()
    enterprises.review(session, enterprise, "withdrawn", reason="收押金", by=clerk, now=now)
    enterprises.revise(session, enterprise, name="换个名字", by=manager, now=now)

    assert enterprise.state == "withdrawn"


def test_the_credit_code_cannot_be_revised(session, manager, now):
    with pytest.raises(TypeError, match="uscc"):
        enterprises.revise(session, EnterpriseFactory(), uscc=credit_code(7), by=manager, now=now)


def test_the_contact_is_told_of_a_verdict_once(session, clerk, now):
    enterprise = EnterpriseFactory(name="青禾县穗香食品有限公司", contact_phone="13600000009")
    first = enterprises.review(session, enterprise, "approved", by=clerk, now=now)
    again = enterprises.review(session, enterprise, "approved", by=clerk, now=now)

    assert (again, enterprise.state) == (first, "approved")
    assert [(notice.phone, notice.text) for notice in session.scalars(select(Notice))] == [
        ("13600000009", "青禾县穗香食品有限公司的单位资料已审核通过，可以发布岗位、订招聘会展位了。【送岗】")
    ]


def test_a_return_needs_a_reason_and_tells_it(session, clerk, now):
    enterprise = EnterpriseFactory()
    with pytest.raises(ReasonMissing):
        enterprises.review(session, enterprise, "returned", reason="  ", by=clerk, now=now)
    enterprises.review(session, enterprise, "returned", reason="执照看不清。", by=clerk, now=now)

    assert (enterprise.state, enterprise.standing.reason) == ("returned", "执照看不清。")
    assert "原因：执照看不清。请登录" in session.scalars(select(Notice.text)).one()


def test_who_is_approved_no_more_loses_the_booths_to_come(session, clerk, now):
    enterprise = approve(EnterpriseFactory())
    to_come = booths.book(session, BoothFactory(), enterprise, by=clerk, now=now)
    past = booths.book(session, BoothFactory(fair__starts_at=now + timedelta(1)), enterprise, by=clerk, now=now)
    past.fair.starts_at, past.fair.ends_at = now - timedelta(2), now - timedelta(1)
    session.flush()
    enterprises.review(session, enterprise, "withdrawn", reason="收押金", by=clerk, now=now)

    standing = session.scalars(select(Booking).where(Booking.cancelled_at.is_(None))).all()
    assert standing == [past]
    assert to_come.cancelled_at == now


def test_the_queue_is_first_come_first_served(session, clerk, now):
    second = EnterpriseFactory(submitted_at=now - timedelta(1))
    first = EnterpriseFactory(submitted_at=now - timedelta(2))
    enterprises.review(session, EnterpriseFactory(), "returned", reason="缺执照", by=clerk, now=now)

    assert enterprises.waiting(session, COUNTY) == [first, second]
    assert enterprises.count(session, COUNTY) == {"submitted": 2, "returned": 1}
    assert [row.state for row in enterprises.listed(session, COUNTY, state="returned")] == ["returned"]


def test_the_list_is_searched_by_name_and_code(session):
    bakery = EnterpriseFactory(name="100%小麦面业")
    EnterpriseFactory(name="1000小麦")

    assert enterprises.listed(session, COUNTY, words="100%") == [bakery]
    assert enterprises.listed(session, COUNTY, words=bakery.uscc.lower()) == [bakery]


def test_an_enterprise_of_another_county_is_not_found(session):
    enterprise = EnterpriseFactory()

    assert enterprises.find(session, COUNTY, enterprise.id) == enterprise
    with pytest.raises(NotFound):
        enterprises.find(session, "990200", enterprise.id)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_once(session, queries, rows):
    for _ in range(rows):
        approve(EnterpriseFactory(township=(township := TownshipFactory()), township_id=township.id))
    session.expunge_all()

    with queries() as asked:
        seen = [(row.state, row.township.name) for row in enterprises.listed(session, COUNTY, state="approved")]

    assert (len(asked), len(seen)) == (1, rows)


def test_accounts_of_staff_are_no_members(session, now):
    clerk = AccountFactory()
    register(session, clerk, now)

    assert clerk.enterprise_id is None


def test_what_it_says_of_itself_to_the_public_is_held_to_the_law_like_an_advert(session, manager, now):
    enterprise = register(session, manager, now)

    with pytest.raises(AdvertBlocked) as refused:
        enterprises.revise(session, enterprise, intro="本厂只招男性，入职交押金300元", by=manager, now=now)

    assert refused.value.facts == {"phrases": "只招男性", "rule": "sex", "field": "intro"}
    assert enterprise.intro == ""
