"""From bytes to the components of a calendar file: decoded, unfolded, only the properties somebody asks for.

`icalendar` takes each line apart (quoted parameters, RFC 6868); its reader of whole files is not asked, because it
builds a time zone from every VTIMEZONE, and a rule in there that repeats by the second never ends.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from icalendar.parser import Contentline, unescape_backslash

from scheduling.refusals import (
    CalendarEmpty,
    CalendarHasNoEvents,
    CalendarIsPacked,
    CalendarIsPage,
    CalendarTooLarge,
    CalendarTooLong,
    NotACalendar,
)

MOST_BYTES = 1024 * 1024
MOST_EVENTS = 2_000
_MB = 1024 * 1024
_DEEPEST = 20  # components within one another; real ones are three
_LONGEST = 64 * 1024  # characters of a line; a title is cut long before, a list of days so long is none
_WANTED = frozenset(
    "BEGIN END UID DTSTART DTEND DURATION RRULE EXRULE RDATE EXDATE RECURRENCE-ID STATUS TRANSP SUMMARY CLASS SEQUENCE "  # noqa: SIM905
    "LAST-MODIFIED DTSTAMP METHOD X-MICROSOFT-CDO-BUSYSTATUS TZID X-LIC-LOCATION TZOFFSETTO TZOFFSETFROM".split()
)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_BREAK = re.compile(r"\r\n|\n|\r")  # and not str.splitlines, for which U+2028 in a title is one
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]")


@dataclass(frozen=True)
class Property:
    """One line: its parameters by their names in capitals, and the value as written."""

    params: Mapping[str, str]
    value: str


@dataclass
class Component:
    """One VEVENT, VTIMEZONE … with the line it begins on; `broken` says that a line of it could not be read."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)
    broken: bool = False
    ended: bool = False

    def first(self, name: str) -> Property | None:
        """Give the first property of that name."""
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        """Give the first value of that name without what nobody sees: escapes undone, no controls, single spaces."""
        found = self.first(name)
        return plain(unescape_backslash(found.value)) if found else ""


def components(content: bytes) -> Component:
    """Give a file's calendar, with everything at its top in `parts`; several calendars in one file are read as one.

    Raises CalendarTooLarge(most), CalendarEmpty, CalendarIsPacked, CalendarIsPage, NotACalendar, CalendarTooLong(most),
    CalendarHasNoEvents.
    """
    if len(content) > MOST_BYTES:
        raise CalendarTooLarge(most=MOST_BYTES // _MB)
    whole = Component("VCALENDAR", 1)
    open_ones: list[Component] = []
    events = 0
    for number, line in _unfolded(_decoded(content)):
        name = _NAME.match(line.lstrip())
        if name is None or name[0].upper() not in _WANTED:
            continue
        one = _read(line[:_LONGEST])
        if one is None:
            for each in open_ones[-1:]:
                each.broken = True
            continue
        events += name[0].upper() == "BEGIN" and one.value.strip().upper() == "VEVENT"
        if events > MOST_EVENTS:
            raise CalendarTooLong(most=MOST_EVENTS)
        _take(name[0].upper(), one, number, whole, open_ones)
    if not events:
        raise CalendarHasNoEvents
    return whole


def plain(text: str) -> str:
    """Give a text as one line that holds nothing invisible."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def _take(name: str, one: Property, number: int, whole: Component, open_ones: list[Component]) -> None:
    """Put one line where it belongs; END closes whatever inside was left open. Raises NotACalendar."""
    kind = one.value.strip().upper()
    if name == "BEGIN" and kind != "VCALENDAR":
        if len(open_ones) == _DEEPEST:
            raise NotACalendar
        component = Component(kind, number)
        (open_ones[-1] if open_ones else whole).parts.append(component)
        open_ones.append(component)
    elif name == "END" and any(each.name == kind for each in open_ones):
        while open_ones:
            closed = open_ones.pop()
            closed.ended = closed.name == kind
            if closed.ended:
                break
    elif name not in {"BEGIN", "END"}:
        (open_ones[-1] if open_ones else whole).properties.setdefault(name, []).append(one)


def _read(line: str) -> Property | None:
    """Take a line apart; None for one that cannot be."""
    try:
        _name, params, value = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]  # icalendar's own
    except ValueError:
        return None
    return Property({str(key).upper(): str(one) for key, one in params.items() if isinstance(one, str)}, value)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Give each line with the number of its first piece in the file; a line that begins with a space goes on."""
    begun, pieces = 1, [""]
    for number, piece in enumerate(_BREAK.split(text), 1):
        if piece[:1] in {" ", "\t"}:
            pieces.append(piece[1:])
        elif piece:  # an empty line is no line, and what follows it may go on
            yield begun, "".join(pieces)
            begun, pieces = number, [piece]
    yield begun, "".join(pieces)


def _decoded(content: bytes) -> str:
    """Give the text: UTF-8, what Windows calls Unicode, or the GBK of older Chinese programs."""
    if not content.strip(b"\x00 \t\r\n"):
        raise CalendarEmpty
    if content.startswith((b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        raise CalendarIsPacked
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030", "replace")
    begins = text[:4096].lstrip("\ufeff \t\r\n").upper()
    if begins.startswith("<"):
        raise CalendarIsPage
    if not begins.startswith("BEGIN:VCALENDAR") and "\nBEGIN:VCALENDAR" not in begins.replace("\r", "\n"):
        raise NotACalendar
    return text
