"""Subscribing with a phone: the page that gives the link, a private link, the week, and what a subscriber hears."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image
from playwright.sync_api import expect

from scheduling import accounts, courses, fairs, reservations, tickets
from tests.browser.people import Person
from tests.browser.planners import fits
from tests.factories import NOW, AccountFactory, ClassFactory, FairFactory, SessionFactory, TownshipFactory

WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile MicroMessenger/8.0.43"
BASE = "http://127.0.0.1:8000"  # the address of the portal in its settings, which is what stands in links


@pytest.fixture
def county(session):
    """A fair on Wednesday, an early gig fair on Thursday, a class that meets twice."""
    town = TownshipFactory(name="柳河镇", code="990102")
    FairFactory(slug="liuhe", title="柳河镇赶集招聘", township=town, starts_at=NOW + timedelta(days=2))
    FairFactory(slug="gigs", title="零工早市", kind="gig_fair", starts_at=NOW + timedelta(days=3))
    held = ClassFactory(slug="weld", title="焊工班")
    for number in (1, 2):
        SessionFactory(training_class=held, number=number, starts_at=NOW + timedelta(days=14 + number), room="1号车间")
    session.commit()
    return held


def reads(picture: bytes) -> str:
    return zxingcpp.read_barcode(np.asarray(Image.open(io.BytesIO(picture)).convert("L"))).text


def events(body: bytes) -> dict[str, str]:
    """Give the titles in a feed by their UIDs."""
    return {str(event["uid"]): str(event["summary"]) for event in Calendar.from_ical(body).walk("VEVENT")}


def test_what_is_picked_is_in_the_link_in_both_codes_and_on_the_clipboard(server, county, browser_page):
    page = browser_page(permissions=["clipboard-read", "clipboard-write"])
    person = Person("subscriber", page)
    person.goes_to("/fairs/calendar/")
    person.clicks("订到手机日历")
    person.types({"哪个乡镇": "柳河镇", "要不要提醒": "提前1天"})
    person.presses("换成这样的链接")
    link = person.reads("长按可以全选、复制")

    assert link == f"{BASE}/feeds/fairs.ics?alarm=1440&township=990102"
    assert reads(page.locator(".ticket-qr svg").first.screenshot()) == link.replace("fairs.ics", "")
    person.chooses("只要链接的码")
    assert reads(page.locator("details .ticket-qr svg").screenshot()) == link
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert page.get_by_role("link", name="苹果手机，点这里订").get_attribute("href") == link.replace("http:", "webcal:")
    assert list(events(page.request.get(link.removeprefix(BASE)).body()).values()) == ["柳河镇赶集招聘"]
    fits(person)


def test_without_javascript_in_wechat_and_by_keyboard_alone_the_link_is_there(server, county, browser_page):
    plain = browser_page(java_script_enabled=False)
    plain.goto("/feeds/?calendar=courses")
    expect(plain.get_by_role("button", name="复制链接")).to_have_count(0)
    expect(plain.locator("#address")).to_have_value(f"{BASE}/feeds/courses.ics")

    wechat = browser_page(user_agent=WECHAT)
    wechat.goto("/feeds/")
    expect(wechat.get_by_text("微信里不能订日历").first).to_be_visible()
    expect(wechat.get_by_role("link", name="苹果手机，点这里订")).to_have_count(0)

    keys = browser_page(width=1280, height=900)
    keys.goto("/feeds/")
    keys.get_by_label("哪种招聘会").focus()
    keys.keyboard.press("ArrowDown")
    while keys.evaluate("document.activeElement.tagName") != "BUTTON":
        keys.keyboard.press("Tab")
    with keys.expect_navigation():
        keys.keyboard.press("Enter")
    expect(keys.locator("#address")).to_have_value(f"{BASE}/feeds/fairs.ics?kind=market_fair")


def test_a_private_link_is_shown_once_read_by_a_calendar_and_dead_once_taken_back(
    server, county, session, browser_page, sign_in
):
    fair = fairs.find(session, county.county, "liuhe")
    reservations.reserve(session, fair, name="赵明田", phone="16000000001", by=None, now=NOW)
    account = AccountFactory(phone="16000000001")
    accounts.grant(session, account, "jobseeker", by=None, now=NOW)
    session.commit()
    person = Person("holder", browser_page())
    sign_in(person.page, account)
    person.goes_to("/calendar/")
    person.types({"给这个链接起个名": "我的手机"})
    person.presses("生成日历链接")
    link = person.reads("长按可以全选、复制")
    path = link.removeprefix(BASE)

    assert reads(person.page.locator("#made .ticket-qr svg").screenshot()) == link
    assert list(events(person.page.request.get(path).body()).values()) == ["柳河镇赶集招聘"]
    fits(person)
    person.chooses("别的手机、电脑怎么订")
    person.sees("苹果手机、苹果电脑")
    person.clicks("再生成一个链接")
    assert link not in person.page.content()
    person.sees("我的手机")
    person.presses("停用")
    person.sees("已停用，这个链接不再更新。")
    gone, never = person.page.request.get(path), person.page.request.get("/feeds/p/" + "a" * 26 + ".ics")
    assert (gone.status, gone.body()) == (never.status, never.body()) == (404, never.body())


def test_weeks_go_forward_and_back_and_lead_to_the_month(server, county, browser_page):
    person = Person("week", browser_page())
    person.goes_to("/fairs/calendar/week/")
    person.sees("9:00 柳河镇赶集招聘", "十五")
    person.clicks("下周")
    assert person.page.url.endswith("/fairs/calendar/week/2026-11-30")
    person.clicks("下周")
    person.sees("9:00 焊工班 第1次课")
    person.clicks("上周")
    person.clicks("回到本周")
    person.sees("9:00 零工早市")
    person.clicks("月历")
    person.clicks("下月")
    person.clicks("上月")
    assert person.page.url.endswith("/fairs/calendar/2026-11")


@pytest.mark.parametrize(
    "page", ["/feeds/", "/fairs/calendar/week/", "/fairs/calendar/", "/courses/weld", "/calendar/"]
)
def test_in_english_nothing_scrolls_sideways_either(server, county, session, browser_page, sign_in, page):
    account = AccountFactory(phone="16000000001")
    accounts.grant(session, account, "jobseeker", by=None, now=NOW)
    session.commit()
    person = Person("reader", browser_page())
    sign_in(person.page, account)
    person.goes_to("/feeds/")
    person.page.get_by_text("English").click()
    person.goes_to(page)
    fits(person)


def test_a_fair_a_class_and_one_lesson_are_added_by_a_file(server, county, browser_page):
    person = Person("adder", browser_page(accept_downloads=True))

    def adds(words: str | re.Pattern[str]) -> dict[str, str]:
        with person.page.expect_download() as told:
            person.page.get_by_role("link", name=words).first.click()
        return events(Path(told.value.path()).read_bytes())

    person.goes_to("/fairs/liuhe")
    assert list(adds("加到手机日历").values()) == ["柳河镇赶集招聘"]
    person.goes_to("/courses/weld")
    whole = adds("上课时间加到手机日历")
    lesson = adds(re.compile("加到日历.*第2次课"))
    assert list(lesson.values()) == ["焊工班 第2次课"]
    assert lesson.items() <= whole.items()
    fits(person)


def test_a_subscriber_hears_of_moves_and_cancellations_as_the_pages_tell_them(server, county, session, browser_page):
    person = Person("hearer", browser_page())
    feeds = ("/feeds/fairs.ics", "/feeds/courses.ics")

    def heard() -> dict[str, str]:
        return {uid: title for feed in feeds for uid, title in events(person.page.request.get(feed).body()).items()}

    before = heard()
    facts = {"by": None, "now": NOW}
    moved, off = (fairs.find(session, county.county, slug) for slug in ("liuhe", "gigs"))
    later = {"starts_at": moved.starts_at + timedelta(days=7), "ends_at": moved.ends_at + timedelta(days=7)}
    fairs.move(session, moved, **later, place=moved.place, reason="下雨", **facts)
    fairs.call_off(session, off, reason="大雪", **facts)
    first = courses.session_of(session, county, 1)
    times = {"starts_at": first.starts_at + timedelta(hours=3), "ends_at": first.ends_at + timedelta(hours=3)}
    courses.move_session(session, first, **times, room=first.room, **facts)
    session.commit()
    after = heard()

    assert before.keys() == after.keys()
    assert sorted(set(after.values()) - set(before.values())) == sorted(
        ["【改期】柳河镇赶集招聘", "【已取消】零工早市", "【改期】焊工班 第1次课"]
    )
    person.goes_to("/fairs/liuhe")
    person.sees("这一场改了", "原因：下雨")
    person.goes_to("/fairs/gigs")
    person.sees("这一场取消了，请不要前往", "大雪")
    person.goes_to("/fairs/calendar/week/")
    person.sees("已取消：9:00 零工早市")
    person.clicks("下周")
    person.sees("改期：9:00 柳河镇赶集招聘")


def test_what_overlaps_is_seen_before_it_is_reserved_and_she_may_go_on(server, county, session, browser_page, sign_in):
    fair = FairFactory(slug="hall", title="周三专场", starts_at=NOW + timedelta(days=2, hours=1))
    reservations.reserve(session, fair, name="王秀兰", phone="16000000001", by=None, now=NOW)
    account = AccountFactory(phone="16000000001")
    session.commit()
    person = Person("overlapping", browser_page())
    sign_in(person.page, account)
    person.goes_to("/fairs/liuhe")
    person.clicks("预约")
    person.chooses("给我自己")
    person.presses("下一步")
    person.types({"来的人叫什么名字？": "王秀兰"})
    person.presses("下一步")
    person.types({"手机号是多少？": "16000000001"})
    person.presses("下一步")
    person.sees("这个时间已经有别的安排", "周三专场")
    fits(person)
    person.presses("确认预约")
    person.is_told("我知道时间冲突，仍要报名", "时间撞了。")
    person.chooses("我知道时间冲突，仍要报名")
    person.presses("确认预约")
    person.sees("柳河镇赶集招聘", "报名号")

    hers = [ticket.fair.slug for ticket in tickets.of_phone(server.session, county.county, "16000000001")]
    assert sorted(hers) == ["hall", "liuhe"]
