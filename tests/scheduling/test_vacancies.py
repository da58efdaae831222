from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import enterprises, vacancies
from scheduling.models import Notice, Vacancy, VacancyReview
from scheduling.refusals import (
    AdvertAsks,
    AdvertBlocked,
    EnterpriseNotApproved,
    NotFound,
    OverrideMissing,
    ReasonMissing,
    VacancyClosed,
    WagesInDisorder,
)
from tests.factories import COUNTY, EnterpriseFactory, FairFactory, TownshipFactory, VacancyFactory, approve

CARD = {"title": "缝纫工", "headcount": 5, "wage_low": 3500, "wage_high": 6500}


def post(session, now, enterprise=None, **more):
    return vacancies.post(session, enterprise or EnterpriseFactory(), **{**CARD, **more}, by=None, now=now)


def shown(**more):
    """A vacancy the public may see."""
    return approve(VacancyFactory(enterprise=approve(EnterpriseFactory()), **more))


def test_a_vacancy_is_posted_under_the_county_s_next_number(session, now):
    first, second = post(session, now), post(session, now, title="普工")

    assert (first.no, second.no) == (1, 2)
    assert (first.state, first.settlement, first.insurance) == ("submitted", "monthly", "unsaid")


def test_the_double_tap_posts_once(session, now):
    enterprise = EnterpriseFactory()
    first, again = post(session, now, enterprise), post(session, now, enterprise, title=" 缝纫工 ")

    assert again == first
    assert len(session.scalars(select(Vacancy)).all()) == 1


def test_the_same_card_may_be_posted_anew_once_the_first_is_settled(session, now):
    enterprise = approve(EnterpriseFactory())
    first = post(session, now, enterprise)
    vacancies.review(session, first, "approved", by=None, now=now)

    assert post(session, now, enterprise) != first


def test_what_the_law_forbids_is_not_posted(session, now):
    with pytest.raises(AdvertBlocked) as refusal:
        post(session, now, experience="限 男，形象好；男性优先", description="入职交押金300元")

    assert refusal.value.facts == {"phrases": "限 男、男性优先", "rule": "sex", "field": "experience"}
    assert session.scalars(select(Vacancy)).all() == []


def test_what_needs_a_reason_is_posted_with_one(session, now):
    with pytest.raises(AdvertAsks) as refusal:
        post(session, now, description="身高165以上，35岁以下")
    posted = post(session, now, description="身高165以上，35岁以下", justification="操作台高度固定")

    assert refusal.value.facts == {"phrases": "身高、35岁以下"}
    assert [remark.finding.level for remark in vacancies.remarks(posted)] == ["ask", "ask"]


def test_no_wage_at_all_needs_a_reason_and_a_told_range_excuses_the_word(session, now):
    with pytest.raises(AdvertAsks):
        post(session, now, wage_low=None, wage_high=None)

    assert vacancies.remarks(post(session, now, wage_note="具体面议")) == []


def test_a_hint_does_not_stand_in_the_way(session, now):
    posted = post(session, now, age_note="18-45周岁")

    assert [(remark.field, remark.finding.rule) for remark in vacancies.remarks(posted)] == [("age_note", "age_range")]


def test_wages_stand_in_order_and_one_figure_is_both(session, now):
    with pytest.raises(WagesInDisorder):
        post(session, now, wage_low=6500, wage_high=3500)
    posted = post(session, now, wage_low=4000, wage_high=None)

    assert (posted.wage_low, posted.wage_high) == (4000, 4000)


def test_a_change_goes_before_the_desk_again_and_no_change_does_not(session, now):
    vacancy = VacancyFactory(title="缝纫工", enterprise=approve(EnterpriseFactory()))
    vacancies.review(session, vacancy, "returned", reason="写清地点", by=None, now=now)

    vacancies.revise(session, vacancy, headcount=8, by=None, now=now + timedelta(1))
    assert (vacancy.state, vacancy.headcount, vacancy.submitted_at) == ("submitted", 8, now + timedelta(1))
    vacancies.review(session, vacancy, "approved", by=None, now=now + timedelta(2))
    vacancies.revise(session, vacancy, title=" 缝纫工", headcount=8, by=None, now=now + timedelta(3))
    assert (vacancy.state, vacancy.revision) == ("approved", None)


