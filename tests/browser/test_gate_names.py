"""Finding people by name on the phone: where the desk allows it, without a network too, confirmed before it counts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from scheduling import gate
from scheduling.gate import searching
from scheduling.models import GateItem, Scan
from tests.browser.gate_phones import Phone, at, booked, fair, invitation, joined, shown, shows
from tests.factories import COUNTY, NOW
from tests.gate_world import WORLD

__all__ = ["at", "fair", "joined", "shown"]  # fixtures

BUTTON = "没带码，按姓查找"
HAS = """async (event) => {
  const { any } = await import(`${document.body.dataset.files}js/gate/names.js`);
  return any(event);
}"""


@contextmanager
def writing(session) -> Iterator[None]:
    """Write while a server does: SQLite has one writer, and lets nobody write who only began to read."""
    session.commit()
    session.connection(execution_options={"begin": "IMMEDIATE"})
    yield
    session.commit()


def allow(session, name: str = "fair/7", *, yes: bool = True) -> None:
    with writing(session):
        act = searching.allow if yes else searching.stop
        act(session, COUNTY, gate.find_event(session, COUNTY, name), by=None, now=NOW)


def has_names(phone: Phone, *, yes: bool, event: str = "fair/7") -> None:
    """Wait for the next list, after which it has names, or none."""
    for _ in range(200):
        if phone.page.evaluate(HAS, event) == yes:
            return
        phone.page.wait_for_timeout(50)
    pytest.fail(f"names: {not yes}")


@pytest.fixture
def office(browser_page, sign_in, clerk):
    """The clerk's computer."""
    page = browser_page(width=1280)
    sign_in(page, clerk)
    return page


def test_allowed_at_the_desk_somebody_is_found_without_a_network_and_counted_once(server, at, office):
    phone = at("fair/7")
    office.goto("/desk/gate/events/fair/7")
    office.get_by_role("button", name="允许按姓查找").click()
    expect(office.get_by_text("就能按姓查找")).to_be_visible()
    phone.again()
    has_names(phone, yes=True)

    phone.page.context.set_offline(True)
    confirms = phone.finds("王", "王*芳")
    expect(phone.page.locator("[data-sure]")).to_contain_text(
        re.sub("(...)(?=.)", r"\1 ", WORLD["tickets"]["wang"]["code"])
    )
    assert phone.pending == 0  # nothing is done before it is confirmed
    confirms.click()
    phone.says("已签到，请进", "王*芳")
    phone.finds("王", "王*芳").click()
    expect(phone.page.locator("[data-words]")).to_have_text("已经签过")
    phone.press("输报名号", "返回")
    assert phone.pending == 2

    phone.page.context.set_offline(False)
    phone.sent()
    assert sorted(server.session.scalars(select(Scan.read))) == [WORLD["tickets"]["wang"]["code"]] * 2
    counts = gate.counts(server.session, gate.find_event(server.session, COUNTY, "fair/7"))
    assert counts.heads.ticketed == 1
    assert "王" not in "".join(str(row) for row in server.session.scalars(select(GateItem.verdict)))


def test_where_nobody_allowed_it_there_is_no_panel_and_no_name_comes(at):
    lists = []
    phone = at("fair/7")
    phone.page.on("response", lambda answer: lists.append(answer) if "/snapshots/" in answer.url else None)
    phone.page.on("framenavigated", lambda _: lists.clear())  # what the page before it got is gone with it
    phone.again()
    for _ in range(400):
        if lists:
            break
        phone.page.wait_for_timeout(50)

    phone.press("输报名号")
    expect(phone.page.get_by_role("button", name="返回")).to_be_visible()
    expect(phone.page.get_by_role("button", name=BUTTON)).to_be_hidden()
    assert lists
    for answer in lists:
        assert "names" not in answer.json()
        assert "王" not in str(answer.json())


