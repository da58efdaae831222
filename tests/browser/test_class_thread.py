"""The whole class, from a company's order to the marks on the roster, by people who click and type on their phones."""

from __future__ import annotations

import re
from datetime import datetime

import icalendar
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.clock import HERE
from scheduling import accounts, schools
from scheduling.models import Account, Deed, Notice
from tests.browser import films
from tests.browser.learners import (
    CLASS,
    FIRM,
    IDS,
    MEI,
    MOTHER,
    Reader,
    cancels,
    enrols_herself,
    enrols_his_mother,
    waits,
    waits_first,
    waits_second_without_javascript,
)
from tests.browser.people import (
    PASSWORD,
    Person,
    says,
    short_code,
    signs_in_by_phone,
    staff_signs_in,
    types_the_code,
)
from tests.factories import COUNTY, NOW, CourseFactory, EnterpriseFactory, approve

COURSE, SCHOOL = "熔化焊接与热切割作业", "青禾县技工学校"
HR, TEACHER = "16012345678", "16012345679"
COMING, LEAVING = datetime(2026, 12, 7, 8, 20, tzinfo=HERE), datetime(2026, 12, 7, 11, 32, tzinfo=HERE)


@pytest.fixture
def county(session):
    """Staff with passwords, a school with a teacher, a company with its HR person, a course of four half-days."""
    for username, name, role in (("li", "李窗口", "desk"), ("sun", "孙扫码", "scanner")):
        more = {"password": PASSWORD, "roles": (role,), "by": None, "now": NOW}
        accounts.open_staff(session, COUNTY, username=username, name=name, **more)
    told = {"address": "青禾县城关镇学府路1号", "contact_name": "吴校长", "contact_phone": "0990-1234567"}
    school = schools.add(session, COUNTY, name=SCHOOL, **told, by=None, now=NOW)
    schools.appoint(session, school, phone=TEACHER, name="吴老师", by=None, now=NOW)
    hr = accounts.by_phone(session, COUNTY, HR, now=NOW)
    hr.enterprise_id = approve(EnterpriseFactory(name=FIRM, industry="机械制造", contact_phone=HR)).id
    accounts.grant(session, hr, "enterprise", by=None, now=NOW)
    hours = {"total_hours": 16, "theory_hours": 8, "practice_hours": 8}
    CourseFactory(name=COURSE, trade="焊工", **hours, certificate="特种作业操作证")
    session.commit()


@pytest.fixture
def comes(server, county, browser_page):
    """Somebody new comes with a phone: `comes(name)`, also with what `browser_page` takes."""
    return lambda name, **more: Reader(name, browser_page(**more))


@pytest.fixture
def it_is(server, monkeypatch):
    """Let it be another time: `it_is(COMING)`."""
    return lambda moment: monkeypatch.setitem(server.app.config, "CLOCK", lambda: moment)


def test_a_class_from_the_order_to_the_roster(server, comes, camera, it_is):
    hr, clerk = comes("hr"), comes("clerk")
    ming, son, mei = comes("ming"), comes("son"), comes("mei")
    yong = comes("yong", java_script_enabled=False)

    orders_welders(hr, server)
    opens_a_class(clerk)
    plans_its_sessions(clerk)
    publishes_it(clerk)
    enrols_herself(ming)
    mothers_code, mothers_qr = enrols_his_mother(son)
    waits_first(mei)
    waits_second_without_javascript(yong)
    counts_the_seats(comes("visitor"), 0, 2)
    cancels(ming)
    moves_up(mei, server)
    waits(yong, 1)
    subscribes(comes("neighbour"), server)

    it_is(COMING)
    signs_in_at_the_door(
        comes("gate", browser=camera(films.film([films.held(mothers_qr)] * 10))), short_code(mei), short_code(yong)
    )
    it_is(LEAVING)
    signs_out(comes("gate-out"), mothers_code)
    reads_the_roster(clerk)
    reveals_an_id_number(clerk, server)
    the_school_reads_the_same(comes("teacher"), server)
    the_company_sees_who_learns(hr, server)


