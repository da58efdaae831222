"""Entries written as one iCalendar object (RFC 5545, RFC 7986): the same entries are always the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone
from icalendar.prop import vDDDTypes

from scheduling.feeds import text

ZONE = ZoneInfo("Asia/Shanghai")
REFRESH = timedelta(hours=6)

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
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Songgang//Feeds//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDDDTypes(REFRESH), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDDDTypes(REFRESH))
    calendar.add_component(Timezone.from_ical(_SHANGHAI))
    for entry in entries:
        calendar.add_component(_event(entry, alarms))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, alarms: Iterable[int]) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at.astimezone(ZONE))
    event.add("dtend", entry.ends_at.astimezone(ZONE))
    event.add("summary", text.line(entry.title))
    event.add("location", text.line(entry.place))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    event.add("url", entry.page)
    event.add("description", text.paragraphs(entry.notes))
    categories = [words for words in map(text.line, entry.categories) if words]
    if categories:
        event.add("categories", categories)
    if entry.point:
        event.add("geo", entry.point)
    if entry.color in COLORS:
        event.add("color", entry.color)
    watch = text.link(entry.livestream)
    if watch:
        event.add("conference", watch, {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "直播"})
    if not entry.cancelled:
        for minutes in alarms:
            event.add_component(_alarm(minutes, text.line(entry.title)))
    return event


def _alarm(minutes: int, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=-minutes))
    alarm.add("description", title)
    return alarm
