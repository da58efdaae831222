"""The house put together: settings, database, languages, doors, headers."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask, Request, Response, abort, request, session, url_for
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.utils import cached_property

from portal import config, doors, errors, filters, kept, menus, paths
from portal.api import hatch, line
from portal.api import pages as api
from portal.database import db
from portal.desk import pages as desk
from portal.enterprise import pages as enterprise
from portal.gate import pages as gate
from portal.public import pages as public
from portal.school import pages as school
from scheduling.seals import Keyring

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
LANGUAGES = ("zh", "en")
MODES = ("elder", "contrast")
LARGEST = 2**31 - 1
PICTURES = {  # pages with a file to choose
    "desk.show_stats",
    "desk.fair_plan_file",
    "desk.fair_photos",
    "desk.class_archive_comparison",
    "desk.busy",
    "school.busy",
}
BATCH = 8 * 1024 * 1024  # two hundred items, most of a book in some of them


def create_app(settings: Mapping[str, str] | None = None) -> Flask:
    """Build the app from `settings`, by default the environment. Raises config.BadSetting."""
    read = config.read(os.environ if settings is None else settings)
    app = Flask("portal", template_folder=str(paths.TEMPLATES), static_folder=str(paths.STATIC))
    app.request_class = Asked
    app.config.update(
        SETTINGS=read,
        KEYS=Keyring(read.secret.encode()),
        SECRET_KEY=Keyring(read.secret.encode()).key("cookies"),
        SQLALCHEMY_DATABASE_URI=read.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True, "pool_size": 16, "max_overflow": 48}
        if read.database_url.startswith("postgresql")
        else {},
        SESSION_COOKIE_NAME="songgang",
        SESSION_COOKIE_SECURE=read.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH=read.prefix + "/",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still goes through
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        BABEL_DEFAULT_LOCALE="zh",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BABEL_TRANSLATION_DIRECTORIES=str(paths.TRANSLATIONS),
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    db.init_app(app)
    app.before_request(_room_for_pictures)
    CSRFProtect(app).exempt(api)  # which knows nobody by a cookie
    Babel(app, locale_selector=language)
    filters.install(app)
    errors.install(app)
    line.install(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for pages in (public, enterprise, school, desk, gate, api):
        app.register_blueprint(pages)
    app.before_request(_readable)
    app.context_processor(_everywhere)
    app.after_request(_headers)
    app.wsgi_app = hatch.Hatch(  # type: ignore[method-assign, assignment]
        app, app.wsgi_app, most=BATCH, headers=standing(secure=read.secure)
    )
    app.wsgi_app = kept.Feeds(app, app.wsgi_app)  # type: ignore[method-assign, assignment]
    if read.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=read.proxies, x_proto=read.proxies)  # type: ignore[method-assign]
    if read.prefix:
        app.wsgi_app = _below(read.prefix, app.wsgi_app)  # type: ignore[method-assign, assignment]
    return app


def language() -> str:
    """Give the reader's language: what she chose, else Chinese."""
    chosen = request.cookies.get("language", "")
    return chosen if chosen in LANGUAGES else "zh"


class Asked(Request):
    """A request whose address holds no NUL: nobody types one, and PostgreSQL's text cannot hold it.

    What is uploaded stays in memory, which `max_content_length` bounds: it may hold ID numbers, and a temporary file
    would put them on the disk in clear.
    """

    def _get_file_stream(self, *_told: Any, **_more: Any) -> io.BytesIO:  # noqa: ANN401  as Werkzeug asks
        return io.BytesIO()

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """Give the query without NULs."""
        plain = super().args
        return MultiDict((name, value.replace("\x00", "")) for name, value in plain.items(multi=True))


def _room_for_pictures() -> None:
    """Let pages that take a picture say beside the field that it is too large. CSRF reads the form after this."""
    if request.endpoint in PICTURES:
        request.max_content_length = 8 * 1024 * 1024
    elif request.endpoint == "api.scan_batches":
        request.max_content_length = BATCH
    elif request.endpoint in {"public.list_new", "desk.gate_file"}:  # a file of 10 MB is told that it is one
        request.max_content_length = 12 * 1024 * 1024


def _readable() -> None:
    """Answer 404 to what no page can have: a NUL in the path, a number the database's integers cannot hold."""
    numbers = (value for value in (request.view_args or {}).values() if isinstance(value, int))
    if "\x00" in request.path or any(number > LARGEST for number in numbers):
        abort(404)


def _everywhere() -> dict[str, Any]:
    """Give every template what its frame needs."""
    settings = doors.settings()
    return {
        "locale": language(),
        "display": {mode for mode in MODES if request.cookies.get(mode) == "on"},
        "county_name": settings.county_name,
        "host_unit": settings.host_unit,
        "service_phone": settings.service_phone,
        "icp": settings.icp,
        "demo": settings.demo,
        "who": doors.who(),
        "here": _here(),
        "menu": menus.menu(),
        "signout_url": url_for("public.signout"),
        "own_door": doors.own(doors.who()),
        "csrf_token": generate_csrf,
    }


def _here() -> str:
    """Give the address of this page, for switches that come back to it; of a page that is none, the first one's."""
    if request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return url_for("public.home")
    query = request.query_string.decode("ascii", "ignore")
    return quote(request.script_root + request.path) + (f"?{query}" if query else "")


_OF_DOCUMENTS = frozenset({"Content-Security-Policy", "Referrer-Policy", "Permissions-Policy"})
_OF_BYTES = _OF_DOCUMENTS | {"X-Content-Type-Options"}


def standing(*, secure: bool) -> dict[str, str]:
    """Give the headers that every answer has."""
    told = {
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    }
    return told | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})


def _headers(answer: Response) -> Response:
    unsaid = _unsaid(answer)
    for name, text in standing(secure=doors.settings().secure).items():
        if name not in unsaid:
            answer.headers.setdefault(name, text)
    if answer.mimetype == "text/html":
        answer.headers.setdefault(
            "Cache-Control", "no-store" if session or doors.COOKIE in request.cookies else "no-cache"
        )
    return answer


def _unsaid(answer: Response) -> frozenset[str]:
    """Name the standing headers without meaning here: no browser shows a calendar as a document.

    Whoever has a feed gets none of its bytes again, and nothing that is said of them (RFC 9110 §15.4.5).
    """
    if answer.status_code == HTTPStatus.NOT_MODIFIED and request.path.startswith("/feeds/"):
        return _OF_BYTES
    return _OF_DOCUMENTS if answer.mimetype == "text/calendar" else frozenset()


def _below(prefix: str, wsgi: WSGIApplication) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """Serve the app below `prefix`, whichever way the proxy passes it on; a ticket's QR says it in capitals."""

    def mounted(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.lower() == prefix.lower() or path.lower().startswith(prefix.lower() + "/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        environ["SCRIPT_NAME"] = prefix
        return wsgi(environ, start)

    return mounted
