import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.planning.lunar import FIRST_DAY, LAST_DAY, LunarDay, OutsideCalendar, solar_day
from scheduling.planning.markets import (
    AddDate,
    AnnualLunar,
    Branch,
    DropDate,
    Interval,
    LunarTail,
    Market,
    MarketException,
    MoveDate,
    SmallMonth,
    SolarTail,
    Weekly,
    is_market_day,
    market_days,
    next_days,
    rule_from,
)

HERE = Path(__file__).parent
TOWNSHIPS = json.loads((HERE / "county_rules.json").read_text(encoding="utf-8"))["townships"]
VECTORS = json.loads((HERE / "market_day_vectors.json").read_text(encoding="utf-8"))["vectors"]
MARKETS = {
    township["name"]: Market(tuple(rule_from(row["kind"], row) for row in township["rules"])) for township in TOWNSHIPS
}
NEW_YEAR, EVE = date(2027, 1, 1), date(2027, 12, 31)


@pytest.mark.parametrize("township", VECTORS)
def test_a_town_meets_on_its_published_days(township: str) -> None:
    february = market_days(MARKETS[township], date(2027, 2, 1), date(2027, 2, 28))
    year = market_days(MARKETS[township], NEW_YEAR, EVE)

    assert [day.isoformat() for day in february] == VECTORS[township]["feb_2027"]
    assert len(year) == VECTORS[township]["count_2027"]


def test_the_county_has_2042_market_days_in_2027_and_4_to_8_on_any_day() -> None:
    days = [day for market in MARKETS.values() for day in market_days(market, NEW_YEAR, EVE)]

    open_at_once = {days.count(day) for day in set(days)}

    assert (len(days), min(open_at_once), max(open_at_once), len(set(days))) == (2042, 4, 8, 365)


@pytest.mark.parametrize(
    ("month", "branches", "published"),
    [
        (1, "辰戌", [1, 7, 13, 19, 25]),
        (1, "卯酉", [6, 12, 18, 24]),
        (2, "寅申", [6, 12, 18, 24, 30]),
        (3, "巳亥", [3, 9, 15, 21, 27]),
    ],
)
def test_rongjiang_meets_as_it_published_for_2024(month: int, branches: str, published: list[int]) -> None:
    first, after = solar_day(LunarDay(2024, month, 1)), solar_day(LunarDay(2024, month + 1, 1))

    days = market_days(Market((Branch(branches),)), first, after - timedelta(days=1))

    assert [(day - first).days + 1 for day in days] == published


def test_rules_add_up_and_a_day_two_of_them_name_comes_once() -> None:
    market = Market((SolarTail((5,)), Weekly((5,))))

    assert [day.day for day in market_days(market, date(2027, 2, 1), date(2027, 2, 28))] == [5, 12, 15, 19, 25, 26]


def test_exceptions_win_over_rules_and_a_later_one_over_an_earlier() -> None:
    sunday, monday, tuesday = date(2027, 2, 7), date(2027, 2, 8), date(2027, 2, 9)
    weekly = (Weekly((7,)),)

    def days(*exceptions: MarketException) -> list[date]:
        return market_days(Market(weekly, exceptions), date(2027, 2, 6), date(2027, 2, 12))

    assert days() == [sunday]
    assert days(AddDate(monday)) == [sunday, monday]
    assert days(DropDate(sunday)) == []
    assert days(MoveDate(sunday, to=tuesday)) == [tuesday]
    assert days(DropDate(sunday), AddDate(sunday)) == [sunday]
    assert days(MoveDate(sunday, to=tuesday), DropDate(tuesday)) == []
    assert days(MoveDate(sunday, to=tuesday), MoveDate(tuesday, to=monday)) == [monday]


def test_a_market_without_rules_meets_on_added_dates_only() -> None:
    market = Market(exceptions=(AddDate(date(2027, 5, 1)), AddDate(date(2027, 3, 1)), DropDate(date(2027, 4, 1))))

    assert market_days(market, FIRST_DAY, LAST_DAY) == [date(2027, 3, 1), date(2027, 5, 1)]
    assert next_days(market, date(2027, 3, 1), 5) == [date(2027, 5, 1)]
    assert next_days(Market(), date(2027, 3, 1), 5) == []


def test_the_next_days_come_after_the_day_asked_about() -> None:
    market = Market((LunarTail((3, 6, 9)),))

    assert is_market_day(market, date(2027, 2, 5))
    assert next_days(market, date(2027, 2, 5), 3) == [date(2027, 2, 8), date(2027, 2, 11), date(2027, 2, 14)]
    assert next_days(market, date(2027, 2, 5), 0) == []


def test_the_next_days_end_with_the_horizon_and_with_the_calendar() -> None:
    years_apart = Market((AnnualLunar(12, 30, small_month_policy=SmallMonth.SKIP),))

    assert next_days(years_apart, date(2024, 2, 10), 2) == [date(2030, 2, 2), date(2033, 1, 30)]
    assert next_days(Market((Interval(date(2090, 1, 1), 1),)), date(2027, 1, 1), 1) == []
    assert next_days(Market((Weekly((5,)),)), date(2100, 12, 20), 5) == [date(2100, 12, 24), date(2100, 12, 31)]
    assert next_days(Market((Weekly((5,)),)), LAST_DAY, 5) == []


def test_a_range_that_ends_before_it_begins_has_no_days() -> None:
    assert market_days(MARKETS["城关镇"], date(2027, 2, 2), date(2027, 2, 1)) == []


def test_no_rule_answers_where_the_calendar_is_not_published() -> None:
    weekly = Market((Weekly((1,)),))

    with pytest.raises(OutsideCalendar):
        market_days(weekly, date(1900, 12, 31), date(1901, 1, 31))
    with pytest.raises(OutsideCalendar):
        next_days(weekly, date(2101, 1, 1), 1)


@given(
    st.sampled_from(list(MARKETS.values())),
    st.lists(st.dates(date(2026, 12, 1), date(2027, 3, 31)), min_size=3, max_size=3).map(sorted),
)
def test_a_period_cut_in_two_has_the_same_market_days(market: Market, days: list[date]) -> None:
    start, cut, end = days

    halves = market_days(market, start, cut) + market_days(market, cut + timedelta(days=1), end)

    assert halves == market_days(market, start, end)


@given(st.sampled_from(list(MARKETS.values())), st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 8))
def test_the_next_days_are_the_first_of_the_days_that_follow(market: Market, after: date, count: int) -> None:
    following = market_days(market, after + timedelta(days=1), after + timedelta(days=4000))

    assert next_days(market, after, count) == following[:count]


@given(
    st.sampled_from(list(MARKETS.values())),
    st.dictionaries(st.dates(NEW_YEAR, date(2027, 3, 1)), st.booleans(), max_size=8),
)
def test_exceptions_decide_every_day_they_name_and_no_other(market: Market, verdicts: dict[date, bool]) -> None:
    exceptions = tuple(AddDate(day) if held else DropDate(day) for day, held in verdicts.items())
    excepted = Market(market.rules, exceptions)

    by_rule = set(market_days(market, NEW_YEAR, date(2027, 3, 1)))
    expected = (by_rule - verdicts.keys()) | {day for day, held in verdicts.items() if held}

    assert market_days(excepted, NEW_YEAR, date(2027, 3, 1)) == sorted(expected)
