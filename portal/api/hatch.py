"""The hatch beside the house's door: on a fair's morning uploads come by the hundred, and go in here.

Nothing is decided here. What the house would answer to an upload that is in order, the hatch answers with less ado: no
session, no forms, no routes. Whatever is out of order, or goes wrong, is passed on to the house, which says so in its
own words; to take in an upload twice changes nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from flask import Flask

from portal.api import uploads

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PATH = "/api/v1/scan-batches"


class Hatch:
    """WSGI in front of `wsgi`, for uploads of at most `most` bytes. `headers` go with every answer of the house."""

    def __init__(self, app: Flask, wsgi: WSGIApplication, *, most: int, headers: Mapping[str, str]) -> None:
        self.app, self.wsgi, self.most = app, wsgi, most
        self.headers = [("Content-Type", "application/json"), *headers.items()]

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Take in an upload that is in order, or ask the house."""
        if environ.get("PATH_INFO") != _PATH or environ["REQUEST_METHOD"] != "POST":
            return self.wsgi(environ, start)
        secret, length = uploads.bearer(environ.get("HTTP_AUTHORIZATION", "")), environ.get("CONTENT_LENGTH") or ""
        if not secret or not length.isdecimal() or int(length) > self.most:
            return self.wsgi(environ, start)
        raw = environ["wsgi.input"].read(int(length))
        try:
            with self.app.app_context():
                body = uploads.taken_in(secret, raw).encode()
        except Exception:  # noqa: BLE001  whatever it is, the house has words for it
            environ["wsgi.input"] = io.BytesIO(raw)
            return self.wsgi(environ, start)
        start("200 OK", [*self.headers, ("Content-Length", str(len(body)))])
        return [body]
