"""What a season is planned from, looked up in the county's rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduling import fairs, markets, staff, vans
from scheduling.models import FairDuty
from scheduling.planning.season import Ban, Campaign, Lock, Pace, Plan, PlannedFair
from scheduling.planning.season.changing import changes
from scheduling.plans.season import Terms, gather, refreshed
from scheduling.refusals import NothingToPlan, TimesInDisorder
from tests.factories import COUNTY, NOW, EnterpriseFactory, FairFactory, TownshipFactory, VacancyFactory, approve
from tests.scheduling.season_examples import opened, solved

FIRST, LAST = date(2027, 2, 1), date(2027, 2, 28)
TERMS = Terms(FIRST, LAST)


@pytest.fixture
def willow(session):
    """The market of 柳河镇, held on lunar days that end in three, six and nine."""
    return market(session, "柳河镇", "农历逢三六九", "990102", population_10k=5.9)


def market(session, name, rule, code, **more):
    town = TownshipFactory(name=name, code=code, **more)
    told = {"slug": code, "township": town, "name": name, "term": "集", "rule_text": rule}
    return markets.open(session, COUNTY, **told, opens=None, closes=None, by=None, now=NOW)


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)


def needing(headcount, trade="焊工", **more):
    firm = approve(EnterpriseFactory(**more))
    approve(VacancyFactory(enterprise=firm, trade=trade, headcount=headcount))
    return firm


def test_every_market_day_may_get_a_fair_and_those_after_the_season_are_there_for_rain(session, willow):
    problem = gather(session, COUNTY, replace(TERMS, pace=Pace(reserve_days=7)))

    days = [candidate.day for candidate in problem.candidates]
    assert days == markets.days(willow, FIRST, LAST + timedelta(days=7))
    assert {candidate.exposed for candidate in problem.candidates} == {True}
    assert (problem.towns[0].key, problem.towns[0].population) == ("990102", 59_000)


def test_the_days_of_spring_festival_are_left_out(session, willow):
    markets.seed_holidays(session, COUNTY, by=None, now=NOW)
    terms = Terms(date(2026, 2, 10), date(2026, 3, 10))
    rests = {row.day for row in markets.holidays(session, COUNTY, terms.first, terms.last).rows if not row.works}

    days = {candidate.day for candidate in gather(session, COUNTY, terms).candidates}

    assert rests & set(markets.days(willow, terms.first, terms.last)) != set()
    assert rests & days == set()


def test_the_last_visit_is_the_last_published_fair_there_that_was_not_called_off(session, willow):
    visit = {"township": willow.township, "township_id": willow.township_id}
    day = FIRST - timedelta(days=30)
    FairFactory(starts_at=at(day), **visit)
    FairFactory(starts_at=at(day + timedelta(days=5)), draft=True, **visit)
    FairFactory(starts_at=at(day + timedelta(days=7)), kind="livestream", **visit)
    off = FairFactory(starts_at=at(day + timedelta(days=9)), **visit)
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)

    assert gather(session, COUNTY, TERMS).towns[0].last_visit == day


def test_enterprises_come_with_what_they_lack_by_trade(session, willow):
    big = needing(30, township_id=willow.township_id)
    approve(VacancyFactory(enterprise=big, trade="", title="电工", headcount=4))
    needing(5)
    VacancyFactory(headcount=9)  # neither it nor its firm is approved

    firms = gather(session, COUNTY, TERMS).enterprises

    assert [(firm.need, firm.needs) for firm in firms] == [(34, (("焊工", 30), ("电工", 4))), (5, (("焊工", 5),))]
    assert [firm.prefers for firm in firms] == [("990102",), ()]


def test_vans_and_staff_come_as_they_are_written_down(session, willow):
    more = {"by": None, "now": NOW}
    told = {"range_minutes": 60, "minutes": {"990102": 25}, "unavailable": [FIRST]}
    van = vans.keep(session, COUNTY, None, name="1号大篷车", **told, **more)
    old = vans.keep(session, COUNTY, None, name="旧车", **told, **more)
    vans.retire(session, old, **more)
    home = willow.township_id
    person = staff.keep(session, COUNTY, None, name="周带队", township_id=home, rest_weekdays=[7], leads=True, **more)

    problem = gather(session, COUNTY, TERMS)

    assert [(each.key, each.minutes, each.range_minutes, each.unavailable) for each in problem.vans] == [
        (str(van.id), (("990102", 25),), 60, (FIRST,))
    ]
    assert [(each.key, each.home, each.rest_weekdays, each.leads) for each in problem.staff] == [
        (str(person.id), "990102", (7,), True)
    ]


def test_what_is_announced_is_locked_with_those_who_are_sent_there(session, willow):
    day = markets.days(willow, FIRST, LAST)[2]
    announced = FairFactory(starts_at=at(day), market=willow, market_id=willow.id, township_id=willow.township_id)
    member = staff.keep(session, COUNTY, None, name="周带队", leads=True, by=None, now=NOW)
    version = solved(session, opened(session))
    session.add(FairDuty(fair_id=announced.id, version_id=version.id, staff_id=member.id, at=NOW))
    session.flush()

    assert gather(session, COUNTY, TERMS).locks == (Lock(f"990102@{day}", staff=(str(member.id),)),)


def test_looking_up_again_keeps_what_people_decided(session, willow):
    needing(30)
    known = gather(session, COUNTY, TERMS)
    day = known.candidates[1].key
    decided = replace(
        known,
        towns=(replace(known.towns[0], fairs_min=2, seekers=(("焊工", 9),)),),
        candidates=tuple(replace(each, exposed=False, staff_min=2) for each in known.candidates),
        enterprises=(replace(known.enterprises[0], max_a_month=1),),
        campaigns=(Campaign("春风", "春风行动", FIRST, LAST, 1),),
        bans=(Ban(day), Ban("990102@2026-01-01")),
    )
    needing(8)

    fresh = refreshed(decided, gather(session, COUNTY, TERMS))

    assert (fresh.towns, fresh.candidates, fresh.campaigns) == (decided.towns, decided.candidates, decided.campaigns)
    assert fresh.bans == (Ban(day),)
    assert [(firm.need, firm.max_a_month) for firm in fresh.enterprises] == [(30, 1), (8, 4)]


def test_the_fair_of_a_market_day_that_is_called_off_is_moved_and_not_dropped(session, willow):
    needing(30)
    known = gather(session, COUNTY, TERMS)
    off, instead = known.candidates[0], known.candidates[1]
    markets.add_exception(session, willow, kind="drop_date", day=off.day, reason="修路", by=None, now=NOW)

    fresh = refreshed(known, gather(session, COUNTY, TERMS))
    before, after = (Plan((PlannedFair(each.key),)) for each in (off, instead))

    assert fresh.candidates == known.candidates
    assert fresh.bans == (Ban(off.key, called_off=True),)
    assert [change.kind for change in changes(fresh, before, after)] == ["moved"]
    assert refreshed(fresh, known).bans == ()


@pytest.mark.parametrize(("first", "last"), [(LAST, FIRST), (FIRST, FIRST + timedelta(days=201))])
def test_days_out_of_order_or_too_many_are_refused(session, willow, first, last):
    with pytest.raises(TimesInDisorder):
        gather(session, COUNTY, Terms(first, last))


def test_days_without_a_market_are_refused(session):
    with pytest.raises(NothingToPlan):
        gather(session, COUNTY, TERMS)