def orders_welders(hr, server):
    hr.goes_to("/")
    hr.clicks("单位登录")
    signs_in_by_phone(hr, HR, server)
    hr.finds("用工订单")
    hr.clicks("下订单")
    typed = {"要什么工种": "焊工", "什么等级": "持证", "要多少人": "12", "最好什么时候到岗": "2027-03-01"}
    typed |= {"每月工资最低": "5500", "每月工资最高": "9000", "还有什么条件": "能倒班，包吃住"}
    hr.types(typed)
    hr.presses("提交订单")
    promise = "我单位承诺：培训合格、符合以上条件的人，按上面的工资录用"
    hr.is_told(promise, "提交用工订单要勾选录用承诺。")
    assert {label: hr.reads(label) for label in typed} == typed
    hr.chooses(promise)
    hr.presses("提交订单")
    hr.sees("订单已提交。", "正在等开班", "焊工12人")


def opens_a_class(clerk):
    staff_signs_in(clerk, "li")
    clerk.finds("用工订单")
    clerk.sees("等着开班的（1个）", FIRM, "5500–9000元/月")
    clerk.clicks("1号 焊工")
    clerk.clicks("为它开班")
    expect(clerk.page.get_by_label(f"1号 {FIRM} 焊工 12人")).to_be_checked()
    typed = {"班名": CLASS, "上课地点": "县技工学校实训楼", "咨询电话": "0990-1234567", "名额": "31"}
    typed |= {"开班日期": "2026-12-07", "结业日期": "2026-12-18", "报名截止日期": "2026-12-05"}
    clerk.types(typed | {"课程": f"{COURSE}（16课时）", "承训机构": SCHOOL})
    clerk.presses("存成草稿")
    clerk.is_told("名额", "这门课一班最多30人。")
    assert {label: clerk.reads(label) for label in typed} == typed
    clerk.types({"名额": "12"})
    clerk.presses("存成草稿")
    clerk.sees("班已建好，还是草稿。下一步排课次。", "排好课次就能开放报名")


def plans_its_sessions(clerk):
    clerk.clicks("加一次课")
    clerk.types({"哪天": "2026-12-07", "讲什么": "安全用电", "教室": "201"})
    clerk.presses("加上")
    clerk.clicks("加一次课")
    clerk.types({"哪天": "2026-12-07", "几点开始": "10:00", "几点结束": "12:00", "讲什么": "看图纸"})
    clerk.presses("加上")
    clerk.is_told("哪天", "与第1次课时间重叠，请换个时间。")
    assert [clerk.reads(each) for each in ("几点开始", "讲什么")] == ["10:00", "看图纸"]
    clerk.clicks(CLASS, within=clerk.page.get_by_role("main"))
    clerk.clicks("按星期排课")
    clerk.types({"老师": "吴老师"})
    clerk.presses("排课")
    clerk.sees("排了3次课。", "课时排够了")


def publishes_it(clerk):
    clerk.clicks("改名额、截止时间")
    clerk.types({"名额": "2"})
    clerk.presses("保存")
    clerk.presses("开放报名")
    clerk.sees("已开放报名，公众现在能看到。")


def counts_the_seats(visitor, left, waiting):
    visitor.goes_to("/courses/class-1")
    figures = visitor.page.locator(".figures")
    expect(figures).to_contain_text(re.compile(rf"还有名额\s*{left}\s*个\s*共2个"))
    expect(figures).to_contain_text(re.compile(rf"正在候补\s*{waiting}\s*人"))


def moves_up(mei, server):
    mei.page.reload()
    mei.sees("已确认", "孙*梅", "2026年12月7日 周一 8:30开班，到12月18日 周五")
    expect(mei.page.locator(".ticket-qr")).to_be_visible()
    mei.looks_at("补上了")
    told = server.session.scalars(select(Notice.text).where(Notice.phone == MEI).order_by(Notice.created_at, Notice.id))
    assert [words.partition("，")[0] for words in told] == [f"“{CLASS}”名额已满", f"“{CLASS}”有名额了"]


