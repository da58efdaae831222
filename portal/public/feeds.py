"""Public room: calendar feeds (日历订阅), and the page that hands out their addresses."""

from __future__ import annotations

import gzip
import hashlib
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from flask import Response, current_app, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from portal import clock, doors, qr
from portal.database import reading
from portal.encodings import takes_gzip
from portal.forms.feed import CoursesForm, FairsForm
from portal.public.door import pages
from portal.wording import WORDS, word
from scheduling import campaigns, feeds
from scheduling.refusals import NotFound, Refusal

RETRY_AFTER = 120  # seconds
OWN_ALARM = 1440  # minutes ahead, in a private calendar that asks for no other; alarm=0 is none
# A change is stamped before it is committed and HTTP dates have whole seconds: a change as young as this may have a
# twin with the same date, so If-Modified-Since is not believed yet. The ETag always is.
YOUNG = timedelta(seconds=10)


@pages.get("/feeds/", endpoint="feeds")
def feeds_page() -> str:
    """Show how to subscribe; what was picked is in the address, and so is every filter of the feed it gives."""
    of_courses = request.args.get("calendar") == "courses"
    session, county = reading(), doors.county()
    if of_courses:
        form = CoursesForm(request.args).with_trades(feeds.trades(session, county))
    else:
        form = FairsForm(request.args).offering(
            feeds.townships(session, county), campaigns.all_of(session, county, since=clock.today())
        )
    picked = form.chosen()
    link = _absolute(url_for(".courses_feed" if of_courses else ".fairs_feed", **picked))
    # The code gives this page, not the feed: most people scan with WeChat, which opens no calendar but can say how to.
    here = _absolute(url_for(".feeds", calendar="courses" if of_courses else None, **picked))
    return render_template(
        "public/feeds/subscribe.html",
        form=form,
        of_courses=of_courses,
        link=link,
        webcal="webcal" + link[link.index(":") :],
        code=qr.svg(here, _("本页的二维码")),
        feed_code=qr.svg(link, _("订阅链接的二维码")),
    )


@pages.get("/feeds/fairs.ics")
def fairs_feed() -> Response:
    """Give the fairs as a calendar: `township=`, `kind=`, `audience=`, `campaign=`, `alarm=`, any of them twice."""
    return _serve(feeds.fairs, "fairs.ics", "fair.kind")


@pages.get("/feeds/courses.ics")
def courses_feed() -> Response:
    """Give the class sessions as a calendar: `kind=`, `trade=`, `alarm=`, each as often as wanted."""
    return _serve(feeds.courses, "courses.ics", "course.mode")


@pages.get("/feeds/fairs/<slug>.ics")
def fair_feed(slug: str) -> Response:
    """Give one fair as a calendar. NotFound for a draft."""
    return _serve(feeds.fair, f"{slug}.ics", "fair.kind", slug)


@pages.get("/feeds/courses/<slug>.ics")
def course_feed(slug: str) -> Response:
    """Give the sessions of one class as a calendar. NotFound for a draft."""
    return _serve(feeds.course, f"{slug}.ics", "course.mode", slug)


@pages.get("/feeds/courses/<slug>/<int(max=99999):number>.ics")
def lesson_feed(slug: str, number: int) -> Response:
    """Give one session of a class as a calendar, to be added alone. NotFound for a draft."""
    return _serve(partial(feeds.lesson, number=number), f"{slug}-{number}.ics", "course.mode", slug)


