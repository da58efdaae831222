"""Desk room: the teleprompter (提词器). The whole show in one page, which goes on without a network."""

from __future__ import annotations

import re

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from portal import clock, doors
from portal.database import reading
from portal.desk.door import pages
from scheduling import livestreams as acts

_AMOUNT = r"\d[\d,.]*(?:\s*[-–—~～至到]\s*\d[\d,.]*)?"
_WAGES = re.compile(
    rf"(?:月薪|日薪|时薪|底薪|年薪|月入|工资|薪资|保底|到手|综合)[^\d，。；、\s]{{0,4}}\s*{_AMOUNT}\s*[万千百kKwW]?(?:元|块)?"
    rf"|{_AMOUNT}\s*[万千百kKwW]?\s*(?:元|块)"
)


@pages.get("/fairs/<slug>/show/prompter")
def show_prompter(slug: str) -> str:
    """Show everything that is read, one cue after the other; js/prompter.js shows one at a time."""
    show = acts.read(reading(), acts.find(reading(), doors.county(), slug))
    now = clock.now()
    air = acts.on_air(show, now=now)
    return render_template(
        "desk/livestreams/prompter.html",
        fair=show.fair,
        show=show,
        air=air,
        now=now,
        begun=show.fair.starts_at - acts.EARLY <= now <= show.fair.ends_at + acts.LATE,
        hide=hide,
    )


def hide(text: str) -> Markup:
    """Mark figures of money in a text, so that the wage switch can take them off the screen: platforms filter them."""
    mark = Markup('{}<span class="fig">{}</span><span class="instead">{}</span>')
    parts, at = [], 0
    for found in _WAGES.finditer(text):
        parts.append(mark.format(text[at : found.start()], found[0], _("看屏幕二维码")))
        at = found.end()
    return Markup().join([*parts, text[at:]])
