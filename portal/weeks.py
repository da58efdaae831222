"""Weeks of lessons as components/week.html lays them out: days by half-days, with public holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.clock import HERE
from scheduling.models import ClassSession
from scheduling.planning import lunar

HALVES = ("am", "pm", "eve")
_NOON, _EVENING = 12, 18
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day: what each half-day holds, and the public holiday it is, if any."""

    day: date
    holiday: str | None
    halves: dict[str, list[ClassSession]]


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - ONE_DAY * day.weekday()


def weeks(sessions: Iterable[ClassSession], holidays: lunar.Holidays, *, also: date | None = None) -> list[list[Day]]:
    """Lay sessions out in weeks from Monday on, only weeks that hold one, and the week of `also`."""
    taught: defaultdict[tuple[date, str], list[ClassSession]] = defaultdict(list)
    for one in sessions:
        begins = one.starts_at.astimezone(HERE)
        half = HALVES[(begins.hour >= _NOON) + (begins.hour >= _EVENING)]
        taught[begins.date(), half].append(one)
    mondays = {monday(day) for day, _ in taught} | ({monday(also)} if also else set())
    return [[_day(first + ONE_DAY * n, taught, holidays) for n in range(7)] for first in sorted(mondays)]


def _day(day: date, taught: dict[tuple[date, str], list[ClassSession]], holidays: lunar.Holidays) -> Day:
    published = holidays.on(day)
    rest = published.name if published and not published.works else None
    return Day(day, rest, {half: taught.get((day, half), []) for half in HALVES})
