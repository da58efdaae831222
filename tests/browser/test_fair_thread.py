"""The whole fair, from the clerk's calendar to the gate, by people who click and type on their own phones."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import icalendar
import pytest
from playwright.sync_api import expect

from portal.clock import HERE
from scheduling import accounts, markets
from tests.browser import films
from tests.browser.hirers import (
    FIRM,
    JOB,
    approves_the_enterprise,
    approves_the_vacancy,
    books_a_booth,
    posts_a_vacancy,
    registers,
)
from tests.browser.people import (
    PASSWORD,
    Person,
    picture,
    reserves,
    says,
    short_code,
    staff_signs_in,
    types_the_code,
)
from tests.factories import COUNTY, NOW, FairFactory, TownshipFactory

MORNING = datetime(2026, 11, 27, 8, 40, tzinfo=HERE)  # 十月十九, a market day of 柳河镇


@pytest.fixture
def county(session):
    """Staff with passwords, two towns with their markets, another fair on the same morning."""
    for username, name, role in (("zhou", "周主任", "admin"), ("sun", "孙扫码", "scanner")):
        more = {"password": PASSWORD, "roles": (role,), "by": None, "now": NOW}
        accounts.open_staff(session, COUNTY, username=username, name=name, **more)
    for slug, name, rule in (("liuhe", "柳河镇", "农历逢三六九"), ("shiqiao", "石桥镇", "每日集")):
        told = {"slug": slug, "township": TownshipFactory(name=name), "name": name, "term": "集", "rule_text": rule}
        markets.open(session, COUNTY, **told, opens=None, closes=None, by=None, now=NOW)
    FairFactory(number=900, title="石桥镇赶集招聘会", place="石桥镇集市东头", starts_at=MORNING)
    session.commit()


@pytest.fixture
def comes(server, county, browser_page):
    """Somebody new comes with a phone: `comes(name)`, also with what `browser_page` takes."""

    people = []

    def come(name, **more):
        people.append(Person(name, browser_page(**more)))
        return people[-1]

    yield come
    assert [person.wrong for person in people if person.wrong] == []


@pytest.fixture
def morning(server, monkeypatch):
    """Let it be the morning of the fair; no phone there runs ahead of our clock."""
    return lambda: monkeypatch.setitem(server.app.config, "CLOCK", lambda: MORNING + timedelta(minutes=30))


def test_a_fair_from_the_calendar_to_the_gate(server, comes, camera, morning):
    clerk, hr = comes("clerk"), comes("hr")
    daughter, neighbour = comes("daughter"), comes("neighbour", java_script_enabled=False)

    staff_signs_in(clerk, "zhou")
    plans_a_fair(clerk)
    publishes_it(clerk)
    registers(hr, server)
    approves_the_enterprise(clerk)
    posts_a_vacancy(hr)
    approves_the_vacancy(clerk)
    booth_code, booth_pass = books_a_booth(hr)
    mothers_code, mothers_qr = reserves_for_her_mother(daughter)
    finds_it_again(comes("mother"), mothers_code)
    daughters_code = reserves_for_herself(daughter)
    neighbours_qr = reserves_without_javascript(neighbour)
    others_qr = reserves_elsewhere(comes("stranger"))
    cancels(neighbour)

    morning()
    scans_the_mother_twice(at_the_gate(comes("gate", browser=camera(films.come_and_go(mothers_qr)))))
    for qr, words, look in ((others_qr, "不是这场的码", "wrong_event"), (neighbours_qr, "已取消", "cancelled")):
        refuses(at_the_gate(comes(look, browser=camera(films.come_and_go(qr)))), words, look)
    lets_the_enterprise_in(at_the_gate(comes("gate-east", browser=camera(films.come_and_go(booth_pass)))))
    types_and_undoes(at_the_gate(comes("gate-typed"), later=timedelta(minutes=20)), daughters_code, booth_code)

    staff_signs_in(clerk, "zhou")
    counts_who_is_there(clerk)
    reads_who_did_what(clerk)
    the_public_sees_the_same(comes("visitor"))


def plans_a_fair(clerk):
    clerk.clicks("排一场招聘会")
    day = (
        clerk.page.get_by_role("row").get_by_role("cell").filter(has=clerk.page.locator("time[datetime='2026-11-27']"))
    )
    expect(day).to_contain_text("十九")
    clerk.clicks("柳河镇、石桥镇", within=day)
    clerk.sees("这天有2处逢集。", "农历逢三六九")
    clerk.clicks("柳河镇")
    assert [clerk.reads(label) for label in ("名称", "哪天", "几点开始")] == ["柳河镇赶集招聘会", "2026-11-27", "08:30"]
    clerk.types({"地点": ""})
    clerk.presses("存成草稿")
    clerk.is_told("地点", "请填地点。")
    clerk.types({"地点": "柳河镇集市东门口", "限多少人预约": "200"})
    clerk.chooses("高校毕业生")
    clerk.presses("存成草稿")


def publishes_it(clerk):
    clerk.sees("发布前还缺3样")
    clerk.clicks("联系人和电话")
    clerk.types({"联系人": "周主任", "联系电话": "0990-7654321", "下雨怎么办": "改到镇文化站大厅"})
    clerk.presses("保存")
    clerk.sees("发布前还缺1样")
    clerk.clicks("展位", within=clerk.page.locator(".checks"), exact=False)
    clerk.types({"加多少个": "8", "一排几个": "4"})
    clerk.presses("加展位")
    clerk.sees("展位已排好。")
    first, fifth = (clerk.page.locator(".booth").nth(place).bounding_box() for place in (0, 4))
    assert (first["x"], first["y"] < fifth["y"]) == (fifth["x"], True)  # the second row begins below the first
    clerk.clicks("柳河镇赶集招聘会")
    clerk.sees("齐了，可以发布")
    clerk.presses("发布")
    clerk.sees("已发布，公众现在能看到、能预约。")


def reserves_for_her_mother(daughter):
    """Give the mother's short code and the picture on her ticket."""
    daughter.goes_to("/")
    daughter.clicks("找岗位·赶集招聘", exact=False)
    daughter.clicks("柳河镇赶集招聘会")
    daughter.sees("带来的岗位（1个）", JOB, FIRM, "3号展位", "改到镇文化站大厅")
    daughter.clicks("预约")
    daughter.chooses("给家人、亲友或村里人")
    daughter.presses("下一步")
    daughter.types({"来的人叫什么名字？": "王秀兰"})
    daughter.presses("下一步")
    daughter.types({"手机号是多少？": "1380013800"})
    daughter.presses("下一步")
    daughter.is_told("手机号是多少？", "手机号")
    daughter.types({"手机号是多少？": "13800138001"})
    daughter.presses("下一步")
    daughter.chooses("子女")
    daughter.types({"您的姓名": "李小燕", "您的手机号": "13900139002"})
    daughter.presses("下一步")
    expect(daughter.page.get_by_role("alert")).to_contain_text("请勾选“已征得本人同意”。")
    daughter.chooses("已征得本人同意，由我替他（她）预约")
    daughter.presses("下一步")
    daughter.sees("王秀兰", "李小燕（子女）", "139 0013 9002", "已征得")
    daughter.presses("确认预约")
    daughter.sees("王*兰", "柳河镇集市东门口")
    return short_code(daughter), picture(daughter)


