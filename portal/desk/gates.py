"""Desk room: the gates looked after, today's first, and the phones that scan at them: inviting, shutting out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, qr
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.device import InvitationForm
from scheduling import gate as acts
from scheduling.gate.near import near
from scheduling.models import GateDevice

PAGE = 20  # events on one page
KINDS = ("fair", "class")
Events = Mapping[str, tuple[str, datetime, datetime]]


@pages.route("/gate/", methods=["GET", "POST"])
def gates() -> Any:  # noqa: ANN401  a page
    """Show the gates and the phones; POST invites one, and shows the QR this once: nobody can look it up again."""
    session, now, county = reading(), clock.now(), doors.county()
    words, kind = request.args.get("q", "").strip()[:60], request.args.get("kind", "")
    events = near(session, county, kind=kind, words=words, now=now)
    scopes = acts.to_scan(session, county, now=now)
    form, picture = InvitationForm(data={"scope": request.args.getlist("scope")}), None
    form.offer(_offered(scopes, [event.scope for event in events], form.chosen()))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                _row, token = acts.invite(db, county, form.scope.data, by=doors.someone(db), now=now)
            picture = qr.svg(f"{doors.settings().url}/gate/join#{token}", _("加入扫码的二维码"))
    devices = acts.listed(reading(), county, now=now)
    page, pages_ = _page(len(events))
    shown = errors.page(
        "desk/gates/index.html",
        form=form,
        picture=picture,
        devices=sorted(devices, key=lambda device: not _in_use(device, now)),
        in_use=sum(_in_use(device, now) for device in devices),
        joined=Counter(scope for device in devices for scope in device.scope),
        events=events[(page - 1) * PAGE : page * PAGE],
        scopes=scopes,
        titles=_titles(devices, scopes),
        now=now,
        minutes=int(acts.INVITED.total_seconds() // 60),
        words=words,
        kind=kind if kind in KINDS else "",
        page=page,
        pages=pages_,
    )
    answer = Response(*shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/gate/devices/<uuid:id_>/revocation")
def gate_device_revocation(id_: UUID) -> Any:  # noqa: ANN401  a redirect
    """Shut a phone out."""
    with writing() as db:
        device = acts.find(db, doors.county(), id_)
        acts.revoke(db, device, by=doors.someone(db), now=clock.now())
        label = device.label
    flash(_("停用了“%(label)s”。它存着的记录72小时内还能传上来，另放着。", label=label), "success")
    return redirect(url_for(".gates"), 303)


def _offered(scopes: Events, near_first: Sequence[str], chosen: Sequence[str]) -> Events:
    """Give what a phone may be invited to: what the list shows first, in its order; all of it once something is chosen.

    A search narrows this too; an event that was ticked stays.
    """
    order = {scope: place for place, scope in reversed(list(enumerate(near_first)))}
    narrowed = bool(request.args.get("q") or request.args.get("kind"))
    wanted = [scope for scope in scopes if scope in order or scope in chosen or not narrowed]
    return {scope: scopes[scope] for scope in sorted(wanted, key=lambda scope: order.get(scope, len(order)))}


def _titles(devices: Sequence[GateDevice], scopes: Events) -> dict[str, str]:
    """Give the titles of all that phones scan; what is not to be scanned any more, or not yet, is looked up."""
    known = {scope: title for scope, (title, _start, _end) in scopes.items()}
    others = {scope for device in devices for scope in device.scope} - known.keys()
    return known | acts.titles(reading(), doors.county(), others)


def _page(number: int) -> tuple[int, int]:
    """Give the page that was asked for, within what there is, and how many there are."""
    last = max(1, -(-number // PAGE))
    told = request.args.get("page", "1")
    return min(int(told) if told.isdecimal() and len(told) < len("1000000") else 1, last) or 1, last


def _in_use(device: GateDevice, now: datetime) -> bool:
    return device.revocation is None and device.expires_at > now
