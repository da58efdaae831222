"""Desk room: the screen that people who walk in scan to say that they are here. The sheet is printed: `printing`."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from portal import clock, doors, qr
from portal.database import reading
from portal.desk.door import pages
from portal.fragments import fragment
from scheduling import fairs, gate
from scheduling.models import Fair


@pages.get("/gate/screens/<slug>")
def gate_screen(slug: str) -> str:
    """Show the QR that changes, full screen."""
    return render_template("desk/gates/screen.html", **_shown(slug))


@pages.get("/gate/screens/<slug>/now")
def gate_screen_now(slug: str) -> Response:
    """Give the part of the screen that follows: the QR of this moment, and how many said that they are here."""
    told = _shown(slug)
    return fragment("desk/gates/_screen.html", say=_("%(number)s人自己签到", number=told["own"]), **told)


def _shown(slug: str) -> dict[str, Any]:
    session = reading()
    fair = fairs.find_public(session, doors.county(), slug)
    event = gate.find_event(session, doors.county(), f"fair/{fair.number}")
    return {
        "fair": fair,
        "picture": _picture(fair),
        "own": gate.counts(session, event).heads.own,
        "back": url_for(".gate_event", name=event.name),
    }


def _picture(fair: Fair) -> str:
    code = gate.visitors.code(fair, screen=True, keys=doors.keys(), now=clock.now())
    return qr.svg(f"{doors.settings().url}/HERE/{code}".upper(), _("自己签到的二维码"))
