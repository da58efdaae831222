"""When a phone at the gate lets nobody in: before the gate opens."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from scheduling import gate
from scheduling.models import Fair
from tests.browser.gate_phones import Phone, at, booked, invitation, shows
from tests.factories import COUNTY, NOW, FairFactory

__all__ = ["at"]  # a fixture


def counted(server, event: str) -> int:
    found = gate.find_event(server.session, COUNTY, event)
    return gate.counts(server.session, found).heads.ticketed


@pytest.fixture
def ahead() -> Fair:
    """A fair that begins in five days."""
    return FairFactory(slug="market-9", title="柳河镇赶集招聘", starts_at=NOW + timedelta(days=5))


def test_a_phone_tried_out_before_the_fair_says_so_and_counts_nobody(server, session, ahead, browser_page):
    (text,) = booked(session, ahead, 1)
    phone = Phone(browser_page()).join(invitation(session, f"fair/{ahead.number}"))
    phone.page.context.set_offline(True)

    assert phone.read(text)["kind"] == phone.read(text)["kind"] == "early"
    phone.says("还没开门", "王***0", "这场11-28 09:00才开始，现在扫的不算签到。")
    assert phone.page.locator("#verdict").get_attribute("class") == "elsewhere"
    phone.page.context.set_offline(False)
    phone.sent()
    phone.says("还没开门", "王***0", "这场11-28 09:00才开始，现在扫的不算签到。")
    assert counted(server, f"fair/{ahead.number}") == 0

    session.get_one(Fair, ahead.id).starts_at = NOW + timedelta(hours=3)
    session.commit()
    phone.again()
    phone.sent()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("11-23 12:00")
    assert phone.read(text)["kind"] == "counted"


def test_a_clock_that_jumps_back_in_the_midst_of_a_fair_keeps_nobody_out(server, at):
    phone = at("fair/7")
    phone.page.context.set_offline(True)
    phone.page.clock.install(time=phone.page.evaluate("new Date(Date.now() - 12 * 3600e3).toISOString()"))

    assert phone.read(shows("wang"))["kind"] == "counted"
    phone.page.context.set_offline(False)
    phone.page.clock.run_for(3000)
    phone.sent()

    assert counted(server, "fair/7") == 1
