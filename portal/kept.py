"""Public feeds in front of the house: bytes, gzip and ETag kept by each process, behind one generation counter.

Thousands of calendars ask every few hours and nearly always get what they have. Such an answer is given here from what
the house answered before, for as long as the generation in the database is the one it was made under, the day is the
same, and it is not old. Everything else is passed on. Two processes agree, for the number is one; a database that does
not answer is never hidden by what is kept.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as day_time
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.http import parse_date

from portal import clock
from portal.database import feed_generation
from portal.encodings import takes_gzip
from portal.public.feeds import YOUNG

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OLDEST = timedelta(minutes=10)  # what was changed around the house, by hand, is heard of by then
LASTS = 0.05  # seconds of a moment
MOST, MOST_BYTES = 1024, 64 * 1024 * 1024  # answers in each process, and what they weigh together
_KINDS = (".ics", ".atom", ".rss", ".json")
# All that a 304 says of the bytes somebody has already (RFC 9110 §15.4.5); dates are for those who know no tag
_SAID_AGAIN = frozenset({"cache-control", "etag", "vary", "expires", "strict-transport-security"})

Lines = list[tuple[str, str]]
Asked = tuple[str, str, str]  # path, query, Accept-Encoding
Key = tuple[str, str, bool]  # path, query, and whether gzip is taken


@dataclass(frozen=True, slots=True)
class Answer:
    """A 200 of the house, and what it is worth: the generation, the day and the time it was made in."""

    generation: int
    at: datetime
    until: datetime
    etag: str
    headers: Lines
    headers_304: Lines
    body: bytes


@dataclass(frozen=True, slots=True)
class Moment:
    """What is believed for a moment: the generation, what time it is, and which answers are good for both.

    A moment is shorter than the way of an answer to a phone, and spares the database, and everything that an answer
    is asked before it is given, a crowd's questions.
    """

    generation: int
    now: datetime
    ends: float  # by time.monotonic()
    good: dict[Asked, Answer]


OVER = Moment(0, datetime.min.replace(tzinfo=clock.HERE), 0.0, {})  # the one before the first


class Feeds:
    """WSGI in front of `wsgi`, for GET and HEAD of public feeds."""

    def __init__(self, app: Flask, wsgi: WSGIApplication) -> None:
        self.app, self.wsgi = app, wsgi
        self.answers: dict[Key, Answer] = {}
        self.moment = OVER

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or ask the house."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith("/feeds/") or not _may_be_kept(path, environ):
            return self.wsgi(environ, start)
        moment = self.moment
        if time.monotonic() >= moment.ends:
            began = self._begun()
            if began is None:
                return self.wsgi(environ, start)
            moment = began
        packing = environ.get("HTTP_ACCEPT_ENCODING", "")
        asked = (path, environ.get("QUERY_STRING", ""), packing)
        good = moment.good.get(asked)
        if good is None:
            return self._looked_up(environ, start, asked, moment)
        return _given(good, environ, start)

    def _begun(self) -> Moment | None:
        """Begin another moment; None when nothing was ever written, or nobody is there to ask."""
        began = time.monotonic()
        try:
            with self.app.app_context():
                number = feed_generation()
        except Exception:  # noqa: BLE001  whatever the driver says: the house tells it in its own words
            return None
        if number is None:
            return None
        self.moment = Moment(number, clock.now_of(self.app), 0.0 if self.app.testing else began + LASTS, {})
        return self.moment

    def _looked_up(
        self, environ: WSGIEnvironment, start: StartResponse, asked: Asked, moment: Moment
    ) -> Iterable[bytes]:
        """Answer what nobody has asked for in this moment."""
        path, query, packing = asked
        key = (path, query, takes_gzip(packing))
        kept = self.answers.get(key)
        if kept is None or kept.generation != moment.generation or not kept.at <= moment.now < kept.until:
            return self._asked(environ, start, key, moment.generation, moment.now)
        if len(moment.good) < MOST:
            moment.good[asked] = kept
        return _given(kept, environ, start)

    def _asked(
        self, environ: WSGIEnvironment, start: StartResponse, key: Key, number: int, now: datetime
    ) -> Iterable[bytes]:
        """Ask the house for the whole of it, keep that, and give what was asked for."""
        told: list[tuple[str, Lines]] = []

        def hear(status: str, headers: Lines, *_error: object) -> object:
            told.append((status, headers))
            return None

        whole = {**environ, "REQUEST_METHOD": "GET"}
        whole.pop("HTTP_IF_NONE_MATCH", None)
        chunks = self.wsgi(whole, hear)  # type: ignore[arg-type]
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        status, headers = told[-1]
        if not status.startswith("200 "):
            start(status, headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        kept = Answer(
            number,
            now,
            _until(Headers(headers).get("Last-Modified", ""), now),
            Headers(headers).get("ETag", ""),
            headers,
            [(name, value) for name, value in headers if name.lower() in _SAID_AGAIN],
            body,
        )
        self._keep(key, kept)
        return _given(kept, environ, start)

    def _keep(self, key: Key, kept: Answer) -> None:
        """Keep an answer; when there are too many, what was kept first goes, and with it every older generation's."""
        self.answers.pop(key, None)
        self.answers[key] = kept
        while len(self.answers) > MOST or sum(len(each.body) for each in list(self.answers.values())) > MOST_BYTES:
            oldest = next(iter(list(self.answers)), None)
            if oldest is None or oldest == key:
                return
            self.answers.pop(oldest, None)


def _until(modified: str, now: datetime) -> datetime:
    """Give until when an answer of `now` is good: for a while, at most until the day in Shanghai ends.

    What has just changed is told with another date for its first ten seconds (portal/public/feeds.py), which every
    process must stop telling at the same time.
    """
    midnight = datetime.combine(now.astimezone(clock.HERE).date() + timedelta(days=1), day_time(), clock.HERE)
    changed = parse_date(modified)
    young = changed + 2 * YOUNG if changed and changed > now - 2 * YOUNG else midnight
    return min(now + OLDEST, midnight, young)


def _may_be_kept(path: str, environ: WSGIEnvironment) -> bool:
    """Whether it is a public feed that is asked for by its tag or without one: dates are the house's to judge."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or not path.endswith(_KINDS) or path.startswith("/feeds/p/"):
        return False
    return "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" not in environ


def _given(kept: Answer, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and (kept.etag in known or known.strip() == "*"):
        start("304 NOT MODIFIED", kept.headers_304)
        return []
    start("200 OK", kept.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]
