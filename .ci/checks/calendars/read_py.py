"""What Python's and C's calendars show of feeds: `read_py.py FOLDER RADICALE ADDRESS...`, a file for each client there.

A line for each event: UID, start, end (Shanghai's), title, tabs between. Each client reads the text as its own users
do: `ical` is Home Assistant's; `recurring-ical-events` is asked for every day of the window; vobject validates; libical
checks its restrictions; radicale is given the calendar by PUT and asked for it again. Anything but a zone and events,
and any complaint, is an error.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

HERE = ZoneInfo("Asia/Shanghai")
Line = tuple[str, datetime, datetime, str]


def homeassistant(text: str) -> Iterator[Line]:
    """Read as Home Assistant's remote calendar does, then walk the timeline as its card does."""
    for event in IcsCalendarStream.calendar_from_ics(text).timeline:
        yield event.uid, event.start, event.end, event.summary


def recurring(text: str) -> Iterator[Line]:
    """Ask for everything between two days."""
    today = datetime.now(HERE).date()  # noqa: TID251  a script has no portal/clock.py
    calendar = Calendar.from_ical(text)
    for event in recurring_ical_events.of(calendar).between(today - timedelta(days=200), today + timedelta(days=420)):
        yield str(event["uid"]), event["dtstart"].dt, event["dtend"].dt, str(event["summary"])


def validated(text: str) -> Iterator[Line]:
    """Validate with vobject."""
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    kinds = {child.name for child in calendar.components()}
    if not kinds <= {"VTIMEZONE", "VEVENT"}:
        raise ValueError(kinds)
    for event in getattr(calendar, "vevent_list", []):
        yield event.uid.value, event.dtstart.value, event.dtend.value, event.summary.value


class Time(ctypes.Structure):
    """libical's `struct icaltimetype` (version 3)."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        *((name, ctypes.c_int) for name in ("is_date", "is_daylight")),
        ("zone", ctypes.c_void_p),
    )

    def aware(self) -> datetime:
        """Give the time; it is Shanghai's, for the feed says so of every one."""
        return datetime(self.year, self.month, self.day, self.hour, self.minute, tzinfo=HERE)


def libical(text: str) -> Iterator[Line]:
    """Parse, check the restrictions of RFC 5546, count the complaints, and read the events."""
    library = ctypes.CDLL("libical.so.3")
    word, thing, number = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int
    for name, answer, *asked in (
        ("icalparser_parse_string", thing, word),
        ("icalrestriction_check", number, thing),
        ("icalcomponent_count_errors", number, thing),
        ("icalcomponent_get_first_component", thing, thing, number),
        ("icalcomponent_get_next_component", thing, thing, number),
        ("icalcomponent_isa", number, thing),
        ("icalcomponent_get_uid", word, thing),
        ("icalcomponent_get_summary", word, thing),
        ("icalcomponent_get_dtstart", Time, thing),
        ("icalcomponent_get_dtend", Time, thing),
        ("icalcomponent_kind_to_string", word, number),
        ("icalcomponent_as_ical_string", word, thing),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = answer, asked
    root = library.icalparser_parse_string(text.encode())
    if not library.icalrestriction_check(root) or library.icalcomponent_count_errors(root):
        complaints = [
            each for each in library.icalcomponent_as_ical_string(root).decode().split("\n") if "ERROR" in each
        ]
        raise ValueError(complaints[:5])
    each = library.icalcomponent_get_first_component(root, 1)  # ICAL_ANY_COMPONENT
    while each:
        kind = library.icalcomponent_kind_to_string(library.icalcomponent_isa(each))
        if kind == b"VEVENT":
            uid, title = library.icalcomponent_get_uid(each), library.icalcomponent_get_summary(each)
            start, end = library.icalcomponent_get_dtstart(each), library.icalcomponent_get_dtend(each)
            yield uid.decode(), start.aware(), end.aware(), title.decode()
        elif kind != b"VTIMEZONE":
            raise ValueError(kind)
        each = library.icalcomponent_get_next_component(root, 1)


def stored(text: str, radicale: str, name: str) -> Iterator[Line]:
    """Put the calendar into radicale, and read what it gives back."""
    address = f"{radicale}/reader/{quote(name)}/"
    calendar = {"Content-Type": "text/calendar; charset=utf-8", "Authorization": "Basic cmVhZGVyOg=="}
    with urlopen(Request(address, text.encode(), calendar, method="PUT"), timeout=60) as answer:  # noqa: S310
        if answer.status != 201:  # noqa: PLR2004  created
            raise ValueError(answer.status)
    with urlopen(Request(address, headers=calendar), timeout=60) as answer:  # noqa: S310
        kept = answer.read().decode()
    for event in Calendar.from_ical(kept).walk("VEVENT"):
        yield str(event["uid"]), event["dtstart"].dt, event["dtend"].dt, str(event["summary"])


def main(folder: str, radicale: str, *addresses: str) -> None:
    """Let every client read every feed."""
    texts = []
    for address in addresses:
        with urlopen(Request(address), timeout=60) as answer:  # noqa: S310  our own server
            texts.append(answer.read().decode())
    clients = {
        "ical": homeassistant,
        "recurring-ical-events": recurring,
        "vobject": validated,
        "libical": libical,
        "radicale": lambda text: stored(text, radicale, str(texts.index(text))),
    }
    for name, read in clients.items():
        lines = [
            "\t".join((uid, *(f"{time.astimezone(HERE):%Y-%m-%d %H:%M}" for time in (start, end)), title))
            for text in texts
            for uid, start, end, title in read(text)
        ]
        Path(folder, f"{name}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
