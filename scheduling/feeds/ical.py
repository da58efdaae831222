"""Entries written as one iCalendar object (RFC 5545, RFC 7986): the same entries are always the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone
from icalendar.parser import Contentline
from icalendar.prop import vCategory, vDDDTypes, vGeo, vInt, vText, vUri

from scheduling.feeds import text

ZONE = ZoneInfo("Asia/Shanghai")
REFRESH = timedelta(hours=6)
FOLDED = 75  # octets of a line from which icalendar folds it; RFC 5545 §3.1 allows as many

# One zone and no summer time since 1991: a text that never changes, whatever the zone database learns about 1940.
_SHANGHAI = """BEGIN:VTIMEZONE\r
TZID:Asia/Shanghai\r
BEGIN:STANDARD\r
DTSTART:19920101T000000\r
TZNAME:CST\r
TZOFFSETFROM:+0800\r
TZOFFSETTO:+0800\r
END:STANDARD\r
END:VTIMEZONE\r
"""

# CSS names (RFC 7986 §5.9) that read well under white text in the calendars that honour them
COLORS = frozenset({"firebrick", "teal", "darkgoldenrod", "royalblue", "slategray"})


@dataclass(frozen=True)
class Entry:
    """One line in somebody's calendar. Times are aware; `title`, `place` and `notes` may be as staff typed them."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    page: str  # absolute address
    notes: str = ""
    categories: tuple[str, ...] = ()
    point: tuple[float, float] | None = None  # latitude, longitude, degrees
    livestream: str = ""
    color: str = ""
    cancelled: bool = False


def write(entries: Iterable[Entry], name: str, *, alarms: Iterable[int] = ()) -> bytes:
    """Write `entries` in their order under the fixed calendar name, each with alarms so many minutes ahead."""
    ahead = tuple(alarms)
    return join((block(entry, ahead) for entry in entries), name)


def join(blocks: Iterable[bytes], name: str) -> bytes:
    """Put written events under the fixed calendar name: head, the one zone, the events, END."""
    head = _head(name)
    return b"".join((head, *blocks, _END))


def block(entry: Entry, alarms: Iterable[int] = ()) -> bytes:
    """Write one VEVENT, its lines folded at 75 octets, with alarms so many minutes ahead."""
    lines = _event(entry, alarms).content_lines()
    return b"".join(_folded(line) + b"\r\n" for line in lines if line)


def _folded(line: Contentline) -> bytes:
    """Give a line folded by icalendar, which looks at every letter: only where it is too long as it is."""
    plain = line.encode()
    if len(plain) < FOLDED:
        return plain
    folded: bytes = line.to_ical()  # type: ignore[no-untyped-call]
    return folded


_CONFIRMED = vText("CONFIRMED"), vText("OPAQUE")
_CANCELLED = vText("CANCELLED"), vText("TRANSPARENT")
_END = b"END:VCALENDAR\r\n"


@cache
def _head(name: str) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Songgang//Feeds//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDDDTypes(REFRESH), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDDDTypes(REFRESH))
    calendar.add_component(Timezone.from_ical(_SHANGHAI))
    written: bytes = calendar.to_ical()
    return written.removesuffix(_END)


def _event(entry: Entry, alarms: Iterable[int]) -> Event:
    """Give the event. Its properties are made here: `Event.add` would look up the kind of each of them every time."""
    title = text.line(entry.title)
    changed = vDDDTypes(entry.changed_at.astimezone(UTC))
    event = Event()
    event["UID"] = vText(entry.uid)
    event["SEQUENCE"] = vInt(entry.sequence)
    event["DTSTAMP"] = event["LAST-MODIFIED"] = changed
    event["DTSTART"] = vDDDTypes(entry.starts_at.astimezone(ZONE))
    event["DTEND"] = vDDDTypes(entry.ends_at.astimezone(ZONE))
    event["SUMMARY"] = vText(title)
    event["LOCATION"] = vText(text.line(entry.place))
    event["STATUS"], event["TRANSP"] = _CANCELLED if entry.cancelled else _CONFIRMED
    event["URL"] = vUri(entry.page)
    event["DESCRIPTION"] = vText(text.paragraphs(entry.notes))
    categories = tuple(words for words in map(text.line, entry.categories) if words)
    if categories:
        event["CATEGORIES"] = _categories(categories)
    if entry.point:
        event["GEO"] = vGeo(entry.point)
    if entry.color in COLORS:
        event["COLOR"] = _color(entry.color)
    watch = text.link(entry.livestream)
    if watch:
        event.add("conference", watch, {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "直播"})
    if not entry.cancelled:
        for minutes in alarms:
            event.add_component(_alarm(minutes, title))
    return event


@lru_cache(256)
def _categories(words: tuple[str, ...]) -> vCategory:
    return vCategory(list(words))


@lru_cache(16)
def _color(name: str) -> vText:
    return vText(name)


def _alarm(minutes: int, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=-minutes))
    alarm.add("description", title)
    return alarm
