import json
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import select

from scheduling import markets
from scheduling.models import Deed, Holiday, MarketRule
from scheduling.planning import lunar
from scheduling.refusals import (
    BadMarketRule,
    MarketDayAlready,
    MarketExceptionKnown,
    NoMarketThatDay,
    NotFound,
    OutsideTheCalendar,
    ReasonMissing,
)
from tests.factories import COUNTY, NOW, MarketFactory, TownshipFactory

VECTORS = json.loads((Path(__file__).parent / "planning" / "market_day_vectors.json").read_text(encoding="utf-8"))


def willow(session, rule_text="农历逢三六九", **more):
    """柳河镇's market: 7:00 to 12:00."""
    given = {"slug": "liuhe", "name": "柳河镇", "term": "集", "township": TownshipFactory(name="柳河镇"), **more}
    return markets.open(session, COUNTY, rule_text=rule_text, opens=time(7), closes=time(12), by=None, now=NOW, **given)


def deeds_of(session) -> list[str]:
    return list(session.scalars(select(Deed.what).order_by(Deed.id)))


def test_a_market_is_held_on_the_days_its_rule_says(session):
    market = willow(session)

    assert markets.days(market, date(2026, 11, 23), date(2026, 11, 30)) == [date(2026, 11, 24), date(2026, 11, 27)]
    assert markets.next_days(market, date(2026, 11, 24), 2) == [date(2026, 11, 27), date(2026, 12, 1)]
    assert markets.describe(market) == "农历逢三、六、九"


def test_opening_a_market_twice_opens_one(session):
    market = willow(session)

    assert willow(session, "天天") is market
    assert markets.describe(market) == "农历逢三、六、九"
    assert deeds_of(session) == ["market.opened", "market.rules_set"]


def test_new_rules_replace_the_old_ones(session):
    market = willow(session)

    markets.set_rules(session, market, "每周六、周日；每年农历二月初八", by=None, now=NOW)
    markets.set_rules(session, market, "每周六、周日；每年农历二月初八 ", by=None, now=NOW)

    rows = session.scalars(select(MarketRule).order_by(MarketRule.position)).all()
    assert [(rule.position, rule.kind) for rule in rows] == [(0, "weekly"), (1, "annual_lunar")]
    assert deeds_of(session) == ["market.opened", "market.rules_set", "market.rules_set"]


def test_a_rule_that_cannot_be_read_names_the_part_and_changes_nothing(session):
    market = willow(session)

    with pytest.raises(BadMarketRule) as refused:
        markets.set_rules(session, market, "农历逢三；看情况", by=None, now=NOW)

    assert refused.value.facts == {"part": "看情况"}
    assert market.rule_text == "农历逢三六九"


def test_a_market_without_rules_lives_by_added_dates(session):
    market = willow(session, "")
    markets.add_exception(
        session, market, kind="add_date", day=date(2026, 12, 5), reason="物资交流会", by=None, now=NOW
    )

    assert markets.next_days(market, NOW.date(), 3) == [date(2026, 12, 5)]


def test_a_market_day_is_dropped_moved_and_given_back(session):
    market = willow(session)
    first, second = date(2026, 11, 24), date(2026, 11, 27)
    dropped = markets.add_exception(session, market, kind="drop_date", day=first, reason="修路", by=None, now=NOW)
    markets.add_exception(
        session, market, kind="move", day=second, moved_to=date(2026, 11, 28), reason="办庙会", by=None, now=NOW
    )

    assert markets.next_days(market, NOW.date(), 2) == [date(2026, 11, 28), date(2026, 12, 1)]

    markets.drop_exception(session, market, dropped.id, reason="路修好了", by=None, now=NOW)
    markets.drop_exception(session, market, dropped.id, reason="路修好了", by=None, now=NOW)

    assert markets.next_days(market, NOW.date(), 2) == [first, date(2026, 11, 28)]
    assert deeds_of(session)[2:] == [
        "market.exception_added",
        "market.exception_added",
        "market.exception_dropped",
    ]


def test_the_same_exception_twice_is_one_and_another_for_that_day_is_refused(session):
    market = willow(session)
    told = {"day": date(2026, 11, 24), "reason": "春节休市", "by": None, "now": NOW}
    once = markets.add_exception(session, market, kind="drop_date", **told)

    assert markets.add_exception(session, market, kind="drop_date", **told) is once
    with pytest.raises(MarketExceptionKnown):
        markets.add_exception(session, market, kind="add_date", **told)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"kind": "drop_date", "day": date(2026, 11, 25), "reason": "修路"}, NoMarketThatDay),
        ({"kind": "add_date", "day": date(2026, 11, 24), "reason": "年集"}, MarketDayAlready),
        ({"kind": "drop_date", "day": date(2026, 11, 24), "reason": " "}, ReasonMissing),
        ({"kind": "add_date", "day": date(3000, 1, 1), "reason": "年集"}, OutsideTheCalendar),
    ],
)
def test_an_exception_that_makes_no_sense_is_refused(session, told, refusal):
    market = willow(session)

    with pytest.raises(refusal):
        markets.add_exception(session, market, by=None, now=NOW, **told)

    assert market.exceptions == []


def test_today_and_the_week_name_the_markets_planning_names(session):
    named = {
        name: willow(session, told["rule_text"], slug=f"m{number}", name=name, township=TownshipFactory(name=name))
        for number, (name, told) in enumerate(VECTORS["vectors"].items())
    }
    february = [date(2027, 2, number) for number in range(1, 29)]

    held = {day: markets.today(session, COUNTY, day) for day in february}

    for name, told in VECTORS["vectors"].items():
        assert [str(day) for day in february if named[name] in held[day]] == told["feb_2027"], name


def test_the_week_begins_tomorrow(session):
    market = willow(session)

    week = markets.week(session, COUNTY, date(2026, 11, 23))

    assert [day for day, _held in week] == [date(2026, 11, day) for day in range(24, 31)]
    assert [held for _day, held in week] == [[market], [], [], [market], [], [], []]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_markets_asks_three_times(session, queries, rows):
    for number in range(rows):
        willow(session, slug=f"m{number}")
    session.commit()

    with queries() as asked:
        found = markets.all_of(session, COUNTY)

    assert (len(found), len([one for one in asked if one.startswith("SELECT")])) == (rows, 3)


def test_another_countys_market_is_not_found(session):
    MarketFactory(slug="liuhe")

    with pytest.raises(NotFound):
        markets.find(session, "990200", "liuhe")


def test_holidays_are_seeded_once_and_what_was_corrected_stays(session):
    session.add(Holiday(county=COUNTY, day=date(2026, 1, 1), name="元旦（更正）", works=True))
    fresh = markets.seed_holidays(session, COUNTY, by=None, now=NOW)

    assert fresh == len(lunar.published_holidays()) - 1
    assert markets.seed_holidays(session, COUNTY, by=None, now=NOW) == 0
    table = markets.holidays(session, COUNTY, date(2026, 1, 1), date(2026, 1, 2))
    assert [row.name for row in table.rows] == ["元旦（更正）", "元旦"]
