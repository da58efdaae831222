"""Batches: taking in what phones hand in, the raw items before any rule, one transaction a batch (docs/gate.md).

The one path that is Core all through: on a fair's morning everything comes at once, and every scan waits for the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, insert, select, update
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.gate import events, items, judging, phones, resolving
from scheduling.gate.events import Event
from scheduling.gate.items import Item
from scheduling.gate.phones import Phone
from scheduling.gate.resolving import Found
from scheduling.gate.tables import DEVICES, ITEMS, VISITORS, insert_new
from scheduling.models.base import new_id
from scheduling.seals import Keyring

MOST = 200  # items in one batch; what stands behind them has no result, and the phone sends it again

_ITEM = update(ITEMS).where(ITEMS.c.id == bindparam("key"))
_VERDICT = _ITEM.values(verdict=bindparam("verdict"))
_LOST = _ITEM.values(stored="quarantined", why="id_used")
_LAST = case((DEVICES.c.last_seq < bindparam("last"), bindparam("last")), else_=DEVICES.c.last_seq)
_BEAT = update(DEVICES).where(DEVICES.c.id == bindparam("key"))
_BEAT = _BEAT.values(seen_at=bindparam("at"), last_seq=_LAST, pending=bindparam("held"))
_KNOWN = select(ITEMS.c.id, ITEMS.c.body_hash, ITEMS.c.stored, ITEMS.c.verdict).where(
    ITEMS.c.id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True)
class Result:
    """What became of one item: `stored` is recorded, already_recorded or quarantined."""

    id: Any
    seq: Any
    stored: str
    verdict: Mapping[str, Any]


def read(told: Any, owner: Phone) -> list[Item]:  # noqa: ANN401  whatever JSON holds
    """Read the items of a batch, at most MOST of them, as those of `owner`. Never fails."""
    return [items.read(each, owner.id) for each in told[:MOST]] if isinstance(told, list) else []


def owner_of(session: Session, carrier: Phone, told: Any) -> Phone:  # noqa: ANN401
    """Give the device whose items these are: the one that is named, else the one that brings them."""
    try:
        id_ = UUID(told) if isinstance(told, str) else carrier.id
    except ValueError:
        return carrier
    return carrier if id_ == carrier.id else phones.by_id(session, carrier.county, id_) or carrier


def repeated(session: Session, told: Sequence[Item]) -> list[Result] | None:
    """Give the answer to a batch that came before, item by item; None when anything in it is new. One query."""
    known = _known(session, told)
    if not all(item.id in known and known[item.id].body_hash == item.body_hash for item in told):
        return None
    return [_again(item, known[item.id]) for item in told]


@dataclass(frozen=True)
class Prepared:
    """What a batch names: its events by name, and the tickets that were read, by what was read."""

    events: Mapping[str, Event]
    read: Mapping[str, Found]


def prepare(session: Session, told: Sequence[Item], owner: Phone, keys: Keyring) -> Prepared:
    """Look up what a batch names, before it has to wait for its turn to write: SQLite has one writer at a time."""
    found = events.find_all(session, owner.county, {item.event for item in told})
    texts = (item.read for item in told if item.kind == "scan")
    return Prepared(found, resolving.resolve(session, owner.county, texts, keys))


def receive(
    session: Session,
    told: Sequence[Item],
    prepared: Prepared,
    *,
    owner: Phone,
    carrier: Phone,
    now: datetime,
) -> list[Result]:
    """Store items of `owner` that `carrier` hands in, and say what each means, in their order. Refuses nothing.

    The same again gives what was answered first. The same number of queries, whatever the number of items.
    """
    found = prepared.events
    judged = [_judged(item, found.get(item.event), owner, carrier) for item in told]
    once = {item.id: item for item in reversed(judged)}  # of the same id twice in one batch the first is meant
    new = insert_new(session, ITEMS, [_row(item, found, owner, carrier, now=now) for item in once.values()])
    others = [item for item in judged if item.id not in new or once[item.id].body_hash != item.body_hash]
    known = _known(session, others) if others else {}
    clashing = _clashing(session, others, known, owner, carrier, now=now)
    fresh = [item for item in once.values() if item.id in new]
    said = _say(session, fresh, prepared, owner, now=now)
    about, number = f"gate_devices/{owner.id}", len(fresh) + len(clashing)
    deeds.note(session, "gate.received", about, county=owner.county, now=now, items=number)
    return [_result(item, said, known, clashing, first=once[item.id] is item) for item in judged]


def beat(session: Session, device: Phone, told: Mapping[str, Any], *, now: datetime) -> None:
    """Note a sign of life: the last number a phone gave out, and how many items it still holds."""
    last, pending = (told.get(name) for name in ("last_seq", "pending"))
    session.connection().execute(
        _BEAT,
        {
            "key": device.id,
            "at": now,
            "last": _count(last, 0),
            "held": _count(pending, device.pending),
        },
    )


def beats(device: Phone, told: Mapping[str, Any]) -> bool:
    """Whether a sign of life says anything new, apart from the time."""
    return (device.last_seq, device.pending) != (
        max(device.last_seq, _count(told.get("last_seq"), device.last_seq)),
        _count(told.get("pending"), device.pending),
    )


def _count(told: Any, otherwise: int) -> int:  # noqa: ANN401
    fits = isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 2**31
    return told if fits else otherwise


def _judged(item: Item, event: Event | None, owner: Phone, carrier: Phone) -> Item:
    """Say why an item is put aside, where it is."""
    why = item.why
    if not why and (owner.revoked_at or carrier.revoked_at):
        why = "device_revoked"
    if not why and event is None:
        why = "unknown_event"
    if not why and event is not None and event.scope not in owner.scope:
        why = "out_of_scope"
    if not why and event is not None and not event.standing:
        why = "called_off"
    return replace(item, why=why)


def _row(item: Item, found: Mapping[str, Event], owner: Phone, carrier: Phone, *, now: datetime) -> dict[str, Any]:
    event = found.get(item.event)
    return {
        "id": item.id,
        "county": owner.county,
        "body_hash": item.body_hash,
        "device_id": owner.id,
        "carried_by_id": None if carrier.id == owner.id else carrier.id,
        "seq": item.seq,
        "kind": item.kind,
        "fair_id": event.fair_id if event else None,
        "session_id": event.session_id if event else None,
        "stored": "quarantined" if item.why else "recorded",
        "why": item.why,
        "annuls": item.annuls,
        "what": item.what,
        "n": item.n if item.kind == "count" else 0,
        "told_at": item.told_at,
        "mono": item.mono,
        "boot": item.boot,
        "offset_ms": item.offset_ms,
        "body": item.body if item.why else "",
        "verdict": _aside(item.why) if item.why else None,
        "received_at": now,
    }


def _say(
    session: Session, fresh: list[Item], prepared: Prepared, owner: Phone, *, now: datetime
) -> dict[str, dict[str, Any]]:
    """Keep what the new items are besides items, and give the verdict on each, by id; kept for when it comes again."""
    good = [item for item in fresh if not item.why]
    scans = [item for item in good if item.kind == "scan"]
    said: dict[str, dict[str, Any]] = {item.id: _aside(item.why) for item in fresh if item.why}
    said |= {item.id: {"kind": "annulled" if item.kind == "undo" else "counted"} for item in good if item not in scans}
    if guests := [
        _visitor(item, prepared.events[item.event], owner, now=now) for item in good if item.kind == "walk_in"
    ]:
        session.execute(insert(VISITORS), guests)
    if scans:
        said |= judging.scans(session, scans, prepared.events, prepared.read, owner, now=now)
    if good:
        # an id that another road used for a scan is found out only here: judging gives it no verdict
        lost = {item.id for item in scans if item.id not in said}
        said |= {id_: _aside("id_used") for id_ in lost}
        connection = session.connection()
        connection.execute(_VERDICT, [{"key": item.id, "verdict": said[item.id]} for item in good])
        if lost:
            connection.execute(_LOST, [{"key": id_} for id_ in lost])
    return said


def _visitor(item: Item, event: Event, owner: Phone, *, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "county": owner.county,
        "fair_id": event.fair_id,
        "session_id": event.session_id,
        "item_id": item.id,
        "source": "gate",
        "name": item.name.strip(),
        "phone": item.phone.strip(),
        "trade": item.trade.strip(),
        "at": item.at if judging.readable(item.at, now) else now,
    }


def _clashing(
    session: Session,
    others: list[Item],
    known: Mapping[str, Any],
    owner: Phone,
    carrier: Phone,
    *,
    now: datetime,
) -> set[str]:
    """Put aside, under ids of their own, items whose id was used for something else; give those ids."""
    differing = [item for item in others if known[item.id].body_hash != item.body_hash]
    rows = {
        f"x-{item.body_hash[:60]}": _row(
            replace(item, id=f"x-{item.body_hash[:60]}", why="id_used"), {}, owner, carrier, now=now
        )
        for item in differing
    }
    return insert_new(session, ITEMS, list(rows.values())) if rows else set()


def _result(
    item: Item,
    said: Mapping[str, Mapping[str, Any]],
    known: Mapping[str, Any],
    clashing: set[str],
    *,
    first: bool,
) -> Result:
    del clashing
    if item.id in said and first:
        verdict = said[item.id]
        return Result(item.told_id, item.told_seq, _stored(verdict), verdict)
    if known[item.id].body_hash != item.body_hash:
        return Result(item.told_id, item.told_seq, "quarantined", _aside("id_used"))
    if item.id in said:  # twice in one batch
        return Result(item.told_id, item.told_seq, "already_recorded", said[item.id])
    return _again(item, known[item.id])


def _again(item: Item, known: Any) -> Result:  # noqa: ANN401  a row of `_known`
    stored = "quarantined" if known.stored == "quarantined" else "already_recorded"
    return Result(item.told_id, item.told_seq, stored, known.verdict or {"kind": "unknown"})


def _stored(verdict: Mapping[str, Any]) -> str:
    return "quarantined" if verdict["kind"] == "quarantined" else "recorded"


def _aside(why: str) -> dict[str, Any]:
    return {"kind": "quarantined", "why": why}


def _known(session: Session, told: Iterable[Item]) -> dict[str, Any]:
    rows = session.connection().execute(_KNOWN, {"ids": list({item.id for item in told})})
    return {row.id: row for row in rows}
