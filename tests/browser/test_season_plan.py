"""A season planned by a clerk in a browser: given, solved while she looks on, changed by hand, compared, accepted."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scheduling import fairs, markets, plans, staff, vans
from scheduling.plans import season
from tests.browser.planners import arrives, fits, lets_it_think
from tests.factories import COUNTY, NOW, EnterpriseFactory, TownshipFactory, VacancyFactory, approve

TOWNS = (
    ("990102", "柳河镇", "农历逢三六九"),
    ("990103", "石桥铺镇", "农历逢二五八"),
    ("990104", "大槐树镇", "农历逢一四七"),
)


@pytest.fixture
def county(session):
    """Three towns with markets, a van, twelve people of whom three lead, nine firms that need people."""
    more = {"by": None, "now": NOW}
    for code, name, rule in TOWNS:
        town = TownshipFactory(name=name, code=code, population_10k=5)
        told = {"slug": code, "township": town, "name": name, "term": "集", "rule_text": rule}
        markets.open(session, COUNTY, **told, opens=None, closes=None, **more)
    minutes = {code: 20 for code, _name, _rule in TOWNS}
    vans.keep(session, COUNTY, None, name="1号大篷车", range_minutes=60, minutes=minutes, **more)
    for number, name in enumerate("赵钱孙李周吴郑王冯陈褚卫"):
        staff.keep(session, COUNTY, None, name=f"{name}专员", leads=number < 3, **more)
    for number in range(9):
        approve(
            VacancyFactory(enterprise=approve(EnterpriseFactory(name=f"青禾{number}厂")), trade="焊工", headcount=9)
        )
    session.commit()


def test_a_season_from_its_days_to_the_drafts(server, session, county, browser_page):
    clerk = arrives(session, browser_page())

    gives_the_days(clerk)
    says_what_a_town_wants(clerk)
    lets_it_think(clerk, server, "开始排")
    reads_why(clerk)
    sees_a_clash_at_once_and_thinks_better_of_it(clerk)
    day = drops_one_by_hand(clerk)
    lets_it_be_planned_again(clerk, server)
    assert day not in [fair.candidate for fair in planned(server, 3).fairs]
    compares(clerk, server)
    accepts(clerk, server)


def planned(server, number):
    """Give the plan of a version."""
    session = server.session
    return plans.answer_of(plans.find_version(session, plans.find(session, COUNTY, 1), number)).plan


def gives_the_days(clerk):
    clerk.finds("排期")
    clerk.clicks("排一季的场次")
    fits(clerk)
    clerk.types({"从哪天": "2026-12-07", "到哪天": "2026-12-01"})
    clerk.presses("取资料")
    clerk.is_told("到哪天", "结束时间要晚于开始时间")
    clerk.types({"叫什么": "冬季赶集招聘", "到哪天": "2026-12-27", "一周最多几场": "2", "同一乡镇两场至少隔几天": "7"})
    clerk.presses("取资料")
    clerk.sees("1号大篷车", "12人，3人能带队", "9家，还缺81人")
    fits(clerk)


def says_what_a_town_wants(clerk):
    clerk.chooses("乡镇：多久没去了，要几场")
    clerk.clicks("柳河镇")
    clerk.types({"这一季至少几场": "1", "最多几场": "0", "这里有多少人找哪种活": "焊工 30"})
    clerk.presses("保存")
    clerk.is_told("最多几场", "最多不能比至少还少")
    clerk.types({"最多几场": "2"})
    fits(clerk)
    clerk.presses("保存")
    clerk.chooses("乡镇：多久没去了，要几场")
    expect(clerk.page.get_by_role("row").filter(has_text="柳河镇")).to_contain_text("至少1场最多2场")
    clerk.types({"最多算几秒": "3"})


def reads_why(clerk):
    clerk.sees("没有冲突", "离可能的最好")
    first = clerk.page.locator(".stop").first
    first.get_by_text("为什么这样排？").click()
    expect(first.locator(".says li").first).to_be_visible()
    clerk.chooses("分数怎么来的")
    expect(clerk.page.get_by_role("row").filter(has_text="合计")).to_be_visible()
    fits(clerk)


def sees_a_clash_at_once_and_thinks_better_of_it(clerk):
    clerk.clicks("手工改")
    fits(clerk)
    clerk.page.locator("tbody th a").first.click()
    clerk.sees("没有冲突")
    fits(clerk)
    clerk.types({"大篷车": "不安排"})  # and presses nothing
    expect(clerk.page.locator("#verdict")).to_contain_text("有1处冲突")
    expect(clerk.page.locator("#score")).to_contain_text("比改之前")
    clerk.clicks("回到全部场次")
    clerk.sees("有1处冲突", "改过")
    clerk.presses("不改了")
    clerk.sees("没有冲突")


def drops_one_by_hand(clerk):
    """Give the market day that has no fair any more."""
    clerk.clicks("手工改")
    clerk.page.locator("tbody th a").first.click()
    day = clerk.page.url.rpartition("/")[2].replace("%40", "@")
    clerk.presses("不办这一场")
    clerk.presses("存成新的一版")
    clerk.sees("已存成第2版。", "在第1版上手工改的", "手工改过，没有再算")
    fits(clerk)
    return day


def lets_it_be_planned_again(clerk, server):
    clerk.clicks("再排一版")
    clerk.sees("已经定死的（1处）", "一定不去")
    clerk.types({"最多算几秒": "3"})
    lets_it_think(clerk, server, "开始排")
    clerk.sees("没有冲突")


def compares(clerk, server):
    clerk.types({"和哪一版比": "第1版，电脑排的"})
    clerk.presses("放在一起比")
    clerk.sees("第1版和第3版", "哪天去", "改了什么", "分数差在哪里")
    fits(clerk)
    assert clerk.page.locator(".change").count() >= 1
    clerk.clicks("第3版")


def accepts(clerk, server):
    clerk.presses("采用这一版")
    clerk.sees("已采用，", "在用")
    session = server.session
    drafts = [fair for fair in fairs.of_desk(session, COUNTY, now=NOW) if fair.state == "draft"]
    days = [fairs.local_day(fair.starts_at).isoformat() for fair in drafts]
    assert days == [fair.candidate.partition("@")[2] for fair in planned(server, 3).fairs]
    assert min(len(season.duties(session, fair)) for fair in drafts) >= 1 + 6 + 8
    clerk.finds("招聘会")
    clerk.clicks(drafts[0].title)
    clerk.sees("谁去", "1号大篷车", "按“冬季赶集招聘”第3版排的")
