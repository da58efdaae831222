from datetime import date, timedelta

import pytest
import sxtwl

from scheduling.planning.lunar import (
    BRANCHES,
    FIRST_DAY,
    LAST_DAY,
    STEMS,
    LunarDay,
    animal_of,
    branch_of,
    solar_day,
    stem_branch,
    zodiac,
)


def test_every_day_of_two_centuries_has_the_stem_and_branch_sxtwl_gives() -> None:
    def theirs(day: date) -> str:
        found = sxtwl.fromSolar(day.year, day.month, day.day).getDayGZ()
        return STEMS[found.tg] + BRANCHES[found.dz]

    days = [FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]

    assert [day for day in days if stem_branch(day) != theirs(day)] == []


@pytest.mark.parametrize(
    ("month", "branches", "published"),
    [
        (1, "辰戌", [1, 7, 13, 19, 25]),
        (1, "卯酉", [6, 12, 18, 24]),
        (2, "寅申", [6, 12, 18, 24, 30]),
        (3, "巳亥", [3, 9, 15, 21, 27]),
    ],
)
def test_branch_days_are_those_rongjiang_published_for_2024(month: int, branches: str, published: list[int]) -> None:
    length = {1: 29, 2: 30, 3: 29}[month]

    days = [day for day in range(1, length + 1) if branch_of(solar_day(LunarDay(2024, month, day))) in branches]

    assert days == published


def test_a_day_has_an_animal_and_a_year_has_one_of_its_own() -> None:
    new_year = date(2027, 2, 6)

    assert (stem_branch(new_year), branch_of(new_year), animal_of(new_year)) == ("丙辰", "辰", "龙")
    assert [zodiac(year) for year in (2020, 2024, 2026, 2027)] == ["鼠", "龙", "马", "羊"]
