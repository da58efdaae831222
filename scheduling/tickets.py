"""Tickets: issuing and revoking them, what their QR says, and what a scanner or a keypad gives back.

The QR holds sixteen bytes and nothing personal: kind 1, event 3, serial 4, tag 8. The tag is made under a key of the
event (county, kind, number, rotation), so that a leaked one opens nothing else. Whether a ticket is still good is a
matter of its row, never of its token.
"""

from __future__ import annotations

import base64
import re
import secrets
import unicodedata
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, selectinload

from scheduling import codes, counters, deeds
from scheduling.models import Account, Booking, Enrolment, Fair, Jobseeker, Reservation, Ticket, TrainingClass
from scheduling.refusals import CodeMistyped, NoSuchBooking, NotFound
from scheduling.seals import Keyring

Thing = Reservation | Enrolment | Booking

FAIR, CLASS, BOOTH = 1, 2, 3
VALID = frozenset({"valid", "moved"})
_HERE = ZoneInfo("Asia/Shanghai")
LARGEST_SERIAL = 2**31 - 1
_BARE, _IN_ADDRESS = re.compile(r"[A-Z2-7]{26}"), re.compile(r"/T/([A-Z2-7]{26})(?![A-Z0-9])")
_TRIES = 20


def issue(session: Session, thing: Thing, *, now: datetime, by: Account | None = None) -> Ticket:
    """Give the standing ticket of `thing`, made when there is none. The short code is unique in the county."""
    known = standing(session, thing)
    if known is not None:
        return known
    event, kind = _event_of(session, thing)
    serial = counters.take(session, event.county, f"ticket {kind} {event.number}")
    for _ in range(_TRIES):
        ticket = Ticket(
            county=event.county,
            kind=kind,
            event_number=event.number,
            serial=serial,
            rotation=event.key_rotation,
            code=codes.new(),
            fair_id=event.id if isinstance(event, Fair) else None,
            class_id=event.id if isinstance(event, TrainingClass) else None,
            **{_column(thing): thing.id},
            issued_at=now,
        )
        try:
            with session.begin_nested():
                session.add(ticket)
                session.flush()
        except IntegrityError:  # the code is in use; or somebody issued one for this thing a moment ago
            known = standing(session, thing)
            if known is not None:
                return known
            continue
        deeds.record(session, "ticket.issued", ticket, by=by, now=now)
        return ticket
    raise RuntimeError("no free short code was found: the county has used up its numbers")


def revoke(session: Session, of: Ticket | Thing, why: str, *, now: datetime, by: Account | None = None) -> None:
    """Revoke a ticket, or the standing ticket of a thing; again, or where there is none, changes nothing.

    `why` is `cancelled` or `reissued`.
    """
    ticket = of if isinstance(of, Ticket) else standing(session, of)
    if ticket is None or ticket.revoked_at is not None:
        return
    ticket.revoked_at, ticket.revoked_why = now, why
    session.flush()
    deeds.record(session, "ticket.revoked", ticket, by=by, now=now, why=why)


def reissue(session: Session, thing: Thing, *, by: Account | None, now: datetime) -> Ticket:
    """Revoke the standing ticket of `thing` and issue a new one, for a lost or photographed one."""
    revoke(session, thing, "reissued", by=by, now=now)
    return issue(session, thing, by=by, now=now)


def standing(session: Session, thing: Thing) -> Ticket | None:
    """Give the ticket of `thing` that is not revoked, or None."""
    return session.scalar(select(Ticket).where(_is_of(thing), Ticket.revoked_at.is_(None)))


def latest(session: Session, ticket: Ticket) -> Ticket:
    """Give the ticket that stands for the same thing now, or `ticket` itself when none does."""
    return standing(session, thing_of(ticket)) or ticket


def thing_of(ticket: Ticket) -> Thing:
    """Give what `ticket` stands for."""
    thing = ticket.reservation or ticket.enrolment or ticket.booking
    assert thing is not None  # noqa: S101  the table's check says so
    return thing


def token(ticket: Ticket, keys: Keyring) -> str:
    """Give the 26 upper-case base32 characters (RFC 4648 §6, no padding) that stand in the QR."""
    kind, number, rotation = ticket.kind, ticket.event_number, ticket.rotation
    return spelt(kind, number, ticket.serial, county=ticket.county, rotation=rotation, keys=keys)


def spelt(kind: int, event: int, serial: int, *, county: str, rotation: int, keys: Keyring) -> str:
    """Give the token of a ticket by what stands in it, for many at once."""
    head = kind.to_bytes(1) + event.to_bytes(3) + serial.to_bytes(4)
    return _spelt(head + keys.tag(head, f"ticket {county} {kind} {event} {rotation}"))


def address(ticket: Ticket, keys: Keyring, url: str) -> str:
    """Give the text of the QR: the holder's page below `url`, in capitals, for QR's alphanumeric mode."""
    return f"{url}/T/{token(ticket, keys)}".upper()


def opened(session: Session, county: str, token: str, keys: Keyring) -> Ticket:
    """Give the ticket of a token, alone or in an address, in any case. It may be revoked.

    Raises NotFound, the same for malformed, forged and unknown ones.
    """
    seen = parsed(token)
    if seen is None:
        raise NotFound
    kind, event, serial, raw = seen
    ticket = session.scalar(
        select(Ticket).where(
            Ticket.county == county, Ticket.kind == kind, Ticket.event_number == event, Ticket.serial == serial
        )
    )
    if ticket is None or not genuine(raw, county, ticket.rotation, keys):
        raise NotFound
    return ticket