def test_a_revision_is_read_like_a_new_advert(session, now):
    vacancy = shown()

    with pytest.raises(AdvertBlocked):
        vacancies.revise(session, vacancy, title="缝纫工（限女）", by=None, now=now)


def test_a_vacancy_taken_down_stays_down(session, now):
    vacancy = shown()
    vacancies.close(session, vacancy, by=None, now=now)
    vacancies.close(session, vacancy, by=None, now=now + timedelta(1))

    assert (vacancy.state, vacancy.closed_at) == ("closed", now)
    with pytest.raises(VacancyClosed):
        vacancies.revise(session, vacancy, headcount=9, by=None, now=now)
    with pytest.raises(VacancyClosed):
        vacancies.review(session, vacancy, "approved", by=None, now=now)


def test_an_advert_of_an_enterprise_not_approved_is_not_approved(session, now):
    with pytest.raises(EnterpriseNotApproved):
        vacancies.review(session, VacancyFactory(), "approved", by=None, now=now)


def test_what_the_lint_found_passes_with_a_reason_only(session, clerk, now):
    vacancy = VacancyFactory(enterprise=approve(EnterpriseFactory()), description="限男（井下作业）")
    with pytest.raises(OverrideMissing) as refusal:
        vacancies.review(session, vacancy, "approved", by=clerk, now=now)
    vacancies.review(session, vacancy, "approved", override_reason="女职工禁忌劳动范围", by=clerk, now=now)

    review = vacancy.standing
    assert refusal.value.facts == {"phrases": "限男"}
    assert (vacancy.state, review.override_reason, review.by_id) == ("approved", "女职工禁忌劳动范围", clerk.id)


def test_a_verdict_is_told_once_and_a_return_has_a_reason(session, clerk, now):
    vacancy = VacancyFactory(title="焊工")
    with pytest.raises(ReasonMissing):
        vacancies.review(session, vacancy, "returned", by=clerk, now=now)
    for _ in range(2):
        vacancies.review(session, vacancy, "returned", reason="写清工作地点", by=clerk, now=now)

    assert len(session.scalars(select(VacancyReview)).all()) == 1
    assert session.scalars(select(Notice.text)).all() == [
        f"岗位“焊工”（岗位号{vacancy.no}）被退回，原因：写清工作地点。请登录送岗改好后再提交。【送岗】"
    ]


def test_the_public_sees_what_is_approved_of_enterprises_that_are(session, clerk, now):
    seen = shown()
    VacancyFactory()
    approve(VacancyFactory())
    vacancies.close(session, shown(), by=None, now=now)
    reopened = shown()
    enterprises.revise(session, reopened.enterprise, name="改名有限公司", by=None, now=now)

    assert vacancies.open_ones(session, COUNTY) == [seen]
    assert vacancies.count_open(session, COUNTY) == 1
    assert vacancies.find_public(session, COUNTY, seen.no) == seen
    with pytest.raises(NotFound):
        vacancies.find_public(session, COUNTY, reopened.no)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["a", "b", "c"]),
        ({"words": " 焊 "}, ["b"]),
        ({"words": "穗香 包装"}, ["a"]),
        ({"words": "%"}, []),
        ({"words": "_"}, ["c"]),
        ({"words": "100%"}, []),
        ({"trades": ["焊工"]}, ["b"]),
        ({"trades": ["焊工", "包装工"], "settlements": ["daily"]}, ["a"]),
        ({"settlements": ["daily"]}, ["a"]),
        ({"settlements": ["daily", "weekly"]}, ["a", "b"]),
        ({"settlements": ["daily"], "commute": True}, []),
        ({"boards": ["room"]}, ["b"]),
        ({"boards": ["board"]}, ["b", "c"]),
        ({"commute": True}, ["b"]),
        ({"older": True}, ["a"]),
        ({"disabled": True}, ["c"]),
        ({"wage_from": 3000}, ["a", "b"]),
        ({"wage_from": 4000}, ["b"]),
        ({"townships": ["990101"]}, ["a"]),
        ({"townships": ["990101", "990102"]}, ["a", "b"]),
        ({"townships": ["990199"]}, []),
    ],
)
def test_filters_narrow_each_other_and_values_within_one_widen(session, asked, titles):
    firms = [
        approve(EnterpriseFactory(name=name, township=(there := TownshipFactory(code=code)), township_id=there.id))
        for name, code in [("穗香食品", "990101"), ("铸造厂", "990102"), ("cold_store", "990103")]
    ]
    cards = [
        {
            "title": "a",
            "trade": "包装工",
            "wage_low": 150,
            "pay_unit": "day",
            "settlement": "daily",
            "accepts_older": True,
        },
        {
            "title": "b",
            "trade": "焊工",
            "wage_low": 5500,
            "settlement": "weekly",
            "room_and_board": "both",
            "commute": True,
        },
        {"title": "c", "wage_low": None, "wage_high": None, "room_and_board": "board", "accepts_disabled": True},
    ]
    for firm, card in zip(firms, cards, strict=True):
        approve(VacancyFactory(enterprise=firm, **card))

    found = vacancies.open_ones(session, COUNTY, **asked)

    assert sorted(vacancy.title for vacancy in found) == titles
    assert vacancies.count_open(session, COUNTY, **asked) == len(titles)


