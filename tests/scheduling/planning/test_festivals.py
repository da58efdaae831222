from datetime import date, timedelta

import sxtwl

from scheduling.planning.lunar import festival


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(366) if (year % 4 == 0 or number < 365)]


def test_the_festivals_of_2027_are_on_their_days() -> None:
    found = {day.isoformat(): name for day in days_of(2027) if (name := festival(day))}

    assert found == {
        "2027-01-15": "腊八",
        "2027-01-30": "小年",
        "2027-02-05": "除夕",
        "2027-02-06": "春节",
        "2027-02-20": "元宵",
        "2027-04-05": "清明",
        "2027-06-09": "端午",
        "2027-08-08": "七夕",
        "2027-09-15": "中秋",
        "2027-10-08": "重阳",
    }


def test_a_leap_month_repeats_no_festival() -> None:
    leap_in_2028_fifth, leap_in_2033_eleventh = festival(date(2028, 6, 27)), festival(date(2033, 12, 29))

    assert (festival(date(2028, 5, 28)), leap_in_2028_fifth, leap_in_2033_eleventh) == ("端午", None, None)


def test_new_years_eve_is_the_last_day_of_a_long_month_and_of_a_short_one() -> None:
    assert [festival(date(2024, 2, 8)), festival(date(2024, 2, 9)), festival(date(2027, 2, 5))] == [
        None,
        "除夕",
        "除夕",
    ]


def test_qingming_is_the_solar_term_in_every_year() -> None:
    def by_sxtwl(year: int) -> list[date]:
        qingming = 7
        days = (date(year, 4, number) for number in (4, 5, 6))
        return [day for day in days if sxtwl.fromSolar(year, 4, day.day).getJieQi() == qingming]

    def by_us(year: int) -> list[date]:
        return [day for day in (date(year, 4, number) for number in range(1, 31)) if festival(day) == "清明"]

    assert [year for year in range(1901, 2101) if by_us(year) != by_sxtwl(year)] == []
