"""What overlaps is seen before it is done, by whoever may know of it; and nobody is refused for it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from scheduling import reservations
from scheduling.models import Enrolment, Fair, Reservation, Ticket
from tests.factories import NOW, AccountFactory, ClassFactory, FairFactory, SessionFactory
from tests.portal.public import test_enrolments as enrolling
from tests.portal.public.test_enrolments import DAUGHTER, HERSELF
from tests.portal.public.test_reservations import AGENT, NAME, PHONE, WHO, answer

AT = NOW + timedelta(days=15)


@pytest.fixture
def new():
    return f"/fairs/{FairFactory(slug='market-7', capacity=5).slug}/reservations/new"


def made(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def beside(session, new):
    """A fair at the same hours as the one that is reserved, reserved by her already, from elsewhere."""
    fair = FairFactory(title="零工早市", slug="gigs")
    return reservations.reserve(session, fair, name="王秀兰", phone="13600000001", by=None, now=NOW)


def at_the_check(browser, new):
    answer(browser, new, who=WHO, name=NAME, phone=PHONE)
    return browser.get(f"{new}?step=check")


def test_whoever_is_signed_in_by_her_phone_sees_what_overlaps_and_may_go_on(session, signed_in, new, beside):
    mine = signed_in(AccountFactory(phone="13600000001"))
    check = at_the_check(mine, new)
    unticked = mine.post(f"{new}?step=check")
    ticked = mine.post(f"{new}?step=check", data={"knows": "y"})

    assert '<a class="more" href="/fairs/gigs">零工早市</a>' in check.text
    assert "我知道时间冲突，仍要报名" in check.text
    assert (unticked.status_code, "时间撞了。两边都要报就勾选这一项" in unticked.text) == (422, True)
    assert (ticked.status_code, made(session, Reservation)) == (303, 2)


def test_a_number_that_was_only_typed_tells_nobody_what_is_booked_under_it(phone, session, new, beside):
    with_it = at_the_check(phone, new).text
    reservations.cancel(session, beside, by=None, now=NOW)
    without = phone.get(f"{new}?step=check").text

    assert "零工早市" not in with_it
    assert re.sub(r"<input[^>]*>", "", with_it) == re.sub(r"<input[^>]*>", "", without)
    assert phone.post(f"{new}?step=check").status_code == 303


def test_another_account_learns_nothing_of_her_either(signed_in, new, beside):
    assert "零工早市" not in at_the_check(signed_in(AccountFactory(phone="13600000009")), new).text


def test_the_browser_it_was_made_from_or_found_from_is_told(app, session, phone, new, beside):
    gigs = "/fairs/gigs/reservations/new"
    first, finder = app.test_client(), app.test_client()
    reservations.cancel(session, beside, by=None, now=NOW)
    answer(first, gigs, who=WHO, name=NAME, phone=PHONE, check={})
    code = session.scalars(select(Ticket.code).where(Ticket.revoked_at.is_(None))).one()
    finder.post("/tickets", data={"code": code, "last4": "0001"})

    assert ["零工早市" in at_the_check(browser, new).text for browser in (first, finder, phone)] == [True, True, False]


def test_a_daughter_is_told_of_what_she_reserved_for_her_father(session, signed_in, new):
    fair = FairFactory(title="零工早市")
    helped = {"relation": "child", "agent_name": "王小明", "agent_phone": "13600000002", "consent": True}
    reservations.reserve(session, fair, name="王秀兰", phone="13600000001", **helped, by=None, now=NOW)
    daughter = signed_in(AccountFactory(phone="13600000002"))
    answer(daughter, new, who={"who": "other"}, name=NAME, phone=PHONE, agent=AGENT)

    assert "零工早市" in daughter.get(f"{new}?step=check").text


def test_the_desk_is_told_and_where_one_fair_ends_the_next_may_begin(session, desk, new, beside):
    assert "零工早市" in at_the_check(desk, new).text

    fair = session.get(Fair, beside.fair_id)
    fair.starts_at, fair.ends_at = fair.ends_at, fair.ends_at + timedelta(hours=1)

    assert "零工早市" not in desk.get(f"{new}?step=check").text


@pytest.fixture
def row(session):
    """A fair she reserved, at the hours of the second lesson of the class that is given back."""
    row = ClassFactory()
    for number in (1, 2):
        SessionFactory(training_class=row, number=number, starts_at=AT + timedelta(days=number))
    fair = FairFactory(title="零工早市", slug="gigs", starts_at=AT + timedelta(days=2, hours=1))
    reservations.reserve(session, fair, name="赵明田", phone="13600000001", by=None, now=NOW)
    return row


def test_of_a_class_the_lessons_that_overlap_are_seen_and_she_may_go_on(session, signed_in, row):
    mine = signed_in(AccountFactory(phone="13600000001"))
    last = enrolling.answer(mine, row)
    check = mine.get(last)
    unticked = mine.post(last, data={"commitment": "y"})
    ticked = mine.post(last, data={"commitment": "y", "knows": "y"})

    assert '<a class="more" href="/fairs/gigs">零工早市</a>' in check.text
    assert (unticked.status_code, "时间撞了。" in unticked.text) == (422, True)
    assert (ticked.status_code, len(session.scalars(select(Enrolment)).all())) == (303, 1)


def test_nor_does_a_typed_number_tell_it_to_whoever_enrols(phone, row):
    last = enrolling.answer(phone, row)

    assert "零工早市" not in phone.get(last).text
    assert "先到<a" in phone.get(last).text
    assert phone.post(last, data={"commitment": "y"}).status_code == 303


def test_a_daughter_who_enrols_her_father_is_told_of_what_she_booked_for_him(session, signed_in, row):
    other = FairFactory(title="社区专场", starts_at=AT + timedelta(days=1))
    helped = {"relation": "child", "agent_name": "赵小", "agent_phone": "13700000000", "consent": True}
    reservations.reserve(session, other, name="赵明田", phone="13600000001", **helped, by=None, now=NOW)
    daughter = signed_in(AccountFactory(phone="13700000000"))
    page = daughter.get(enrolling.answer(daughter, row, HERSELF, who={"who": "other"}, agent=DAUGHTER)).text

    assert ("社区专场" in page, "零工早市" in page) == (True, False)
