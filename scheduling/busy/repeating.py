"""When an event is on within a window: once, or as often as its rule and its single days say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduling.busy.events import LONGEST, Event, after, key, stamp
from scheduling.busy.moments import Moment, length, moment
from scheduling.busy.rules import DAY, Rule, Steps, Unfit
from scheduling.planning.timetable import HERE

MOST = 1_000  # of one event


@dataclass(frozen=True)
class Window:
    """From when to when it is of interest what is on; both aware."""

    first: datetime
    last: datetime

    def reaches(self, starts: datetime, ends: datetime) -> bool:
        """Say whether something lies within, if only for a while."""
        return starts < self.last and ends > self.first


@dataclass(frozen=True)
class Occurrence:
    """One time an event is on. `key` is empty when it is the only one, else see `events.key`."""

    key: str
    starts: datetime
    ends: datetime


def occurrences(one: Event, moved: Collection[str], window: Window, steps: Steps) -> list[Occurrence]:
    """Give when `one` is on; not at the times named in `moved`, of which the file tells elsewhere.

    Raises Unfit, TooManySteps.
    """
    if one.rule is None and not one.more:
        alone = Occurrence("", one.starts, one.ends)
        return [alone] if window.reaches(alone.starts, alone.ends) else []
    dropped = {*one.dropped, *moved}
    found: dict[str, Occurrence] = {}
    for begins, long in _times(one, window, steps):
        starts = begins.at(one.zone)
        ends = after(starts, long, whole_days=begins.clock is None)
        names = {stamp(starts), _day(starts.astimezone(HERE).date() if begins.utc else begins.day)}
        if dropped.isdisjoint(names) and window.reaches(starts, ends):
            name = key(begins, one.zone)
            found.setdefault(name, Occurrence(name, starts, ends))
        if len(found) > MOST:
            raise Unfit("too_many")
    return list(found.values())


def _times(one: Event, window: Window, steps: Steps) -> Iterator[tuple[Moment, timedelta]]:
    """Give each time it begins within the window or shortly before or after, with how long it lasts then."""
    first, last = (window.first - one.long).date() - 2 * DAY, window.last.date() + 2 * DAY  # wherever the clocks are
    days: Iterable[date] = [one.begins.day] if first <= one.begins.day <= last else []
    if one.rule is not None:
        days = one.rule.days(one.begins.day, first, _until_day(one.rule, last), steps)
    for day in days:
        begins = Moment(day, one.begins.clock, one.begins.utc)
        if day == one.begins.day or _in_time(begins, one):
            yield begins, one.long
    for each in (each for line in one.more for each in line.value.split(",")[: MOST + 1]):
        begins, long = _added(each, one)
        if first <= begins.day <= last:
            yield begins, long


def _until_day(rule: Rule, last: date) -> date:
    """Give the last day a rule may fall on, or a day more: UNTIL is looked at again at each time."""
    until = moment(rule.until).day if rule.until else last
    return until + DAY if until < last else last


def _in_time(begins: Moment, one: Event) -> bool:
    """Say whether this time is not after UNTIL, which is a day, a moment in UTC, or one by the event's own clock."""
    if one.rule is None or not one.rule.until:
        return True
    until = moment(one.rule.until)
    if until.clock is None or begins.clock is None:
        return begins.day <= until.day
    return begins.at(one.zone) <= until.at(one.zone)


def _added(text: str, one: Event) -> tuple[Moment, timedelta]:
    """Read a single day or time that is added (RDATE), with an end or a length of its own where it has one."""
    begins, _to, ends = text.partition("/")
    read = moment(begins)
    if (read.clock is None) != (one.begins.clock is None):
        raise Unfit("times")
    if not ends:
        return read, one.long
    long = length(ends) if ends.strip().upper().startswith(("P", "+P")) else _span(read, moment(ends), one)
    if not timedelta(0) < long <= LONGEST:
        raise Unfit("disorder")
    return read, long


def _span(begins: Moment, ends: Moment, one: Event) -> timedelta:
    return ends.at(one.zone) - begins.at(one.zone)


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")
