"""A campaign of a hundred applications that is allocated with reasons, and a market-day fair that rain moves."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import pytest
from sqlalchemy import select

from scheduling import accounts, booths, markets, reservations, tickets
from scheduling.models import Account, Fair, Notice
from scheduling.seals import Keyring
from tests.browser.people import Person
from tests.browser.planners import arrives, fits, lets_it_think
from tests.conftest import SECRET
from tests.factories import COUNTY, NOW, EnterpriseFactory, FairFactory, TownshipFactory, VacancyFactory, approve

MANY = 100
MARKET_DAY = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)  # 十月十九, 8:30 in Shanghai


@pytest.fixture
def hr(session, browser_page, sign_in):
    """A company's person with a browser: `hr(firm)`."""

    def come(firm, width=360):
        account = Account(county=COUNTY, name="钱经理", phone="13800138111", enterprise_id=firm.id, created_at=NOW)
        session.add(account)
        session.flush()
        accounts.grant(session, account, "enterprise", by=None, now=NOW)
        session.commit()
        page = browser_page(width=width)
        sign_in(page, account)
        return Person("hr", page)

    return come


@pytest.fixture
def campaign(session):
    """A fair of a hundred booths in four corners, that goes by the rules of a campaign; ninety-nine have applied."""
    row = FairFactory(slug="spring", title="春风行动大型招聘会", starts_at=datetime(2026, 12, 12, 1, tzinfo=UTC))
    for zone in ("食品加工区", "制造区", "服务区", "零工区"):
        laid = booths.lay_out(session, row, count=MANY // 4, columns=10, by=None, now=NOW)
        booths.fit(session, row, {each.number: booths.Fittings(zone=zone) for each in laid}, by=None, now=NOW)
    policy = booths.policies.keep(
        session, COUNTY, None, "大型专场", booths.policies.PRESETS["campaign"], by=None, now=NOW
    )
    booths.policies.go_by(session, row, policy, by=None, now=NOW)
    for n in range(MANY - 1):
        firm = approve(EnterpriseFactory(name=f"青禾县第{n}制造厂", industry=("机械", "服装", "家具", "电子")[n % 4]))
        wishes = [str(n % MANY + 1), ("制造区", "服务区", "零工区")[n % 3]]
        booths.want(session, row, firm, wishes=wishes, by=None, now=NOW)
    session.commit()
    return row


def test_a_hundred_applications_are_allocated_and_the_company_reads_why(server, session, campaign, hr, browser_page):
    firm = approve(EnterpriseFactory(name="青禾县穗香食品有限公司", industry="食品"))
    approve(VacancyFactory(enterprise=firm))
    company = hr(firm)
    company.goes_to("/enterprise/fairs/spring/booths")
    company.sees("这一场由窗口统一分配展位", "12月10日 周四 17:00前可以免责取消")
    company.clicks("申请展位")
    company.types({"想要哪里": "食品加工区、500"})
    company.presses("提交申请")
    company.is_told("想要哪里", "这场没有“500”")
    company.types({"想要哪里": "食品加工区、3"})
    fits(company)
    company.presses("提交申请")
    company.sees("申请已提交")

    clerk = arrives(session, browser_page(width=1280))
    clerk.goes_to("/desk/fairs/spring/booths")
    clerk.clicks("让电脑分展位")
    clerk.sees(f"{MANY}个展位，{MANY}家报了名")
    lets_it_think(clerk, server, "开始分")
    clerk.presses("采用这一版")

    standing = [each.booking for each in booths.of_fair(server.session, campaign) if each.booking]
    assert len({row.enterprise_id for row in standing}) == MANY
    company.goes_to("/enterprise/bookings/")
    company.clicks("春风行动大型招聘会")
    company.page.get_by_text("为什么是这个展位？").click()
    company.sees("食品加工区，第1志愿")
    fits(company)


@pytest.fixture
def fair(session):
    """A fair on a market day of 柳河镇, in four days."""
    told = {"slug": "liuhe", "township": TownshipFactory(name="柳河镇"), "name": "柳河镇", "term": "集"}
    town = markets.open(session, COUNTY, **told, rule_text="农历逢三六九", opens=None, closes=None, by=None, now=NOW)
    row = FairFactory(
        slug="liuhe", title="柳河镇赶集招聘会", starts_at=MARKET_DAY, market=town, market_id=town.id,
        township_id=town.township_id, contact_name="王窗口", contact_phone="0990-1234567", outdoor=True,
        rain_plan="顺延到下一个集", rain_decide_by=datetime(2026, 11, 26, 10, tzinfo=UTC),
    )  # fmt: skip
    booths.lay_out(session, row, count=4, by=None, now=NOW)
    session.commit()
    return row


def test_rain_moves_a_fair_to_the_next_market_day_and_everybody_knows(server, session, fair, hr, browser_page):
    keys = Keyring(SECRET.encode())
    reserved = reservations.reserve(session, fair, name="李秀英", phone="13600000001", by=None, now=NOW)
    firm = approve(EnterpriseFactory(name="青禾县穗香食品有限公司"))
    booths.book(session, booths.find(session, fair, 2), firm, by=None, now=NOW)
    token = tickets.token(tickets.standing(session, reserved), keys)
    session.commit()
    mother = Person("mother", browser_page())
    before = event(mother, "/feeds/fairs.ics")
    mother.goes_to(f"/t/{token}")
    mother.sees("11月27日 周五 8:30")

    clerk = arrives(session, browser_page())
    clerk.goes_to("/desk/fairs/liuhe")
    clerk.clicks("改期、换地点")
    clerk.types({"哪天": "2026-11-30", "为什么改": "27日有暴雨"})
    clerk.presses("改，并通知大家")
    clerk.is_told("哪天", "这天不逢集，下一个集是")
    clerk.types({"哪天": "2026-12-01"})  # 十月廿三
    clerk.presses("改，并通知大家")
    clerk.sees("12月1日 周二 8:30")

    mother.goes_to(f"/t/{token}")
    mother.sees("码照样能用", "原定11月27日 周五 8:30，改到12月1日 周二 8:30。")
    mother.goes_to("/fairs/liuhe")
    mother.sees("这一场改了", "原因：27日有暴雨", "12月1日 周二")
    mother.goes_to("/fairs/calendar/2026-12")
    mother.sees("柳河镇赶集招聘会")
    after = event(mother, "/feeds/fairs.ics")
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)
    assert str(after["SUMMARY"]).startswith("【改期】")
    assert after["DTSTART"].dt.isoformat() == "2026-12-01T08:30:00+08:00"
    company = hr(firm)
    company.goes_to("/enterprise/bookings/")
    company.clicks("柳河镇赶集招聘会")
    company.sees("2026年12月1日 周二 8:30")
    told = server.session.scalars(select(Notice.phone).where(Notice.text.startswith("【改期】"))).all()
    assert sorted(told) == sorted(["13600000001", firm.contact_phone])


