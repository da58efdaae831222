import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import sxtwl
from borax.calendars.lunardate import LunarDate
from hypothesis import given
from hypothesis import strategies as st

from scheduling.planning.lunar import (
    FIRST_DAY,
    LAST_DAY,
    LunarDay,
    NoSuchLunarDay,
    OutsideCalendar,
    lunar_day,
    month_length,
    month_start,
    solar_day,
)

ONE_DAY = timedelta(days=1)
EVERY_DAY = [FIRST_DAY + number * ONE_DAY for number in range((LAST_DAY - FIRST_DAY).days + 1)]

# The first day of every month as the Hong Kong Observatory publishes it
OBSERVATORY = [
    (date.fromisoformat(start), year, month, bool(leap))
    for start, year, month, leap in json.loads(
        Path(__file__).with_name("lunar_months_hko.json").read_text(encoding="utf-8")
    )["months"]
]

# Three new moons fall within minutes of midnight in Beijing, and the Observatory marks them as uncertain. sxtwl agrees
# with what the Observatory publishes; borax 4.1 begins these months a day later, which we correct.
DISPUTED = {
    date(2057, 9, 28): LunarDay(2057, 9, 1),
    date(2089, 9, 4): LunarDay(2089, 8, 1),
    date(2097, 8, 7): LunarDay(2097, 7, 1),
}


def test_every_day_of_two_centuries_is_the_day_sxtwl_gives() -> None:
    def theirs(day: date) -> LunarDay:
        found = sxtwl.fromSolar(day.year, day.month, day.day)
        return LunarDay(found.getLunarYear(), found.getLunarMonth(), found.getLunarDay(), found.isLunarLeap())

    differing = [day for day in EVERY_DAY if lunar_day(day) != theirs(day)]

    assert differing == []


def test_every_day_the_observatory_publishes_is_ours() -> None:
    closing = (LAST_DAY + ONE_DAY, None, None, None)

    published = [
        (start + number * ONE_DAY, LunarDay(year, month, number + 1, leap))
        for (start, year, month, leap), (following, *_) in zip(OBSERVATORY, [*OBSERVATORY[1:], closing], strict=True)
        for number in range((following - start).days)
    ]

    assert (published[0][0], published[-1][0], len(published)) == (date(1901, 1, 20), LAST_DAY, 73_030)
    assert [day for day, lunar in published if lunar_day(day) != lunar] == []


def test_the_three_disputed_months_are_the_observatorys_and_not_boraxs() -> None:
    borax_differs = []
    for start, year, month, leap in OBSERVATORY:
        theirs = LunarDate.from_solar(start)
        if (theirs.year, theirs.month, theirs.day, bool(theirs.leap)) != (year, month, 1, leap):
            borax_differs.append(start)

    assert borax_differs == list(DISPUTED)
    assert {day: lunar_day(day) for day in DISPUTED} == DISPUTED
    assert [lunar_day(day - ONE_DAY).day for day in DISPUTED] == [29, 29, 29]
    assert [(day + 30 * ONE_DAY, lunar_day(day + 30 * ONE_DAY).day) for day in DISPUTED] == [
        (date(2057, 10, 28), 1),
        (date(2089, 10, 4), 1),
        (date(2097, 9, 6), 1),
    ]


def test_every_day_comes_back_from_the_lunar_calendar() -> None:
    assert [day for day in EVERY_DAY if solar_day(lunar_day(day)) != day] == []


@given(st.dates(FIRST_DAY, LAST_DAY - ONE_DAY))
def test_the_day_after_is_the_next_number_or_the_first_of_a_month(day: date) -> None:
    today, tomorrow = lunar_day(day), lunar_day(day + ONE_DAY)

    last = today.day == month_length(today.year, today.month, leap=today.leap)

    assert tomorrow.day == (1 if last else today.day + 1)


@pytest.mark.parametrize(
    ("year", "new_year"),
    [(1901, "1901-02-19"), (1985, "1985-02-20"), (2024, "2024-02-10"), (2027, "2027-02-06"), (2100, "2100-02-09")],
)
def test_spring_festival_is_on_its_published_day(year: int, new_year: str) -> None:
    assert solar_day(LunarDay(year, 1, 1)) == date.fromisoformat(new_year)


@pytest.mark.parametrize(
    ("day", "name", "short"),
    [
        ("2027-01-30", "腊月廿三", "廿三"),
        ("2027-02-06", "正月初一", "正月"),
        ("2027-02-15", "正月初十", "初十"),
        ("2027-02-25", "正月二十", "二十"),
        ("2025-07-25", "闰六月初一", "闰六月"),
        ("2025-12-20", "冬月初一", "冬月"),
        ("2024-03-09", "正月廿九", "廿九"),
        ("2024-04-08", "二月三十", "三十"),
    ],
)
def test_lunar_days_are_named_as_people_name_them(day: str, name: str, short: str) -> None:
    lunar = lunar_day(date.fromisoformat(day))

    assert (lunar.name, lunar.short) == (name, short)


def test_a_leap_month_has_its_own_start_and_length() -> None:
    assert (month_start(2025, 6), month_length(2025, 6)) == (date(2025, 6, 25), 30)
    assert (month_start(2025, 6, leap=True), month_length(2025, 6, leap=True)) == (date(2025, 7, 25), 29)


@pytest.mark.parametrize(
    "lunar",
    [
        LunarDay(2026, 12, 30),  # a month of 29 days
        LunarDay(2026, 6, 1, leap=True),  # the leap month was a year earlier
        LunarDay(2026, 13, 1),
        LunarDay(2026, 1, 0),
        LunarDay(2026, 1, 31),
    ],
)
def test_a_lunar_day_that_does_not_exist_is_refused(lunar: LunarDay) -> None:
    with pytest.raises(NoSuchLunarDay):
        solar_day(lunar)


def test_the_calendar_ends_where_nothing_is_published() -> None:
    assert (lunar_day(FIRST_DAY), lunar_day(LAST_DAY)) == (LunarDay(1900, 11, 11), LunarDay(2100, 12, 1))

    for day in (FIRST_DAY - ONE_DAY, LAST_DAY + ONE_DAY):
        with pytest.raises(OutsideCalendar):
            lunar_day(day)
    for lunar in (LunarDay(1900, 11, 10), LunarDay(2100, 12, 2), LunarDay(1899, 1, 1), LunarDay(2101, 1, 1)):
        with pytest.raises(OutsideCalendar):
            solar_day(lunar)
