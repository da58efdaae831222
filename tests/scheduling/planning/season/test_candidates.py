"""Market days become candidates as the calendar has them, whatever the moon does."""

from datetime import date

from scheduling.planning.lunar import Holidays, published_holidays
from scheduling.planning.markets import Market, parse_rule_text
from scheduling.planning.season import Candidate, TownMarket, candidates_of, makeup_days

LIKE = Candidate("", "", date(2027, 1, 1), "云台集", exposed=True, staff_min=4)
PUBLISHED = Holidays(published_holidays())


def days_of(rule: str, first: date, last: date, **closed) -> list[date]:
    place = TownMarket("yuntai", Market(tuple(parse_rule_text(rule))), LIKE)
    return [candidate.day for candidate in candidates_of([place], first, last, **closed)]


def test_a_lunar_month_of_29_days_has_no_market_on_a_thirtieth():
    found = days_of("农历逢十", date(2027, 1, 8), date(2027, 2, 16))  # 腊月 has 29 days

    assert found == [date(2027, 1, 17), date(2027, 1, 27), date(2027, 2, 15)]


def test_a_leap_month_has_its_market_days_too():
    found = days_of("农历逢五", date(2025, 7, 25), date(2025, 8, 22))  # 闰六月

    assert found == [date(2025, 7, 29), date(2025, 8, 8), date(2025, 8, 18)]


def test_markets_rest_over_spring_festival_as_published_and_not_on_its_make_up_workdays():
    found = days_of("天天集", date(2026, 2, 13), date(2026, 2, 25), holidays=PUBLISHED)

    assert found == [date(2026, 2, 13), date(2026, 2, 14), date(2026, 2, 24), date(2026, 2, 25)]


def test_days_closed_by_hand_are_left_out_and_other_holidays_are_not():
    new_year = days_of("天天集", date(2026, 1, 1), date(2026, 1, 4), holidays=PUBLISHED, closed_days={date(2026, 1, 3)})

    assert new_year == [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 4)]


def test_make_up_workdays_are_those_published_and_worked():
    assert makeup_days(PUBLISHED, date(2026, 2, 1), date(2026, 3, 5)) == (date(2026, 2, 14), date(2026, 2, 28))


def test_a_candidate_is_called_by_town_and_day_and_needs_what_its_market_says():
    place = TownMarket("yuntai", Market(tuple(parse_rule_text("每周三"))), LIKE)

    (candidate,) = candidates_of([place, place], date(2026, 12, 30), date(2027, 1, 5))

    assert candidate == Candidate(
        "yuntai@2026-12-30", "yuntai", date(2026, 12, 30), "云台集", exposed=True, staff_min=4
    )
