"""Booths by the rules, on screen: a hall booked by keyboard alone, a full house that waits, a no-show and its appeal.

And a company that walks in and stands there a minute later.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from scheduling import accounts, booths, penalties, turnout
from scheduling.booths import waiting
from scheduling.models import Account
from scheduling.seals import Keyring
from tests.browser.people import Person
from tests.browser.planners import arrives, fits
from tests.conftest import SECRET
from tests.factories import COUNTY, NOW, EnterpriseFactory, FairFactory, VacancyFactory, approve, credit_code
from tests.portal.printing.prints import Print

FRIDAY = NOW + timedelta(days=4)
BOOTHS = 40


@pytest.fixture
def hall(session):
    """The weekly hall fair of forty booths, without rules yet."""
    row = FairFactory(
        slug="hall", kind="regular_fair", title="周五大厅招聘会", place="县人力资源市场", starts_at=FRIDAY
    )
    booths.lay_out(session, row, count=BOOTHS, columns=8, power=True, by=None, now=NOW)
    session.commit()
    return row


@pytest.fixture
def hr(session, browser_page, sign_in):
    """A company's person comes with a browser: `hr("青禾县穗香食品有限公司")`."""

    def come(name, width=360):
        firm = approve(EnterpriseFactory(name=name))
        approve(VacancyFactory(enterprise=firm))
        told = {"county": COUNTY, "name": "钱经理", "phone": f"138{firm.uscc[10:17]}1", "created_at": NOW}
        account = Account(enterprise_id=firm.id, **told)
        session.add(account)
        session.flush()
        accounts.grant(session, account, "enterprise", by=None, now=NOW)
        session.commit()
        page = browser_page(width=width)
        sign_in(page, account)
        return Person("hr", page), firm

    return come


def makes_the_rules(clerk):
    clerk.finds("展位规则")
    clerk.clicks("每周大厅")
    clerk.types({"规则叫什么": "周五大厅", "提前几天截止": "999"})
    clerk.presses("保存")
    clerk.is_told("提前几天截止", "请填0到180之间的整数。")
    assert clerk.reads("规则叫什么") == "周五大厅"
    clerk.types({"提前几天截止": "1"})
    clerk.presses("保存")
    clerk.sees("规则已保存。", "不能连着两场", "12个月内爽约1次，下一场不能订")
    fits(clerk)
    clerk.goes_to("/desk/fairs/hall/booths")
    clerk.chooses("展位规则：没有，开始前随便订")
    clerk.types({"按哪套规则订展位": "周五大厅"})
    clerk.presses("按这套规则")
    clerk.sees("展位规则：周五大厅")
    fits(clerk)


def books_by_keyboard(person):
    """Tab to the plan, walk through it by arrows, and book, touching no mouse."""
    page = person.page
    person.goes_to("/enterprise/fairs/hall/booths")
    fits(person)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "booth":
            break
    assert page.evaluate("document.activeElement.name") == "booth"
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("5号展位，有电")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "订这个展位":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    person.looks_at(None)
    person.sees("订好了。请写明谁来参加", "5号展位")
    page.get_by_text("不来了，取消展位").click()
    person.sees("11月26日 周四 17:00前取消不记录。")


def test_a_hall_is_booked_by_keyboard_and_the_next_wait(server, session, hall, hr, browser_page):
    makes_the_rules(arrives(session, browser_page()))
    first, _ = hr("青禾县穗香食品有限公司")
    books_by_keyboard(first)

    session = server.session
    for booth in booths.of_fair(session, hall):
        if booth.booking is None:
            booths.book(session, booth, approve(EnterpriseFactory()), by=None, now=NOW)
    session.commit()
    late, firm = hr("青禾县来迟机械厂", width=1280)
    late.goes_to("/enterprise/fairs/hall/booths")
    late.sees("展位已订满。点下面的按钮排进候补")
    late.presses("排进候补")
    late.sees("在候补，前面还有0家")
    fits(late)

    first.presses("确定取消")
    late.goes_to("/enterprise/bookings/")
    late.sees("已订5号展位")
    assert waiting.line(server.session, booths.find(server.session, hall, 1).fair) == []
    assert [row.booth.number for row in booths.of_enterprise(server.session, firm)] == [5]


