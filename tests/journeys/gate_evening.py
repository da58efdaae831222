"""What must be true in the evening of a bad day at the gate, whatever happened and in whatever order it came in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import select

from portal import doors
from portal.database import db
from scheduling import attendance, gate
from scheduling.models import GateDevice, GateItem, Scan
from tests.factories import COUNTY, NOW
from tests.journeys.gate_house import Records, opened

if TYPE_CHECKING:
    from tests.journeys.gate_chaos import Volunteer


def judge(
    records: Records, morning: str, events: tuple[str, str], crew: list[Volunteer], stray: Volunteer
) -> dict[str, object]:
    """Judge by the rows, and by what the same items come to in other orders from the `morning` on.

    `crew` stood at the first of `events`; `stray` at the second, which was called off, and was shut out.
    """
    everybody = [*crew, stray]
    shown = {id_: said for one in everybody for id_, said in one.shown.items()}
    sent = {id_ for one in everybody for id_ in one.sent}
    with opened(records.url):
        session = db.session()
        rows = session.scalars(select(GateItem)).all()
        here, off = (gate.find_event(session, COUNTY, event) for event in events)
        kept = Counter(row.id for row in rows)
        why = {row.id: row.why for row in rows if row.stored == "quarantined"}
        lines = [*gate.reconcile(session, here), *gate.reconcile(session, off)]
        listed = [(each.first.id, each.second.id) for each in gate.conflicts(session, here)]
        came = _attendance(session, here)
        there = set(session.scalars(select(Scan.id)))
        by_device = {row.id: row.device_id for row in rows}
    assert all(kept[id_] == 1 for id_ in shown), "a scan that was shown has not exactly one row"
    assert set(kept) == sent, "a row nobody sent, or an item without a row"
    assert len(lines) == len(everybody), lines
    assert all(line.gaps == [] and line.device.pending == 0 for line in lines), lines
    assert len(listed) == len(set(listed)), "a conflict is listed twice"
    assert len(listed) == _twice(crew, by_device), listed
    assert {why.get(id_) for id_ in stray.held} == {"device_revoked"}, "what it held is not put aside"
    assert set(why) <= set(stray.sent), "something of the others is put aside"
    assert not set(why) & there, "what is put aside counts"
    orders = {name: _replayed(records, morning, events[0], crew, order) for name, order in _orders(len(crew)).items()}
    assert all(each == came for each in orders.values()), "another order of uploads gives another attendance"
    return {
        "shown": len(shown),
        "rows": len(rows),
        "held by the phone that was shut out": len(stray.held),
        "put aside": len(why),
        "people": len(came),
        "conflicts": len(listed),
        "orders compared": len(orders),
        "what happened": dict(sum((one.did for one in everybody), Counter())),
    }


def _twice(crew: list[Volunteer], by_device: dict[str, object]) -> int:
    """Count the people whom more than one phone let in, as its volunteer was told."""
    let_in: dict[str, set[object]] = {}
    for one in crew:
        for id_, said in one.shown.items():
            if said["kind"] == "counted":
                let_in.setdefault(said["text"], set()).add(by_device[id_])
    return sum(len(devices) > 1 for devices in let_in.values())


def _orders(devices: int) -> dict[str, list[int]]:
    first = list(range(devices))
    return {"forwards": first, "backwards": first[::-1], "shifted": first[1:] + first[:1]}


def _attendance(session, at) -> dict:
    counting = attendance.counting(attendance.at(session, at.at(Scan)))
    return {str(holder): scan.id for (holder, _, _), scan in counting.items()}


def _replayed(records: Records, morning: str, event: str, crew: list[Volunteer], order: list[int]) -> dict:
    """Give the attendance when the same items come to a fresh copy of the morning's database, device by device."""
    with opened(records.copy(morning)):
        session = db.session()
        owners = session.scalars(select(GateDevice).order_by(GateDevice.joined_at, GateDevice.id)).all()
        for n in order:
            items = sorted(crew[n].sent.values(), key=lambda item: item["seq"])
            pieces = [items[at : at + 50] for at in range(0, len(items), 50)]
            for piece in pieces if order[0] == 0 else pieces[::-1]:
                phone = gate.by_id(session, COUNTY, owners[n].id)
                told = gate.Upload(phone, phone, gate.read_all(piece))
                gate.receive(session, [told], keys=doors.keys(), now=NOW)
                session.commit()
        return _attendance(session, gate.find_event(session, COUNTY, event))
