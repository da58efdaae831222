"""Days, times and lengths as a calendar file writes them (RFC 5545 §3.3.4 to §3.3.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from scheduling.busy.rules import Unfit

_MOMENT = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})?(Z)?)?", re.ASCII)
_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?", re.ASCII
)
FIRST = 1900
_YEARS = range(FIRST, 2200)  # of single moments; outside, nothing is planned and zones know nothing


@dataclass(frozen=True)
class Moment:
    """A day, or a day and a time by some clock: UTC's, or that of the property's zone."""

    day: date
    clock: time | None = None
    utc: bool = False

    def at(self, zone: tzinfo) -> datetime:
        """Give the point in time, aware in UTC; a day begins at midnight. Raises Unfit("times") for a strange year."""
        if self.day.year not in _YEARS:
            raise Unfit("times")
        local = datetime.combine(self.day, self.clock or time(), UTC if self.utc else zone)
        return local.astimezone(UTC)


def moment(text: str) -> Moment:
    """Read a day or a moment. Raises Unfit("times")."""
    found = _MOMENT.fullmatch(text.strip().upper())
    if found is None:
        raise Unfit("times")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return Moment(day)
        seconds = min(59, int(found[6] or 0))  # the sixtieth is a leap second
        return Moment(day, time(int(found[4]), int(found[5]), seconds), found[7] is not None)
    except ValueError:
        raise Unfit("times") from None


def length(text: str) -> timedelta:
    """Read a DURATION. Raises Unfit("times")."""
    found = _LENGTH.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise Unfit("times")
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    long = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -long if found[1] == "-" else long
