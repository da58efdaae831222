"""Links to private calendars, on the pages of every door."""

import html
import re

import pytest
from icalendar import Calendar

from scheduling import accounts, feeds, reservations, tickets
from scheduling.models import CalendarLink, StaffMember, Teacher
from tests.factories import COUNTY, NOW, AccountFactory, BoothFactory, EnterpriseFactory, FairFactory, SchoolFactory
from tests.forms import typed

KEY = "0123456789abcdef" * 2


@pytest.fixture
def ticket_page(session, keys):
    """The page of the calendar of a ticket."""
    fair = FairFactory(title="柳河镇赶集招聘")
    session.flush()
    booked = reservations.reserve(session, fair, name="赵明田", phone="16000000001", by=None, now=NOW)
    return f"/t/{tickets.token(tickets.standing(session, booked), keys)}/calendar"


def made_on(page) -> str:
    """Give the path of the link that a page shows."""
    assert page.status_code == 200
    [address] = re.findall(r'id="made-address" type="url" readonly value="([^"]+)"', page.text)
    return html.unescape(address).removeprefix("http://127.0.0.1:8000")


def titles(page) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(page.data).walk("VEVENT")]


def ask(browser, page: str, key: str = KEY, **more):
    return browser.post(page, data={"key": key, "label": "我的手机", **more})


def subject(browser, page: str, words: str) -> str:
    [value] = re.findall(f'<option (?:selected )?value="([^"]+)">{words}', browser.get(page).text)
    return value


def test_from_her_ticket_she_gets_a_link_that_is_shown_once(session, phone, ticket_page):
    subject = re.findall(r'name="subject" value="([^"]+)"', phone.get(ticket_page).text)[0]
    page = ask(phone, ticket_page, subject=subject)
    mine = made_on(page)

    assert titles(phone.get(mine)) == ["柳河镇赶集招聘"]
    assert f'href="webcal://127.0.0.1:8000{mine}"' in page.text
    assert f'href="{ticket_page}"' in page.text  # to make another
    again = phone.get(ticket_page)
    assert mine not in again.text
    assert "我的手机" in again.text
    assert made_on(ask(phone, ticket_page, subject=subject)) == mine  # tapped twice
    assert session.query(CalendarLink).count() == 1

    revoked = phone.post(re.findall(r'action="([^"]+/revocation)"', again.text)[0])
    assert revoked.status_code == 303
    assert phone.get(mine).status_code == 404
    stale = ask(phone, ticket_page, subject=subject)  # the tab that was still open
    assert (stale.status_code, "这个链接已经停用了" in stale.text, mine in stale.text) == (409, True, False)
    assert made_on(phone.post(ticket_page, data=typed(stale))) != mine


def test_a_link_is_never_taken_back_through_another_ticket(session, phone, ticket_page, keys):
    ask(phone, ticket_page)
    [link] = session.query(CalendarLink)
    other = reservations.reserve(session, FairFactory(), name="钱", phone="16000000002", by=None, now=NOW)
    theirs = tickets.token(tickets.standing(session, other), keys)

    assert phone.post(f"/t/{theirs}/calendar/{link.id}/revocation").status_code == 404
    assert session.get(CalendarLink, link.id).revoked_at is None
    assert phone.get("/t/AAAA/calendar").status_code == 404


def test_whoever_is_signed_in_by_phone_has_all_of_it_in_one(session, signed_in, phone, ticket_page):
    account = AccountFactory(phone="16000000001")
    accounts.grant(session, account, "jobseeker", by=None, now=NOW)
    browser = signed_in(account)

    assert titles(browser.get(made_on(ask(browser, "/calendar/")))) == ["柳河镇赶集招聘"]
    assert phone.get("/calendar/").status_code == 303


def test_a_company_a_school_and_the_desk_have_theirs(session, signed_in, desk):
    firm, school = EnterpriseFactory(), SchoolFactory(name="技校")
    BoothFactory(fair=FairFactory())
    session.add_all(
        [
            StaffMember(county=COUNTY, name="周专员", added_at=NOW),
            Teacher(school_id=school.id, name="陈师傅"),
            Teacher(school_id=SchoolFactory(name="别校").id, name="别人"),
        ]
    )
    session.flush()
    hr, clerk = AccountFactory(enterprise_id=firm.id), AccountFactory(school_id=school.id)
    accounts.grant(session, hr, "enterprise", by=None, now=NOW)
    accounts.grant(session, clerk, "school", by=None, now=NOW)
    company, teaching = signed_in(hr), signed_in(clerk)

    assert titles(company.get(made_on(ask(company, "/enterprise/calendar/", "1" * 32)))) == []
    assert "别人" not in teaching.get("/school/calendars/").text
    chosen = subject(teaching, "/school/calendars/", "陈师傅")
    assert titles(teaching.get(made_on(ask(teaching, "/school/calendars/", "2" * 32, subject=chosen)))) == []
    chosen = subject(desk, "/desk/calendars/", "周专员")
    made = made_on(ask(desk, "/desk/calendars/", "3" * 32, subject=chosen))
    assert titles(desk.get(made)) == []
    assert "停用" in desk.get("/desk/calendars/").text


def test_of_the_eleventh_link_the_page_says_why_not(session, phone, ticket_page):
    for number in range(feeds.links.MOST):
        assert ask(phone, ticket_page, f"{number:032x}").status_code == 200

    page = ask(phone, ticket_page, "f" * 32)

    assert page.status_code == 409
    assert "日历链接最多10个" in page.text