def test_a_no_show_is_barred_appeals_and_comes_back(server, session, hall, hr, browser_page):
    clerk = arrives(session, browser_page(width=1280))
    terms = replace(booths.policies.PRESETS["weekly_hall"], not_in_a_row=False)
    policy = booths.policies.keep(session, COUNTY, None, "周五大厅", terms, by=None, now=NOW)
    past = FairFactory(slug="past", title="上周大厅招聘会", place="县人力资源市场", starts_at=NOW - timedelta(days=3))
    booths.lay_out(session, past, count=3, by=None, now=NOW - timedelta(days=9))
    for row in (past, hall):
        booths.policies.go_by(session, row, policy, by=None, now=NOW - timedelta(days=9))
    absent, firm = hr("青禾县失约服装厂")
    before = NOW - timedelta(days=9)
    booths.ask(session, past, firm, any_other=True, by=None, now=before)
    came = booths.ask(session, past, approve(EnterpriseFactory()), any_other=True, by=None, now=before)
    turnout.vouch(session, came, by=None, now=past.starts_at, keys=Keyring(SECRET.encode()))
    turnout.settle(session, COUNTY, now=NOW)
    session.commit()

    absent.goes_to("/enterprise/fairs/hall/booths")
    absent.sees("因为没按约到场，贵单位现在不能订这一场。")
    absent.finds("到场记录")
    absent.sees("下一场不能订“周五大厅”的展位", "上周大厅招聘会，未到场")
    fits(absent)
    absent.page.get_by_text("申诉", exact=True).first.click()
    absent.types({"为什么没来，有什么凭据": "送货车在高速上抛锚，有拖车单。"})
    absent.presses("提交申诉")
    absent.sees("申诉待答复")

    clerk.goes_to("/desk/penalties/")
    clerk.sees("送货车在高速上抛锚", "1件申诉待答复")
    clerk.presses("撤销处理")
    expect(clerk.page.get_by_text("请写答复，会用短信发给单位。").first).to_be_visible()
    clerk.page.get_by_label("答复").fill("拖车单已核实")
    clerk.presses("撤销处理")
    clerk.sees("已撤销，发短信告诉单位了。")

    absent.goes_to("/enterprise/fairs/hall/booths")
    absent.page.get_by_label("2号展位，有电", exact=True).check()
    absent.presses("订这个展位")
    absent.sees("订好了")
    assert penalties.of_enterprise(server.session, firm)[0].lifted_at is not None


def test_a_company_walks_in_and_stands_there_a_minute_later(server, session, hall, browser_page, monkeypatch):
    opening = FRIDAY + timedelta(minutes=20)
    clerk = arrives(session, browser_page())
    monkeypatch.setitem(server.app.config, "CLOCK", lambda: opening)
    clerk.goes_to("/signin/staff")
    clerk.types({"用户名": "zhou", "密码": "a password of the tests"})
    clerk.presses("登录")

    clerk.goes_to("/desk/fairs/hall")
    clerk.clicks("到场单位、临时增补")
    clerk.page.get_by_text("临时来了一家单位").click()
    clerk.types({"统一社会信用代码": "91990101", "谁来了": "宋厂长", "手机": "13600000009", "招什么": "喷漆工"})
    clerk.types({"单位名称": "青禾县新来家具厂", "招几人": "3", "工资从": "5000", "到": "7000"})
    clerk.presses("让它进场")
    clerk.is_told("统一社会信用代码", "统一社会信用代码不对")
    assert [clerk.reads(each) for each in ("单位名称", "招什么", "工资从")] == ["青禾县新来家具厂", "喷漆工", "5000"]
    clerk.types({"统一社会信用代码": credit_code(9_000_001)})
    clerk.chooses("当场看过营业执照，名称和代码一致")
    clerk.presses("让它进场")

    clerk.sees("1号展位给它了，已算签到。", "青禾县新来家具厂", "1号岗位 喷漆工")
    fits(clerk)
    (row,) = [booth.booking for booth in booths.of_fair(server.session, hall) if booth.booking]
    assert (row.status, row.enterprise.state) == ("walk_in", "approved")

    link = clerk.page.get_by_role("link", name="海报").first
    poster = Print(clerk.page.request.get(server.url + link.get_attribute("href")).body())
    assert ["青禾县新来家具厂" in poster.text, "喷漆工" in poster.text, "5000" in poster.text] == [True] * 3
    assert poster.sizes == [(297, 420)]
    assert all(code.upper().startswith("HTTP") for code in poster.codes())
    assert poster.codes()
