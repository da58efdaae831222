"""Resolving: which tickets were read, all of a batch at once, without a query inside a loop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from scheduling import codes, tickets
from scheduling.models import Ticket
from scheduling.seals import Keyring

MANY = 20
_HOLDER = func.coalesce(Ticket.reservation_id, Ticket.enrolment_id, Ticket.booking_id).label("holder")
_COLUMNS = select(Ticket.id, Ticket.kind, Ticket.serial, Ticket.rotation, Ticket.code, _HOLDER)
_OURS = _COLUMNS.where(Ticket.county == bindparam("county"))
_SERIALS = _OURS.where(
    Ticket.kind == bindparam("kind"),
    Ticket.event_number == bindparam("event"),
    Ticket.serial.in_(bindparam("serials", expanding=True)),
)
_CODES = _OURS.where(Ticket.code.in_(bindparam("codes", expanding=True)))


@dataclass(frozen=True)
class Found:
    """A ticket that was read: its key, its kind, and the key of whom it stands for."""

    id: UUID
    kind: int
    holder: UUID


def resolve(session: Session, county: str, texts: Iterable[str], keys: Keyring) -> dict[str, Found]:
    """Give the ticket of each of `texts` that is one: an address, a bare token, a short code.

    A query for all codes, and one for the tokens of each kind and event: a phone that reads what is on a fair sees few.
    Tokens of more than MANY kinds and events, which only a forger shows, are nobody's.
    """
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


def _by_token(
    session: Session, county: str, tokens: dict[str, tuple[int, int, int, bytes]], keys: Keyring
) -> dict[str, Found]:
    serials: dict[tuple[int, int], set[int]] = {}
    for kind, event, serial, _ in tokens.values():
        if (kind, event) in serials or len(serials) < MANY:
            serials.setdefault((kind, event), set()).add(serial)
    known = {
        (kind, event, row.serial): row
        for (kind, event), own in serials.items()  # of as many events as this phone scans at: one, as a rule
        for row in session.connection().execute(
            _SERIALS, {"county": county, "kind": kind, "event": event, "serials": list(own)}
        )
    }
    return {
        text: Found(row.id, row.kind, row.holder)
        for text, (kind, event, serial, raw) in tokens.items()
        if (row := known.get((kind, event, serial))) and tickets.genuine(raw, county, row.rotation, keys)
    }


def _by_code(session: Session, county: str, typed: dict[str, str]) -> dict[str, Found]:
    told = {"county": county, "codes": list(set(typed.values()))}
    known = {row.code: Found(row.id, row.kind, row.holder) for row in session.connection().execute(_CODES, told)}
    return {text: known[code] for text, code in typed.items() if code in known}
