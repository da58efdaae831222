"""The page behind a fair's poster: somebody who walked in says with her own phone that she is here. In 15 seconds.

GET counts nobody. A screen's code changes; who opened the form in time may send it as long as the fair is on.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import redirect, render_template, request, session, url_for

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.device import HereForm
from portal.public.door import pages
from scheduling import fairs, gate, limits

FRESH = timedelta(minutes=10)


@pages.route("/HERE/<code>", methods=["GET", "POST"])
@pages.route("/here/<code>", methods=["GET", "POST"])
def here(code: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask who is here, nothing of it needed; POST counts her. Raises HereCodeUnknown, HereClosed, TooOften."""
    code, now, form = code.upper(), clock.now(), HereForm()
    opened = _opened(code, now)
    fair, source = gate.visitors.opened(reading(), doors.county(), code, keys=doors.keys(), now=opened)
    gate.visitors.require_on(fair, now=now)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:  # of its own: a whole market comes from one address, so many are let through
                limits.knock(db, "here from", request.remote_addr or "", most=600, minutes=10, now=now)
            with writing() as db:
                fair, source = gate.visitors.opened(db, doors.county(), code, keys=doors.keys(), now=opened)
                told = {name: form[name].data or "" for name in ("name", "phone", "trade")}
                gate.visitors.say_here(db, fair, source, id=(form.id.data or "")[:64], **told, now=now)
                slug = fair.slug
            return redirect(url_for(".here_thanks", slug=slug), 303)
    session["here"] = [code, opened.timestamp()]
    return errors.page("public/here/ask.html", form=form, fair=fair, code=code)


@pages.get("/fairs/<slug>/here")
def here_thanks(slug: str) -> str:
    """Say that she is counted, and lead on to the fair."""
    fair = fairs.find_public(reading(), doors.county(), slug)
    return render_template("public/here/thanks.html", fair=fair)


def _opened(code: str, now: datetime) -> datetime:
    """Give when this browser opened the code first, at most FRESH ago; else now."""
    known, at = session.get("here", ("", 0.0))
    then = datetime.fromtimestamp(at, UTC)
    return then if known == code and then <= now <= then + FRESH else now
