"""Rules that come once a year: a fair on its day, or a run of days before New Year."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from scheduling.planning.lunar import LAST_DAY, NoSuchLunarDay, OutsideCalendar, lunar_day, month_length, month_start
from scheduling.planning.markets import fields
from scheduling.planning.markets.errors import BadRule
from scheduling.planning.markets.rules.base import Rule
from scheduling.planning.markets.rules.monthly import SmallMonth

_LONGEST_LUNAR_MONTH = 30
_LONGEST_SPAN = 31
_ONE_DAY = timedelta(days=1)
_LEAP_YEAR = 2000


@dataclass(frozen=True)
class AnnualLunar(Rule):
    """农历二月初八古会, and the `span - 1` days after it.

    Day 30 in a month of 29 falls on the last day unless told otherwise: a market that misses one 三十 meets again in
    days, a yearly fair would lose its year, and 年三十 is the last day whatever its number. The fair is not held again
    in a leap month (闰二月) unless `leap_repeats`.
    """

    kind: ClassVar[str] = "annual_lunar"
    month: int = field(metadata=fields.number(1, 12))
    day: int = field(metadata=fields.number(1, 30))
    span: int = field(default=1, metadata=fields.number(1, _LONGEST_SPAN))
    small_month_policy: SmallMonth = field(default=SmallMonth.LAST_DAY, metadata=fields.choice(SmallMonth))
    leap_repeats: bool = field(default=False, metadata=fields.flag())

    def _settle(self) -> None:
        if self.day < _LONGEST_LUNAR_MONTH:  # every month has the day
            self._keep("small_month_policy", SmallMonth.LAST_DAY)

    def holds_on(self, day: date) -> bool:
        """See Rule. Raises OutsideCalendar."""
        year = lunar_day(day).year
        return any(0 <= (day - first).days < self.span for first in (*self._firsts(year - 1), *self._firsts(year)))

    def _firsts(self, year: int) -> Iterator[date]:
        """Yield the first day of that lunar year's fair: none or one, or two with a leap month."""
        for leap in (False, True) if self.leap_repeats else (False,):
            with suppress(NoSuchLunarDay, OutsideCalendar):
                start, length = month_start(year, self.month, leap=leap), month_length(year, self.month, leap=leap)
                if self.day <= length or self.small_month_policy is SmallMonth.NEXT_FIRST:
                    yield start + (self.day - 1) * _ONE_DAY
                elif self.small_month_policy is SmallMonth.LAST_DAY:
                    yield start + (length - 1) * _ONE_DAY


@dataclass(frozen=True)
class AnnualSolar(Rule):
    """每年公历10月1日, and the `span - 1` days after it. A fair on 29 February is held in leap years only."""

    kind: ClassVar[str] = "annual_solar"
    month: int = field(metadata=fields.number(1, 12))
    day: int = field(metadata=fields.number(1, 31))
    span: int = field(default=1, metadata=fields.number(1, _LONGEST_SPAN))

    def _settle(self) -> None:
        try:
            date(_LEAP_YEAR, self.month, self.day)
        except ValueError:
            raise BadRule("no_such_day", month=self.month, day=self.day) from None

    def holds_on(self, day: date) -> bool:
        """See Rule."""
        return any(0 <= (day - first).days < self.span for first in self._firsts(day.year))

    def _firsts(self, year: int) -> Iterator[date]:
        """Yield the fair's first day that year and the year before, whose last days may reach over New Year."""
        for candidate in (year - 1, year):
            with suppress(ValueError):  # 29 February
                yield date(candidate, self.month, self.day)


@dataclass(frozen=True)
class RangeLunar(Rule):
    """腊月廿三至廿九年集: every day from the one to the other.

    A range that runs into another month names it (腊月廿三至正月初五: `to_month=1`), over New Year if that month comes
    earlier in the year; whatever leap month lies between belongs to it. Days 30 that a short month lacks fall away. The
    range is not repeated in a leap month.
    """

    kind: ClassVar[str] = "range_lunar"
    month: int = field(metadata=fields.number(1, 12))
    first: int = field(metadata={"param": "from"} | fields.number(1, 30))
    last: int = field(metadata={"param": "to"} | fields.number(1, 30))
    to_month: int | None = field(default=None, metadata=fields.number(1, 12, optional=True))

    def _settle(self) -> None:
        if self.to_month == self.month:
            self._keep("to_month", None)
        if self.to_month is None and self.last < self.first:
            raise BadRule("range_backwards", first=self.first, last=self.last)

    def holds_on(self, day: date) -> bool:
        """See Rule. Raises OutsideCalendar."""
        year = lunar_day(day).year
        return any(first <= day <= last for first, last in (*self._run(year - 1), *self._run(year)))

    def _run(self, year: int) -> Iterator[tuple[date, date]]:
        """Yield the first and last day of the run that begins in that lunar year, if we know the year."""
        with suppress(OutsideCalendar):
            first = month_start(year, self.month) + (self.first - 1) * _ONE_DAY
            yield first, self._end(year)

    def _end(self, year: int) -> date:
        month = self.to_month or self.month
        end_year = year + 1 if month < self.month else year
        if end_year > LAST_DAY.year:  # it goes on past the last day we can name
            return LAST_DAY
        return month_start(end_year, month) + (min(self.last, month_length(end_year, month)) - 1) * _ONE_DAY
