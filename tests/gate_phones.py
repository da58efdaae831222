"""A phone at the gate of a fair, as its tests begin with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import NOW
from tests.gate_world import WORLD, joined, lay_out

FAIR = "fair/7"


@pytest.fixture
def world(session):
    lay_out(session)


@pytest.fixture
def carried(app, session, world):
    """A phone that has joined: `carried(items)` hands them in and gives the answer."""
    device, secret = joined(session)
    session.commit()
    return Carried(app, device, secret)


class Carried:
    def __init__(self, app, device, secret) -> None:
        self.app, self.id, self.secret, self.client = app, str(device.id), secret, app.test_client()

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def __call__(self, items, **told):
        life = {"id": self.id, "last_seq": 1, "pending": 0, "now": "", "boot": "b"} | told
        return self.client.post("/api/v1/scan-batches", json={"device": life, "items": items}, headers=self.headers)

    def list(self, event: str = FAIR, since: str = ""):
        return self.client.get(f"/api/v1/gate/snapshots/{event}?since={since}", headers=self.headers)


def scan(seq: int = 1, who: str = "wang", **more) -> dict:
    at = (NOW + timedelta(minutes=10 + seq)).isoformat() if isinstance(seq, int) and seq < 999 else ""
    return {
        "id": f"10000000-0000-4000-8000-{seq:0>12}",
        "seq": seq,
        "kind": "scan",
        "event": FAIR,
        "read": f"HTTPS://SG.EXAMPLE/T/{WORLD['tickets'][who]['token']}",
        "way": "camera",
        "direction": "in",
        "gate": "东门",
        "at": at,
        "mono": 1000,
        "boot": "b",
        "offset": 0,
    } | more


def stored(answer) -> list[str]:
    assert answer.status_code == 200
    return [each["stored"] for each in answer.json["results"]]


def kinds(answer) -> list[str]:
    assert answer.status_code == 200
    return [each["verdict"]["kind"] for each in answer.json["results"]]
