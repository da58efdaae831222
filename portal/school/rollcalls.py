"""School room: the teacher's screen with the QR that changes, for signing in and out."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, qr
from portal.database import reading
from portal.fragments import fragment
from portal.school.attendance import find
from portal.school.door import pages
from scheduling import attendance, courses
from scheduling import rollcalls as acts
from scheduling.refusals import RollcallClosed


@pages.get("/classes/<slug>/sessions/<int:number>/screen")
def session_screen(slug: str, number: int) -> str:
    """Show the QR full screen, for signing in, or out with `?direction=out`."""
    return render_template("school/rollcalls/screen.html", **_shown(slug, number))


@pages.get("/classes/<slug>/sessions/<int:number>/screen/now")
def session_screen_now(slug: str, number: int) -> Response:
    """Give the part of the screen that follows: the QR of this moment, and how many have signed."""
    told = _shown(slug, number)
    return fragment("school/rollcalls/_screen.html", say=_("签了%(number)s人", number=told["signed"]), **told)


def _shown(slug: str, number: int) -> dict[str, Any]:
    session, now = reading(), clock.now()
    row = find(session, slug)
    block = courses.session_of(session, row, number)
    direction = "out" if request.args.get("direction") == "out" else "in"
    sheet = attendance.sheet(session, row, now=now)
    marks = [mark for key, mark in sheet.marks.items() if key[1] == block.id]
    signed = {"in": sum(mark.present for mark in marks), "out": sum(mark.left_at is not None for mark in marks)}
    return {
        "row": row,
        "block": block,
        "direction": direction,
        "signed": signed[direction],
        "counts": signed,
        "all": len(marks),
        "leave": sum(mark.leave is not None and mark.leave.state == "granted" and not mark.present for mark in marks),
        "here": url_for(".session_screen", slug=slug, number=number),
        **_picture(acts.Rollcall(row, block, direction)),
    }


def _picture(rollcall: acts.Rollcall) -> dict[str, Any]:
    """Draw the code of this moment, or say why there is none."""
    try:
        code = acts.code(rollcall, keys=doors.keys(), now=clock.now())
    except RollcallClosed as refusal:
        return {"picture": None, "closed": errors.wording(refusal)[1]}
    return {"picture": qr.svg(acts.address(code, doors.settings().url), _("签到二维码")), "closed": ""}