def reserves_for_herself(daughter):
    """Give the daughter's short code; her phone asks anew."""
    daughter.clicks("看这场招聘会")
    reserves(daughter, "李小燕", "13900139002")
    return short_code(daughter)


def finds_it_again(mother, code):
    mother.goes_to("/")
    mother.clicks("我的报名")
    mother.types({"报名号": code, "手机号后4位": "9999"})
    mother.presses("查报名")
    expect(mother.page.get_by_role("alert")).to_be_visible()
    mother.types({"报名号": code.replace(" ", ""), "手机号后4位": "8001"})
    mother.presses("查报名")
    mother.sees("王*兰", code)


def reserves_without_javascript(neighbour):
    """Give the picture on his ticket."""
    neighbour.goes_to("/fairs/")
    neighbour.clicks("柳河镇赶集招聘会")
    reserves(neighbour, "赵明田", "13600136003")
    expect(neighbour.page.get_by_text("打印小票")).to_be_hidden()  # that needs a script
    return picture(neighbour)


def reserves_elsewhere(stranger):
    """Give the picture on a ticket of the other fair."""
    stranger.goes_to("/fairs/")
    stranger.clicks("石桥镇赶集招聘会")
    reserves(stranger, "李四", "13700137004")
    return picture(stranger)


def cancels(neighbour):
    neighbour.clicks("来不了，取消")
    neighbour.presses("确认取消")
    neighbour.sees("这张码已经取消，不能再用。")
    expect(neighbour.page.locator(".ticket-qr")).to_have_count(0)


