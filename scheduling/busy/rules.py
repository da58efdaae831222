"""Repeating events (RFC 5545 §3.3.10), asked day by day on which days of a short window they are.

Nothing here repeats more often than daily, so each day is either in or not, and only the days of the window are looked
at, however long ago the rule began and however far it goes. Every day looked at is counted (`Steps`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
FROM_LONG_AGO = timedelta(days=30 * 366)  # a rule with COUNT is counted from its first day: from here, at most
WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_KNOWN = frozenset(
    "FREQ INTERVAL COUNT UNTIL WKST BYDAY BYMONTH BYMONTHDAY BYYEARDAY BYSETPOS BYHOUR BYMINUTE BYSECOND".split()  # noqa: SIM905
)
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,3}")
_COUNT = re.compile(r"\d{1,12}")


class Unfit(Exception):  # noqa: N818  an answer, not an error
    """An event cannot be taken in. `reason` is one of `reading.REASONS`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class TooManySteps(Exception):  # noqa: N818  the same
    """All rules of a file together ask for more days than are looked at."""


class Steps:
    """How many days may still be looked at, for all rules of a file together."""

    def __init__(self, most: int) -> None:
        self.left = most

    def take(self, days: int) -> None:
        """Count days that are about to be looked at. Raises TooManySteps."""
        self.left -= days
        if self.left < 0:
            raise TooManySteps


@dataclass(frozen=True)
class Rule:
    """One RRULE. `until` is as written: a day or a moment, read by whoever knows the event's zone.

    `by_day` holds (ordinal, weekday from Monday 0); ordinal 0 is every one.
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_starts: int = 0
    by_day: frozenset[tuple[int, int]] = frozenset()
    by_month: frozenset[int] = frozenset()
    by_month_day: frozenset[int] = frozenset()
    by_year_day: frozenset[int] = frozenset()
    by_set_pos: tuple[int, ...] = ()
    clock: tuple[int | None, int | None, int | None] = (None, None, None)  # BYHOUR, BYMINUTE, BYSECOND: one each

    def days(self, start: date, first: date, last: date, steps: Steps) -> Iterator[date]:
        """Give the days from `first` to `last`, both included, on which an event that began on `start` takes place.

        `start` itself is always the first of them. Raises Unfit("from_long_ago") for a COUNT that would have to be
        counted from more than thirty years ago, TooManySteps.
        """
        first = max(first, start)
        counts = self.count is not None and self.count <= (last - start).days  # more than that never runs out
        if counts and first - start > FROM_LONG_AGO:
            raise Unfit("from_long_ago")
        left = self.count if counts and self.count is not None else -1
        for day in self._completed(start)._from(start, start if counts else first, last, steps):  # noqa: SLF001  its own
            if left == 0:
                return
            left -= 1
            if day >= first:
                yield day

    def _from(self, start: date, first: date, last: date, steps: Steps) -> Iterator[date]:
        """Give every day the rule falls on from `first`, which is `start` or later; `start` too, rule or not."""
        if first == start <= last:
            yield start
        for days in self._periods(start, first, last, steps):
            chosen = self._chosen([day for day in days if self._holds(day)])
            yield from (day for day in chosen if max(first, start + DAY) <= day <= last)

    def _periods(self, start: date, first: date, last: date, steps: Steps) -> Iterator[list[date]]:
        """Give the days of each period (day, week, month or year) that reaches into the window and whose turn it is."""
        day = first
        while day <= last:
            begins, length, number = self._period(day, start)
            if number % self.interval == 0:
                steps.take(length)
                yield [begins + n * DAY for n in range(length)]
            else:
                steps.take(1)
            day = begins + length * DAY

    def _period(self, day: date, start: date) -> tuple[date, int, int]:
        """Give where the period of `day` begins, how many days it has, and how many periods it is from `start`'s."""
        if self.freq == "DAILY":
            return day, 1, (day - start).days
        if self.freq == "WEEKLY":
            begins, since = (each - (each.weekday() - self.week_starts) % 7 * DAY for each in (day, start))
            return begins, 7, (begins - since).days // 7
        if self.freq == "MONTHLY":
            months = (day.year - start.year) * 12 + day.month - start.month
            return day.replace(day=1), calendar.monthrange(day.year, day.month)[1], months
        return date(day.year, 1, 1), _days_of_year(day), day.year - start.year

    def _completed(self, start: date) -> Rule:
        """Fill in what a rule leaves to the day it starts on."""
        if self.by_day or self.by_month_day or self.by_year_day or self.freq == "DAILY":
            return self
        told = dict(self.__dict__)
        if self.freq == "WEEKLY":
            return Rule(**(told | {"by_day": frozenset({(0, start.weekday())})}))
        if self.freq == "YEARLY" and not self.by_month:
            told["by_month"] = frozenset({start.month})
        return Rule(**(told | {"by_month_day": frozenset({start.day})}))

    def _holds(self, day: date) -> bool:
        if self.by_month and day.month not in self.by_month:
            return False
        if self.by_month_day and not self.by_month_day & {day.day, day.day - _days_of_month(day) - 1}:
            return False
        of_year = day.timetuple().tm_yday
        if self.by_year_day and not self.by_year_day & {of_year, of_year - _days_of_year(day) - 1}:
            return False
        return not self.by_day or self._on_weekday(day, of_year)

    def _on_weekday(self, day: date, of_year: int) -> bool:
        if self.freq == "MONTHLY" or self.by_month:
            place, length = day.day, _days_of_month(day)
        else:
            place, length = of_year, _days_of_year(day)
        ordinals = 0, (place - 1) // 7 + 1, -((length - place) // 7 + 1)
        return any((ordinal, day.weekday()) in self.by_day for ordinal in ordinals)

    def _chosen(self, days: list[date]) -> list[date]:
        if not self.by_set_pos:
            return days
        places = {place - 1 if place > 0 else len(days) + place for place in self.by_set_pos}
        return [day for place, day in enumerate(days) if place in places]


