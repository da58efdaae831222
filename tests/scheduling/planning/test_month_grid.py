from datetime import date

import pytest

from scheduling.planning.lunar import Holiday, Holidays, LunarDay, OutsideCalendar, month_grid


def test_a_month_is_laid_out_in_weeks_from_monday() -> None:
    weeks = month_grid(2027, 2)

    assert [[cell.day.day if cell else None for cell in week] for week in weeks] == [
        [1, 2, 3, 4, 5, 6, 7],
        [8, 9, 10, 11, 12, 13, 14],
        [15, 16, 17, 18, 19, 20, 21],
        [22, 23, 24, 25, 26, 27, 28],
    ]
    assert [cell.label for cell in weeks[0]] == ["廿五", "廿六", "廿七", "廿八", "除夕", "春节", "初二"]


def test_days_of_the_months_beside_it_are_left_empty() -> None:
    first, *_, last = month_grid(2026, 9)

    assert [cell and cell.day.day for cell in first] == [None, 1, 2, 3, 4, 5, 6]
    assert [cell and cell.day.day for cell in last] == [28, 29, 30, None, None, None, None]


def test_a_cell_carries_what_was_published_for_its_day() -> None:
    holidays = Holidays.of([(date(2026, 9, 20), "国庆节", True)])

    cells = {cell.day: cell for week in month_grid(2026, 9, holidays) for cell in week if cell}

    worked = cells[date(2026, 9, 20)]
    assert (worked.lunar, worked.holiday) == (LunarDay(2026, 8, 10), Holiday(date(2026, 9, 20), "国庆节", works=True))
    assert (worked.festival, worked.label, cells[date(2026, 9, 25)].label) == (None, "初十", "中秋")
    assert [day for day, cell in cells.items() if cell.holiday] == [date(2026, 9, 20)]


def test_the_first_and_last_month_are_whole_and_no_other_exists() -> None:
    ends = [sum(cell is not None for week in month_grid(*month) for cell in week) for month in ((1901, 1), (2100, 12))]

    assert ends == [31, 31]
    with pytest.raises(OutsideCalendar):
        month_grid(2101, 1)
