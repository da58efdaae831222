"""Half-days a class may be taught on. Days and times are the county's (Asia/Shanghai)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
CLASS_HOUR = timedelta(minutes=45)  # 1 课时; a setting elsewhere (domain.md §8)
HALF_DAY_HOURS = 4  # 课时 in one half-day: three hours by the clock
HALVES = {"am": time(8, 30), "pm": time(14, 30)}


@dataclass(frozen=True)
class HalfDay:
    """One half of one day."""

    day: date
    half: str
    starts: time


def half_days(
    first: date, last: date, weekdays: frozenset[int], halves: frozenset[str], closed: frozenset[date] = frozenset()
) -> Iterator[HalfDay]:
    """Give the half-days from `first` to `last` on `weekdays` (Monday 0), in order, without the `closed` days."""
    day = first
    while day <= last:
        if day.weekday() in weekdays and day not in closed:
            for half, starts in HALVES.items():
                if half in halves:
                    yield HalfDay(day, half, starts)
        day += timedelta(days=1)
