"""Desk room: what people who walk in from the market scan to say that they are here: a poster, and a screen."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from portal import clock, doors, qr
from portal.database import reading
from portal.desk.door import pages
from portal.fragments import fragment
from scheduling import fairs, gate


@pages.get("/gate/screens/<slug>")
def gate_screen(slug: str) -> str:
    """Show the QR that changes, full screen."""
    return render_template("desk/gates/screen.html", **_shown(slug))


@pages.get("/gate/screens/<slug>/now")
def gate_screen_now(slug: str) -> Response:
    """Give the part of the screen that follows: the QR of this moment, and how many said that they are here."""
    told = _shown(slug)
    return fragment("desk/gates/_screen.html", say=_("%(number)s人自己签到", number=told["own"]), **told)


@pages.get("/gate/posters/<slug>")
def gate_poster(slug: str) -> str:
    """Show the poster with the QR that stands, to be printed by the browser."""
    fair = fairs.find_public(reading(), doors.county(), slug)
    return render_template("desk/gates/poster.html", fair=fair, picture=_picture(fair, screen=False))


def _shown(slug: str) -> dict[str, Any]:
    session = reading()
    fair = fairs.find_public(session, doors.county(), slug)
    event = gate.find_event(session, doors.county(), f"fair/{fair.number}")
    return {
        "fair": fair,
        "picture": _picture(fair, screen=True),
        "own": gate.counts(session, event).heads.own,
        "back": url_for(".gate_event", name=event.name),
    }


def _picture(fair: Any, *, screen: bool) -> str:  # noqa: ANN401  a fair
    code = gate.visitors.code(fair, screen=screen, keys=doors.keys(), now=clock.now())
    return qr.svg(f"{doors.settings().url}/here/{code}", _("自己签到的二维码"))
