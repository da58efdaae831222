"""A small class from its examination to the ledger, by the people who do it, on their own screens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import doors
from scheduling import accounts, claims, ledger, signins
from scheduling.models import Certificate, LabourNeed
from tests.browser.people import DESK, Person
from tests.factories import COUNTY, NOW, AccountFactory, EnterpriseFactory, OrderFactory, approve
from tests.graduates import OVER, attend, people, taught

FIRM = "青禾县鼎盛机械有限公司"


@pytest.fixture
def it_is(server, monkeypatch):
    """Let it be another time: `it_is(moment)`."""
    return lambda moment: monkeypatch.setitem(server.app.config, "CLOCK", lambda: moment)


@pytest.fixture
def comes(server, browser_page):
    """Somebody comes, signed in by now in her role: `comes(name, account, now)`; nobody's phone without one."""

    def come(name: str, account=None, now=OVER, **more) -> Person:
        page = browser_page(**more)
        if account is not None:
            session = server.session
            token = signins.begin(session, session.merge(account), now=now)
            session.commit()
            page.context.add_cookies([{"name": doors.COOKIE, "value": token, "url": server.url}])
        return Person(name, page)

    return come


@pytest.fixture
def stage(session):
    """A class of three that is over, for an order of a firm whose need stands in the ledger; clerk, teacher, boss."""
    firm = approve(EnterpriseFactory(name=FIRM))
    order = OrderFactory(enterprise=firm)
    row = taught(session, 3, orders=(order,), claim_workdays=7)
    attend(session, row, but={2: 3})
    ledger.add(session, firm, trade="焊工", needed=12, source="assigned", registered_on=NOW.date(), by=None, now=NOW)
    clerk, boss = AccountFactory(name="李窗口"), AccountFactory(name="钱经理", enterprise_id=firm.id)
    accounts.grant(session, clerk, "desk", by=None, now=NOW)
    accounts.grant(session, boss, "enterprise", by=None, now=NOW)
    session.commit()
    return row, order, clerk, boss


def test_a_class_from_the_examination_to_the_ledger(server, stage, comes, it_is):
    row, order, clerk_account, boss_account = stage
    slug, no = row.slug, order.no
    it_is(OVER)
    clerk = comes("clerk", clerk_account, width=DESK[0], height=DESK[1])

    examines(clerk, slug)
    resits(clerk, slug)
    certifies(clerk, slug)
    (number, token, name) = server.session.execute(
        select(Certificate.number, Certificate.token, Certificate.printed).order_by(Certificate.number)
    ).first()
    checks(comes("stranger"), number, name["name"], token)
    posts(clerk, slug)
    objects(comes("neighbour"), slug)
    hires(comes("boss", boss_account), no)
    verifies(clerk, slug)
    later = OVER + timedelta(days=5)
    it_is(later)
    settles(comes("clerk-later", clerk_account, later), slug)

    looked = server.session
    line = looked.scalars(select(LabourNeed)).one()
    assert (line.hired, line.gap) == (1, 11)
    claim = claims.of_class(looked, looked.merge(row))
    assert (claims.total(claim.lines), claim.approved_at) == (800, later)
    assert [person.jobseeker.name for person in people(looked, looked.merge(row))] == ["赵明田", "钱秀英", "孙小满"]
    assert COUNTY in number


def examines(clerk, slug):
    clerk.goes_to(f"/desk/classes/{slug}")
    clerk.clicks("考核")
    clerk.sees("课时还没达标（1人）", "4课时")
    clerk.clicks("安排考核")
    clerk.types({"哪天考": "2026-12-21", "几点开始": "08:30", "在哪里考": "二楼考场", "谁来考评": "魏师傅"})
    clerk.presses("保存")
    clerk.is_told("谁来考评", "考培分离")
    clerk.types({"谁来考评": "丁考评"})
    clerk.presses("保存")
    clerk.presses("定考生名单")
    clerk.clicks("登成绩")
    clerk.types({"赵明田的理论分": "85", "赵明田的实操分": "55", "钱秀英的理论分": "111", "钱秀英的实操分": "90"})
    clerk.presses("存下成绩")
    clerk.is_told("钱秀英的理论分", "请填0到100的分数。")
    assert clerk.reads("赵明田的实操分") == "55"
    clerk.types({"钱秀英的理论分": "91"})
    clerk.presses("存下成绩")
    clerk.presses("定下成绩，发短信")
    clerk.sees("成绩已定", "可补考")


def resits(clerk, slug):
    clerk.clicks("安排补考")
    clerk.types({"哪天考": "2026-12-21", "几点开始": "08:50", "谁来考评": "丁考评"})
    clerk.presses("保存")
    clerk.presses("定考生名单")
    clerk.clicks("登成绩")
    clerk.sees("已合格")
    clerk.types({"赵明田的实操分": "70"})
    clerk.presses("存下成绩")
    clerk.presses("定下成绩，发短信")
    clerk.looks_at("考核")


def certifies(clerk, slug):
    clerk.clicks("证书")
    clerk.sees("给2人发证")
    clerk.presses("发证书")
    clerk.sees("2人有证，0人考核合格还没有证。")


def checks(stranger, number, name, token):
    stranger.goes_to("/")
    stranger.clicks("查证书")
    stranger.types({"证书编号": number, "证书上的姓名": "王大明"})
    stranger.presses("查证书")
    stranger.is_told("证书编号", "没有查到这本证书")
    stranger.types({"证书上的姓名": name})
    stranger.presses("查证书")
    stranger.sees("现在有效", name, number)
    assert re.search(rf"/certificates/{re.escape(token)}$", stranger.page.url)
    stranger.looks_at("证书查询")


def posts(clerk, slug):
    clerk.clicks("补贴")
    clerk.presses("计算补贴")
    clerk.sees("没拿到证书，不补", "800")
    clerk.presses("开始公示")
    clerk.sees("公示中")


def objects(neighbour, slug):
    neighbour.goes_to(f"/courses/{slug}")
    neighbour.clicks("培训补贴公示")
    neighbour.sees("钱*英", "800元")
    assert "钱秀英" not in neighbour.page.content()
    neighbour.clicks("提意见")
    neighbour.types({"您有什么意见": "姓钱的没来上过课"})
    neighbour.presses("提交意见")
    neighbour.sees("意见收到了")


def hires(boss, no):
    boss.goes_to(f"/enterprise/orders/{no}")
    boss.clicks("登记谁来上班了")
    boss.chooses("钱*英（160****0001）")
    boss.types({"哪天上岗": "2026-12-21", "每月工资": "5600"})
    boss.presses("登记上岗")
    boss.sees("已登记（1人）", "等窗口核实")


def verifies(clerk, slug):
    clerk.clicks("就业")
    clerk.sees("3人里1人已上岗。")
    clerk.presses("核实到岗")
    clerk.sees("已核实")
    clerk.clicks("用工台账")
    clerk.clicks("1号")
    clerk.sees("登记前0人，以后上岗1人", "钱秀英")


def settles(clerk, slug):
    clerk.goes_to(f"/desk/classes/{slug}/claim")
    clerk.presses("审定")
    clerk.sees("还有1条意见没有答复")
    clerk.goes_to(f"/desk/classes/{slug}/claim")
    clerk.clicks("写处理结果")
    clerk.types({"怎么处理的": "核对考勤簿，她来过40课时"})
    clerk.presses("记下处理结果")
    clerk.presses("审定")
    clerk.sees("已审定")
