from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from scheduling import booths, campaigns, fairs, markets, series
from scheduling.models import Counter, Deed, Fair, FairSeries, FairVacancy
from scheduling.planning import markets as planning
from scheduling.refusals import (
    DaysInDisorder,
    FairNotReady,
    NoDayLeft,
    NotAMarketDay,
    PlaceTaken,
    SameFair,
    TooManyDays,
)
from tests.factories import COUNTY, NOW, EnterpriseFactory, TownshipFactory, VacancyFactory, approve
from tests.scheduling.fair_examples import AT, planned, ready, willow

__all__ = ["willow"]  # a fixture

SATURDAYS = planning.Weekly((6,))
TOLD = {"contact_name": "王窗口", "contact_phone": "0990-1234567", "outdoor": False}


def pattern(first=date(2027, 1, 1), last=date(2027, 1, 31), **more) -> series.Pattern:
    return series.Pattern(first, last, **{"rule": SATURDAYS, **more})


def shape(**more) -> series.Shape:
    told = {"kind": "regular_fair", "title": "周六固定招聘会", "place": "县人力资源市场", "starts": time(9)}
    return series.Shape(**{**told, "ends": time(11, 30), **more})


def made(session, days=None, *, by_pattern=None, by_shape=None, **more) -> series.Made:
    goes_by = by_pattern or pattern()
    chosen = goes_by.days() if days is None else days
    told = {"host": "rs.example.gov.cn", "by": None, "now": NOW, **TOLD, **more}
    return series.make(session, COUNTY, goes_by, by_shape or shape(), chosen, **told)


def days_of(rows) -> list[date]:
    return [fairs.local_day(fair.starts_at) for fair in rows]


# Days


def test_every_saturday(session):
    found = series.candidates(session, COUNTY, pattern())

    assert [each.day.day for each in found] == [2, 9, 16, 23, 30]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (planning.SolarTail((8,)), [8, 18, 28]),  # 每月逢8
        (planning.LunarTail((8,)), [6, 16, 26]),  # 冬月廿八、腊月初八、腊月十八: 腊月初一 is 8 January
    ],
)
def test_every_so_many_days_of_the_month(session, rule, days):
    found = series.candidates(session, COUNTY, pattern(rule=rule))

    expected = [day for day in (date(2027, 1, number) for number in range(1, 32)) if rule.holds_on(day)]
    assert [each.day for each in found] == expected
    if isinstance(rule, planning.SolarTail):
        assert [each.day.day for each in found] == days


def test_a_market_is_gone_with_exceptions_and_all(session, willow):
    markets.add_exception(session, willow, kind="drop_date", day=date(2026, 11, 27), reason="修路", by=None, now=NOW)
    found = series.candidates(session, COUNTY, series.Pattern(date(2026, 11, 24), date(2026, 12, 4), market=willow))

    assert [each.day.isoformat() for each in found] == ["2026-11-24", "2026-12-01", "2026-12-04"]


def test_holidays_are_named_and_a_weekend_that_is_worked_is_an_ordinary_day(session):
    markets.seed_holidays(session, COUNTY, by=None, now=NOW)
    rule = planning.Weekly((6, 7))
    found = series.candidates(session, COUNTY, pattern(date(2026, 9, 19), date(2026, 10, 11), rule=rule))
    named = {each.day.isoformat(): each.off for each in found}

    holidays = markets.holidays(session, COUNTY, date(2026, 9, 19), date(2026, 10, 11))
    for each in found:
        published = holidays.on(each.day)
        assert each.off == (published.name if published and not published.works else "")
    assert "国庆节" in named.values()
    assert [day for day, off in named.items() if not off and holidays.on(date.fromisoformat(day))] != []


def test_spring_festival_is_known_where_the_year_is_not_published(session):
    daily = series.candidates(session, COUNTY, pattern(date(2027, 2, 4), date(2027, 2, 10), rule=planning.Daily()))

    assert [each.day.day for each in daily if each.off] == [5, 6, 7, 8]  # 除夕 to 正月初三


def test_a_series_has_an_end_after_its_beginning_and_can_be_looked_through(session):
    with pytest.raises(DaysInDisorder):
        pattern(date(2027, 2, 1), date(2027, 1, 1)).days()
    with pytest.raises(TooManyDays) as refused:
        pattern(date(2027, 1, 1), date(2027, 12, 31), rule=planning.Daily()).days()
    assert refused.value.facts == {"number": 365, "most": 120}


