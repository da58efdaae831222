"""Batches: taking in what phones hand in, the raw items before any rule, one transaction for all that wait.

The one path that is Core all through, and asks and writes the same number of times however many phones and items there
are: on a fair's morning everything comes at once, and every scan waits for the disk (docs/gate.md).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, insert, literal, null, select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.gate import events, judging, pieces, resolving, signs
from scheduling.gate.events import Event
from scheduling.gate.pieces import Piece, Upload
from scheduling.gate.tables import ITEMS, SCANS, VISITORS, insert_all, insert_new
from scheduling.seals import Keyring

_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
_ITEMS = select(ITEMS.c.id, ITEMS.c.body_hash, ITEMS.c.stored, ITEMS.c.verdict).where(ITEMS.c.id.in_(_IDS))
_KNOWN = _ITEMS.union_all(
    select(SCANS.c.id, literal(""), literal("elsewhere"), null()).where(
        SCANS.c.id.in_(_IDS), SCANS.c.device_id.is_(None)
    )
)
Verdict = Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """What became of one item: `stored` is recorded, already_recorded or quarantined."""

    id: Any
    seq: Any
    stored: str
    verdict: Verdict


def receive(session: Session, uploads: Sequence[Upload], *, keys: Keyring, now: datetime) -> list[list[Result]]:
    """Store what phones hand in, and say what each item means, upload by upload, in their order. Refuses nothing.

    The same again gives what was answered first, and writes nothing. Raises Overtaken when somebody else stored one of
    the items meanwhile: the whole is then to be done once more.
    """
    handed = [pieces.of(upload) for upload in uploads]
    every = [piece for own in handed for piece in own]
    known, used = _known(session, {piece.id for piece in every})
    first: dict[str, Piece] = {}  # of the same id twice, the first is meant
    for piece in every:
        if piece.id not in known:
            first.setdefault(piece.id, piece)
    said = _keep(session, list(first.values()), used, keys=keys, now=now) if first else {}
    differing = {each.other_id: each for each in every if each.body_hash != _hash_of(each.id, known, first)}
    before, _ = _known(session, differing)
    clashing = [piece for id_, piece in differing.items() if id_ not in before]
    if clashing:
        _put_aside(session, clashing, now=now)
    _note(session, uploads, [*first.values(), *clashing], now=now)
    return [[_result(piece, said, known, first) for piece in own] for own in handed]


def _known(session: Session, ids: Collection[str]) -> tuple[dict[str, Any], set[str]]:
    """Give the items that were stored before, by id, and the ids that a page used for a scan of its own. One query."""
    rows = session.connection().execute(_KNOWN, {"ids": list(ids)}).all() if ids else []
    used = {row.id for row in rows if row.stored == "elsewhere"}
    return {row.id: row for row in rows if row.stored != "elsewhere"}, used


def _hash_of(id_: str, known: Mapping[str, Any], first: Mapping[str, Piece]) -> str:
    body_hash: str = known[id_].body_hash if id_ in known else first[id_].body_hash
    return body_hash


def _keep(session: Session, new: list[Piece], used: set[str], *, keys: Keyring, now: datetime) -> dict[str, Verdict]:
    """Keep new items, and whatever they are besides items; give the verdict on each, by id."""
    found = events.find_all(session, new[0].upload.owner.county, {piece.item.event for piece in new})
    about = {piece.id: found.get(piece.item.event) for piece in new}
    aside = {piece.id: "id_used" if piece.id in used else pieces.why(piece, about[piece.id]) for piece in new}
    scans = [piece for piece in new if not aside[piece.id] and piece.item.kind == "scan"]
    judged = {piece.id for piece in scans}
    others = [piece for piece in new if piece.id not in judged]
    said = {piece.id: _plainly(piece, aside[piece.id]) for piece in others}
    # an undo is there before the scan it annuls is judged; a scan's verdict is there before its item
    _insert(session, others, about, aside, said, now=now)
    guests = [piece for piece in others if piece.item.kind == "walk_in" and not aside[piece.id]]
    if guests:
        session.connection().execute(insert(VISITORS), [_visitor(piece, about[piece.id], now) for piece in guests])
    if scans:
        read = resolving.resolve(session, new[0].upload.owner.county, (piece.item.read for piece in scans), keys)
        said |= judging.scans(session, scans, found, read, now=now)
        _insert(session, scans, about, aside, said, now=now)
    return said


def _insert(
    session: Session,
    new: list[Piece],
    about: Mapping[str, Event | None],
    aside: Mapping[str, str],
    said: Mapping[str, Verdict],
    *,
    now: datetime,
) -> None:
    insert_all(
        session, ITEMS, [pieces.row(each, about[each.id], aside[each.id], said[each.id], now=now) for each in new]
    )


def _visitor(piece: Piece, event: Event | None, now: datetime) -> dict[str, Any]:
    assert event is not None  # noqa: S101  an item without an event is put aside
    at = piece.item.at
    return pieces.visitor(piece, event, at if at is not None and judging.readable(at, now) else now)


def _plainly(piece: Piece, aside: str) -> Verdict:
    if aside:
        return _aside(aside)
    return {"kind": "annulled" if piece.item.kind == "undo" else "counted"}


def _put_aside(session: Session, clashing: list[Piece], *, now: datetime) -> None:
    """Keep, under ids of their own, items whose id was used for something else."""
    rows = [pieces.row(each, None, "id_used", _aside("id_used"), now=now) for each in clashing]
    insert_new(session, ITEMS, [{**row, "id": each.other_id} for row, each in zip(rows, clashing, strict=True)])


def _note(session: Session, uploads: Sequence[Upload], new: list[Piece], *, now: datetime) -> None:
    """Record who handed in how much, and the signs of life that say anything new."""
    numbers: dict[int, int] = {}
    for piece in new:
        numbers[id(piece.upload)] = numbers.get(id(piece.upload), 0) + 1
    said = [(upload.owner, number) for upload in uploads if (number := numbers.get(id(upload)))]
    if said:
        notes = [(f"gate_devices/{owner.id}", {"items": number}) for owner, number in said]
        deeds.note(session, "gate.received", notes, county=said[0][0].county, now=now)
    living = [each for each in uploads if numbers.get(id(each)) or signs.says_something(each.owner, each.signs, now)]
    if living:
        signs.beat(session, [(upload.owner, upload.signs) for upload in living], now=now)


def _result(piece: Piece, said: Mapping[str, Verdict], known: Mapping[str, Any], first: Mapping[str, Piece]) -> Result:
    verdict: Verdict
    if piece.body_hash != _hash_of(piece.id, known, first):
        stored, verdict = "quarantined", _aside("id_used")
    elif piece.id in known:
        before = known[piece.id]
        stored = "quarantined" if before.stored == "quarantined" else "already_recorded"
        verdict = before.verdict or {"kind": "unknown"}
    else:
        verdict = said[piece.id]
        stored = "recorded" if first[piece.id] is piece else "already_recorded"
        stored = "quarantined" if verdict["kind"] == "quarantined" else stored
    return Result(piece.item.told_id, piece.item.told_seq, stored, verdict)


def _aside(why: str) -> dict[str, Any]:
    return {"kind": "quarantined", "why": why}
