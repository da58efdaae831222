"""Desk room: whether phones at an event's gate may find people by name."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from portal import clock, doors
from portal.database import writing
from portal.desk.door import pages
from scheduling import gate
from scheduling.gate import searching


@pages.post("/gate/searches/<path:name>")
def gate_search(name: str) -> Any:  # noqa: ANN401  a redirect
    """Allow it (`allowed` is yes), or stop it. Raises NotFound."""
    allowed = request.form.get("allowed") == "yes"
    with writing() as db:
        event = gate.find_event(db, doors.county(), name)
        act = searching.allow if allowed else searching.stop
        act(db, doors.county(), event, by=doors.someone(db), now=clock.now())
    if allowed:
        flash(_("允许了。核验手机下次连上网，就能按姓查找。"), "success")
    else:
        flash(_("不允许了。核验手机下次连上网，名单里的姓名就清掉。"), "success")
    return redirect(url_for(".gate_event", name=name, _anchor="search"), 303)
