from datetime import date

import pytest

from scheduling.planning.lunar import Holidays, published_holidays
from scheduling.planning.timetable import Group, calendar_grid, rotating_groups, slots_on


def test_a_make_up_workday_on_a_weekend_is_taught_and_the_holiday_it_pays_for_is_not():
    grid = calendar_grid(date(2025, 9, 26), date(2025, 10, 13), holidays=Holidays(published_holidays()))
    assert grid.days == (
        *("2025-09-26", "2025-09-28", "2025-09-29", "2025-09-30"),  # Sunday 28 is worked
        *("2025-10-09", "2025-10-10", "2025-10-11", "2025-10-13"),  # Saturday 11 too
    )
    assert grid.weeks == (0, 0, 1, 1, 2, 2, 2, 3)


def test_spring_festival_closes_the_school():
    grid = calendar_grid(date(2025, 1, 27), date(2025, 2, 5), holidays=Holidays(published_holidays()))
    assert grid.days == ("2025-01-27", "2025-02-05")


def test_weeks_are_counted_across_the_new_year():
    grid = calendar_grid(date(2026, 12, 30), date(2027, 1, 5))
    assert grid.days == ("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-04", "2027-01-05")
    assert grid.weeks == (0, 0, 0, 1, 1)


def test_the_school_closes_days_of_its_own_even_a_make_up_workday():
    saturday = date(2026, 10, 10)
    worked = Holidays.of([(saturday, "国庆节", True)])
    assert calendar_grid(saturday, saturday, holidays=worked).days == ("2026-10-10",)
    assert calendar_grid(saturday, saturday, holidays=worked, closed=frozenset({saturday})).days == ()


def test_slots_on_a_day_that_is_not_taught_are_none():
    grid = calendar_grid(date(2026, 10, 9), date(2026, 10, 12))
    assert slots_on(grid, date(2026, 10, 10), date(2026, 10, 12)) == {(1, 0), (1, 1)}


def test_forty_people_rotate_through_twelve_stations_in_four_groups():
    groups = rotating_groups(Group("c1", "电工一班", 40, frozenset({(0, 0)}), max_per_day=2), 12)
    assert [(group.key, group.name, group.size) for group in groups] == [
        ("c1/1", "电工一班1组", 10),
        ("c1/2", "电工一班2组", 10),
        ("c1/3", "电工一班3组", 10),
        ("c1/4", "电工一班4组", 10),
    ]
    assert {(group.unavailable, group.max_per_day) for group in groups} == {(frozenset({(0, 0)}), 2)}


def test_groups_differ_by_at_most_one_person():
    assert [group.size for group in rotating_groups(Group("c1", "班", 26), 12)] == [9, 9, 8]


def test_a_class_that_fits_stays_whole():
    whole = Group("c1", "电工一班", 12)
    assert rotating_groups(whole, 12) == (whole,)


def test_nobody_works_at_no_station():
    with pytest.raises(ValueError, match="no place to work at"):
        rotating_groups(Group("c1", "电工一班", 12), 0)
