"""What must be true in the evening of a bad day at the gate, whatever happened and in whatever order it came in."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from portal import doors
from portal.app import create_app
from portal.database import db
from scheduling import attendance, gate
from scheduling.models import GateDevice, GateItem, Scan
from tests.conftest import SECRET
from tests.factories import COUNTY, NOW

if TYPE_CHECKING:
    from tests.journeys.gate_chaos import House, Volunteer


def judge(folder: Path, event: str, crew: list[Volunteer], house: House) -> dict[str, object]:
    shown = {id_: said for one in crew for id_, said in one.shown.items()}
    sent = [item for one in crew for item in one.sent.values()]
    app = create_app({"SONGGANG_SECRET": SECRET, "DATABASE_URL": house.told["database"]})
    with app.app_context():
        session = db.session()
        rows = session.scalars(select(GateItem)).all()
        at = gate.find_event(session, COUNTY, event)
        kept = Counter(row.id for row in rows)
        aside = {row.id for row in rows if row.stored == "quarantined"}
        lines = gate.reconcile(session, at)
        listed = [(each.first.id, each.second.id) for each in gate.conflicts(session, at)]
        came = _attendance(session, at)
        by_device = {row.id: row.device_id for row in rows}
    assert all(kept[id_] == 1 for id_ in shown), "a scan that was shown has not exactly one row"
    assert set(kept) == {item["id"] for item in sent}, "a row nobody sent, or an item without a row"
    assert all(line.gaps == [] and line.device.pending == 0 for line in lines), lines
    assert len(listed) == len(set(listed)), "a conflict is listed twice"
    twice = 0
    for ticket in {said["text"] for said in shown.values()}:
        fits = [id_ for id_, said in shown.items() if said["text"] == ticket and said["kind"] == "counted"]
        twice += max(0, len({by_device[id_] for id_ in fits if id_ not in aside}) - 1)
    assert len(listed) == twice, (len(listed), twice)
    orders = {name: _replayed(folder, event, crew, order, aside) for name, order in _orders(len(crew)).items()}
    assert all(each == came for each in orders.values()), "another order of uploads gives another attendance"
    return {
        "shown": len(shown),
        "rows": len(rows),
        "put aside": len(aside),
        "people": len(came),
        "conflicts": len(listed),
        "server deaths": house.deaths,
        "orders compared": len(orders),
        "what happened": dict(sum((one.did for one in crew), Counter())),
    }


def _orders(devices: int) -> dict[str, list[int]]:
    first = list(range(devices))
    return {"forwards": first, "backwards": first[::-1], "shifted": first[1:] + first[:1]}


def _attendance(session, at) -> dict:
    counting = attendance.counting(attendance.at(session, at.at(Scan)))
    return {str(holder): scan.id for (holder, _, _), scan in counting.items()}


def _replayed(folder: Path, event: str, crew: list[Volunteer], order: list[int], aside: set[str]) -> dict:
    """Give the attendance when the same items come to a fresh copy of the morning's database, device by device."""
    with tempfile.TemporaryDirectory(prefix="songgang-again-") as again:
        shutil.copytree(folder.with_name(folder.name + "-before"), again, dirs_exist_ok=True)
        app = create_app({"SONGGANG_SECRET": SECRET, "DATABASE_URL": f"sqlite:///{again}/songgang.sqlite3"})
        app.config["CLOCK"] = lambda: NOW
        with app.app_context():
            session = db.session()
            for n in order:
                items = sorted(
                    (item for item in crew[n].sent.values() if item["id"] not in aside), key=lambda i: i["seq"]
                )
                owner = session.scalars(select(GateDevice).order_by(GateDevice.joined_at, GateDevice.id)).all()[n]
                pieces = [items[at : at + 50] for at in range(0, len(items), 50)]
                for piece in pieces if order[0] == 0 else pieces[::-1]:
                    phone = gate.by_id(session, COUNTY, owner.id)
                    told = gate.Upload(phone, phone, gate.read_all(piece))
                    gate.receive(session, [told], keys=doors.keys(), now=NOW)
                    session.commit()
            return _attendance(session, gate.find_event(session, COUNTY, event))
