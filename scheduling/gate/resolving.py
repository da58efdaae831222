"""Resolving: which tickets were read, all of a batch at once, without a query inside a loop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from scheduling import codes, tickets
from scheduling.models import Ticket
from scheduling.seals import Keyring

_HOLDERS = (Ticket.reservation_id, Ticket.enrolment_id, Ticket.booking_id)


@dataclass(frozen=True)
class Found:
    """A ticket that was read: its key, and that of whom it stands for."""

    id: UUID
    holder: UUID


def resolve(session: Session, county: str, texts: Iterable[str], keys: Keyring) -> dict[str, Found]:
    """Give the ticket of each of `texts` that is one: an address, a bare token, a short code. At most two queries."""
    tokens, typed = {}, {}
    for text in set(texts):
        code = codes.plain(text)
        if not code.isdecimal():
            if seen := tickets.parsed(text):
                tokens[text] = seen
        elif not codes.mistyped(text):
            typed[text] = code
    by_token = _by_token(session, county, tokens, keys) if tokens else {}
    by_code = _by_code(session, county, typed) if typed else {}
    return by_token | by_code


def siblings(session: Session, found: Iterable[Found]) -> set[UUID]:
    """Give the keys of all tickets that ever stood for the same as `found`: revoked and re-issued ones. One query."""
    holders = {each.holder for each in found}
    if not holders:
        return set()
    return set(session.scalars(select(Ticket.id).where(or_(*(column.in_(holders) for column in _HOLDERS)))))


def _by_token(
    session: Session, county: str, tokens: dict[str, tuple[int, int, int, bytes]], keys: Keyring
) -> dict[str, Found]:
    serials: dict[tuple[int, int], set[int]] = {}
    for kind, event, serial, _ in tokens.values():
        serials.setdefault((kind, event), set()).add(serial)
    wanted = [
        and_(Ticket.kind == kind, Ticket.event_number == event, Ticket.serial.in_(own))
        for (kind, event), own in serials.items()
    ]
    known = {(row.kind, row.event_number, row.serial): row for row in session.execute(_columns(county, or_(*wanted)))}
    return {
        text: Found(row.id, row.holder)
        for text, (kind, event, serial, raw) in tokens.items()
        if (row := known.get((kind, event, serial))) and tickets.genuine(raw, county, row.rotation, keys)
    }


def _by_code(session: Session, county: str, typed: dict[str, str]) -> dict[str, Found]:
    rows = session.execute(_columns(county, Ticket.code.in_(set(typed.values()))))
    known = {row.code: Found(row.id, row.holder) for row in rows}
    return {text: known[code] for text, code in typed.items() if code in known}


def _columns(county: str, where: ColumnElement[bool]) -> Select[UUID, int, int, int, int, str, UUID]:
    holder = func.coalesce(*_HOLDERS).label("holder")
    return select(
        Ticket.id, Ticket.kind, Ticket.event_number, Ticket.serial, Ticket.rotation, Ticket.code, holder
    ).where(Ticket.county == county, where)
