from datetime import date

from scheduling.planning.lunar import UNPUBLISHED, Holiday, Holidays, published_holidays


def test_a_published_day_counts_before_the_weekday() -> None:
    holidays = Holidays.of([(date(2026, 2, 17), "春节", False), (date(2026, 2, 14), "春节", True)])

    assert holidays.on(date(2026, 2, 14)) == Holiday(date(2026, 2, 14), "春节", works=True)
    assert holidays.on(date(2026, 2, 13)) is None
    off = [day for day in range(13, 19) if holidays.is_off(date(2026, 2, day))]
    assert off == [15, 17]  # Saturday the 14th is worked, Sunday the 15th is not, Tuesday the 17th is New Year


def test_a_year_that_is_not_in_the_table_says_so() -> None:
    holidays = Holidays.of([(date(2026, 10, 1), "国庆节", False)])

    assert (holidays.known(2026), holidays.notice(2026)) == (True, None)
    assert (holidays.known(2027), holidays.notice(2027)) == (False, UNPUBLISHED)
    assert UNPUBLISHED == "未公布"


def test_new_years_days_alone_do_not_make_the_year_beside_them_known() -> None:
    of_2023 = Holidays.of([(date(2022, 12, 31), "元旦", False), (date(2023, 1, 1), "元旦", False)])

    assert [of_2023.known(year) for year in (2022, 2023)] == [False, False]


def test_of_two_rows_for_one_day_the_later_counts() -> None:
    holidays = Holidays.of([(date(2026, 5, 9), "劳动节", True), (date(2026, 5, 9), "劳动节", False)])

    assert holidays.on(date(2026, 5, 9)) == Holiday(date(2026, 5, 9), "劳动节", works=False)


def test_the_published_rows_of_2026_are_the_state_councils() -> None:
    rows = [row for row in published_holidays() if row.day.year == 2026]

    assert [row.day.isoformat() for row in rows if row.works] == [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]
    assert [row.day.day for row in rows if row.name == "春节" and not row.works] == [*range(15, 24)]
    assert len([row for row in rows if not row.works]) == 33
    assert [Holidays(published_holidays()).known(year) for year in (2003, 2004, 2026)] == [False, True, True]