def test_names_are_dropped_when_it_is_not_allowed_any_more(server, at, session):
    allow(session)
    phone = at("fair/7")
    has_names(phone, yes=True)

    allow(session, yes=False)
    phone.again()

    has_names(phone, yes=False)


def test_a_phone_that_is_shut_out_has_nobodys_name_any_more(server, at, session):
    allow(session)
    phone = at("fair/7")
    has_names(phone, yes=True)

    with writing(session):
        gate.revoke(session, gate.listed(session, COUNTY, now=NOW)[0], by=None, now=NOW)
    phone.again()

    has_names(phone, yes=False)


def test_a_scan_of_somebody_found_can_be_undone_and_a_booking_cancelled_since_is_refused(server, at, session):
    allow(session)
    phone = at("fair/7")
    has_names(phone, yes=True)
    phone.finds("王秀芳", "王*芳").click()
    phone.press("签错了，撤销")
    phone.says("已撤销", detail="这次不算数了。")
    phone.sent()

    assert phone.read(shows("wang"))["kind"] == "counted"
    assert phone.looks_for("周").count() == 0  # cancelled before the list was made
    expect(phone.page.locator("[data-found-told]")).to_contain_text("名单里没有")


def test_a_typed_code_is_judged_at_once_where_the_phone_has_names(at, session):
    allow(session)
    phone = at("fair/7")
    has_names(phone, yes=True)
    phone.page.context.set_offline(True)
    phone.finds("李", "李*国").click()

    for who, words in (("li", "已经签过"), ("wang", "已签到，请进")):
        phone.press("输报名号")
        phone.page.get_by_label("报名号").fill(WORLD["tickets"][who]["code"])
        phone.page.locator("dialog[open] .go").click()
        expect(phone.page.locator("[data-words]")).to_have_text(words)


def test_a_company_is_found_by_a_part_of_its_name(server, at, session):
    allow(session)
    phone = at("fair/7")
    has_names(phone, yes=True)

    phone.finds("穗香", "青禾县穗香食品有限公司").click()

    phone.says("已签到，请进", "青禾县穗香食品有限公司 12号展位")
    phone.sent()
    assert gate.counts(server.session, gate.find_event(server.session, COUNTY, "fair/7")).enterprises == 1


def test_a_learner_is_found_and_signs_out_by_it(server, at, session):
    allow(session, "class/3/1")
    phone = at("class/3")
    has_names(phone, yes=True, event="class/3/1")
    phone.finds("冯", "冯*").click()
    phone.says("已签到，请进", "冯*")
    phone.finds("陈", "陈*雨").click()
    phone.says("还在候补", "陈*雨", "没有名额，请找班主任。")

    phone.page.locator("[data-turn=out]").click()
    confirms = phone.finds("冯", "冯*")
    expect(confirms).to_have_text("签退")
    confirms.click()
    phone.says("已签退", "冯*")
    phone.sent()
    assert sorted(server.session.scalars(select(Scan.direction))) == ["in", "in", "out"]


def test_of_many_twenty_are_shown_and_the_phones_last_digits_find_the_one(server, fair, shown, session, browser_page):
    booked(session, fair, 19, start=6)
    allow(session, f"fair/{fair.number}")
    phone = Phone(browser_page(width=320)).join(invitation(session, f"fair/{fair.number}"))
    has_names(phone, yes=True, event=f"fair/{fair.number}")
    phone.page.context.set_offline(True)

    found = phone.looks_for("王")
    expect(found).to_have_count(20)
    expect(phone.page.locator("[data-found-told]")).to_have_text("还有5人，再多打几个字。")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
    phone.page.get_by_label("姓，或单位名").fill("王 0013")
    expect(found).to_have_count(1)
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("[data-sure]")).to_contain_text("尾号 13")
    phone.press("不是，重新找")
    expect(phone.page.get_by_label("姓，或单位名")).to_have_value("王 0013")
    phone.press("返回")

    assert phone.pending == 0
    assert phone.looks_for("").count() == 0  # the next one's business
