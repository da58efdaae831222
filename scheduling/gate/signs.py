"""Signs of life: the last number a phone gave out, and how many items it still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, update
from sqlalchemy.orm import Session

from scheduling.gate.phones import Phone
from scheduling.gate.tables import DEVICES

QUIET = timedelta(seconds=30)  # a sign that says nothing new is not worth a write more often

_LAST = case((DEVICES.c.last_seq < bindparam("last"), bindparam("last")), else_=DEVICES.c.last_seq)
_BEAT = update(DEVICES).where(DEVICES.c.id == bindparam("key"))
_BEAT = _BEAT.values(seen_at=bindparam("at"), last_seq=_LAST, pending=bindparam("held"))


def beat(session: Session, told: Iterable[tuple[Phone, Mapping[str, Any]]], *, now: datetime) -> None:
    """Note what phones say of themselves. Who does so at once changes the rows in the same order."""
    rows: list[dict[str, Any]] = [
        {
            "key": phone.id,
            "at": now,
            "last": _count(signs.get("last_seq"), 0),
            "held": _count(signs.get("pending"), phone.pending),
        }
        for phone, signs in told
    ]
    session.connection().execute(_BEAT, sorted(rows, key=lambda row: row["key"]))


def says_something(phone: Phone, signs: Mapping[str, Any], now: datetime) -> bool:
    """Whether a sign of life says anything new, or nothing was heard of the phone for a while."""
    last, pending = _count(signs.get("last_seq"), 0), _count(signs.get("pending"), phone.pending)
    return last > phone.last_seq or pending != phone.pending or phone.seen_at + QUIET < now


def _count(told: Any, otherwise: int) -> int:  # noqa: ANN401  whatever JSON holds
    fits = isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 2**31
    return told if fits else otherwise