def parsed(token: str) -> tuple[int, int, int, bytes] | None:
    """Give kind, event, serial and the sixteen bytes of a token, alone or in an address; None for what is none."""
    text = unicodedata.normalize("NFKC", token).strip().upper()
    found = _IN_ADDRESS.search(text) or _BARE.fullmatch(text)
    if found is None:
        return None
    spelt = found[found.lastindex or 0]
    raw = base64.b32decode(spelt + "======")
    serial = int.from_bytes(raw[4:8])
    # PostgreSQL would not even look for a larger serial; the last character has two spare bits: one spelling only
    return (
        (raw[0], int.from_bytes(raw[1:4]), serial, raw) if serial <= LARGEST_SERIAL and _spelt(raw) == spelt else None
    )


def genuine(raw: bytes, county: str, rotation: int, keys: Keyring) -> bool:
    """Whether a token's tag was made by us, for its kind and event under `rotation`."""
    purpose = f"ticket {county} {raw[0]} {int.from_bytes(raw[1:4])} {rotation}"
    return secrets.compare_digest(raw[8:], keys.tag(raw[:8], purpose))


def read(session: Session, county: str, text: str, keys: Keyring) -> Ticket:
    """Give the ticket of whatever a scanner gives: an address, a bare token, or a typed short code with spaces.

    Raises CodeMistyped when a short code fails its check digit, NotFound for everything else that is no ticket.
    """
    code = codes.plain(text)
    if not code.isdecimal():
        return opened(session, county, text, keys)
    if codes.mistyped(text):
        raise CodeMistyped
    ticket = session.scalar(select(Ticket).where(Ticket.county == county, Ticket.code == code))
    if ticket is None:
        raise NotFound
    return ticket


def found(session: Session, county: str, code: str, last4: str) -> Ticket:
    """Give the ticket with this short code (the booking number) and the last four of a phone that belongs to it.

    The phone is the jobseeker's or that of whoever signed her up; for a booth the contact's. For a re-issued ticket
    the new one is given. Raises NoSuchBooking, always the same.
    """
    number, wanted = codes.plain(code), codes.plain(last4)
    if not (re.fullmatch(r"[0-9]+", number) and re.fullmatch(r"[0-9]{4}", wanted)):
        raise NoSuchBooking
    ticket = session.scalar(select(Ticket).where(Ticket.county == county, Ticket.code == number))
    if ticket is None:
        raise NoSuchBooking
    if not any(secrets.compare_digest(phone[-4:].encode(), wanted.encode()) for phone in phones(ticket) if phone):
        raise NoSuchBooking
    return latest(session, ticket)


def phones(ticket: Ticket) -> list[str]:
    """Give the phones that may ask for a ticket; some may be empty."""
    thing = thing_of(ticket)
    if isinstance(thing, Booking):
        return [thing.attendee_phone, thing.enterprise.contact_phone]
    return [thing.jobseeker.phone, thing.agent_phone]


def state(ticket: Ticket, *, now: datetime) -> str:
    """Say how a ticket stands: one of VALID, or cancelled, reissued, called_off, over, waitlisted."""
    if ticket.revoked_at is not None:
        return ticket.revoked_why
    event = ticket.fair or ticket.training_class
    if event is None or event.calling_off is not None:
        return "called_off"
    if now >= (event.ends_at if isinstance(event, Fair) else datetime.combine(event.ends_on, time.max, _HERE)):
        return "over"
    if ticket.enrolment is not None and ticket.enrolment.confirmed_at is None:
        return "waitlisted"
    return "moved" if event.state == "moved" else "valid"


def of_phone(session: Session, county: str, phone: str) -> list[Ticket]:
    """Give the newest fifty standing tickets that belong to `phone`, her own and those she got for others."""
    reserver, enroller = aliased(Jobseeker), aliased(Jobseeker)
    rows = (
        select(Ticket)
        .outerjoin(Reservation, Reservation.id == Ticket.reservation_id)
        .outerjoin(reserver, reserver.id == Reservation.jobseeker_id)
        .outerjoin(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .outerjoin(enroller, enroller.id == Enrolment.jobseeker_id)
        .where(
            Ticket.county == county,
            Ticket.revoked_at.is_(None),
            literal(phone).in_([reserver.phone, Reservation.agent_phone, enroller.phone, Enrolment.agent_phone]),
        )
        .options(
            selectinload(Ticket.fair),
            selectinload(Ticket.training_class),
            selectinload(Ticket.reservation),
            selectinload(Ticket.enrolment),
        )
        .order_by(Ticket.issued_at.desc(), Ticket.id.desc())
        .limit(50)
    )
    return list(session.scalars(rows))


def of_bookings(session: Session, fair: Fair) -> dict[UUID, Ticket]:
    """Give the booth passes of a fair that stand, by the key of the booking each is for. One query."""
    rows = select(Ticket).where(Ticket.fair_id == fair.id, Ticket.kind == BOOTH, Ticket.revoked_at.is_(None))
    return {ticket.booking_id: ticket for ticket in session.scalars(rows) if ticket.booking_id is not None}


def _spelt(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _event_of(session: Session, thing: Thing) -> tuple[Fair | TrainingClass, int]:
    if isinstance(thing, Enrolment):
        return session.get_one(TrainingClass, thing.class_id), CLASS
    return session.get_one(Fair, thing.fair_id), BOOTH if isinstance(thing, Booking) else FAIR


def _column(thing: Thing) -> str:
    return {Reservation: "reservation_id", Enrolment: "enrolment_id", Booking: "booking_id"}[type(thing)]


def _is_of(thing: Thing) -> ColumnElement[bool]:
    column: ColumnElement[bool] = getattr(Ticket, _column(thing)) == thing.id
    return column