# Making


def test_a_series_is_drafts_with_booths_on_the_days_that_were_ticked(session):
    answer = made(session, [date(2027, 1, 2), date(2027, 1, 16), date(2027, 1, 3)], by_shape=shape(booths=40))

    assert days_of(answer.made) == [date(2027, 1, 2), date(2027, 1, 16)]  # the third is no Saturday
    assert {fair.state for fair in answer.made} == {"draft"}
    assert [len(booths.of_fair(session, fair)) for fair in answer.made] == [40, 40]
    assert answer.made[0].starts_at == datetime(2027, 1, 2, 1, 0, tzinfo=UTC)
    assert session.scalars(select(Deed.what).where(Deed.what == "series.made")).all() == ["series.made"]


def test_the_same_series_again_makes_nothing_twice(session):
    first = made(session)
    moved, renamed, off = first.made[:3]
    fairs.revise(
        session,
        moved,
        starts_at=moved.starts_at + timedelta(days=1),
        ends_at=moved.ends_at + timedelta(days=1),
        by=None,
        now=NOW,
    )
    fairs.revise(session, renamed, title="周六专场", by=None, now=NOW)
    fairs.call_off(session, off, reason="停电", by=None, now=NOW)

    again = made(session)

    assert (again.series, again.made, len(again.stood)) == (first.series, (), 5)
    assert session.scalar(select(func.count(Fair.id))) == 5
    assert session.scalar(select(func.count(FairSeries.id))) == 1


def test_days_left_out_may_follow_later(session):
    first = made(session, [date(2027, 1, 2)])
    later = made(session)

    assert later.series is first.series
    assert days_of(later.made) == [date(2027, 1, day) for day in (9, 16, 23, 30)]
    assert days_of(series.fairs_of(session, first.series)) == [date(2027, 1, day) for day in (2, 9, 16, 23, 30)]


def test_a_day_whose_place_is_taken_is_named_and_the_others_are_had(session):
    other = planned(
        session,
        kind="specialty_fair",
        title="女工专场",
        place="县人力资源市场",
        starts_at=datetime(2027, 1, 9, 1, 30, tzinfo=UTC),
        ends_at=datetime(2027, 1, 9, 3, 0, tzinfo=UTC),
    )
    answer = made(session)

    assert [(day.day, type(why)) for day, why in answer.refused] == [(9, PlaceTaken)]
    assert len(answer.made) == 4
    numbers = session.scalars(select(Fair.number).order_by(Fair.number)).all()
    assert numbers == [other.number, *range(other.number + 1, other.number + 5)]  # no number was lost
    assert session.scalar(select(Counter.value).where(Counter.name == "fair")) == numbers[-1]


def test_where_no_day_at_all_can_be_had_it_says_why(session):
    with pytest.raises(NoDayLeft):
        made(session, [])
    taken = datetime(2027, 1, 9, 1, 30, tzinfo=UTC)
    planned(session, title="专场", place="县人力资源市场", starts_at=taken, ends_at=taken + timedelta(hours=1))

    with pytest.raises(PlaceTaken):
        made(session, [date(2027, 1, 9)])


def test_a_fair_planned_by_hand_before_joins_the_series(session):
    hers = planned(
        session,
        kind="regular_fair",
        title="周六固定招聘会",
        place="县人力资源市场",
        starts_at=datetime(2027, 1, 2, 1, 0, tzinfo=UTC),
        ends_at=datetime(2027, 1, 2, 3, 30, tzinfo=UTC),
    )
    answer = made(session, [date(2027, 1, 2)])

    assert (answer.made, hers.series_id) == ((hers,), answer.series.id)


def test_a_series_at_a_market_is_market_fairs_in_its_town(session, willow):
    days = series.Pattern(date(2026, 11, 24), date(2026, 12, 4), market=willow)
    answer = made(session, by_pattern=days, by_shape=shape(kind="market_fair", title="柳河镇赶集", place="集市入口"))

    assert days_of(answer.made) == days.days()
    assert {fair.township_id for fair in answer.made} == {willow.township_id}
    assert series.spoken(session, answer.series) == "柳河镇农历逢三、六、九"


