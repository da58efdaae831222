"""Phones: a device as the machines' door knows it, by one query composed once, for it is asked at every upload."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from scheduling.models import GateDevice, GateRevocation
from scheduling.refusals import DeviceOut, DeviceUnknown, NotFound

GRACE = timedelta(hours=72)  # so long a device that was shut out may still hand in what it has
_COLUMNS = (
    select(GateDevice.id, GateDevice.county, GateDevice.scope, GateDevice.last_seq, GateDevice.pending)
    .add_columns(GateDevice.seen_at, GateDevice.expires_at, GateRevocation.at.label("revoked_at"))
    .outerjoin(GateRevocation, GateRevocation.device_id == GateDevice.id)
    .where(GateDevice.county == bindparam("county"))
)
_BY_SECRET = _COLUMNS.where(GateDevice.secret_hash == bindparam("hash"))
_BY_ID = _COLUMNS.where(GateDevice.id == bindparam("id"))
_BY_SECRETS = _COLUMNS.add_columns(GateDevice.secret_hash).where(
    GateDevice.secret_hash.in_(bindparam("hashes", expanding=True))
)


@dataclass(frozen=True)
class Phone:
    """One device as it stood when it was asked for; `revoked_at` is None unless it was shut out. Times are aware."""

    id: UUID
    county: str
    scope: Sequence[str]
    last_seq: int
    pending: int
    seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


def known(session: Session, county: str, secret: str, *, now: datetime) -> Phone:
    """Give the device of a secret, one shut out within its grace too. Raises DeviceUnknown. One query."""
    told = {"county": county, "hash": hashed(secret)}
    row = session.connection().execute(_BY_SECRET, told).one_or_none()
    if row is None or not _heard(phone := _phone(row), now):
        raise DeviceUnknown
    return phone


def all_known(session: Session, county: str, hashes: Iterable[str], *, now: datetime) -> dict[str, Phone]:
    """Give the devices of secrets, by their hashes, as `known` does; who is unknown is not among them. One query."""
    rows = session.connection().execute(_BY_SECRETS, {"county": county, "hashes": list(set(hashes))})
    found = {row.secret_hash: _phone(row[:-1]) for row in rows}
    return {hash_: phone for hash_, phone in found.items() if _heard(phone, now)}


def by_id(session: Session, county: str, id_: UUID) -> Phone | None:
    """Give the device of this key, shut out or not; None when there is none. One query."""
    row = session.connection().execute(_BY_ID, {"county": county, "id": id_}).one_or_none()
    return _phone(row) if row else None


def require_reader(phone: Phone, scope: str, *, now: datetime) -> None:
    """Raise DeviceOut when it may not have lists any more, NotFound when not this one."""
    if phone.revoked_at is not None or phone.expires_at <= now:
        raise DeviceOut
    if scope not in phone.scope:
        raise NotFound


def hashed(secret: str) -> str:
    """Hash what has 192 random bits and more: nothing slower is needed."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _heard(phone: Phone, now: datetime) -> bool:
    """Whether what it hands in is still taken: a device that was shut out has its grace."""
    return phone.revoked_at is None or phone.revoked_at + GRACE >= now


def _phone(row: Sequence[Any]) -> Phone:
    return Phone(*row)
