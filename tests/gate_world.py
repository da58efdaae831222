"""The world of tests/gate_vectors.json as rows, and a phone that has joined there."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scheduling import gate, models
from tests.factories import (
    COUNTY,
    KEYS,
    NOW,
    BoothFactory,
    ClassFactory,
    EnterpriseFactory,
    FairFactory,
    JobseekerFactory,
    SessionFactory,
    approve,
)

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "gate_vectors.json").read_text(encoding="utf-8"))
WORLD = VECTORS["world"]


def lay_out(session) -> None:
    """Make the events and the tickets of the vectors."""
    events = {name: _event(name, facts) for name, facts in WORLD["events"].items()}
    reserved: dict[str, Any] = {}
    for who, told in WORLD["tickets"].items():
        event = events["class/3/1" if told["kind"] == 2 else f"fair/{told['event']}"]
        held = reserved.get(told.get("same", "")) or _held(session, told, event)
        reserved[who] = held
        name = "class_id" if told["kind"] == 2 else "fair_id"
        session.add(
            models.Ticket(
                county=COUNTY,
                kind=told["kind"],
                event_number=told["event"],
                serial=told["serial"],
                rotation=told["rotation"],
                code=told["code"],
                issued_at=NOW - timedelta(days=2),
                revoked_at=datetime.fromisoformat(told["revoked"]) if "revoked" in told else None,
                revoked_why=told.get("why", ""),
                **{name: event.id, **held},
            )
        )
        session.flush()


def _event(name: str, facts: dict[str, Any]) -> Any:
    times = {key: datetime.fromisoformat(facts[key]) for key in ("starts_at", "ends_at")}
    number, rotation, title = int(name.split("/")[1]), facts["rotation"], facts["title"]
    if name.startswith("fair"):
        return FairFactory(number=number, slug=f"fair-{number}", title=title, key_rotation=rotation, **times)
    days = {"starts_on": times["starts_at"].date(), "ends_on": times["ends_at"].date()}
    row = ClassFactory(number=number, slug=f"class-{number}", title=title, key_rotation=rotation, **days)
    SessionFactory(training_class=row, class_id=row.id, number=1, **times)
    return row


def _held(session, told: dict[str, Any], event: Any) -> dict[str, Any]:
    if told["kind"] == 3:
        booth = BoothFactory(fair=event, fair_id=event.id, number=told["booth"])
        firm = approve(EnterpriseFactory(name=told["name"]))
        row = models.Booking(fair_id=event.id, booth_id=booth.id, enterprise_id=firm.id, booked_at=NOW)
        return _kept(session, row, "booking_id")
    person = JobseekerFactory(name=told["name"])
    if told["kind"] == 1:
        row = models.Reservation(fair_id=event.id, jobseeker_id=person.id, reserved_at=NOW - timedelta(days=2))
        return _kept(session, row, "reservation_id")
    row = models.Enrolment(
        class_id=event.id,
        jobseeker_id=person.id,
        place=told["serial"],
        id_sealed=b"",
        id_blind=f"{told['serial']:064d}",
        id_last4="0000",
        education="junior",
        committed_at=NOW,
        enrolled_at=NOW - timedelta(days=2),
        confirmed_at=None if told.get("waitlisted") else NOW - timedelta(days=2),
    )
    return _kept(session, row, "enrolment_id")


def _kept(session, row: Any, column: str) -> dict[str, Any]:
    session.add(row)
    session.flush()
    return {column: row.id}


SCOPE = ("fair/7", "class/3")


def joined(session, *, scope=SCOPE, label: str = "东门1号", now: datetime = NOW) -> tuple[models.GateDevice, str]:
    """Give a device that joined, and its secret."""
    _, token = gate.invite(session, COUNTY, scope, by=None, now=now)
    return gate.join(session, COUNTY, token, label, now=now)


def hand_in(session, device: models.GateDevice, items: list[Any], *, now: datetime = NOW) -> list[dict[str, Any]]:
    """Hand items in as one batch, in the test's own transaction."""
    phone = gate.by_id(session, COUNTY, device.id)
    results = gate.receive(session, [gate.Upload(phone, phone, gate.read_all(items))], keys=KEYS, now=now)[0]
    return [{"stored": each.stored, **each.verdict} for each in results]