def test_a_long_list_comes_in_pages(session):
    numbers = [shown().no for _ in range(5)]

    pages = [[row.no for row in vacancies.open_ones(session, COUNTY, most=2, skip=skip)] for skip in (0, 2, 4)]

    assert [no for page in pages for no in page] == numbers[::-1]


def test_a_job_number_is_given_once_at_a_fair(session, now):
    fair, other = FairFactory(), FairFactory()
    first, second = shown(), shown()
    numbers = [vacancies.show_at(session, fair, vacancy, by=None, now=now).job_no for vacancy in (first, first, second)]
    vacancies.withdraw_from(session, fair, first, by=None, now=now)
    third = vacancies.show_at(session, fair, shown(), by=None, now=now)
    back = vacancies.show_at(session, fair, first, by=None, now=now)

    assert numbers == [1, 1, 2]
    assert (third.job_no, back.job_no) == (3, 1)
    assert vacancies.show_at(session, other, second, by=None, now=now).job_no == 1


def test_a_fair_shows_the_public_what_it_may_see_in_the_order_of_numbers(session, now):
    fair = FairFactory()
    first, gone, returned = shown(), shown(), shown()
    for vacancy in (first, gone, returned):
        vacancies.show_at(session, fair, vacancy, by=None, now=now)
    vacancies.withdraw_from(session, fair, gone, by=None, now=now)
    vacancies.review(session, returned, "returned", reason="工资不实", by=None, now=now)

    assert [(row.job_no, row.vacancy) for row in vacancies.at_fair(session, fair)] == [(1, first)]
    assert [row.job_no for row in vacancies.shown_at(session, fair, returned.enterprise)] == [3]
    assert vacancies.fairs_of(session, first, now=now) == [(fair, 1)]
    assert vacancies.fairs_of(session, first, now=now + timedelta(9)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_once(session, queries, now, rows):
    fair = FairFactory()
    for _ in range(rows):
        vacancies.show_at(session, fair, shown(), by=None, now=now)
    session.expire_all()
    fair.id  # noqa: B018  it is there before we count

    with queries() as asked:
        public = [(row.enterprise.name, row.state) for row in vacancies.open_ones(session, COUNTY)]
    session.expunge_all()
    with queries() as asked_there:
        there = [(row.vacancy.enterprise.name, row.vacancy.state) for row in vacancies.at_fair(session, fair)]

    assert (len(asked), len(public)) == (1, rows)
    assert (len(asked_there), len(there)) == (1, rows)


def test_the_queue_and_its_counts(session, now):
    second, first = VacancyFactory(), VacancyFactory(submitted_at=now - timedelta(1))
    vacancies.close(session, VacancyFactory(), by=None, now=now)
    shown()

    assert vacancies.waiting(session, COUNTY) == [first, second]
    assert vacancies.count(session, COUNTY) == {"submitted": 2, "closed": 1, "approved": 1}


def test_a_company_finds_its_own_vacancies_only(session):
    vacancy, other = VacancyFactory(), EnterpriseFactory()

    assert vacancies.find(session, COUNTY, vacancy.no, of=vacancy.enterprise) == vacancy
    assert vacancies.of_enterprise(session, other) == []
    with pytest.raises(NotFound):
        vacancies.find(session, COUNTY, vacancy.no, of=other)
