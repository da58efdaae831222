"""Which zone a TZID means: IANA's names, Windows' names, makers' prefixes, else what the file says itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from scheduling.busy.lines import Component
from scheduling.busy.moments import Moment, moment
from scheduling.busy.rules import DAY, Rule, Steps, Unfit, rule

_OURS = dict.fromkeys(("ASIA/BEIJING", "BEIJING", "中国标准时间", "北京时间", "CST-8"), "Asia/Shanghai")
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?")
_OBSERVANCES = 40  # changes of the clock that a file may tell of; real ones tell of two
NEVER = datetime(1, 1, 1)  # noqa: DTZ001  by the clock of the zone in question
_BACK = 400 * DAY  # a clock that changes every year changed within


class Zones:
    """The zones that the events of one file name; `told` are its VTIMEZONEs, by their names."""

    def __init__(self, told: Mapping[str, Component], steps: Steps) -> None:
        self._told, self._steps = told, steps
        self._found: dict[str, tzinfo | None] = {}

    def of(self, name: str) -> tzinfo | None:
        """Give the zone of that name; None when nobody knows it."""
        if name not in self._found:
            self._found[name] = _known(name) or self._of_file(name)
        return self._found[name]

    def _of_file(self, name: str) -> tzinfo | None:
        if name not in self._told:
            return None
        told = self._told[name]
        return _known(told.text("X-LIC-LOCATION")) or _of_file(told, self._steps)


def _known(name: str) -> tzinfo | None:
    """Look a name up; `/mozilla.org/20070129_1/Asia/Shanghai` is one with a maker's prefix."""
    name = name.strip().strip('"').strip("/")
    name = WINDOWS_TO_OLSON.get(name, _OURS.get(name.upper(), name))
    parts = name.split("/")
    for last in {len(parts), min(3, len(parts)), min(2, len(parts))}:
        if "/".join(parts[-last:]) in _names():
            return ZoneInfo("/".join(parts[-last:]))
    return None


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


@dataclass(frozen=True)
class _Observance:
    """From `onset`, and as often as `rule` says, clocks are `offset` ahead of UTC."""

    onset: datetime
    offset: timedelta
    rule: Rule | None
    more: tuple[date, ...]

    def latest(self, local: datetime, steps: Steps) -> datetime:
        """Give when clocks were last set so at `local`, or NEVER."""
        clock = self.onset.time()
        days = [self.onset.date(), *self.more]
        if self.rule is not None:
            until = moment(self.rule.until) if self.rule.until else None
            last = min(local.date(), until.day) if until else local.date()
            since = max(last, date.min + _BACK) - _BACK
            days += self.rule.days(self.onset.date(), since, last, steps)
        set_at = (datetime.combine(day, clock) for day in days)
        return max((each for each in set_at if each <= local), default=NEVER)


@dataclass
class _OfFile(tzinfo):
    """A zone as a file tells it."""

    observances: list[_Observance]
    before: timedelta
    steps: Steps
    seen: dict[datetime, timedelta] = field(default_factory=dict)

    def utcoffset(self, local: datetime | None) -> timedelta:
        """Give how far clocks are ahead of UTC at `local`."""
        if local is None:
            return self.before
        local = local.replace(tzinfo=None)
        if local not in self.seen:
            onset, offset = max((each.latest(local, self.steps), each.offset) for each in self.observances)
            self.seen[local] = self.before if onset == NEVER else offset
        return self.seen[local]

    def dst(self, _local: datetime | None) -> timedelta | None:
        """Say nothing: whether it is summer time there is of no use here."""
        return None

    def tzname(self, _local: datetime | None) -> str | None:
        """Say nothing either."""
        return None


def _of_file(told: Component, steps: Steps) -> tzinfo | None:
    """Make a zone of a VTIMEZONE; None when it does not hold together."""
    parts = [each for each in told.parts if each.name in {"STANDARD", "DAYLIGHT"}]
    if not parts or len(parts) > _OBSERVANCES:
        return None
    try:
        offsets = {_offset(each.text("TZOFFSETTO")) for each in parts}
        if len(offsets) == 1:
            return timezone(offsets.pop())
        read = sorted((_observance(each) for each in parts), key=lambda each: each.onset)
        before = _offset(parts[0].text("TZOFFSETFROM"))
    except Unfit:
        return None
    return _OfFile(read, before, steps)


def _observance(part: Component) -> _Observance:
    begins = moment(part.text("DTSTART"))
    repeats = part.first("RRULE")
    read = rule(repeats.value) if repeats else None
    if read is not None and read.count is not None:
        raise Unfit("zone")
    more = tuple(day.day for each in part.properties.get("RDATE", ())[:9] for day in _listed(each.value))
    onset = datetime.combine(begins.day, begins.clock or time())
    return _Observance(onset, _offset(part.text("TZOFFSETTO")), read, more)


def _listed(value: str) -> list[Moment]:
    return [moment(each) for each in value.split(",")[:9]]


def _offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text)
    if found is None or int(found[2]) > 23 or int(found[3]) > 59:  # noqa: PLR2004  hours and minutes
        raise Unfit("zone")
    away = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=min(59, int(found[4] or 0)))
    return away if found[1] == "+" else -away
