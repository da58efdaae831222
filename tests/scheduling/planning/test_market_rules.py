import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scheduling.planning.lunar import LunarDay, lunar_day, month_length
from scheduling.planning.markets import (
    KINDS,
    AnnualLunar,
    AnnualSolar,
    BadRule,
    Branch,
    Calendar,
    Daily,
    Interval,
    LunarTail,
    Market,
    Parity,
    RangeLunar,
    Rule,
    SmallMonth,
    SolarTail,
    Weekly,
    WhichDays,
    market_days,
    rule_from,
)

TOWNSHIPS = json.loads(Path(__file__).with_name("county_rules.json").read_text(encoding="utf-8"))["townships"]


def held(rule: Rule, start: str, end: str) -> list[str]:
    days = market_days(Market((rule,)), date.fromisoformat(start), date.fromisoformat(end))
    return [day.isoformat() for day in days]


@pytest.mark.parametrize("township", TOWNSHIPS, ids=lambda township: township["name"])
def test_a_published_rule_comes_back_as_it_was_written(township: dict[str, Any]) -> None:
    rules = [rule_from(row["kind"], row) for row in township["rules"]]

    assert [{"kind": rule.kind, **rule.as_params()} for rule in rules] == township["rules"]


@pytest.mark.parametrize(
    "rule",
    [
        LunarTail((0, 5), SmallMonth.NEXT_FIRST),
        SolarTail((1,), include_31=True),
        AnnualLunar(12, 30, 3, SmallMonth.SKIP, leap_repeats=True),
        AnnualSolar(2, 29, 2),
        RangeLunar(12, 23, 5, to_month=1),
        Interval(date(2026, 1, 1), 3),
    ],
    ids=lambda rule: rule.kind,
)
def test_a_rule_survives_json(rule: Rule) -> None:
    params = json.loads(json.dumps(rule.as_params()))

    assert rule_from(rule.kind, params) == rule


def test_rules_that_mean_the_same_are_equal() -> None:
    assert LunarTail((0, 9, 3, 3)) == LunarTail((3, 9, 0))
    assert LunarTail((3,), SmallMonth.LAST_DAY) == LunarTail((3,))
    assert SolarTail((3,), include_31=True) == SolarTail((3,))
    assert AnnualLunar(2, 8, small_month_policy=SmallMonth.SKIP) == AnnualLunar(2, 8)
    assert RangeLunar(12, 23, 29, to_month=12) == RangeLunar(12, 23, 29)
    assert Branch("戌辰") == Branch("辰戌")
    assert Weekly((7, 6)) == Weekly((6, 7))


