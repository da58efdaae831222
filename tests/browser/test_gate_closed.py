"""When a phone at the gate lets nobody in: before the gate opens, once it is shut out, when the event is called off."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from scheduling import fairs, gate
from scheduling.models import ClassSession, Fair, GateDevice
from tests.browser.gate_phones import Phone, at, booked, fair, invitation, joined, shown, shows
from tests.factories import COUNTY, NOW, FairFactory

OFF = """async () => {
  const { now } = await import(document.querySelector("script[type=module]").src);
  return now.list?.off;
}"""
__all__ = ["at", "fair", "joined", "shown"]  # fixtures


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


def device(session) -> GateDevice:
    return session.scalars(select(GateDevice)).one()


def test_a_phone_that_was_shut_out_says_so_until_it_gets_lists_again_and_lets_nobody_in(session, joined, shown):
    phone = joined()
    refused = phone.page.locator("[data-show=refused]")
    phone.read(shown[0])
    phone.sent()
    device(session).expires_at = NOW
    session.commit()

    phone.again()
    expect(refused).to_contain_text("已停用或已到期")
    phone.page.get_by_role("button", name="未上传").click()  # an upload says nothing of it
    phone.page.wait_for_timeout(500)
    expect(refused).to_be_visible()
    phone.page.context.set_offline(True)
    phone.again()
    assert phone.read(shown[1])["kind"] == "refused"
    phone.says("待核对", "王***1", "这部手机已停用或到期，请告诉服务台。")
    expect(refused).to_be_visible()
    device(session).expires_at = NOW + timedelta(days=1)
    session.commit()
    phone.page.context.set_offline(False)
    phone.again()
    expect(refused).to_be_hidden()
    assert phone.read(shown[2])["kind"] == "counted"


def test_what_a_lost_phone_scans_is_to_be_looked_into_before_it_is_sent_and_after(session, joined, shown):
    phone = joined()
    gate.revoke(session, device(session), by=None, now=NOW)
    session.commit()
    phone.again()
    expect(phone.page.locator("[data-show=refused]")).to_be_visible()

    assert phone.read(shown[0])["kind"] == "refused"
    phone.sent()

    phone.says("待核对", "王***0", "已上传，请告诉服务台。")
    expect(phone.page.locator("[data-show=refused]")).to_be_visible()


def hears_of_it(phone: Phone) -> None:
    """Wait until the list of the phone says that its event was called off."""
    for _ in range(100):
        if phone.page.evaluate(OFF):
            return
        phone.page.wait_for_timeout(50)
    raise AssertionError


def test_a_fair_that_was_called_off_is_red_at_its_gate(session, joined, shown, fair):
    phone = joined()
    fairs.call_off(session, fair, reason="有雨", by=None, now=NOW)
    session.commit()
    phone.again()
    hears_of_it(phone)

    assert phone.read(shown[0])["kind"] == "off"
    phone.says("这场已取消", "王***0", "请来的人到服务台问。")
    phone.sent()
    phone.page.wait_for_timeout(500)
    phone.says("这场已取消", "王***0", "请来的人到服务台问。")  # it is put aside, and what counts is that
    assert phone.page.locator("#verdict").get_attribute("class") == "stop"


def test_a_lesson_that_was_called_off_is_red_though_it_has_no_list_any_more(session, at):
    phone = at("class/3")
    session.scalars(select(ClassSession)).one().cancelled_at = NOW
    session.commit()
    phone.again()
    hears_of_it(phone)

    assert phone.read(shows("learner"))["kind"] == "off"


def test_a_clock_that_jumps_back_in_the_midst_of_a_fair_keeps_nobody_out(server, at):
    phone = at("fair/7")
    phone.page.context.set_offline(True)
    phone.page.clock.install(time=phone.page.evaluate("new Date(Date.now() - 12 * 3600e3).toISOString()"))

    assert phone.read(shows("wang"))["kind"] == "counted"
    phone.page.context.set_offline(False)
    phone.page.clock.run_for(3000)
    phone.sent()

    assert counted(server, "fair/7") == 1
