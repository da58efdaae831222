import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduling import campaigns, fairs, markets
from scheduling.models import Fair, FairPublication, Holiday
from tests.factories import COUNTY, NOW, FairFactory, TownshipFactory
from tests.house.test_budget import FIRST_VISIT, REQUESTS, parts

MONTH = "/fairs/calendar/2027-02"


@pytest.fixture
def willow(session):
    """柳河镇's market, 农历逢三六九."""
    town = TownshipFactory(name="柳河镇", code="willow")
    told = {"slug": "liuhe", "township": town, "name": "柳河镇", "term": "集", "rule_text": "农历逢三六九"}
    return markets.open(session, COUNTY, **told, opens=time(7), closes=time(12), by=None, now=NOW)


def at(day: int, hour: int = 0, month: int = 2) -> datetime:
    """A time of that day of 2027 in Shanghai, 8:30 unless asked otherwise."""
    return datetime(2027, month, day, 0, 30, tzinfo=UTC) + timedelta(hours=hour)


def cell(page, day: str) -> str:
    """One day of the month."""
    return page.text.split(f'datetime="{day}"', 1)[1].split("</td>", 1)[0]


def marks(page, day: str) -> list[str]:
    """What a day says, in order."""
    return re.findall(r'<li class="mark[^>]*>\s*<[^>]*>([^<]*)<', cell(page, day))


