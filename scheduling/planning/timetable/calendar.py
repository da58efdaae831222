"""From a school's calendar and its classes to what a timetable's problem is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from scheduling.planning.lunar import Holidays
from scheduling.planning.timetable.problem import Grid, Group, Slot


def calendar_grid(
    first: date,
    last: date,
    *,
    weekdays: frozenset[int] = frozenset(range(5)),
    periods: tuple[str, ...] = ("上午", "下午"),
    holidays: Holidays = Holidays(),  # noqa: B008  frozen, and empty
    closed: frozenset[date] = frozenset(),
) -> Grid:
    """Give the grid of the days to teach on from `first` to `last`, both included; weeks begin on Monday.

    The published table has the last word on holidays and on make-up workdays, which are taught even on a weekend
    (teachers and trainees in work follow it); otherwise `weekdays` (Monday 0) says. `closed` days are the school's own.
    """
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    monday = first - timedelta(days=first.weekday())

    def taught(day: date) -> bool:
        published = holidays.on(day)
        return day not in closed and (published.works if published else day.weekday() in weekdays)

    days = [day for day in span if taught(day)]
    return Grid(
        days=tuple(day.isoformat() for day in days),
        periods=periods,
        weeks=tuple((day - monday).days // 7 for day in days),
    )


def slots_on(grid: Grid, *days: date) -> frozenset[Slot]:
    """Give every slot of these days that the grid has: a teacher's leave, a workshop's repair."""
    asked = {day.isoformat() for day in days}
    return frozenset((d, p) for d, day in enumerate(grid.days) if day in asked for p in range(len(grid.periods)))


def rotating_groups(whole: Group, at_once: int) -> tuple[Group, ...]:
    """Split a class into the fewest groups of at most `at_once` people each, as equal as can be; they rotate.

    A class that fits stays as it is. Raises ValueError for less than one at once.
    """
    if at_once < 1:
        raise ValueError("no place to work at")
    parts = max(1, -(-whole.size // at_once))
    if parts == 1:
        return (whole,)
    sizes = [whole.size // parts + (part < whole.size % parts) for part in range(parts)]
    return tuple(
        replace(whole, key=f"{whole.key}/{part}", name=f"{whole.name}{part}组", size=size)
        for part, size in enumerate(sizes, start=1)
    )
