"""One VEVENT: when it is on, how it repeats, whether it is called off."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from scheduling.busy.lines import Component, Property
from scheduling.busy.moments import FIRST, Moment, length, moment
from scheduling.busy.rules import DAY, Rule, Unfit, rule
from scheduling.busy.zones import Zones
from scheduling.planning.timetable import HERE

TITLE = 120  # characters of a title, and of a UID, that are kept
LONGEST = 400 * DAY
UNTITLED, PRIVATE = "（没写标题）", "（私人安排）"


@dataclass(frozen=True)
class Event:
    """What a VEVENT says. `begins` is in `zone`; `long` is how long each time of it lasts.

    `recurrence` is empty, or the key of the one time of a repeating event that this tells of (see `key`). `dropped`
    are keys of times at which it is not on. `age` orders two that tell of the same.
    """

    uid: str
    line: int
    title: str
    begins: Moment
    zone: tzinfo
    long: timedelta
    recurrence: str
    rule: Rule | None
    more: tuple[Property, ...]
    dropped: frozenset[str]
    cancelled: bool
    free: bool
    age: tuple[int, str]

    @property
    def starts(self) -> datetime:
        """When it is on first, aware in UTC. Raises Unfit("times")."""
        return self.begins.at(self.zone)

    @property
    def ends(self) -> datetime:
        """When it is over, the first time, aware in UTC. Raises Unfit("times")."""
        return after(self.starts, self.long, whole_days=self.begins.clock is None)


def event(part: Component, zones: Zones) -> Event:
    """Read a VEVENT. Raises Unfit."""
    if part.broken or not part.ended:
        raise Unfit("cut")
    begins, here = when(part.first("DTSTART"), zones)
    repeats = part.properties.get("RRULE", [])
    if len(repeats) > 1 or "EXRULE" in part.properties:
        raise Unfit("rule")
    read = rule(repeats[0].value) if repeats else None
    if read is not None and not _by(begins, read.clock):
        raise Unfit("hours")
    if read is not None and read.until:
        moment(read.until)  # refused here once, and not at each time
    if any(
        one.params.get("TZID") not in {None, part.properties["DTSTART"][0].params.get("TZID")} for one in _more(part)
    ):
        raise Unfit("zone")
    return Event(
        uid=known_as(part),
        line=part.line,
        title=_title(part),
        begins=begins,
        zone=here,
        long=_long(part, begins, here, zones),
        recurrence=_recurrence(part, zones),
        rule=read,
        more=tuple(_more(part)),
        dropped=_dropped(part, zones),
        cancelled=part.text("STATUS").upper() == "CANCELLED",
        free="TRANSPARENT" in part.text("TRANSP").upper() or part.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE",
        age=(_sequence(part.text("SEQUENCE")), part.text("LAST-MODIFIED") or part.text("DTSTAMP")),
    )


def known_as(part: Component) -> str:
    """Give what an event is known by: its UID, or a digest of what it says when it has none or one beyond measure."""
    uid = part.text("UID")
    if uid and len(uid) <= TITLE:
        return uid
    names = ("SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE")
    told = uid or "\n".join(name + each.value for name in names for each in part.properties.get(name, ()))
    return "sha256:" + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def when(one: Property | None, zones: Zones) -> tuple[Moment, tzinfo]:
    """Read a moment with its zone; one that floats is by Asia/Shanghai. Raises Unfit("times"), Unfit("zone")."""
    if one is None:
        raise Unfit("times")
    return moment(one.value), place(one, zones)


def place(one: Property, zones: Zones) -> tzinfo:
    """Give the zone a property is in. Raises Unfit("zone")."""
    name = one.params.get("TZID", "")
    found = zones.of(name) if name else HERE
    if found is None:
        raise Unfit("zone")
    return HERE if getattr(found, "key", "") == HERE.key else found


def key(one: Moment, zone: tzinfo) -> str:
    """Name one time of a repeating event: its day, or its moment in UTC, whichever zone it is written in."""
    if one.clock is None:
        return one.day.isoformat().replace("-", "")
    return stamp(one.at(zone))


def stamp(at: datetime) -> str:
    """Name a moment."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def after(starts: datetime, long: timedelta, *, whole_days: bool) -> datetime:
    """Give when something is over: so much later, or as many midnights of Asia/Shanghai."""
    if not whole_days:
        return starts + long
    return (starts.astimezone(HERE) + long).astimezone(UTC)


def _more(part: Component) -> list[Property]:
    return part.properties.get("RDATE", [])


def _title(part: Component) -> str:
    if part.text("CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"}:
        return PRIVATE
    return part.text("SUMMARY")[:TITLE].strip() or UNTITLED


def _long(part: Component, begins: Moment, here: tzinfo, zones: Zones) -> timedelta:
    """Give how long it lasts. A day that ends on itself lasts the day, as Outlook writes it."""
    until, duration = part.first("DTEND"), part.first("DURATION")
    if until is not None:
        ends, there = when(until, zones)
        long = _between(begins, here, ends, there)
    elif duration is not None:
        long = length(duration.value)
    else:
        long = timedelta(0)
    if begins.clock is None:
        long = max(long, DAY) if long >= timedelta(0) else long
        long -= timedelta(seconds=long.seconds)  # P1DT1H of a day is a day
    if long == timedelta(0):
        raise Unfit("no_end")
    if long < timedelta(0):
        raise Unfit("disorder")
    if long > LONGEST:
        raise Unfit("too_long")
    return long


def _between(begins: Moment, here: tzinfo, ends: Moment, there: tzinfo) -> timedelta:
    if (begins.clock is None) != (ends.clock is None):
        raise Unfit("times")
    if begins.utc == ends.utc and here is there and begins.day.year < FIRST:  # a rule older than any zone
        clocks = [datetime.combine(each.day, each.clock or datetime.min.time()) for each in (begins, ends)]
        return clocks[1] - clocks[0]
    return ends.at(there) - begins.at(here)


def _by(begins: Moment, clock: tuple[int | None, int | None, int | None]) -> bool:
    """Say whether BYHOUR, BYMINUTE and BYSECOND, where they stand, are those of the first time."""
    if begins.clock is None:
        return clock == (None, None, None)
    own = begins.clock.hour, begins.clock.minute, begins.clock.second
    return all(told in {None, mine} for told, mine in zip(clock, own, strict=True))


def _recurrence(part: Component, zones: Zones) -> str:
    one = part.first("RECURRENCE-ID")
    if one is None:
        return ""
    if one.params.get("RANGE"):
        raise Unfit("range")
    return key(*when(one, zones))


def _dropped(part: Component, zones: Zones) -> frozenset[str]:
    found = set()
    for one in part.properties.get("EXDATE", ()):
        here = place(one, zones)
        found |= {key(moment(each), here) for each in one.value.split(",") if each.strip()}
    return frozenset(found)


def _sequence(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0  # noqa: PLR2004  digits
