"""Saved files (存成文件) at the desk: what a phone saved is looked through first, then taken in piece by piece.

Nothing in it is lost: what comes from a phone that was shut out, or that nobody knows, is put aside as everywhere at
the gate. A phone that is only past its time may still hand in what it did (docs/gate.md, "Files").
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.gate import batches, devices, events, files, items, phones, pieces, signs
from scheduling.gate.events import Event
from scheduling.gate.items import MOST, Item
from scheduling.gate.phones import Phone
from scheduling.gate.pieces import Piece, Upload
from scheduling.models import Account, GateDevice, GateInvitation, GateItem
from scheduling.refusals import (
    FileUnreadable,
    NotFound,
    NothingSaved,
    SavedElsewhere,
    SavedHalf,
    SavedPage,
    SavedTooLarge,
)
from scheduling.seals import Keyring

MOST_BYTES = 10 * 1024 * 1024
_BLANK = b" \t\r\n\xef\xbb\xbf"  # and what Windows writes in front of UTF-8
_LOOKED = 500  # ids asked for at once
_OFF = timedelta(hours=12)


@dataclass(frozen=True)
class File:
    """A phone's file: what it says of its device, its items as they came, and twelve characters that name its bytes."""

    device: Mapping[str, Any]
    items: Sequence[Any]
    digest: str


@dataclass(frozen=True)
class Part:
    """What a file has of one event: `event` is None where there is none of that name.

    `since` and `until` (aware, None for nothing) leave out the `odd` items whose clock was half a day off, or none.
    """

    name: str
    event: Event | None
    number: int
    since: datetime | None
    until: datetime | None
    odd: int


@dataclass(frozen=True)
class Look:
    """What a file holds before it is taken in. `device` is None for a phone nobody knows; `here` items came before."""

    device: GateDevice | None
    parts: Sequence[Part]
    kinds: Mapping[str, int]
    here: int


@dataclass(frozen=True)
class Taken:
    """What became of one piece: how many are recorded, how many were here, and what is put aside.

    Of that (seq, kind, event, why) each; `seq` is None where the phone gave none.
    """

    recorded: int
    again: int
    aside: Sequence[tuple[int | None, str, str, str]]


