"""The scanner as an app: a shell that starts without a network once it was opened with one (docs/gate.md).

Whoever has no account may open it: what it shows and may do hangs on the device it was joined as, and that is asked
for by `/api/v1`. Its files have a version in their address, made of their bytes: two versions never mix.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from typing import Any

from flask import Response, abort, current_app, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as say
from flask_babel import lazy_gettext as _

from portal import doors, paths
from portal.gate.door import pages
from portal.gate.signs import SIGNS
from scheduling.gate import files as sealed_files

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HTML = "text/html; charset=utf-8"
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
PICTURES = {"180": (180, "any"), "192": (192, "any"), "512": (512, "any"), "maskable": (512, "maskable")}
FILES = (
    "css/gate-app.css",
    "css/gate-panels.css",
    "js/gate-worker.js",
    "js/gate/files.js",
    "js/gate/join.js",
    "js/gate/keys.js",
    "js/gate/lists.js",
    "js/gate/match.js",
    "js/gate/names.js",
    "js/gate/panels.js",
    "js/gate/scanner.js",
    "js/gate/seal.js",
    "js/gate/search.js",
    "js/gate/store.js",
    "js/gate/sync.js",
    "js/gate/tokens.js",
    "vendor/qr/decode.js",
    "img/gate.svg",
    *(f"img/gate-{name}.png" for name in PICTURES),
)
PAGES = ("door.html", "panels.html")  # parts of the page, fetched after it
COUNTS = (("heads", _("人头")), ("leaflets", _("发材料")), ("consultations", _("咨询")))
_REMARKS = re.compile(r"/\*\*[\s\S]*?\*/\n?|^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)


@pages.get("/join")
def join() -> Any:  # noqa: ANN401  a redirect
    """Lead to the app; the invitation stands behind `#`, where the browser takes it along and nobody logs it."""
    return redirect(url_for(".app"), 302)


@pages.get("/app/")
def app() -> Response:
    """Show the shell: the same for everybody, without anything personal."""
    words = {kind: [str(part) for part in parts] for kind, parts in SIGNS.items()}
    page = render_template("gate/app/shell.html", version=version(), files=_file(""), words=words)
    return _answer(page, HTML, "no-cache")


@pages.get("/app/worker.js")
def app_worker() -> Response:
    """Give the service worker, with the files of this version and their hashes."""
    hashes = {_file(name): _digest(_bytes(name)) for name in FILES} | {
        _file(name): _digest(_part(name)) for name in PAGES
    }
    shell = url_for(".app")
    told = {"VERSION": f"{version()} {get_locale()} {shell}", "FILES": hashes, "SHELL": shell}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items())
    return _answer(head + _bytes("js/gate/service.js").decode(), KINDS[".js"], "no-cache")


@pages.get("/app/manifest.webmanifest")
def app_manifest() -> Response:
    """Say how it stands on a phone's first screen."""
    icons = [
        {"src": _file(f"img/gate-{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, (size, purpose) in PICTURES.items()
    ]
    told = {
        "name": say("送岗 扫码签到"),
        "short_name": say("签到"),
        "id": url_for(".app"),
        "start_url": url_for(".app"),
        "scope": url_for(".app"),
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#0a0f0d",
        "theme_color": "#0a0f0d",
        "icons": icons,
    }
    return _answer(json.dumps(told, ensure_ascii=False), "application/manifest+json", "no-cache")


@pages.get("/app/<told>/<path:name>")
def app_file(told: str, name: str) -> Response:
    """Give a file of the version that runs here; of another version there is none."""
    if told != version() or name not in {*FILES, *PAGES}:
        abort(404)
    if name in PAGES:
        return _answer(_part(name), "text/plain; charset=utf-8", "no-cache")  # no page of its own
    return _answer(_bytes(name), KINDS[name[name.rindex(".") :]], "public, max-age=31536000, immutable")


@cache
def version() -> str:
    """Name this version: twelve characters made of all its bytes, the page's and the words' too."""
    seen = hashlib.sha256()
    texts = (*(f"gate/app/{name}" for name in ("shell.html", *PAGES)), "components/icons.html")
    words = (paths.TRANSLATIONS / "en/LC_MESSAGES/messages.mo", paths.PORTAL / "gate/signs.py")
    told = (each.read_bytes() for each in (*(paths.TEMPLATES / text for text in texts), *words))
    for raw in (*map(_bytes, (*FILES, "js/gate/service.js")), *told):
        seen.update(hashlib.sha256(raw).digest())
    return seen.hexdigest()[:12]


@cache
def _bytes(name: str) -> bytes:
    """Read a file as it is served: scripts of ours without their remarks and indentation, for bytes are counted."""
    raw = (paths.STATIC / name).read_bytes()
    ours = name.startswith("js/")
    return _REMARKS.sub("", raw.decode()).encode() if ours else raw


def _part(name: str) -> bytes:
    house = sealed_files.address(doors.county(), doors.keys())
    return render_template(f"gate/app/{name}", files=_file(""), counts=COUNTS, house=house).encode()


def _digest(raw: bytes) -> str:
    """Give what `fetch` compares with (Subresource Integrity)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(raw).digest()).decode()}"


def _file(name: str) -> str:
    return f"{url_for('.app')}{version()}/{name}"


def _answer(body: str | bytes, kind: str, keep: str) -> Response:
    answer = current_app.response_class(body, content_type=kind)
    answer.headers["Content-Security-Policy"] = CSP
    answer.headers["Cache-Control"] = keep
    return answer
