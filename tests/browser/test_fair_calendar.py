"""The month of fairs on a phone, on a wide screen and without JavaScript."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from scheduling import campaigns, markets
from scheduling.models import Holiday
from tests.browser.people import Person
from tests.browser.planners import fits
from tests.factories import COUNTY, NOW, FairFactory, TownshipFactory


@pytest.fixture
def month(session):
    """February 2027: two towns with markets, a holiday, five fairs on the 9th, one on the 25th, a campaign."""
    towns = [TownshipFactory(name="柳河镇", code="990102"), TownshipFactory(name="大槐树镇", code="990104")]
    for town, rule in zip(towns, ("农历逢三六九", "农历逢一四七"), strict=True):
        told = {"slug": town.code, "township": town, "name": town.name, "term": "集", "rule_text": rule}
        markets.open(session, COUNTY, **told, opens=time(7), closes=time(12), by=None, now=NOW)
    session.add(Holiday(county=COUNTY, day=date(2027, 2, 8), name="春节", works=False))
    told = {"name": "春风行动暨就业援助季", "first": date(2027, 1, 1), "last": date(2027, 3, 31), "sample": True}
    campaigns.keep(session, COUNTY, None, **told, by=None, now=NOW)
    starts = datetime(2027, 2, 9, 0, 30, tzinfo=UTC)
    for number in range(5):
        FairFactory(
            title=f"大槐树镇零工早市第{number + 1}场", kind="gig_fair", starts_at=starts + timedelta(hours=number)
        )
    FairFactory(title="直播带岗第8场", kind="livestream", starts_at=datetime(2027, 2, 25, 11, 30, tzinfo=UTC))
    session.commit()


def test_the_month_is_an_agenda_on_a_phone_and_leads_to_a_days_list(server, month, browser_page):
    person = Person("phone", browser_page())
    person.goes_to("/fairs/")
    person.clicks("月历")
    for _ in range(3):
        person.clicks("下月")

    assert person.page.url.endswith("/fairs/calendar/2027-02")
    day = person.page.locator("td", has=person.page.locator('time[datetime="2027-02-09"]'))
    expect(day).to_contain_text("初四")
    expect(day).to_contain_text("逢集：大槐树镇")
    assert day.evaluate("e => getComputedStyle(e).display") == "grid"
    empty = person.page.locator("td", has=person.page.locator('time[datetime="2027-02-15"]'))
    expect(empty).to_be_hidden()  # 初十: nobody has a market, no fair
    person.sees("春风行动暨就业援助季 2027（示例）")
    fits(person)
    person.clicks("还有2场")
    person.sees("2027年2月9日 周二的招聘会", "大槐树镇零工早市第5场")


def test_the_month_is_a_table_on_a_wide_screen_and_can_be_filtered(server, month, browser_page):
    person = Person("wide", browser_page(width=1280, height=900))
    person.goes_to("/fairs/calendar/2027-02")

    cells = person.page.locator(".cal td")
    assert cells.count() == 28
    first, second = (cells.nth(number).bounding_box() for number in (0, 1))
    assert (first["y"], second["x"] > first["x"]) == (second["y"], True)
    person.page.locator("details.pick summary").click()
    person.page.get_by_label("直播带岗").check()
    person.presses("查找")
    person.sees("19:30 直播带岗第8场", "正在看：直播带岗，共1场。")
    assert "大槐树镇零工早市" not in person.page.locator(".cal").inner_text()
    person.clicks("上月")
    assert "kind=livestream" in person.page.url


def test_it_works_without_javascript(server, month, browser_page):
    page = browser_page(java_script_enabled=False)
    page.goto("/fairs/calendar/2027-02?campaign=2027-1")

    page.get_by_role("link", name="8:30 大槐树镇零工早市第1场").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("大槐树镇零工早市第1场")
