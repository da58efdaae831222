"""Solar and lunar days, 1901-2100, equal to the table the Hong Kong Observatory publishes.

The months come from borax, read once into two lists; a day is then found by bisection.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import MIN_SOLAR_DATE, LCalendars

FIRST_DAY, LAST_DAY = date(1901, 1, 1), date(2100, 12, 31)

MONTH_NAMES = ("正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月")
_ONES = "一二三四五六七八九"
DAY_NAMES = (
    *(f"初{ones}" for ones in f"{_ONES}十"),
    *(f"十{ones}" for ones in _ONES),
    "二十",
    *(f"廿{ones}" for ones in _ONES),
    "三十",
)

# Three new moons fall within minutes of midnight in Beijing. borax begins these months a day later than the
# Observatory (and sxtwl) does; we keep to what is published. Key: where borax begins the month. Value: the Observatory.
_PUBLISHED_STARTS = {
    date(2057, 9, 29): date(2057, 9, 28),  # 九月
    date(2089, 9, 5): date(2089, 9, 4),  # 八月
    date(2097, 8, 8): date(2097, 8, 7),  # 七月
}


class OutsideCalendar(ValueError):  # noqa: N818  what happened is the name
    """The day is before 1901-01-01 or after 2100-12-31, where no published table vouches for us."""


class NoSuchLunarDay(ValueError):  # noqa: N818  what happened is the name
    """The lunar calendar has no such day: no such leap month that year, or no day 30 in a short month."""


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar. A plain value: `solar_day` says whether it exists."""

    year: int
    month: int
    day: int
    leap: bool = False

    @property
    def month_name(self) -> str:
        """正月, 闰六月."""
        return ("闰" if self.leap else "") + MONTH_NAMES[self.month - 1]

    @property
    def name(self) -> str:
        """腊月廿三, 闰六月初一. The year is left out, as people leave it out."""
        return self.month_name + DAY_NAMES[self.day - 1]

    @property
    def short(self) -> str:
        """What a calendar cell shows: 廿三, and on the first of a month that month's name."""
        return self.month_name if self.day == 1 else DAY_NAMES[self.day - 1]


def _month_table() -> tuple[list[date], list[tuple[int, int, bool]]]:
    """List every month's first day beside its (year, month, leap); one more first day closes the last month."""
    starts: list[date] = []
    months: list[tuple[int, int, bool]] = []
    start: date = MIN_SOLAR_DATE
    for year in range(MIN_SOLAR_DATE.year, LAST_DAY.year + 1):
        for month, length, leap in LCalendars.iter_year_month(year):
            starts.append(_PUBLISHED_STARTS.get(start, start))
            months.append((year, month, bool(leap)))
            start += timedelta(days=length)
    return [*starts, start], months


_STARTS, _MONTHS = _month_table()
_PLACES = {month: place for place, month in enumerate(_MONTHS)}


@lru_cache(maxsize=8192)  # a planner asks the same year again for every market
def lunar_day(day: date) -> LunarDay:
    """Return the lunar day of a civil date in Asia/Shanghai. Raises OutsideCalendar."""
    _require_published(day)
    place = bisect_right(_STARTS, day) - 1
    year, month, leap = _MONTHS[place]
    return LunarDay(year, month, (day - _STARTS[place]).days + 1, leap)


def solar_day(lunar: LunarDay) -> date:
    """Return the civil date of a lunar day: the inverse of `lunar_day`. Raises NoSuchLunarDay, OutsideCalendar."""
    start = month_start(lunar.year, lunar.month, leap=lunar.leap)
    length = month_length(lunar.year, lunar.month, leap=lunar.leap)
    if not 1 <= lunar.day <= length:
        message = f"{lunar} does not exist: the month has {length} days"
        raise NoSuchLunarDay(message)
    day = start + timedelta(days=lunar.day - 1)
    _require_published(day)
    return day


def month_start(year: int, month: int, *, leap: bool = False) -> date:
    """Return the civil date of the month's first day. Raises NoSuchLunarDay, OutsideCalendar.

    The first and last lunar years reach a little over 1901-2100, so that a span of days can be counted there.
    """
    return _STARTS[_place(year, month, leap=leap)]


def month_length(year: int, month: int, *, leap: bool = False) -> int:
    """Return 29 or 30, the number of days in that lunar month. Raises NoSuchLunarDay, OutsideCalendar."""
    place = _place(year, month, leap=leap)
    return (_STARTS[place + 1] - _STARTS[place]).days


def _place(year: int, month: int, *, leap: bool) -> int:
    if not _MONTHS[0][0] <= year <= _MONTHS[-1][0]:
        message = f"lunar year {year} is outside {_MONTHS[0][0]}-{_MONTHS[-1][0]}"
        raise OutsideCalendar(message)
    place = _PLACES.get((year, month, leap))
    if place is None:
        message = f"lunar year {year} has no {'leap ' if leap else ''}month {month}"
        raise NoSuchLunarDay(message)
    return place


def _require_published(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        message = f"{day} is outside {FIRST_DAY} to {LAST_DAY}"
        raise OutsideCalendar(message)
