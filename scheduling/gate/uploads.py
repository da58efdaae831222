"""Uploads: what several phones hand in at the same moment, known by their secrets, taken in by one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduling.gate import batches, phones
from scheduling.gate.batches import Result
from scheduling.gate.items import Item
from scheduling.gate.phones import Phone
from scheduling.gate.pieces import Upload
from scheduling.seals import Keyring


@dataclass(frozen=True)
class Handed:
    """What came under a secret, known by its hash: items, and what the phone says of itself (`signs`).

    The items are of the device that `signs` names by its `id`, if there is one: a joined phone may bring another's.
    """

    secret_hash: str
    items: Sequence[Item]
    signs: Mapping[str, Any] = field(default_factory=dict)


def take_in(
    session: Session, county: str, handed: Sequence[Handed], *, keys: Keyring, now: datetime
) -> list[list[Result] | None]:
    """Take in what came, as `batches.receive` does; None for what came under a secret that nobody has.

    Raises Overtaken: roll back, and once more.
    """
    known = phones.all_known(session, county, (each.secret_hash for each in handed), now=now)
    uploads = [_upload(session, each, known) for each in handed]
    results = iter(batches.receive(session, [each for each in uploads if each], keys=keys, now=now))
    return [next(results) if upload else None for upload in uploads]


def _upload(session: Session, handed: Handed, known: Mapping[str, Phone]) -> Upload | None:
    carrier = known.get(handed.secret_hash)
    if carrier is None:
        return None
    return Upload(_owner(session, carrier, handed.signs.get("id")), carrier, handed.items, handed.signs)


def _owner(session: Session, carrier: Phone, told: Any) -> Phone:  # noqa: ANN401  whatever JSON holds
    """Give the device whose items these are: the one that is named, else the one that brings them."""
    try:
        id_ = UUID(told) if isinstance(told, str) else carrier.id
    except ValueError:
        return carrier
    return carrier if id_ == carrier.id else phones.by_id(session, carrier.county, id_) or carrier
