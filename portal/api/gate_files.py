"""Machines' room for files: what one phone could not upload, carried by another that cannot read it (docs/gate.md)."""

from __future__ import annotations

from flask import Response, jsonify, request

from portal import clock, doors
from portal.api import line
from portal.api.door import pages
from portal.api.gate import secret_shown
from portal.database import reading
from scheduling import gate
from scheduling.gate import files


@pages.post("/v1/gate/files")
def gate_files() -> Response:
    """Take in a phone's file, or a piece of it, at most 200 items: who carried it learns that they are kept, no more.

    Raises DeviceUnknown, FileUnreadable.
    """
    secret = secret_shown()
    gate.known(reading(), doors.county(), secret, now=clock.now())  # nothing is opened for a stranger
    told = files.opened(request.get_data(), doors.county(), doors.keys())
    results = line.hand_in(gate.Handed(gate.hashed(secret), gate.read_all(told["items"]), told["device"]))
    kept = [{"id": each.id, "seq": each.seq, "stored": each.stored} for each in results or []]
    return jsonify(now=clock.now().isoformat(), results=kept)