def rule(text: str) -> Rule:
    """Read an RRULE. Raises Unfit: "too_often", "rscale", "hours" (several a day), "rule" for what nobody can read."""
    parts: dict[str, str] = {}
    for part in text.upper().strip().strip(";").split(";"):
        name, _is, value = part.partition("=")
        if name in parts:
            raise Unfit("rule")
        parts[name.strip()] = value.strip()
    if {"RSCALE", "SKIP"} & parts.keys():
        raise Unfit("rscale")
    if parts.get("FREQ") in TOO_OFTEN:
        raise Unfit("too_often")
    if parts.get("FREQ") not in FREQUENCIES or parts.keys() - _KNOWN or parts.get("WKST", "MO") not in WEEKDAYS:
        raise Unfit("rule")
    return _checked(
        Rule(
            freq=parts["FREQ"],
            interval=_at_least_one(parts.get("INTERVAL", "1")),
            count=_at_least_one(parts["COUNT"]) if "COUNT" in parts else None,
            until=parts.get("UNTIL", ""),
            week_starts=WEEKDAYS[parts.get("WKST", "MO")],
            by_day=_weekdays(parts.get("BYDAY", "")),
            by_month=_numbers(parts, "BYMONTH", 1, 12),
            by_month_day=_numbers(parts, "BYMONTHDAY", -31, 31),
            by_year_day=_numbers(parts, "BYYEARDAY", -366, 366),
            by_set_pos=tuple(sorted(_numbers(parts, "BYSETPOS", -366, 366))),
            clock=(_one(parts, "BYHOUR", 23), _one(parts, "BYMINUTE", 59), _one(parts, "BYSECOND", 59)),
        )
    )


def _checked(read: Rule) -> Rule:
    """Refuse what the standard forbids. Raises Unfit."""
    nth = any(ordinal for ordinal, _weekday in read.by_day)
    if (nth and read.freq not in {"MONTHLY", "YEARLY"}) or (read.freq == "WEEKLY" and read.by_month_day):
        raise Unfit("rule")
    if read.by_year_day and read.freq != "YEARLY":
        raise Unfit("rule")
    return read


def _at_least_one(text: str) -> int:
    if not _COUNT.fullmatch(text) or int(text) < 1:
        raise Unfit("rule")
    return int(text)


def _numbers(parts: dict[str, str], name: str, least: int, most: int) -> frozenset[int]:
    if name not in parts:
        return frozenset()
    words = parts[name].split(",")
    if not all(_NUMBER.fullmatch(word) and int(word) and least <= int(word) <= most for word in words):
        raise Unfit("rule")
    return frozenset(map(int, words))


def _one(parts: dict[str, str], name: str, most: int) -> int | None:
    """Give the one hour, minute or second; several a day are what nobody needs for a booking. Raises Unfit("hours")."""
    if name not in parts:
        return None
    if not _NUMBER.fullmatch(parts[name]) or not 0 <= int(parts[name]) <= most:
        raise Unfit("hours")
    return int(parts[name])


def _weekdays(text: str) -> frozenset[tuple[int, int]]:
    found = [_BYDAY.fullmatch(word) for word in text.split(",")] if text else []
    days = {(int(one[1] or 0), WEEKDAYS[one[2]]) for one in found if one}
    if None in found or any(one and one[1] and not int(one[1]) for one in found):
        raise Unfit("rule")
    return frozenset(days)


def _days_of_month(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _days_of_year(day: date) -> int:
    return 366 if calendar.isleap(day.year) else 365