def test_a_fair_that_is_called_off_says_so_on_ticket_page_and_in_calendars(server, session, fair, browser_page):
    reserved = reservations.reserve(session, fair, name="李秀英", phone="13600000001", by=None, now=NOW)
    token = tickets.token(tickets.standing(session, reserved), Keyring(SECRET.encode()))
    session.commit()
    clerk = arrives(session, browser_page())
    clerk.goes_to("/desk/fairs/liuhe")
    clerk.clicks("取消这一场")
    clerk.page.get_by_label("为什么取消").fill("集市封闭施工")
    clerk.page.get_by_role("button").filter(has_text="取消").last.click()
    clerk.page.wait_for_url("**/desk/fairs/liuhe")

    mother = Person("mother", browser_page())
    mother.goes_to(f"/t/{token}")
    mother.sees("集市封闭施工")
    mother.goes_to("/fairs/liuhe")
    mother.sees("集市封闭施工")
    gone = event(mother, "/feeds/fairs.ics")
    assert (str(gone["STATUS"]), str(gone["SUMMARY"])[:5]) == ("CANCELLED", "【已取消】")
    assert server.session.scalars(select(Fair.taken)).one() == 1


def event(person, feed):
    """Read the one event of a feed as a calendar would."""
    answer = person.page.request.get(feed)
    (found,) = icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")
    return found
