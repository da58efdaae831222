"""The page behind a fair's poster: somebody who walked in says with her own phone that she is here. In 15 seconds.

GET counts nobody. A screen's code changes; who opened the form in time may send it as long as the fair is on. A phone
counts once: whoever has it in her hand may then say that somebody beside her is here too.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from flask import redirect, render_template, request, session, url_for

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.device import HereForm
from portal.public.door import pages
from scheduling import fairs, gate, limits
from scheduling.models import Fair

FRESH = timedelta(minutes=10)
MINUTES = 10  # the window of both limits
FAMILY = 20  # one browser: a coordinator with a van full of people from one village
MARKET = 1500  # one address: a whole market's phones may share one, at most two people come in a second (domain.md §11)


@pages.route("/HERE/<code>", methods=["GET", "POST"])
@pages.route("/here/<code>", methods=["GET", "POST"])
def here(code: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask who is here, nothing of it needed; POST counts her. Raises HereCodeUnknown, HereClosed, TooOften."""
    code, now, form = code.upper(), clock.now(), HereForm()
    opened = _opened(code, now)
    fair, _ = gate.visitors.opened(reading(), doors.county(), code, keys=doors.keys(), now=opened)
    gate.visitors.require_on(fair, now=now)
    session["here"] = [code, opened.timestamp()]
    if session.get("here done") == fair.slug and "more" not in request.args:
        return redirect(url_for(".here_thanks", slug=fair.slug), 303)
    if form.validate_on_submit():
        with errors.beside(form):
            slug = _counted(code, form, opened, now)
            session["here done"] = slug
            return redirect(url_for(".here_thanks", slug=slug), 303)
    more = "1" if "more" in request.args else None
    return errors.page("public/here/ask.html", form=form, fair=fair, code=code, more=more)


@pages.get("/fairs/<slug>/here")
def here_thanks(slug: str) -> str:
    """Say that she is counted, and lead on: to the fair, or to somebody beside her without a phone."""
    fair = fairs.find_public(reading(), doors.county(), slug)
    return render_template("public/here/thanks.html", fair=fair, code=_code_of(fair))


def _counted(code: str, form: HereForm, opened: datetime, now: datetime) -> str:
    """Count whoever the form is about; give the fair's slug. Raises TooOften, and what `gate.visitors` raises."""
    browser = session.setdefault("here by", token_urlsafe(12))
    with writing() as db:  # of its own: a try counts though it is refused
        limits.knock(db, "here by", browser, most=FAMILY, minutes=MINUTES, now=now)
        limits.knock(db, "here from", request.remote_addr or "", most=MARKET, minutes=MINUTES, now=now)
    with writing() as db:
        fair, source = gate.visitors.opened(db, doors.county(), code, keys=doors.keys(), now=opened)
        told = {name: form[name].data or "" for name in ("name", "phone", "trade")}
        gate.visitors.say_here(db, fair, source, id=(form.id.data or "")[:64], **told, now=now)
        return fair.slug


def _code_of(fair: Fair) -> str:
    """Give the code this browser came to the fair by, while it may be used again; else nothing."""
    code, at = session.get("here", ("", 0.0))
    fresh = session.get("here done") == fair.slug and clock.now() <= datetime.fromtimestamp(at, UTC) + FRESH
    return code if fresh else ""


def _opened(code: str, now: datetime) -> datetime:
    """Give when this browser opened the code first, at most FRESH ago; else now."""
    known, at = session.get("here", ("", 0.0))
    then = datetime.fromtimestamp(at, UTC)
    return then if known == code and then <= now <= then + FRESH else now
