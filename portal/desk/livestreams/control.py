"""Desk room: putting the next item on air, and the picture of the job on air that follows by itself."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, qr
from portal.database import reading, writing
from portal.desk.door import pages
from portal.fragments import fragment
from scheduling import livestreams as acts
from scheduling import plans
from scheduling.models import Fair
from scheduling.refusals import NotFound

_CUE = re.compile(r"([0-9a-f-]{36})(?:/(\d{1,6}))?")


@pages.get("/fairs/<slug>/show/")
def show_control(slug: str) -> str:
    """Show what is on air, what comes next, and everything that can be put on air."""
    session = reading()
    told = _told(acts.find(session, doors.county(), slug))
    plan = next(iter(plans.about(session, told["fair"], "airtime")), None)
    planned = plan is not None and plans.accepted(session, plan) is not None
    group = _absolute("public.livestream", slug=slug, via="group")
    return render_template("desk/livestreams/control.html", **told, planned=planned, group=group)


@pages.get("/fairs/<slug>/show/now")
def show_control_now(slug: str) -> Response:
    """Give the part of the control page that follows: somebody else may press too."""
    told = _told(acts.find(reading(), doors.county(), slug))
    return fragment("desk/livestreams/_control.html", say=said(told["air"]), **told)


@pages.post("/fairs/<slug>/show/airings")
def show_airings(slug: str) -> Any:  # noqa: ANN401  JSON for the teleprompter, else a redirect
    """Put what is named in `cue` on air (a slot's id, with /N the job of that number), or end the show: `off`."""
    asked = request.form.get("cue", "")
    with writing() as db:
        fair, by, now = acts.find(db, doors.county(), slug), doors.someone(db), clock.now()
        if asked == "off":
            acts.sign_off(db, fair, by=by, now=now)
        else:
            slot_id, job_no = _cue(asked)
            acts.put_on_air(db, acts.find_slot(db, fair, slot_id), job_no, by=by, now=now)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(cue=asked)
    if asked == "off":
        flash(_("下播了，公众页面写明播完了。"), "success")
    return redirect(url_for(".show_control", slug=slug), 303)


@pages.get("/fairs/<slug>/show/code")
def show_code(slug: str) -> str:
    """Show the QR of the job on air, full screen, for the wall of the studio."""
    return render_template("desk/livestreams/code.html", **_pictured(slug))


@pages.get("/fairs/<slug>/show/code/now")
def show_code_now(slug: str) -> Response:
    """Give the part of the QR's page that follows the show."""
    told = _pictured(slug)
    return fragment("desk/livestreams/_code.html", say=said(told["air"]), **told)


def said(air: acts.OnAir) -> str:
    """Say in a few words what is on air."""
    if air.cue is None:
        return str({"on": _("正在直播"), "before": _("还没开播"), "over": _("播完了")}[air.state])
    job = air.cue.job
    return str(_("%(number)s号岗位", number=job.job_no) if job else air.cue.slot.title)


def _told(fair: Fair) -> dict[str, Any]:
    session = reading()
    show = acts.read(session, fair)
    air = acts.on_air(show, now=clock.now())
    before, after = show.beside(air.cue)
    return {
        "fair": fair,
        "show": show,
        "air": air,
        "before": before,
        "after": after,
        "counts": acts.channels(session, fair),
    }


def _pictured(slug: str) -> dict[str, Any]:
    """Give the show with the QR of the job on air; where no job is, of the show's page."""
    fair = acts.find(reading(), doors.county(), slug)
    show = acts.read(reading(), fair)
    air = acts.on_air(show, now=clock.now())
    job = air.cue.job if air.cue else None
    # In capitals, for QR's alphanumeric mode: fewer and larger squares, which a compressed video leaves readable.
    address = f"{doors.settings().url}/L/{fair.number}{f'/{job.job_no}' if job else ''}".upper()
    return {"fair": fair, "air": air, "job": job, "picture": qr.svg(address, _("报名的二维码"))}


def _cue(text: str) -> tuple[UUID, int | None]:
    found = _CUE.fullmatch(text)
    if found is None:
        raise NotFound
    try:
        return UUID(found[1]), int(found[2]) if found[2] else None
    except ValueError:  # thirty-six of those characters are not always an id
        raise NotFound from None


def _absolute(endpoint: str, **more: Any) -> str:  # noqa: ANN401  as url_for
    return doors.settings().url + url_for(endpoint, **more).removeprefix(request.script_root)
