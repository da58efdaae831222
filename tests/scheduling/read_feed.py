"""How a calendar reads a feed: every byte looked at, then what icalendar makes of it."""

from datetime import timedelta

from icalendar import Calendar

from scheduling import feeds
from tests.factories import COUNTY, NOW

VOICE = feeds.Voice(
    word=lambda key, _of: f"<{key}>", page=lambda noun, slug: f"https://x.test/{noun}/{slug}", phone="110"
)
ALL = feeds.Filters()
EARLIER = NOW - timedelta(days=3)


def events(feed: feeds.Feed) -> list:
    """What a calendar reads in it, after looking at every byte."""
    body = feed.body
    lines = body.split(b"\r\n")
    assert body.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert body.count(b"\n") == body.count(b"\r") == len(lines) - 1
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") == line.decode("utf-8").strip("\ufeff") for line in lines)
    assert not any(c < 32 or c == 127 for line in lines for c in line)
    assert not any("\x80" <= c <= "\x9f" or c in "\u2028\u2029" for c in body.decode())
    assert b"METHOD" not in body
    assert b"RRULE" not in body
    assert b"RSCALE" not in body
    calendar = Calendar.from_ical(body)
    assert [part.name for part in calendar.subcomponents[:1]] == ["VTIMEZONE"]
    assert "UID" not in calendar
    return calendar.walk("VEVENT")


def of_fairs(session, asked=ALL, *, now=NOW) -> list:
    session.flush()
    session.expire_all()
    return events(feeds.fairs(session, COUNTY, asked, VOICE, now=now))


def of_courses(session, asked=ALL, *, now=NOW) -> list:
    session.flush()
    session.expire_all()
    return events(feeds.courses(session, COUNTY, asked, VOICE, now=now))


def titles(found: list) -> list[str]:
    return [str(event["summary"]) for event in found]