def subscribes(neighbour, server):
    """Put the class into a calendar: it says the same times as the page."""
    counts_the_seats(neighbour, 0, 1)
    read = neighbour.page.locator(".lessons strong").all_inner_texts()
    link = neighbour.page.get_by_role("link", name="上课时间加到手机日历")
    feed = neighbour.page.request.get(server.url + link.get_attribute("href"))
    found = sorted(icalendar.Calendar.from_ical(feed.body()).walk("VEVENT"), key=lambda event: event.start)
    times = [(event.start.astimezone(HERE), event.end.astimezone(HERE)) for event in found]
    said = [f"{a.month}月{a.day}日 周{'一二三四五六日'[a.weekday()]} {a:%-H:%M}–{b:%-H:%M}" for a, b in times]
    assert said == read
    assert [event.start.strftime("%d %H:%M") for event in found] == ["07 08:30", "07 14:30", "08 08:30", "08 14:30"]


def signs_in_at_the_door(gate, typed, waiting):
    gate.page.clock.install(time=COMING)
    staff_signs_in(gate, "sun")
    gate.clicks(f"{CLASS} 第1次课", exact=False)
    expect(gate.page.get_by_role("heading", level=1)).to_have_text(f"{CLASS} 第1次课")
    gate.page.get_by_role("button", name="开始扫码").click()
    says(gate, "已签到", "王*兰", "8:2", people=1)
    gate.page.reload()  # the camera is off again
    types_the_code(gate, typed)
    says(gate, "已签到", "孙*梅", people=2)
    types_the_code(gate, waiting)
    says(gate, "还在候补", "周*勇", people=2)


def signs_out(gate, code):
    gate.page.clock.install(time=LEAVING)
    staff_signs_in(gate, "sun")
    gate.clicks(f"{CLASS} 第1次课", exact=False)
    gate.clicks("签退")
    gate.types({"报名号": code})
    gate.page.get_by_role("button", name="签退", exact=True).click()
    says(gate, "已签退", "王*兰", "11:3", people=2)


def reads_the_roster(clerk):
    staff_signs_in(clerk, "li")
    clerk.finds("培训班")
    clerk.clicks(CLASS)
    clerk.clicks("花名册和考勤")
    the_marks_are_right(clerk)


def the_marks_are_right(reader):
    """Both came to the first session, she who signed out at her time; nobody else is on the list."""
    lines = reader.page.locator(".book tbody tr")
    expect(lines).to_have_count(2)
    for line, name, phone, told in zip(lines.all(), ("王秀兰", "孙小梅"), (MOTHER, MEI), ("", "没签退"), strict=True):
        expect(line).to_contain_text(name)
        expect(line.get_by_role("link", name=phone)).to_be_visible()
        mark = line.locator(".sign").first
        expect(mark).to_contain_text("到")
        expect(mark).to_contain_text(told)


def reveals_an_id_number(clerk, server):
    clerk.clicks("报名名单")
    clerk.sees("已录（2）", "候补，按递补顺序（1）", "已取消（1）")
    clerk.clicks("王秀兰")
    clerk.presses("看号码")
    clerk.is_told("要完整身份证号做什么", "请写明原因。")
    clerk.types({"要完整身份证号做什么": "考试报名"})
    clerk.page.get_by_role("button", name="看号码").click()
    clerk.sees(IDS["王秀兰"], "这次查看已记录。")
    Person.looks_at(clerk, "完整身份证号")  # the one page that shows one
    clerk.clicks("报名名单", within=clerk.page.get_by_label("当前位置"))
    kept = select(Account.username, Deed.facts).join(Account, Account.id == Deed.by_id)
    deeds = server.session.execute(kept.where(Deed.what == "enrolment.id_revealed"))
    assert [tuple(row) for row in deeds] == [("li", {"reason": "exam"})]


def the_school_reads_the_same(teacher, server):
    teacher.goes_to("/signin")
    signs_in_by_phone(teacher, TEACHER, server)
    teacher.clicks(CLASS)
    teacher.clicks("考勤、大屏签到")
    the_marks_are_right(teacher)


def the_company_sees_who_learns(hr, server):
    hr.goes_to("/signin")
    signs_in_by_phone(hr, HR, server)
    hr.finds("用工订单")
    hr.clicks("1号 焊工")
    hr.sees("培训中", "王*兰", "孙*梅")
    source = hr.page.content()
    assert not [hidden for hidden in ("王秀兰", "孙小梅", MOTHER, MEI) if hidden in source]
