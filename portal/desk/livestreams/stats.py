"""Desk room: what the platform counted, typed in a minute after the show, with the screenshot it was read from."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.livestream import StatsForm, as_typed
from scheduling import livestreams as acts


@pages.route("/fairs/<slug>/show/stats", methods=["GET", "POST"])
def show_stats(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the figures; POST notes them, and says no to a file that is no picture."""
    session = reading()
    fair = acts.find(session, doors.county(), slug)
    stats, counts = acts.stats_of(session, fair), acts.channels(session, fair)
    form = StatsForm(data=as_typed(stats, counts["scan"]))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                told: dict[str, Any] = {"replay_url": (form.replay_url.data or "").strip(), "picture": form.content()}
                by, now = doors.someone(db), clock.now()
                acts.note_stats(db, acts.find(db, doors.county(), slug), form.figures(), **told, by=by, now=now)
            flash(_("记下了。"), "success")
            return redirect(url_for(".show_stats", slug=slug), 303)
    session = reading()
    fair = acts.find(session, doors.county(), slug)
    stats = acts.stats_of(session, fair)
    return errors.page(
        "desk/livestreams/stats.html",
        form=form,
        fair=fair,
        stats=stats,
        picture=acts.has_picture(session, stats) if stats else None,
        ahead=clock.now() < fair.starts_at,
    )


@pages.get("/fairs/<slug>/show/stats/picture")
def show_picture(slug: str) -> Response:
    """Give the screenshot, as the picture it was found to be and nothing else."""
    session = reading()
    row = acts.picture_of(session, acts.find(session, doors.county(), slug))
    answer = Response(row.content, mimetype=row.kind)
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
