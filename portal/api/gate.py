"""Machines' room for phones at the gate: joining, lists, uploads (docs/gate.md).

Who asks is known by the secret in `Authorization: Bearer …` and by nothing else: no cookie counts here, so that no
page of somebody else's can make a browser do anything.
"""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, jsonify, request

from portal import clock, doors
from portal.api import uploads
from portal.api.door import pages
from portal.database import reading, writing
from scheduling import gate, limits
from scheduling.gate import Phone
from scheduling.refusals import DeviceUnknown


@pages.post("/v1/devices")
def devices() -> tuple[Response, int]:
    """Let a phone join by an invitation: 201 with its secret, told this once. Raises InvitationGone, TooOften."""
    told, now = uploads.read(request.get_data()), clock.now()
    with writing() as session:  # of its own: a try counts though it is refused
        limits.knock(session, "joining from", request.remote_addr or "", most=60, minutes=10, now=now)
    with writing() as session:
        token, label = (told.get(name) for name in ("token", "label"))
        device, secret = gate.join(session, doors.county(), _text(token), _text(label), now=now)
        scope, expires, id_ = device.scope, device.expires_at, str(device.id)
    answer = jsonify(id=id_, secret=secret, scope=scope, expires_at=expires.isoformat(), now=now.isoformat())
    answer.headers["Cache-Control"] = "no-store"
    return answer, 201


@pages.get("/v1/gate/events")
def gate_events() -> Response:
    """Name the events of the phone that asks, whose lists it should have. Raises DeviceUnknown, DeviceOut."""
    now = clock.now()
    return _json({"events": gate.ahead(reading(), _device(), now=now), "now": now.isoformat()})


@pages.get("/v1/gate/snapshots/<path:event>")
def snapshot(event: str) -> Response:
    """Give the list of an event, or what changed since the version `?since=`. Raises DeviceOut, NotFound."""
    session, now, county = reading(), clock.now(), doors.county()
    device = _device()
    found = gate.find_event(session, county, event)
    gate.require_reader(device, found.scope, now=now)
    told = gate.snapshot(session, county, found, since=request.args.get("since", ""), now=now, keys=doors.keys())
    answer = _json(told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/v1/scan-batches")
def scan_batches() -> Response:
    """Take in what a phone did, and say of each item that it is kept and what it means. 200, whatever the items are.

    Most of it goes by the hatch (`portal/api/hatch.py`). Raises DeviceUnknown.
    """
    return current_app.response_class(uploads.taken_in(secret_shown(), request.get_data()), mimetype="application/json")


def secret_shown() -> str:
    """Give the secret that the phone that asks shows. Raises DeviceUnknown when it shows none."""
    secret = uploads.bearer(request.headers.get("Authorization", ""))
    if not secret:
        raise DeviceUnknown
    return secret


def _device() -> Phone:
    """Give the device that asks. Raises DeviceUnknown."""
    return gate.known(reading(), doors.county(), secret_shown(), now=clock.now())


def _text(told: Any) -> str:  # noqa: ANN401  whatever JSON holds
    return told if isinstance(told, str) else ""


def _json(told: dict[str, Any]) -> Response:
    """Write JSON without spaces: a list of five thousand is fetched over a market's network."""
    return current_app.response_class(uploads.COMPACT(told), mimetype="application/json")
