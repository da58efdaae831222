"""Public holidays and make-up workdays: a table the State Council publishes year by year, never worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, Self

import chinese_calendar

UNPUBLISHED = "未公布"

_SATURDAY = 5
_FEBRUARY, _NOVEMBER = 2, 11


class Holiday(NamedTuple):
    """One published day: off (休), or a weekend day worked instead (班)."""

    day: date
    name: str
    works: bool


@dataclass(frozen=True)
class Holidays:
    """The published days, read-only. Civil dates in Asia/Shanghai."""

    rows: tuple[Holiday, ...] = ()
    _by_day: Mapping[date, Holiday] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_day", MappingProxyType({row.day: row for row in self.rows}))

    @classmethod
    def of(cls, rows: Iterable[tuple[date, str, bool]]) -> Self:
        """Build the table from (day, name, works) rows. Of two rows for one day the later counts."""
        return cls(tuple(Holiday(*row) for row in rows))

    def on(self, day: date) -> Holiday | None:
        """Return what was published for the day, or None for an ordinary one."""
        return self._by_day.get(day)

    def is_off(self, day: date) -> bool:
        """Say whether offices rest: as published for that day, otherwise on Saturday and Sunday."""
        published = self.on(day)
        return not published.works if published else day.weekday() >= _SATURDAY

    def known(self, year: int) -> bool:
        """Say whether the year's holidays are in the table.

        January and December prove nothing: the neighbouring years' 元旦 reaches into them.
        """
        return any(row.day.year == year and _FEBRUARY <= row.day.month <= _NOVEMBER for row in self.rows)

    def notice(self, year: int) -> str | None:
        """Return 未公布 for a year that is not in the table, None for one that is."""
        return None if self.known(year) else UNPUBLISHED


def published_holidays() -> tuple[Holiday, ...]:
    """Return the rows the installed `chinesecalendar` knows (2004 to this or next year), oldest first, to seed a table.

    Names are the library's Chinese ones: 元旦, 春节, 清明, 劳动节, 端午, 中秋, 国庆节.
    """
    names = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    off = (Holiday(day, names[name], works=False) for day, name in chinese_calendar.holidays.items())
    worked = (Holiday(day, names[name], works=True) for day, name in chinese_calendar.workdays.items())
    return tuple(sorted((*off, *worked)))
