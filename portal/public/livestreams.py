"""Public room: what is on air now, following by itself, and what can be seen again afterwards."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors
from portal.database import reading
from portal.fragments import fragment
from portal.public.door import pages
from scheduling import fairs
from scheduling import livestreams as acts
from scheduling.models import Fair


@pages.get("/livestreams/<slug>")
def livestream(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show what is on air, what comes, where to watch; of another kind of fair, lead to its page."""
    fair = fairs.find_public(reading(), doors.county(), slug)
    if fair.kind != "livestream":
        return redirect(url_for(".fair", slug=slug), 302)
    told = _told(fair)
    return render_template("public/livestreams/show.html", **told, say=said(told["air"]))


@pages.get("/livestreams/<slug>/now")
def livestream_now(slug: str) -> Response:
    """Give the part of the page that follows, as JSON; 304 for who has it."""
    told = _told(acts.find(reading(), doors.county(), slug, public=True))
    return fragment("public/livestreams/_now.html", say=said(told["air"]), **told)


@pages.get("/L/<int:number>")
@pages.get("/l/<int:number>")
def livestream_short(number: int) -> Response:
    """Lead from the QR of a show to its page."""
    fair = acts.by_number(reading(), doors.county(), number)
    return redirect(url_for(".livestream", slug=fair.slug), 302)


@pages.get("/L/<int:number>/<int:no>")
@pages.get("/l/<int:number>/<int:no>")
def livestream_job(number: int, no: int) -> Response:
    """Lead from the QR of a job on air to where one leaves name and phone."""
    fair = acts.by_number(reading(), doors.county(), number)
    return redirect(url_for(".lead", slug=fair.slug, job=no), 302)


def said(air: acts.OnAir) -> str:
    """Say in one sentence what is on air, for a screen reader."""
    if air.state == "on" and air.cue is not None:
        job = air.cue.job
        what = _("%(number)s号岗位 %(title)s", number=job.job_no, title=job.card.title) if job else ""
        return str(_("正在播：%(name)s %(what)s", name=air.cue.slot.title, what=what)).strip()
    return str({"on": _("正在直播"), "before": _("还没开播"), "over": _("播完了")}[air.state])


def via() -> str | None:
    """Say by which other way than a QR somebody came here: a link that was put into a chat group."""
    return "group" if request.args.get("via") == "group" else None


def _told(fair: Fair) -> dict[str, Any]:
    session, now = reading(), clock.now()
    show = acts.read(session, fair)
    air = acts.on_air(show, now=now)
    return {
        "fair": fair,
        "show": show,
        "air": air,
        "stats": acts.stats_of(session, fair) if air.state == "over" else None,
        "asking": acts.takes_leads(fair, now=now),
        "via": via(),
    }