@pages.get("/feeds/p/<token>.ics")
def private_feed(token: str) -> Response:
    """Give somebody's own calendar. A link that was never made, is wrong or was taken back: the same 404, always."""
    asked = _asked("fair.kind")
    if "alarm" not in request.args:
        asked = replace(asked, alarms=feeds.ALARMS & {OWN_ALARM})
    now = clock.now()
    try:
        with force_locale("zh"):
            feed = feeds.private(reading(), doors.county(), token, asked, _voice(), now=now)
    except Refusal:
        return _plain(404, "没有这个日历，链接可能已经停用。\n")
    except Exception as error:  # noqa: BLE001  whatever happens, a token stands in no log line
        return away("a private feed", error)
    answer = answer_with(feed, "songgang.ics", now, private=True)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _serve(make: Callable[..., feeds.Feed], filename: str, kinds: str, *which: str) -> Response:
    """Make a feed and answer with it, or with 503: a calendar that hears an empty 200 deletes what it knew."""
    now = clock.now()
    if not filename.isprintable():
        raise NotFound
    try:
        with force_locale("zh"):
            feed = make(reading(), doors.county(), *which, _asked(kinds), _voice(), now=now)
    except Refusal:
        raise
    except Exception as error:  # noqa: BLE001  whatever happens, it is a 503
        return away(f"the feed {filename}", error)
    return answer_with(feed, filename, now)


def away(what: str, error: Exception) -> Response:
    """Answer 503 and log the kind of error and where, not its words: they may repeat what was asked for."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    current_app.logger.error("%s could not be made: %s in %s", what, type(error).__name__, where.name)
    answer = _plain(503, "日历暂时取不到，请稍后再试。\n")
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _plain(status: int, words: str) -> Response:
    return Response(words, status, {"Cache-Control": "no-store"}, content_type="text/plain; charset=utf-8")


def answer_with(
    feed: feeds.Feed,
    filename: str,
    now: datetime,
    *,
    private: bool = False,
    by_date: bool = True,
    kind: str = "text/calendar",
) -> Response:
    """Answer with the bytes, gzipped when that was asked for, or 304 when the asker has them."""
    zipped = takes_gzip(request.headers.get("Accept-Encoding", ""))
    body = gzip.compress(feed.body, mtime=0) if zipped else feed.body
    answer = Response(body, content_type=f"{kind}; charset=utf-8")
    # Other bytes are another representation, and a strong tag names one (RFC 9110 §8.8.3.3).
    answer.set_etag(hashlib.sha256(feed.body).hexdigest()[:32] + ("-gzip" if zipped else ""))
    is_young = now < feed.changed_at + YOUNG
    answer.last_modified = feed.changed_at - YOUNG if is_young else feed.changed_at
    if private:
        answer.cache_control.private = True
    else:
        answer.cache_control.public = True
    answer.cache_control.max_age = 300
    answer.vary.add("Accept-Encoding")
    if zipped:
        answer.content_encoding = "gzip"
    if _known(answer, feed, now, by_date=by_date and not private):
        answer.status_code = 304
        answer.set_data(b"")
    else:
        answer.headers.set("Content-Disposition", "inline", filename=filename)
    return answer


def _known(answer: Response, feed: feeds.Feed, now: datetime, *, by_date: bool) -> bool:
    """Whether the asker has these bytes. What is somebody's own has no date that tells every change of it."""
    if request.headers.get("If-None-Match"):
        return request.if_none_match.contains_weak(answer.get_etag()[0] or "")
    since = request.if_modified_since
    return by_date and since is not None and feed.changed_at.replace(microsecond=0) <= since < now - YOUNG


def _asked(kinds: str) -> feeds.Filters:
    """Read the filters in the address, kinds of the family `kinds`.

    What nobody knows is ignored, so that an old address never goes dead.
    """

    def told(name: str) -> frozenset[str]:
        values = (each.strip() for each in request.args.getlist(name))
        return frozenset(value for value in values if value and value.isprintable())  # PostgreSQL can hold no NUL

    return feeds.Filters(
        townships=told("township"),
        kinds=told("kind") & WORDS[kinds].keys(),
        audiences=told("audience") & WORDS["audience"].keys(),
        campaigns=told("campaign"),
        trades=told("trade"),
        alarms=frozenset(minutes for minutes in feeds.ALARMS if str(minutes) in told("alarm")),
    )


def _voice() -> feeds.Voice:
    return feeds.Voice(
        word=word,
        page=lambda noun, slug: _absolute(url_for(f"public.{noun}", slug=slug)),
        phone=doors.settings().service_phone,
    )


def _absolute(path: str) -> str:
    """Give the address people see for a path of ours, which begins with the prefix already."""
    settings = doors.settings()
    return settings.url.removesuffix(settings.prefix) + path
