"""From a company's order for twelve welders to twelve people at work, and the ledger that says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal import doors
from scheduling import accounts, ledger, orders, schools, signins
from scheduling.models import Account, LabourNeed
from tests.browser.learners import FIRM, MEI, Reader, cancels, enrols_herself, enrols_his_mother, waits_first
from tests.browser.people import PASSWORD
from tests.browser.trainers import (
    COORDINATOR,
    COURSE,
    HEADS,
    HR,
    OTHER,
    SCHOOL,
    SEATS,
    TEACHER,
    blocks_of,
    files_the_class,
    hands_in_her_village,
    makes_the_timetable,
    names_who_goes_where,
    noon,
    opens_a_class_for_two_orders,
    orders_welders,
    signs_in_at_the_door,
    signs_in_by_the_screen,
    types_the_paper_book,
)
from tests.factories import COUNTY, NOW, CourseFactory, EnterpriseFactory, OrderFactory, approve

FAILS, AWAY = "李3", "李5"


@pytest.fixture
def county(session):
    """Staff, a school with its teacher and workshop, two companies, a line of the ledger, a village coordinator."""
    told = {"by": None, "now": NOW}
    for username, name, role in (("li", "李窗口", "desk"), ("sun", "孙扫码", "scanner")):
        accounts.open_staff(session, COUNTY, username=username, name=name, password=PASSWORD, roles=(role,), **told)
    where = {"address": "青禾县城关镇学府路1号", "contact_name": "吴校长", "contact_phone": TEACHER}
    school = schools.add(session, COUNTY, name=SCHOOL, **where, **told)
    schools.appoint(session, school, phone=TEACHER, name="吴老师", **told)
    schools.settle_teacher(session, school, name="魏师傅", trades=["焊工"], kinds=["theory", "practice"], **told)
    schools.settle_room(session, school, name="焊接车间", seats=40, stations=20, trades=["焊工"], **told)
    firm = approve(EnterpriseFactory(name=FIRM, industry="机械制造", contact_phone=HR))
    hr = accounts.by_phone(session, COUNTY, HR, now=NOW)
    hr.enterprise_id = firm.id
    accounts.grant(session, hr, "enterprise", **told)
    ledger.add(session, firm, trade="焊工", needed=20, hired_before=3, source="own", registered_on=NOW.date(), **told)
    hours = {"total_hours": 80, "theory_hours": 40, "practice_hours": 40}
    CourseFactory(name=COURSE, trade="焊工", level="五级", **hours, certificate="职业技能等级证书")
    accounts.appoint(session, COUNTY, name="柳河村 郑满堂", phone=COORDINATOR, **told)
    session.commit()


@pytest.fixture
def comes(server, county, browser_page):
    """Somebody new comes with a phone: `comes(name)`."""
    return lambda name, **more: Reader(name, browser_page(**more))


@pytest.fixture
def it_is(server, monkeypatch):
    """Let it be another time: `it_is(moment)`; whoever is in `it_is.offices` signs in that morning as every morning."""

    def another_time(moment):
        monkeypatch.setitem(server.app.config, "CLOCK", lambda: moment)
        session = server.session
        for person, account in another_time.offices:
            token = signins.begin(session, session.get_one(Account, account), now=moment)
            session.commit()
            person.page.context.add_cookies([{"name": doors.COOKIE, "value": token, "url": server.url}])

    another_time.offices = []
    return another_time


def test_twelve_welders_from_the_order_to_work(server, comes, it_is):
    hr, clerk, head = comes("hr"), comes("clerk"), comes("head")
    ming, son, mei = comes("ming"), comes("son"), comes("mei")

    orders_welders(hr, server)
    session = server.session
    OrderFactory(enterprise=approve(EnterpriseFactory(name=OTHER)), no=2, trade="焊工", heads=5)
    session.commit()
    opens_a_class_for_two_orders(clerk)
    makes_the_timetable(clerk)

    enrols_herself(ming)
    enrols_his_mother(son)
    hands_in_her_village(comes("village"), server, SEATS - 2)
    waits_first(mei)
    cancels(ming)
    mei.page.reload()
    mei.sees("已确认", "孙*梅")
    names_who_goes_where(clerk, server)
    files_the_class(head, clerk, server)

    it_is.offices = [
        (clerk, _account(server, username="li")),
        (gate := comes("gate"), _account(server, username="sun")),
        (head, _account(server, phone=TEACHER)),
        (hr, _account(server, phone=HR)),
    ]
    blocks = blocks_of(server)
    assert len({block.starts_at.date() for block in blocks}) == 10
    signs_in_at_the_door(gate, it_is, server, blocks[:2])
    signs_in_by_the_screen(head, comes("trainee"), it_is, server, blocks[2:6])
    types_the_paper_book(head, it_is, blocks[6:], absent=AWAY)
    head.goes_to("/school/classes/class-1/attendance")
    head.sees("76/80")
    head.looks_at("考勤")

    examines(clerk, it_is)
    certifies(clerk, comes("anybody"), it_is)
    places(hr, clerk, it_is)
    claims(clerk, comes("reader"), it_is)
    follows_up(clerk, it_is)
    closes(clerk, hr, server)


def _account(server, **known):
    return server.session.scalars(select(Account.id).filter_by(**known)).one()


def examines(clerk, it_is):
    it_is(noon(2026, 12, 12))
    clerk.goes_to("/desk/classes/class-1/exam")
    clerk.clicks("安排考核", exact=False)
    clerk.types({"哪天考": "2026-12-21", "几点开始": "09:00", "在哪里考": "县职教中心", "谁来考评": "魏师傅"})
    clerk.presses("保存")
    clerk.is_told("谁来考评", "按“考培分离”不能当考评员")
    clerk.types({"谁来考评": "高考评"})
    clerk.presses("保存")
    it_is(noon(2026, 12, 21))
    clerk.page.reload()
    clerk.presses("定考生名单")
    clerk.sees(f"名单上新增{SEATS}人。")
    scores(clerk, failed=FAILS)
    clerk.clicks("安排补考")
    clerk.types({"哪天考": "2026-12-28", "几点开始": "09:00", "在哪里考": "县职教中心", "谁来考评": "高考评"})
    clerk.presses("保存")
    clerk.presses("定考生名单")
    clerk.sees("名单上新增1人。")
    it_is(noon(2026, 12, 28))
    clerk.page.reload()
    scores(clerk)
    clerk.looks_at("考核")


def scores(clerk, failed=None):
    """Type the scores of the sitting that is open: 80 for everybody, 40 in practice for who fails."""
    clerk.clicks("登成绩")
    for box in clerk.page.locator("main input[inputmode=numeric]").all():
        box.fill("80")
    if failed:
        clerk.types({f"{failed}的实操分": "140"})
        clerk.presses("存下成绩")
        expect(clerk.page.get_by_role("alert").first).to_contain_text("0到100")
        clerk.types({f"{failed}的实操分": "40"})
    clerk.presses("存下成绩")
    clerk.presses("定下成绩，发短信")
    clerk.sees("成绩已定下，每人会收到自己的成绩短信。")


def certifies(clerk, anybody, it_is):
    clerk.clicks("证书", within=clerk.page.get_by_role("main"))
    clerk.presses("发证书")
    clerk.sees(f"发了{SEATS}本证书，每人会收到短信。")
    line = clerk.page.get_by_role("row").filter(has_text=FAILS)
    number = line.get_by_role("cell").first.inner_text()
    anybody.goes_to("/certificates/")
    anybody.types({"证书编号": number, "证书上的姓名": "别的人"})
    anybody.presses("查证书")
    anybody.sees("没有查到这本证书。")
    anybody.types({"证书上的姓名": FAILS})
    anybody.presses("查证书")
    anybody.sees("有效", FAILS, number, SCHOOL)
    anybody.looks_at("证书查询")


def places(hr, clerk, it_is):
    it_is(noon(2027, 1, 4))
    hr.finds("用工订单")
    hr.clicks("1号 焊工")
    hr.clicks("谁来上班了", exact=False)
    for box in hr.page.get_by_role("checkbox").all():
        box.check()
    hr.types({"哪天上岗": "2027-01-04", "每月工资": "6200"})
    hr.presses("登记上岗")
    hr.sees(f"已登记（{HEADS}人）")
    hr.looks_at("上岗")


def claims(clerk, reader, it_is):
    clerk.goes_to("/desk/classes/class-1/claim")
    clerk.presses("计算补贴")
    clerk.presses("开始公示")
    clerk.sees("已公示。期满、意见都答复了才能审定。")
    reader.goes_to("/courses/class-1/notice")
    reader.sees("孙*梅", "800")
    reader.looks_at("公示")
    it_is(noon(2027, 1, 18))
    clerk.page.reload()
    clerk.presses("审定")
    clerk.sees("已审定。", str(800 * SEATS))


def follows_up(clerk, it_is):
    it_is(noon(2027, 1, 29))
    clerk.goes_to("/desk/follow-ups/")
    clerk.sees(f"该打电话的（{SEATS}人次）")
    clerk.page.get_by_role("main").get_by_role("link", name="记").first.click()
    clerk.chooses("在上班")
    clerk.types({"每月工资": "6300"})
    clerk.presses("记下")
    clerk.sees(f"该打电话的（{SEATS - 1}人次）")


def closes(clerk, hr, server):
    clerk.goes_to("/desk/orders/1")
    clerk.sees("已招满", f"{HEADS}/{HEADS}人")
    clerk.clicks("了结订单")
    clerk.presses("了结")
    clerk.sees("已了结")
    clerk.looks_at("订单了结")
    hr.goes_to("/enterprise/orders/1")
    hr.sees("已了结")
    clerk.goes_to("/desk/ledger/")
    clerk.looks_at("台账")
    need = server.session.scalars(select(LabourNeed)).one()
    assert (need.needed, need.hired, need.gap) == (20, 3 + HEADS, 5)
    assert orders.find(server.session, COUNTY, 1).hired == HEADS
    assert MEI  # she is one of them
