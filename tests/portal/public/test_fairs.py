from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling import booths, fairs, vacancies
from scheduling.booths import policies
from scheduling.booths.policies import PRESETS, Rule
from tests.factories import (
    COUNTY,
    NOW,
    EnterpriseFactory,
    FairFactory,
    MarketFactory,
    TownshipFactory,
    VacancyFactory,
    approve,
)


def titles(page) -> list[str]:
    """The fairs on a list, in order."""
    return [part.split("</a>")[0].rsplit(">", 1)[1] for part in page.text.split('class="card-title"')[1:]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_fairs_as_for_one(phone, session, queries, rows):
    for number in range(rows):
        FairFactory(title=f"招聘会{number}", township_id=TownshipFactory().id)
    session.commit()

    with queries() as asked:
        page = phone.get("/fairs/")

    assert titles(page) == [f"招聘会{number}" for number in range(rows)]
    # townships, campaigns, how many, the fairs, their moves
    assert len([one for one in asked if one.startswith("SELECT")]) == 5


def test_a_draft_is_not_public(phone):
    fair = FairFactory(draft=True)

    assert phone.get(f"/fairs/{fair.slug}").status_code == 404
    assert titles(phone.get("/fairs/")) == []
    assert fair.title not in phone.get("/").text


def test_filters_stand_in_the_address_and_unknown_ones_are_ignored(phone):
    hill, river = TownshipFactory(code="hill"), TownshipFactory(code="river")
    FairFactory(title="零工", kind="gig_fair", township_id=hill.id, audiences=["gig"])
    FairFactory(title="女工", kind="specialty_fair", township_id=river.id, audiences=["women"])

    found = {
        query: titles(phone.get(f"/fairs/?{query}"))
        for query in (
            "kind=gig_fair",
            "kind=gig_fair&kind=specialty_fair",
            "kind=gig_fair&township=river",
            "audience=women&township=river",
            "kind=circus&township=nowhere&page=none",
        )
    }

    assert found == {
        "kind=gig_fair": ["零工"],
        "kind=gig_fair&kind=specialty_fair": ["零工", "女工"],
        "kind=gig_fair&township=river": [],
        "audience=women&township=river": ["女工"],
        "kind=circus&township=nowhere&page=none": ["零工", "女工"],
    }


def test_past_fairs_have_a_list_of_their_own_in_pages(phone):
    for number in range(21):
        FairFactory(title=f"第{number}场", starts_at=NOW - timedelta(days=number + 1))

    first, second = phone.get("/fairs/?past=1"), phone.get("/fairs/?past=1&page=2")

    assert titles(first) == [f"第{number}场" for number in range(20)]
    assert titles(second) == ["第20场"]
    assert titles(phone.get("/fairs/")) == []


def test_a_fair_says_when_where_on_which_lunar_day_and_whom_to_ask(phone):
    market = MarketFactory(name="柳河镇")
    fair = FairFactory(
        market_id=market.id,
        contact_name="王窗口",
        contact_phone="0990-1234567",
        rain_plan="改到文化站",
        audiences=["women"],
    )

    page = phone.get(f"/fairs/{fair.slug}")

    assert page.status_code == 200
    for words in ("11月25日 周三", "8:30", "11:30", "十月十七", "柳河镇集市入口", "0990-1234567", "改到文化站", "妇女"):
        assert words in page.text
    assert f'href="/fairs/{fair.slug}/reservations/new"' in page.text
    assert f'href="/feeds/fairs/{fair.slug}.ics"' in page.text


def test_a_fair_names_the_enterprises_and_the_jobs_that_come(phone, session):
    fair = FairFactory()
    maker = approve(EnterpriseFactory(name="穗香食品"))
    vacancy = approve(VacancyFactory(enterprise=maker, title="缝纫工"))
    first, _second = booths.lay_out(session, fair, count=2, by=None, now=NOW)
    booths.book(session, first, maker, by=None, now=NOW)
    vacancies.show_at(session, fair, vacancy, by=None, now=NOW)

    page = phone.get(f"/fairs/{fair.slug}")

    assert "来招工的单位（1家）" in page.text
    assert "带来的岗位（1个）" in page.text
    assert "1号岗位" in page.text
    assert maker.contact_phone not in page.text


def test_a_moved_fair_says_so_large_and_keeps_its_address(phone, session):
    fair = FairFactory()
    day = timedelta(days=1)
    fairs.move(
        session,
        fair,
        starts_at=fair.starts_at + day,
        ends_at=fair.ends_at + day,
        place="镇文化站大厅",
        reason="有雨",
        by=None,
        now=NOW,
    )

    page = phone.get(f"/fairs/{fair.slug}")

    assert "原定11月25日 周三 8:30，改到11月26日 周四 8:30。" in page.text
    assert "原在柳河镇集市入口，改到镇文化站大厅。" in page.text
    assert "有雨" in page.text


def test_a_fair_called_off_says_so_and_takes_no_reservations(phone, session):
    fair = FairFactory()
    fairs.call_off(session, fair, reason="道路施工", by=None, now=NOW)

    page = phone.get(f"/fairs/{fair.slug}")

    assert page.status_code == 200
    assert "这一场取消了，请不要前往" in page.text
    assert "道路施工" in page.text
    assert "/reservations/new" not in page.text


@pytest.mark.parametrize(("began", "words"), [(timedelta(hours=1), "正在办"), (timedelta(days=1), "已结束")])
def test_a_fair_under_way_or_over_says_who_was_counted(phone, began, words):
    fair = FairFactory(starts_at=NOW - began)

    page = phone.get(f"/fairs/{fair.slug}")

    assert words in page.text
    assert "进场人数" in page.text


def test_a_full_fair_offers_no_reservation_but_the_way_in(phone):
    fair = FairFactory(capacity=2, taken=2)

    page = phone.get(f"/fairs/{fair.slug}")

    assert "预约名额已满，当天直接来也可以进场。" in page.text
    assert "/reservations/new" not in page.text


def test_what_was_typed_into_a_fair_is_text_and_not_markup(phone):
    fair = FairFactory(title="<b>会</b>", description="<script>alert(1)</script>")

    assert "<script>alert" not in phone.get(f"/fairs/{fair.slug}").text


def test_the_rules_for_companies_stand_in_plain_words_where_a_fair_has_some(phone, session, now):
    fair = FairFactory(slug="hall", starts_at=now + timedelta(days=9))
    bare = phone.get("/fairs/hall")
    rules = (Rule(1, "rolling_12m", "next_fair"), Rule(2, "quarter", "quarter", ("no_show", "late")))
    terms = replace(PRESETS["weekly_hall"], penalties=rules)
    policy = policies.keep(session, COUNTY, None, "大厅", terms, by=None, now=now)
    policies.go_by(session, fair, policy, by=None, now=now)

    page = phone.get("/fairs/hall").text

    assert "单位订展位的规矩" not in bare.text
    for words in (
        "12月1日 周二 17:00前可以免责取消，以后取消记作逾期取消",
        "当天8:00–9:00签到，逾时展位让给别家",
        "12个月内爽约1次，下一场不能订；可以申诉",
        "一个季度内爽约或逾期取消2次，当季不能订；可以申诉",
        "没订展位的，当天不收",
    ):
        assert words in page