# Publishing several


def test_of_several_drafts_those_that_are_ready_are_published(session):
    answer = made(session, by_shape=shape(booths=2))
    bare = answer.made[1]
    for booth in booths.of_fair(session, bare):
        booths.remove(session, booth, by=None, now=NOW)

    done, refused = series.publish(session, answer.made, by=None, now=NOW)
    again, still = series.publish(session, answer.made, by=None, now=NOW)

    assert [fair.state for fair in done] == ["published"] * 4
    assert [(fair, type(why), why.facts) for fair, why in refused] == [(bare, FairNotReady, {"missing": "booths"})]
    assert (len(again), len(still)) == (4, 1)
    assert series.drafts(session, answer.series) == [(bare, ["booths"])]


@pytest.mark.parametrize("last", [date(2027, 1, 3), date(2027, 2, 28)])
def test_what_drafts_lack_is_asked_once(session, queries, last):
    answer = made(session, by_pattern=pattern(last=last))
    session.expire_all()

    with queries() as asked:
        assert {"booths"} == {key for _fair, keys in series.drafts(session, answer.series) for key in keys}

    assert len([one for one in asked if "booths" in one or "fair_overrides" in one or "fair_terms" in one]) == 3


# Copying


def copied(session, fair, days=4, **more) -> Fair:
    starts = fair.starts_at + timedelta(days=days)
    ends = fair.ends_at + timedelta(days=days)
    return series.copy(session, fair, starts_at=starts, ends_at=ends, host="x.cn", by=None, now=NOW, **more)


def test_a_copy_is_a_draft_with_everything_but_its_history(session, willow):
    fair = ready(session, willow, audiences=["women"], capacity=50, permit_no="许1号", emergency_plan="预案1号")
    first = booths.lay_out(session, fair, count=3, power=True, kind="tent", by=None, now=NOW)[0]
    fairs.publish(session, fair, by=None, now=NOW)
    maker = approve(EnterpriseFactory())
    booths.book(session, first, maker, by=None, now=NOW)
    vacancy = approve(VacancyFactory(enterprise=maker))
    session.add(FairVacancy(fair_id=fair.id, vacancy_id=vacancy.id, job_no=1, added_at=NOW))
    spring = campaigns.keep(
        session, COUNTY, None, name="春风", first=date(2027, 1, 1), last=date(2027, 2, 1), by=None, now=NOW
    )
    campaigns.tag(session, fair, [spring.key], by=None, now=NOW)

    twin = copied(session, fair)

    assert (twin.state, twin.taken, twin.sequence, twin.permit_no) == ("draft", 0, 0, "")
    assert [twin.title, twin.audiences, twin.capacity, twin.emergency_plan] == [fair.title, ["women"], 50, "预案1号"]
    assert (twin.market_id, twin.township_id) == (willow.id, willow.township_id)
    assert twin.rain_decide_by == fair.rain_decide_by + timedelta(days=4)
    laid, before = booths.of_fair(session, twin), booths.of_fair(session, fair)
    assert [(b.number, b.kind, b.power, b.row, b.column) for b in laid] == [
        (b.number, b.kind, b.power, b.row, b.column) for b in before
    ]
    assert [booth.booking for booth in laid] == [None] * 4
    assert campaigns.of_fair(session, twin) == [(spring, True)]
    assert session.scalars(select(FairVacancy).where(FairVacancy.fair_id == twin.id)).all() == []


def test_the_same_copy_again_is_the_same_draft(session, willow):
    fair = ready(session, willow)

    assert copied(session, fair) is copied(session, fair)
    with pytest.raises(SameFair):  # or somebody would take the original for her draft
        copied(session, fair, days=0)


def test_a_market_fair_is_copied_to_a_market_day_or_for_a_reason(session, willow):
    fair = ready(session, willow)

    with pytest.raises(NotAMarketDay):
        copied(session, fair, days=1)
    assert copied(session, fair, days=1, reason_not_market_day="物资交流会").starts_at == AT + timedelta(days=1)


def test_towns_elsewhere_stay_as_they_are(session):
    town = TownshipFactory(name="石桥铺镇")

    assert copied(session, ready(session, township_id=town.id)).township_id == town.id