@pytest.mark.parametrize(
    ("kind", "params", "key", "facts"),
    [
        ("monthly", {}, "unknown_kind", {"kind": "monthly"}),
        ("daily", {"tails": [1]}, "unknown_field", {"kind": "daily", "field": "tails"}),
        ("range_lunar", {"month": 12, "from": 1}, "missing_field", {"kind": "range_lunar", "field": "to"}),
        ("lunar_tail", {"tails": []}, "empty", {"field": "tails"}),
        ("lunar_tail", {"tails": [10]}, "not_numbers", {"field": "tails", "value": [10], "low": 0, "high": 9}),
        ("lunar_tail", {"tails": [True]}, "not_numbers", {"field": "tails", "value": [True], "low": 0, "high": 9}),
        ("lunar_tail", {"tails": "369"}, "not_numbers", {"field": "tails", "value": "369", "low": 0, "high": 9}),
        ("solar_tail", {"tails": [1], "include_31": 1}, "not_a_flag", {"field": "include_31", "value": 1}),
        ("weekly", {"weekdays": [8]}, "not_numbers", {"field": "weekdays", "value": [8], "low": 1, "high": 7}),
        ("branch", {"branches": ""}, "empty", {"field": "branches"}),
        ("branch", {"branches": "龙"}, "not_branches", {"field": "branches", "value": "龙"}),
        (
            "parity",
            {"calendar": "lunar", "parity": "both"},
            "not_a_choice",
            {"field": "parity", "value": "both", "choices": ["odd", "even"]},
        ),
        ("interval", {"anchor": "2026-02-30", "every": 3}, "not_a_date", {"field": "anchor", "value": "2026-02-30"}),
        (
            "interval",
            {"anchor": "2026-01-01", "every": 0},
            "not_a_number",
            {"field": "every", "value": 0, "low": 1, "high": 366},
        ),
        ("annual_solar", {"month": 2, "day": 30}, "no_such_day", {"month": 2, "day": 30}),
        ("range_lunar", {"month": 12, "from": 29, "to": 23}, "range_backwards", {"first": 29, "last": 23}),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_key_and_facts(
    kind: str, params: dict[str, object], key: str, facts: dict[str, object]
) -> None:
    with pytest.raises(BadRule) as refused:
        rule_from(kind, params)

    assert (refused.value.key, refused.value.facts) == (key, facts)


def test_every_kind_of_the_field_has_its_rule() -> None:
    assert list(KINDS) == [
        "lunar_tail",
        "solar_tail",
        "weekly",
        "branch",
        "parity",
        "interval",
        "daily",
        "annual_lunar",
        "annual_solar",
        "range_lunar",
    ]


@pytest.mark.parametrize(
    ("policy", "days"),
    [
        (SmallMonth.SKIP, ["2027-01-27", "2027-02-15"]),
        (SmallMonth.LAST_DAY, ["2027-01-27", "2027-02-05", "2027-02-15"]),
        (SmallMonth.NEXT_FIRST, ["2027-01-27", "2027-02-06", "2027-02-15"]),
    ],
)
def test_a_month_of_29_days_holds_its_30th_as_the_policy_says(policy: SmallMonth, days: list[str]) -> None:
    assert month_length(2026, 12) == 29

    assert held(LunarTail((0,), policy), "2027-01-27", "2027-02-20") == days


@pytest.mark.parametrize("policy", SmallMonth)
def test_a_month_of_30_days_knows_no_policy(policy: SmallMonth) -> None:
    assert month_length(2026, 11) == 30

    assert held(LunarTail((0,), policy), "2026-12-18", "2027-01-08") == ["2026-12-18", "2026-12-28", "2027-01-07"]


def test_a_five_and_ten_market_waits_nine_days_over_a_short_month() -> None:
    assert held(LunarTail((5, 0)), "2027-02-01", "2027-02-10") == ["2027-02-01", "2027-02-10"]


def test_tails_go_on_in_a_leap_month() -> None:
    days = [lunar_day(date.fromisoformat(day)).name for day in held(LunarTail((3,)), "2025-06-25", "2025-08-22")]

    assert days == ["六月初三", "六月十三", "六月廿三", "闰六月初三", "闰六月十三", "闰六月廿三"]


def test_a_yearly_fair_does_not_come_again_in_a_leap_month_unless_told() -> None:
    once, twice = AnnualLunar(6, 6), AnnualLunar(6, 6, leap_repeats=True)

    assert held(once, "2025-01-01", "2026-12-31") == ["2025-06-30", "2026-07-19"]
    assert held(twice, "2025-01-01", "2026-12-31") == ["2025-06-30", "2025-07-30", "2026-07-19"]


@pytest.mark.parametrize(
    ("policy", "days"),
    [
        (SmallMonth.SKIP, ["2024-02-09", "2030-02-02"]),
        (SmallMonth.LAST_DAY, ["2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05"]),
        (SmallMonth.NEXT_FIRST, ["2024-02-09", "2025-01-29", "2026-02-17", "2027-02-06"]),
    ],
)
def test_a_yearly_fair_on_the_30th_keeps_its_year_unless_told_to_skip(policy: SmallMonth, days: list[str]) -> None:
    assert held(AnnualLunar(12, 30, small_month_policy=policy), "2024-01-01", "2030-12-31")[: len(days)] == days


def test_a_fair_of_several_days_runs_over_the_end_of_month_and_year() -> None:
    assert held(AnnualSolar(12, 30, 4), "2026-12-25", "2027-01-10") == [
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
        "2027-01-02",
    ]
    assert held(AnnualLunar(12, 28, 4), "2027-02-01", "2027-02-28") == [
        "2027-02-04",
        "2027-02-05",
        "2027-02-06",
        "2027-02-07",
    ]


def test_a_fair_on_29_february_waits_for_a_leap_year() -> None:
    assert held(AnnualSolar(2, 29), "2027-01-01", "2033-12-31") == ["2028-02-29", "2032-02-29"]


def test_a_range_ends_with_its_month_when_the_month_is_short() -> None:
    to_the_30th = held(RangeLunar(12, 28, 30), "2027-01-01", "2027-02-28")

    assert to_the_30th == ["2027-02-04", "2027-02-05"]
    assert held(RangeLunar(12, 30, 30), "2027-01-01", "2027-12-31") == []


def test_a_range_runs_over_new_year_into_the_month_it_names() -> None:
    days = held(RangeLunar(12, 28, 2, to_month=1), "2027-01-01", "2027-12-31")

    assert days == ["2027-02-04", "2027-02-05", "2027-02-06", "2027-02-07"]
    assert held(RangeLunar(12, 30, 2, to_month=1), "2027-01-01", "2027-12-31") == ["2027-02-06", "2027-02-07"]


def test_a_range_goes_on_through_a_leap_month_between_its_ends() -> None:
    days = held(RangeLunar(6, 29, 2, to_month=7), "2025-01-01", "2025-12-31")

    assert (days[0], days[-1], len(days)) == ("2025-07-23", "2025-08-24", 33)
    assert lunar_day(date(2025, 8, 24)) == LunarDay(2025, 7, 2)


def test_a_range_is_right_at_both_ends_of_the_calendar() -> None:
    over_new_year = RangeLunar(12, 1, 5, to_month=1)

    assert held(over_new_year, "2100-12-25", "2100-12-31") == ["2100-12-31"]
    assert held(over_new_year, "1901-01-01", "1901-02-28")[::35] == ["1901-01-20"]
    assert held(AnnualLunar(11, 11, 3), "1901-01-01", "1901-01-31") == ["1901-01-01", "1901-01-02", "1901-01-03"]


def test_the_31st_comes_before_the_1st_and_counts_only_when_asked_for() -> None:
    assert held(SolarTail((1,)), "2027-01-21", "2027-02-01") == ["2027-01-21", "2027-02-01"]
    assert held(SolarTail((1,), include_31=True), "2027-01-21", "2027-02-01") == [
        "2027-01-21",
        "2027-01-31",
        "2027-02-01",
    ]


def test_solar_tail_0_is_10_20_30_and_february_has_no_30() -> None:
    assert held(SolarTail((0,)), "2027-02-01", "2027-03-31") == [
        "2027-02-10",
        "2027-02-20",
        "2027-03-10",
        "2027-03-20",
        "2027-03-30",
    ]


def test_odd_days_meet_twice_running_where_an_odd_month_ends() -> None:
    assert held(Parity(Calendar.SOLAR, WhichDays.ODD), "2027-01-29", "2027-02-03") == [
        "2027-01-29",
        "2027-01-31",
        "2027-02-01",
        "2027-02-03",
    ]
    assert held(Parity(Calendar.LUNAR, WhichDays.ODD), "2027-02-03", "2027-02-08") == [
        "2027-02-03",
        "2027-02-05",
        "2027-02-06",
        "2027-02-08",
    ]


def test_an_interval_begins_with_its_anchor_and_crosses_the_year() -> None:
    every_third = Interval(date(2026, 12, 28), 3)

    assert held(every_third, "2026-12-01", "2027-01-06") == ["2026-12-28", "2026-12-31", "2027-01-03", "2027-01-06"]


def test_three_towns_take_the_branches_in_turn_and_leave_no_day_out() -> None:
    towns = [Branch("丑巳酉"), Branch("卯未亥"), Branch("子辰申"), Branch("寅午戌")]

    openings = [sum(town.holds_on(date(2027, 1, day)) for town in towns) for day in range(1, 32)]

    assert openings == [1] * 31


def test_weekdays_and_daily_markets_need_no_lunar_calendar() -> None:
    assert held(Weekly((3,)), "2026-12-28", "2027-01-07") == ["2026-12-30", "2027-01-06"]
    assert held(Daily(), "2026-12-31", "2027-01-01") == ["2026-12-31", "2027-01-01"]
