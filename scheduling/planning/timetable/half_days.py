"""Half-days a class may be taught on. Days and times are the county's (Asia/Shanghai)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Shanghai")
HALF_DAY_HOURS = 4  # 课时 in one half-day: three hours by the clock, where 1 课时 is 45 minutes
LONGEST = timedelta(hours=4)  # by the clock: the next half-day begins then
HALVES = {"am": time(8, 30), "pm": time(14, 30)}


@dataclass(frozen=True)
class HalfDay:
    """One half of one day."""

    day: date
    half: str
    starts: time


def half_day_hours(hour_minutes: int) -> int:
    """Give how many 课时 of so many minutes go into a half-day; the rules of a course say how long one is."""
    return max(1, min(HALF_DAY_HOURS, LONGEST // timedelta(minutes=hour_minutes)))


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