def at_the_gate(scanner, *, later=timedelta(0)):
    """Let somebody who scans open the fair's gate, on a phone whose clock starts in the morning: the earlier counts."""
    scanner.page.clock.install(time=MORNING + later)
    staff_signs_in(scanner, "sun")
    scanner.clicks("柳河镇赶集招聘会", exact=False)
    scanner.types({"入口": "东门"})
    return scanner


def scans_the_mother_twice(gate):
    gate.page.get_by_role("button", name="开始扫码").click()
    says(gate, "已签到，请进", "王*兰", people=1)
    says(gate, "已经签过", "8:4", "东门", people=1)
    gate.page.close()


def refuses(gate, words, look):
    gate.page.get_by_role("button", name="开始扫码").click()
    says(gate, words, people=1)
    expect(gate.page.locator(f".verdict-{look}")).to_be_visible()
    gate.page.close()


def lets_the_enterprise_in(gate):
    gate.page.get_by_role("button", name="开始扫码").click()
    says(gate, "已签到，请进", FIRM, "3号展位", people=1)
    expect(gate.page.locator("[data-count=enterprises]")).to_have_text("1")
    gate.page.close()


def types_and_undoes(gate, code, booth_code):
    types_the_code(gate, code)
    says(gate, "已签到，请进", "李*燕", people=2)
    gate.page.get_by_role("button", name="签错了，撤销").click()
    says(gate, "已撤销", people=1)
    types_the_code(gate, code[:-1] + ("1" if code[-1] != "1" else "2"))
    says(gate, "号码输错了", people=1)
    types_the_code(gate, booth_code)
    says(gate, "已经签过", FIRM, "8:4", people=1)


def counts_who_is_there(clerk):
    row = clerk.page.get_by_role("row").filter(has_text="柳河镇赶集招聘会")
    expect(row).to_contain_text(re.compile(r"8:30–11:30\s*柳河镇集市东门口\s*1\s*现场核验\s*1\s*进行中"))
    clerk.clicks("柳河镇赶集招聘会", within=row)
    for label, number in (
        ("展位", "1/8"),
        ("岗位", "1个"),
        ("预约", "2/200人"),
        ("扫码进场", "1人"),
        ("到场单位", "1家"),
    ):
        figure = clerk.page.locator(".figure").filter(has=clerk.page.get_by_text(label, exact=True))
        expect(figure.locator(".figure-value")).to_have_text(number)


def reads_who_did_what(clerk):
    clerk.finds("操作记录")
    rows = clerk.page.get_by_role("row").all_inner_texts()
    for who, what in (
        ("周主任", "发布招聘会"),
        ("钱经理", "登记单位"),
        ("周主任", "单位审核通过"),
        ("钱经理", "订展位"),
        ("未登录", "预约招聘会"),
        ("未登录", "取消预约"),
        ("孙扫码", "扫码"),
        ("孙扫码", "撤销扫码"),
    ):
        assert [row for row in rows if who in row and what in row], (who, what)


def the_public_sees_the_same(visitor):
    visitor.goes_to("/")
    visitor.clicks("柳河镇赶集招聘会")
    visitor.sees("8:30–11:30", "现在就可以过去，11:30收摊。")
    present = visitor.page.get_by_role("region", name="到场")
    expect(present.locator(".figure-value")).to_have_text(["1人", "1家"])
    feed = icalendar.Calendar.from_ical(visitor.page.request.get("/feeds/fairs.ics").body())
    fair = next(each for each in feed.events if each["SUMMARY"] == "柳河镇赶集招聘会")
    times = [fair[name].dt for name in ("DTSTART", "DTEND")]
    assert times == [datetime(2026, 11, 27, *time, tzinfo=HERE) for time in ((8, 30), (11, 30))]
    assert (fair["DTSTART"].params["TZID"], fair["LOCATION"]) == ("Asia/Shanghai", "柳河镇集市东门口")
