"""Naming: whom a ticket stands for, in as few words as tell people apart; and whom a typed code named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from scheduling import codes, identity
from scheduling.gate.batches import Result
from scheduling.gate.items import Item
from scheduling.models import (
    Booking,
    Booth,
    Enrolment,
    Enterprise,
    GateDevice,
    GateRevocation,
    Jobseeker,
    Reservation,
    Ticket,
)
from scheduling.tickets import CLASS

TAIL = 2  # digits of a phone: two 王*芳 are told apart; with the code, four would open her booking to a finder

# One row a ticket: what is in its bytes, its short code, and of its holder what a gate may need.
HELD = (
    select(Ticket.kind, Ticket.event_number, Ticket.serial, Ticket.rotation, Ticket.code)
    .add_columns(Jobseeker.name, Jobseeker.phone, Enterprise.name.label("firm"), Booth.number.label("booth"))
    .add_columns(Enrolment.id.label("enrolled"), Enrolment.confirmed_at)
    .outerjoin(Reservation, Reservation.id == Ticket.reservation_id)
    .outerjoin(Enrolment, Enrolment.id == Ticket.enrolment_id)
    .outerjoin(Jobseeker, or_(Jobseeker.id == Reservation.jobseeker_id, Jobseeker.id == Enrolment.jobseeker_id))
    .outerjoin(Booking, Booking.id == Ticket.booking_id)
    .outerjoin(Booth, Booth.id == Booking.booth_id)
    .outerjoin(Enterprise, Enterprise.id == Booking.enterprise_id)
)
_ASKED = (
    HELD.add_columns(GateDevice.scope)
    .join(GateDevice, and_(GateDevice.county == Ticket.county, GateDevice.secret_hash == bindparam("hash")))
    .outerjoin(GateRevocation, GateRevocation.device_id == GateDevice.id)
    .where(Ticket.county == bindparam("county"), Ticket.code.in_(bindparam("codes", expanding=True)))
    .where(GateRevocation.id.is_(None), GateDevice.expires_at > bindparam("now"))
)


def masked(row: Any) -> str:  # noqa: ANN401  one row of HELD
    """Name the holder of a ticket: a person masked, an enterprise in full."""
    return str(row.firm) if row.firm else identity.masked_name(row.name or "")


def state(row: Any) -> str:  # noqa: ANN401  one row of HELD
    """Say `waitlisted` of a learner without a place, else nothing."""
    return "waitlisted" if row.enrolled is not None and row.confirmed_at is None else ""


def entry(row: Any) -> list[str]:  # noqa: ANN401  one row of HELD
    """Give what a phone is told of the holder so that she is found by name, what is empty at the end left out.

    Short code, masked name, the last TAIL digits of her phone, kind and serial (as in `revoked`), booth, state.
    """
    booth = "" if row.booth is None else str(row.booth)
    told = [row.code, masked(row), (row.phone or "")[-TAIL:], f"{row.kind} {row.serial}", booth, state(row)]
    while not told[-1]:
        told.pop()
    return told


def names(session: Session, county: str, secret_hash: str, wanted: set[str], *, now: datetime) -> dict[str, str]:
    """Give whom short codes stand for, masked, for the phone whose secret has this hash. One query, none for nothing.

    Only of the events it was invited to, and only while it may have lists: not expired, not shut out.
    """
    if not wanted:
        return {}
    told = {"county": county, "hash": secret_hash, "codes": list(wanted), "now": now}
    rows = session.connection().execute(_ASKED, told)
    return {row.code: masked(row) for row in rows if _scope(row) in row.scope}


def typed(
    session: Session,
    county: str,
    secret_hash: str,
    items: Sequence[Item],
    results: Sequence[Result],
    *,
    now: datetime,
) -> list[str]:
    """Name, for each of `items` with its result, whom its typed code stands for; "" where nothing is to be said."""
    read = [_code(item, result) for item, result in zip(items, results, strict=True)]
    known = names(session, county, secret_hash, set(read) - {""}, now=now)
    return [known.get(code, "") for code in read]


def _code(item: Item, result: Result) -> str:
    """Give the short code that was typed, "" for all else and for what was put aside."""
    if item.kind != "scan" or item.way != "typed" or result.stored == "quarantined" or codes.mistyped(item.read):
        return ""
    code = codes.plain(item.read)
    return code if code.isdecimal() else ""


def _scope(row: Any) -> str:  # noqa: ANN401  one row of _ASKED
    return f"{'class' if row.kind == CLASS else 'fair'}/{row.event_number}"
