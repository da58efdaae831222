"""A calendar file (.ics) as somebody's own program hands it out: what it says is taken, period by period.

Pure: bytes in, periods out, at a cost that `MOST_*` bound. Who was invited, descriptions, places are not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time

from scheduling.busy.events import TITLE, Event, event, known_as
from scheduling.busy.lines import Component, components
from scheduling.busy.repeating import Occurrence, Window, occurrences
from scheduling.busy.rules import DAY, Steps, TooManySteps, Unfit
from scheduling.busy.zones import Zones
from scheduling.planning.timetable import HERE
from scheduling.refusals import CalendarTooFull

BEFORE, AFTER = 30 * DAY, 400 * DAY
MOST_PERIODS = 2_000  # of a file
MOST_STEPS = 1_000_000  # days that repeating events may be held against
REASONS = (
    "times",  # a beginning or end that nobody can read, or none
    "no_end",  # takes no time
    "disorder",  # ends before it begins
    "too_long",  # more than `events.LONGEST`
    "zone",  # a time zone nobody knows and the file does not tell
    "rule",  # a repetition nobody can read
    "too_often",  # by the hour or faster
    "hours",  # several times a day
    "rscale",  # by another calendar than the common one (RFC 7529)
    "from_long_ago",  # so many times, counted from more than thirty years ago
    "too_many",  # more single days than `repeating.MOST` of one event
    "range",  # this one and all that follow are different
    "twice",  # the same event stands in the file again, newer
    "cut",  # the file breaks off within it
)


@dataclass(frozen=True)
class Period:
    """From when to when something is on. `uid` and `occurrence` together know it again in a later file.

    `occurrence` is empty for an event that does not repeat, else when it was to be at first: a day, or a moment in UTC.
    `starts` and `ends` are aware, in UTC; what lasts whole days ends with the midnight after, by Asia/Shanghai.
    """

    uid: str
    occurrence: str
    title: str
    starts: datetime
    ends: datetime
    all_day: bool = False
    free: bool = False  # its owner says that it takes up no time (TRANSP)


@dataclass(frozen=True)
class Fault:
    """An event that is not taken in: the line of the file it begins on, what it is called, and one of REASONS."""

    line: int
    title: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What a file says within the window.

    `uids` are the events it tells of whole, cancelled ones too: what stands under one of them and is not among
    `periods` is no longer on. `outside` counts events with nothing in the window, `cancelled` those called off.
    """

    periods: tuple[Period, ...]
    faults: tuple[Fault, ...]
    uids: frozenset[str]
    first: datetime
    last: datetime
    outside: int = 0
    cancelled: int = 0


def read(content: bytes, *, now: datetime, steps: Steps | None = None) -> Reading:
    """Read a file. The window is from 30 days before `now` (aware) to 400 days after; faults are in the file's order.

    Raises CalendarTooLarge(most), CalendarEmpty, CalendarIsPacked, CalendarIsPage, NotACalendar, CalendarTooLong(most),
    CalendarHasNoEvents, CalendarTooFull(most).
    """
    window = Window(now - BEFORE, now + AFTER)
    steps = Steps(MOST_STEPS) if steps is None else steps
    try:
        return _Reader(components(content), window, steps).reading()
    except TooManySteps:
        raise CalendarTooFull(most=MOST_PERIODS) from None


class _Reader:
    """One file on its way into periods."""

    def __init__(self, whole: Component, window: Window, steps: Steps) -> None:
        self.window, self.steps = window, steps
        self.faults: list[Fault] = []
        self.spoilt: set[str] = set()  # events of which something could not be read
        self.called_off = whole.text("METHOD").upper() == "CANCEL"
        told = {part.text("TZID"): part for part in whole.parts if part.name == "VTIMEZONE"}
        self.zones = Zones(told, steps)
        self.events = [part for part in whole.parts if part.name == "VEVENT"]

    def reading(self) -> Reading:
        """Read the events one by one, then each with what is different about single times of it."""
        masters: dict[str, Event] = {}
        single: defaultdict[str, dict[str, Event]] = defaultdict(dict)
        for part in self.events:
            one = self._event(part)
            if one is not None:
                self._newest(single[one.uid] if one.recurrence else masters, one)
        periods: list[Period] = []
        outside = cancelled = 0
        uids = list(dict.fromkeys([*masters, *single]))
        for uid in uids:
            found = self._of(uid, masters.get(uid), single.get(uid, {}))
            periods += found
            whole = [one for one in (masters.get(uid), *single.get(uid, {}).values()) if one is not None]
            gone = self.called_off or all(one.cancelled for one in whole)
            cancelled += gone
            outside += not found and not gone and uid not in self.spoilt
            if len(periods) > MOST_PERIODS:
                raise CalendarTooFull(most=MOST_PERIODS)
        return Reading(
            periods=tuple(sorted(periods, key=lambda each: (each.starts, each.ends, each.uid, each.occurrence))),
            faults=tuple(sorted(self.faults, key=lambda each: each.line)),
            uids=frozenset(uids) - self.spoilt,
            first=self.window.first,
            last=self.window.last,
            outside=outside,
            cancelled=cancelled,
        )

    def _event(self, part: Component) -> Event | None:
        try:
            return event(part, self.zones)
        except Unfit as unfit:
            self._fault(part.line, part.text("SUMMARY"), unfit.reason)
            self.spoilt.add(known_as(part))
            return None

    def _newest(self, known: dict[str, Event], one: Event) -> None:
        """Keep the newer of two that tell of the same: by SEQUENCE, then by when it was written, then the later one."""
        key = one.recurrence or one.uid
        before = known.setdefault(key, one)
        if before is one:
            return
        older = min(before, one, key=lambda each: (each.age, each.line))
        known[key] = one if older is before else before
        self._fault(older.line, older.title, "twice")

    def _of(self, uid: str, master: Event | None, single: dict[str, Event]) -> list[Period]:
        """Give the periods of one event; one of which anything is wrong has none."""
        if self.called_off or uid in self.spoilt:
            return []
        found: list[Period] = []
        if master is not None and not master.cancelled:
            try:
                found += [_period(master, each) for each in occurrences(master, set(single), self.window, self.steps)]
            except Unfit as unfit:
                self._fault(master.line, master.title, unfit.reason)
                self.spoilt.add(uid)
                return []
        for key, one in single.items():
            if not one.cancelled and self.window.reaches(one.starts, one.ends):
                found.append(_period(one, Occurrence(key, one.starts, one.ends)))
        return found

    def _fault(self, line: int, title: str, reason: str) -> None:
        self.faults.append(Fault(line, title[:TITLE], reason))


def _period(one: Event, each: Occurrence) -> Period:
    all_day = all(moment.astimezone(HERE).time() == time() for moment in (each.starts, each.ends))
    return Period(one.uid, each.key, one.title, each.starts, each.ends, all_day, one.free)
