"""Public room: what is new, for readers of Atom, RSS and JSON Feed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, url_for

from portal import calendars, clock, doors
from portal.database import reading
from portal.public.door import pages
from portal.public.feeds import answer_with, away
from scheduling.feeds import Feed, news

Writer = Callable[[list[news.Item], str, str], bytes]


@pages.get("/feeds/news.atom")
def news_atom() -> Response:
    """Give the newest fairs, classes and vacancies as Atom."""
    return _serve(news.atom, "news.atom", "application/atom+xml")


@pages.get("/feeds/news.rss")
def news_rss() -> Response:
    """Give them as RSS."""
    return _serve(news.rss, "news.rss", "application/rss+xml")


@pages.get("/feeds/news.json")
def news_json() -> Response:
    """Give them as JSON Feed."""
    return _serve(news.json_feed, "news.json", "application/feed+json")


def _serve(write: Writer, filename: str, kind: str) -> Response:
    """Write the list, or answer 503: a reader must not hear of an empty one."""
    now = clock.now()
    try:
        items = news.newest(reading(), doors.county(), _page)
    except Exception as error:  # noqa: BLE001  whatever happens, it is a 503
        return away(f"the list {filename}", error)
    home, own = (calendars.absolute(url_for(name)) for name in (".home", f".{filename.replace('.', '_')}"))
    feed = Feed(write(items, home, own), news.changed_at(items))
    # A change of words has no date of its own here, so only the tag is believed.
    return answer_with(feed, filename, now, kind=kind, by_date=False)


def _page(noun: str, key: str) -> str:
    path = url_for(".vacancy", no=key) if noun == "vacancy" else url_for(f".{noun}", slug=key)
    return calendars.absolute(path)
