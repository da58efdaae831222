"""An accepted season: its fairs are drafts with their duties; another version later changes what is different."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, fairs, markets, plans, staff, vans
from scheduling.models import Deed, Fair, FairDuty, PlanAcceptance
from scheduling.planning.season import Candidate, Enterprise, Plan, PlannedFair, Problem, Staff, Town, Van
from scheduling.planning.solving import say
from scheduling.plans import season
from scheduling.refusals import PlanBroken, PlanOutdated, VanElsewhere
from tests.factories import COUNTY, NOW, BoothFactory, EnterpriseFactory, FairFactory, TownshipFactory, approve
from tests.scheduling.season_examples import answer, opened, solved

MONDAY = date(2026, 12, 7)


@pytest.fixture
def county(session):
    """Two markets held every day, a van, two people, two approved enterprises: with their ids as keys."""
    more = {"by": None, "now": NOW}
    for code, name in (("990102", "柳河镇"), ("990103", "石桥铺镇")):
        told = {"slug": code, "township": TownshipFactory(name=name, code=code), "name": name, "term": "集"}
        markets.open(session, COUNTY, **told, rule_text="每日集", opens=None, closes=None, **more)
    minutes = {"990102": 25, "990103": 30}
    van = vans.keep(session, COUNTY, None, name="1号大篷车", range_minutes=60, minutes=minutes, **more)
    people = [staff.keep(session, COUNTY, None, name=name, leads=True, **more) for name in ("周带队", "吴带队")]
    firms = [approve(EnterpriseFactory(name=name)) for name in ("穗香食品", "精工数控")]
    return van, people, firms


def days(*wanted: tuple[str, int]) -> tuple[Candidate, ...]:
    needs = {"staff_min": 1, "staff_max": 2, "enterprises_min": 1, "enterprises_max": 2}
    names = {"990102": "柳河镇", "990103": "石桥铺镇"}
    found = [(town, MONDAY + timedelta(days=later)) for town, later in wanted]
    return tuple(Candidate(f"{town}@{day}", town, day, names[town], **needs) for town, day in found)


@pytest.fixture
def problem(county) -> Problem:
    van, people, firms = county
    return Problem(
        first=MONDAY,
        last=MONDAY + timedelta(days=13),
        towns=(Town("990102", "柳河镇", 59_000), Town("990103", "石桥铺镇", 52_000)),
        candidates=days(("990102", 0), ("990103", 2), ("990102", 10)),
        vans=(Van(str(van.id), van.name, (("990102", 25), ("990103", 30)), 60),),
        staff=tuple(Staff(str(each.id), each.name, leads=True) for each in people),
        enterprises=tuple(Enterprise(str(each.id), each.name, (("焊工", 5),)) for each in firms),
    )


@pytest.fixture
def there(county):
    """Make a planned fair: `there("990102@2026-12-07", 0, [0])` has person 0 and enterprise 0."""
    van, people, firms = county

    def make(candidate, person=0, enterprises=(0,), **more) -> PlannedFair:
        told = {"van": str(van.id), "staff": (str(people[person].id),)}
        return PlannedFair(candidate, **told | more, enterprises=tuple(sorted(str(firms[n].id) for n in enterprises)))

    return make


WILLOW, BRIDGE, LATER = "990102@2026-12-07", "990103@2026-12-09", "990102@2026-12-17"


@pytest.fixture
def plan(session, problem):
    return opened(session, problem)


def version(session, plan, *planned, problem=None):
    if problem is not None:
        plans.revise(session, plan, problem, by=None, now=NOW)
    return solved(session, plan, answer(*planned))


def accept(session, row, now=NOW, **more):
    return season.carry_out(session, row, host="songgang.test", by=None, now=now, **more)


def standing(session):
    """Give the days of the fairs that are not called off."""
    rows = session.scalars(select(Fair).order_by(Fair.starts_at)).all()
    return [fairs.local_day(fair.starts_at).day for fair in rows if fair.state != "called_off"]


def sent(session, fair):
    return [(duty.van or duty.staff or duty.enterprise).name for duty in season.duties(session, fair)]


def test_accepted_fairs_are_drafts_on_their_market_days_with_all_who_go(session, plan, there):
    done = accept(session, version(session, plan, there(WILLOW, 0, [0, 1]), there(BRIDGE, 1)))

    first, second = done.held
    assert [(fair.state, fair.title, fair.market.name) for fair in done.held] == [
        ("draft", "柳河镇赶集招聘会", "柳河镇"),
        ("draft", "石桥铺镇赶集招聘会", "石桥铺镇"),
    ]
    assert standing(session) == [7, 9]
    assert set(sent(session, first)) == {"1号大篷车", "周带队", "穗香食品", "精工数控"}
    assert set(sent(session, second)) == {"1号大篷车", "吴带队", "穗香食品"}


def test_an_invited_enterprise_is_in_the_queue_for_a_booth(session, plan, there):
    (fair,) = accept(session, version(session, plan, there(WILLOW))).held

    assert [(row.enterprise.name, row.invited) for row in booths.asked(session, fair)] == [("穗香食品", True)]


def test_accepting_again_changes_nothing(session, plan, there):
    row = version(session, plan, there(WILLOW), there(BRIDGE))
    first = accept(session, row)
    deeds = len(session.scalars(select(Deed)).all())

    again = accept(session, row)

    assert again == first
    assert len(session.scalars(select(Deed)).all()) == deeds
    assert len(session.scalars(select(PlanAcceptance)).all()) == 1
    assert len(session.scalars(select(FairDuty)).all()) == 6


def test_the_reserve_day_is_the_plan_for_rain(session, plan, there, problem):
    exposed = replace(problem, candidates=tuple(replace(each, exposed=True) for each in problem.candidates))
    (van,) = exposed.vans
    row = version(session, plan, there(WILLOW, reserve=LATER, reserve_van=van.key), problem=exposed)

    (fair,) = accept(session, row).held

    assert fair.rain_plan == "下大雨改到12月17日，也是逢集的日子。"


def test_a_fair_that_stands_on_the_day_is_taken_as_it_is(session, plan, there, county):
    market = markets.find(session, COUNTY, "990102")
    starts = datetime.combine(MONDAY, time(9), fairs.HERE)
    known = FairFactory(starts_at=starts, market_id=market.id, market=market, township_id=market.township_id)

    done = accept(session, version(session, plan, there(WILLOW)))

    assert done.held == (known,)


def test_a_later_version_calls_off_drafts_and_changes_duties(session, plan, there):
    first = accept(session, version(session, plan, there(WILLOW, 0), there(BRIDGE, 0)))
    second = accept(session, version(session, plan, there(WILLOW, 1, [1]), there(LATER)), now=NOW + timedelta(hours=1))

    willow = first.held[0]
    assert (second.dropped, second.left, second.held[0]) == (1, 0, willow)
    assert standing(session) == [7, 17]
    assert set(sent(session, willow)) == {"1号大篷车", "吴带队", "精工数控"}
    assert sent(session, first.held[1]) == []
    assert [row.enterprise.name for row in booths.asked(session, willow)] == ["精工数控"]
    assert plans.accepted(session, plan).number == 2


def test_a_published_fair_stays_when_it_is_planned_no_more(session, plan, there):
    first = accept(session, version(session, plan, there(WILLOW), there(BRIDGE)))
    BoothFactory(fair=first.held[1])
    told = {"contact_name": "王窗口", "contact_phone": "0990-1", "rain_plan": "改到大厅", "by": None, "now": NOW}
    fairs.revise(session, first.held[1], **told)
    fairs.publish(session, first.held[1], by=None, now=NOW)

    second = accept(session, version(session, plan, there(WILLOW)))

    assert (second.dropped, second.left, standing(session)) == (0, 1, [7, 9])


def test_an_earlier_version_can_be_chosen_again(session, plan, there):
    first, second = version(session, plan, there(WILLOW)), version(session, plan, there(BRIDGE))
    for number, row in enumerate((first, second, first)):
        accept(session, row, now=NOW + timedelta(minutes=number))

    assert plans.accepted(session, plan) == first
    assert standing(session) == [7]


def test_a_version_that_breaks_rules_asks_why(session, plan, there):
    row = version(session, plan, there(WILLOW, van=None))

    with pytest.raises(PlanBroken) as refused:
        accept(session, row)
    accept(session, row, reason="借镇里的车")

    assert refused.value.facts == {"number": 1}
    assert standing(session) == [7]
    deed = session.scalars(select(Deed).where(Deed.what == "plan.accepted")).one()
    assert deed.facts == {"number": 1, "broken": 1, "reason": "借镇里的车"}


def test_a_season_that_has_begun_is_not_carried_out(session, plan, there):
    with pytest.raises(PlanOutdated):
        accept(session, version(session, plan, there(WILLOW)), now=NOW + timedelta(days=20))

    assert session.scalars(select(Fair)).all() == []


def test_a_van_that_another_plan_sent_elsewhere_is_not_sent_twice(session, plan, there, problem):
    accept(session, version(session, plan, there(WILLOW)))
    elsewhere = replace(problem, candidates=days(("990103", 0)))
    other = opened(session, elsewhere, title="另一季")

    with pytest.raises(VanElsewhere):
        accept(session, solved(session, other, answer(there("990103@2026-12-07", 1))))


def test_a_version_made_by_hand_is_respected_by_later_runs(session, plan, there, problem):
    first = version(session, plan, there(WILLOW), there(BRIDGE))
    before, after = plans.answer_of(first).plan, Plan((there(WILLOW, 1),))
    told = {"touched": (WILLOW, BRIDGE), "words": say("窗口定的"), "by": None, "now": NOW}

    for _ in range(2):
        made = plans.save_by_hand(session, first, season.decided(problem, before, after), after, **told)

    kept = plans.problem_of(plan)
    assert (made.number, made.made, made.came_from) == (2, "by_hand", first)
    assert ([lock.candidate for lock in kept.locks], [ban.candidate for ban in kept.bans]) == (
        [WILLOW],
        [WILLOW, BRIDGE],
    )
    assert plans.answer_of(made).bound is None