def opened(raw: bytes, county: str, keys: Keyring) -> File:
    """Read a file that was chosen.

    Raises SavedTooLarge(most, in MB), NothingSaved, SavedPage, SavedHalf, SavedElsewhere, FileUnreadable.
    """
    if len(raw) > MOST_BYTES:
        raise SavedTooLarge(most=MOST_BYTES // 1024 // 1024)
    if not raw.strip(_BLANK):
        raise NothingSaved
    try:
        told = files.opened(raw, county, keys)
    except FileUnreadable:
        raise _better(raw) from None
    if not told["items"]:
        raise NothingSaved
    return File(told["device"], told["items"], hashlib.sha256(raw).hexdigest()[:12])


def look(session: Session, county: str, file: File) -> Look:
    """Say what a file holds. As many queries as it has hundreds of items, and a few."""
    owner = _owner(session, county, file)
    device = devices.find(session, county, owner.id) if owner and owner.scope else None
    read = [items.read(each) for each in file.items]
    found = events.find_all(session, county, {item.event for item in read})
    by_event: dict[str, list[Item]] = {}
    kinds: dict[str, int] = {}
    for item in read:
        by_event.setdefault(item.event, []).append(item)
        kinds[item.kind] = kinds.get(item.kind, 0) + 1
    parts = [_part(name, found.get(name), own) for name, own in by_event.items()]
    here = _here(session, pieces.of(Upload(owner, owner, read))) if owner else 0
    return Look(device, sorted(parts, key=lambda part: -part.number), kinds, here)


def beginnings(file: File) -> range:
    """Give where each piece of a file begins: every one is a transaction of its own."""
    return range(0, len(file.items), MOST)


def take_in(
    session: Session, county: str, file: File, first: int, *, by: Account | None, now: datetime, keys: Keyring
) -> Taken:
    """Take in the piece of a file that begins with item `first`. The same again changes nothing and says so.

    The phone is not heard of by this: when it was seen last stays as it is, but not what it is said to hold still.
    Raises Overtaken as `batches.receive` does: roll back, and once more.
    """
    owner = _owner(session, county, file) or _stranger(session, county, file, by=by, now=now)
    _queue(session, owner)
    told = items.read_all(file.items[first : first + MOST])
    if not owner.scope:
        told = [replace(item, why=item.why or "device_unknown") for item in told]
    upload = Upload(owner, owner, told)
    new = len(told) - _here(session, pieces.of(upload))
    results = batches.receive(session, [upload], keys=keys, now=now)[0]
    signs.beat(session, [(owner, _life(file, owner, last=first + MOST >= len(file.items)))], now=owner.seen_at)
    taken = _taken(told, results)
    if new:
        row = devices.find(session, county, owner.id)
        numbers = {"recorded": taken.recorded, "aside": len(taken.aside), "again": taken.again}
        facts: dict[str, str | int | None] = {"file": file.digest, "first": first + 1, **numbers}
        deeds.record(session, "gate.file_taken", row, county=county, by=by, now=now, **facts)
    return taken


def _better(raw: bytes) -> FileUnreadable | SavedPage | SavedHalf | SavedElsewhere:
    """Say more closely what is wrong with a file that is none of ours, as far as it shows."""
    head = raw.lstrip(_BLANK)[:1]
    if head == b"<":
        return SavedPage()
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return SavedHalf() if head == b"{" else FileUnreadable()
    return SavedElsewhere() if isinstance(told, dict) and "sealed" in told else FileUnreadable()


def _owner(session: Session, county: str, file: File) -> Phone | None:
    """Give the device a file is of, or the one kept for what came from this phone that nobody knows."""
    try:
        told = phones.by_id(session, county, UUID(str(file.device.get("id"))))
    except ValueError:
        told = None
    return told or phones.by_id(session, county, _strangers(county, file))


def _strangers(county: str, file: File) -> UUID:
    """Give the key under which what an unknown phone did is kept: never one that a phone of ours could have."""
    return uuid5(NAMESPACE_URL, f"songgang stranger {county} {file.device.get('id')}")


def _stranger(session: Session, county: str, file: File, *, by: Account | None, now: datetime) -> Phone:
    """Write down a phone nobody knows, so that what it did has where to stand: it was invited to nothing."""
    told, by_id = items.fitting(str(file.device.get("id")), 60), by.id if by else None
    invitation = GateInvitation(
        county=county,
        token_hash=phones.hashed(secrets.token_urlsafe(24)),
        scope=[],
        by_id=by_id,
        at=now,
        expires_at=now,
        used_at=now,
    )
    row = GateDevice(
        id=_strangers(county, file),
        county=county,
        label=f"…{told[-6:]}",
        scope=[],
        secret_hash=phones.hashed(secrets.token_urlsafe(32)),
        joined_at=now,
        seen_at=now,
        expires_at=now,
    )
    try:
        with session.begin_nested():
            session.add(invitation)
            session.flush()
            row.invitation_id = invitation.id
            session.add(row)
            session.flush()
    except IntegrityError:  # another desk hands in the same file at this moment, and was first
        pass
    known = _owner(session, county, file)
    if known is None:  # pragma: no cover  one of the two was first
        raise NotFound
    return known


def _queue(session: Session, owner: Phone) -> None:
    """Let one desk at a time take in what a phone saved: by its invitation, which no phone that uploads waits for."""
    invited = select(GateDevice.invitation_id).where(GateDevice.id == owner.id).scalar_subquery()
    session.execute(select(GateInvitation.id).where(GateInvitation.id == invited).with_for_update())


def _life(file: File, owner: Phone, *, last: bool) -> dict[str, Any]:
    """Give the last number of the phone; with the last piece of its newest file, that it holds nothing we have not."""
    seq = file.device.get("last_seq")
    newest = isinstance(seq, int) and seq >= owner.last_seq
    return {"last_seq": seq, **({"pending": 0} if last and newest else {})}


def _part(name: str, event: Event | None, own: Sequence[Item]) -> Part:
    times = [item.at for item in own if item.at is not None and (event is None or _near(item.at, event))]
    return Part(name, event, len(own), min(times, default=None), max(times, default=None), len(own) - len(times))


def _near(at: datetime, event: Event) -> bool:
    return event.starts_at - _OFF <= at <= event.ends_at + _OFF


def _here(session: Session, own: Sequence[Piece]) -> int:
    """Count the items that came before, by this file or over the network."""
    hashes = {piece.id: piece.body_hash for piece in own}
    ids, found = list(hashes), 0
    for at in range(0, len(ids), _LOOKED):  # a file of forty thousand items has more ids than a statement may
        rows = select(GateItem.id, GateItem.body_hash).where(GateItem.id.in_(ids[at : at + _LOOKED]))
        found += sum(hashes[id_] == body_hash for id_, body_hash in session.execute(rows))
    return found


def _taken(told: Sequence[Item], results: Sequence[batches.Result]) -> Taken:
    aside = [
        (item.seq, item.kind, item.event, str(result.verdict.get("why", "")))
        for item, result in zip(told, results, strict=True)
        if result.stored == "quarantined"
    ]
    stored = [result.stored for result in results]
    return Taken(stored.count("recorded"), stored.count("already_recorded"), aside)