def crowd(session, number: int) -> None:
    """Fairs of every day of February 2027, all published."""
    session.add_all(
        Fair(
            county=COUNTY,
            number=each + 1,
            slug=f"market-{each + 1}",
            kind="market_fair",
            title=f"柳河镇赶集招聘会第{each + 1}场",
            place="集市入口",
            starts_at=at(each % 28 + 1, each // 28 % 9),
            ends_at=at(each % 28 + 1, each // 28 % 9 + 2),
            uid=f"fair-{each}@songgang.test",
            changed_at=NOW,
            publication=FairPublication(at=NOW),
        )
        for each in range(number)
    )
    session.commit()


def test_a_day_says_its_lunar_day_its_holiday_who_has_a_market_and_its_fairs(phone, session, willow):
    session.add_all(
        [
            Holiday(county=COUNTY, day=date(2027, 2, 8), name="春节", works=False),
            Holiday(county=COUNTY, day=date(2027, 2, 20), name="春节", works=True),
        ]
    )
    FairFactory(title="柳河镇赶集招聘会", starts_at=at(8), slug="market-8")

    page = phone.get(MONTH)

    assert page.status_code == 200
    assert "2027年2月的招聘会" in page.text
    eighth = cell(page, "2027-02-08")
    assert ["春节" in eighth, "休" in eighth, 'href="/fairs/market-8"' in eighth] == [True] * 3
    assert marks(page, "2027-02-08") == ["8:30 柳河镇赶集招聘会", "逢集：柳河镇"]  # 正月初三
    assert ("初四" in cell(page, "2027-02-09"), marks(page, "2027-02-09")) == (True, [])
    assert "班" in cell(page, "2027-02-20")
    assert "除夕" in cell(page, "2027-02-05")


def test_months_lead_to_months_and_the_filters_go_along(phone):
    town = TownshipFactory(code="hill", name="山口镇")
    FairFactory(title="山口零工", kind="gig_fair", township_id=town.id, starts_at=at(9))
    FairFactory(title="别处零工", kind="gig_fair", starts_at=at(9))
    FairFactory(title="山口赶集", township_id=town.id, starts_at=at(9))

    page = phone.get(f"{MONTH}?kind=gig_fair&kind=livestream&township=hill&audience=circus")

    assert marks(page, "2027-02-09") == ["8:30 山口零工"]
    assert "正在看：山口镇、零工招聘、直播带岗，共1场。" in page.text
    for month in ("2027-01", "2027-03"):
        assert f"/fairs/calendar/{month}?township=hill&amp;kind=gig_fair&amp;kind=livestream" in page.text
    assert "/fairs/?township=hill&amp;kind=gig_fair&amp;kind=livestream" in page.text


def test_towns_that_were_not_asked_for_say_no_market(phone, willow):
    TownshipFactory(code="hill", name="山口镇")

    assert marks(phone.get(f"{MONTH}?township=hill"), "2027-02-08") == []
    assert marks(phone.get(f"{MONTH}?township=willow"), "2027-02-08") == ["逢集：柳河镇"]


def test_what_is_called_off_or_moved_says_so_and_what_is_a_draft_is_not_there(phone, session):
    off, moved = FairFactory(title="甲", starts_at=at(9)), FairFactory(title="乙", starts_at=at(10, 1))
    FairFactory(title="丙", starts_at=at(9), draft=True, place="文化站")
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)
    told = {"starts_at": at(9, 2), "ends_at": at(9, 5), "place": moved.place, "reason": "修路"}
    fairs.move(session, moved, **told, by=None, now=NOW)

    page = phone.get(MONTH)

    assert marks(page, "2027-02-09") == ["已取消：8:30 甲", "改期：10:30 乙"]


def test_a_full_day_leads_to_its_own_list(phone):
    for number in range(5):
        FairFactory(title=f"第{number}场", kind="gig_fair", starts_at=at(9, number))

    page = phone.get(f"{MONTH}?kind=gig_fair")
    day = phone.get("/fairs/?day=2027-02-09&kind=gig_fair")

    assert marks(page, "2027-02-09") == ["8:30 第0场", "9:30 第1场", "10:30 第2场", "还有2场"]
    assert "/fairs/?day=2027-02-09&amp;kind=gig_fair" in cell(page, "2027-02-09")
    assert "2027年2月9日 周二的招聘会" in day.text
    assert [f"第{number}场" in day.text for number in range(5)] == [True] * 5
    assert "第0场" not in phone.get("/fairs/?day=2027-02-10").text
    assert "这一天没有招聘会" in phone.get("/fairs/?day=2027-02-10").text


def test_a_campaign_is_said_above_its_months_and_filters_list_and_month(phone, session):
    spring = campaigns.keep(
        session,
        COUNTY,
        None,
        name="春风行动",
        first=date(2027, 1, 1),
        last=date(2027, 2, 20),
        sample=True,
        by=None,
        now=NOW,
    )
    FairFactory(title="里面", starts_at=at(9))
    FairFactory(title="外面", starts_at=at(25))

    page = phone.get(MONTH)

    assert "春风行动 2027（示例）" in page.text
    assert f"/fairs/?campaign={spring.key}" in page.text
    assert marks(phone.get(f"{MONTH}?campaign={spring.key}"), "2027-02-25") == []
    listed = phone.get(f"/fairs/?campaign={spring.key}").text
    assert ("里面" in listed, "外面" in listed) == (True, False)
    assert "春风行动" not in phone.get("/fairs/calendar/2027-03").text.split("</details>")[1]


@pytest.mark.parametrize("month", ["none", "2027-13", "2027-1", "1900-01", "2101-01", "2027-02-09", "２０２７-０２"])
def test_what_is_no_month_is_not_found(phone, month):
    assert phone.get(f"/fairs/calendar/{month}").status_code == 404


def test_the_first_and_the_last_month_open_and_lead_no_farther(phone):
    assert "上月" not in phone.get("/fairs/calendar/1902-01").text
    assert "下月" not in phone.get("/fairs/calendar/2099-12").text


def test_without_a_month_it_is_this_one(phone):
    page = phone.get("/fairs/calendar/")

    assert "2026年11月的招聘会" in page.text
    assert phone.get("/fairs/calendar").location == "http://localhost/fairs/calendar/"
    assert 'href="/fairs/calendar/"' in phone.get("/fairs/").text


@pytest.mark.parametrize("address", [MONTH, "/fairs/"])
def test_one_fair_three_and_three_hundred_are_asked_for_alike(phone, session, queries, willow, address):
    counts = []
    for number in (1, 3, 300):
        session.query(FairPublication).delete()
        session.query(Fair).delete()
        crowd(session, number)
        with queries() as asked:
            assert phone.get(address).status_code == 200
        counts.append(len([one for one in asked if one.startswith("SELECT")]))

    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("address", [MONTH, "/fairs/", "/fairs/?day=2027-02-09"])
def test_three_hundred_fairs_fit_the_budget(phone, session, address):
    for number in range(20):
        town = TownshipFactory(name=f"柳河{number}镇", code=f"town-{number}")
        rule = f"农历逢{'一二三四五六七八九十'[number % 10]}"
        told = {"slug": f"m{number}", "township": town, "name": town.name, "term": "集", "rule_text": rule}
        markets.open(session, COUNTY, **told, opens=None, closes=None, by=None, now=NOW)
    crowd(session, 300)

    fetched = parts(phone, address)

    assert len(fetched) <= REQUESTS
    assert sum(fetched.values()) <= FIRST_VISIT, fetched
