"""How a reader wants the pages: language, elder mode, high contrast; and whether the house stands."""

from __future__ import annotations

from flask import Response, redirect, request, url_for

from portal import database, doors
from portal.public.door import pages

A_YEAR = 365 * 24 * 3600
MODES = frozenset({"elder", "contrast"})


@pages.post("/language")
def language() -> Response:
    """Remember the language and go back to the page."""
    return _remember("language", "en" if request.form.get("language") == "en" else "zh")


@pages.post("/display")
def display() -> Response:
    """Switch elder mode or high contrast on or off and go back to the page."""
    mode = request.form.get("mode", "")
    if mode not in MODES:
        return _back()
    return _remember(mode, "on" if request.form.get("value") == "on" else "off")


@pages.get("/healthz")
def healthz() -> Response:
    """Say that the process is up."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
def readyz() -> Response:
    """Say that the database answers; 503 when it does not."""
    database.ask()
    return Response("ready\n", mimetype="text/plain")


def _back() -> Response:
    return redirect(doors.local_next(lambda: url_for("public.home")), 303)  # type: ignore[return-value]


def _remember(name: str, value: str) -> Response:
    answer = _back()
    answer.set_cookie(
        name, value, max_age=A_YEAR, samesite="Lax", secure=doors.settings().secure, path=doors.settings().prefix + "/"
    )
    return answer
