"""Readings: what the scans of an event mean. A pure function of the set of scans.

The earliest scan that holds and was not undone counts; later ones of the same person are duplicates of it. Any order,
repetition or split of uploads gives the same result (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from scheduling import tickets
from scheduling.models import ClassSession, Enrolment, Fair, Scan, Ticket, TrainingClass

FAULTS = ("unknown", "mistyped", "wrong_event", "cancelled", "reissued", "waitlisted")


@dataclass(frozen=True)
class Reading:
    """One scan and what the records say of its ticket. `holder` is whom the ticket stands for, None for nobody."""

    id: str
    holder: UUID | None
    kind: int  # of the ticket: 1 fair, 2 class, 3 booth; 0 when there is none
    occasion: UUID | None  # the fair or the class session it was scanned at
    direction: str
    gate: str
    scanned_at: datetime
    annuls: str | None = None
    fault: str = ""  # why it cannot count: one of FAULTS
    way: str = ""  # as in models.Scan
    away_metres: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What the gate says of one scan.

    `kind`: counted, duplicate_of, annulled, or one of FAULTS. For a duplicate, `at` and `gate` are those of the scan
    that counts.
    """

    kind: str
    at: datetime
    gate: str = ""


@dataclass(frozen=True)
class Presence:
    """Who was at a fair or a class session: jobseekers or trainees, enterprises, and how many scans there were."""

    people: int
    enterprises: int
    scans: int


@dataclass(frozen=True)
class Times:
    """One trainee at one session: when she first signed in and first signed out. What it is worth says `marks`."""

    came_at: datetime | None
    left_at: datetime | None

    @property
    def present(self) -> bool:
        """Whether she signed in."""
        return self.came_at is not None


Group = tuple[UUID | None, UUID | None, str]


def standing(readings: Iterable[Reading]) -> list[Reading]:
    """Give the readings that hold, each once, the earliest first: no undos, nothing undone, nothing faulty."""
    known = set(readings)
    undone = {reading.annuls for reading in known}
    hold = [each for each in known if each.annuls is None and each.id not in undone and not each.fault]
    return sorted(hold, key=_order)


def counting(readings: Iterable[Reading]) -> dict[Group, Reading]:
    """Give the reading that counts, for each holder, occasion and direction."""
    first: dict[Group, Reading] = {}
    for reading in standing(readings):
        first.setdefault(_group(reading), reading)
    return first


def verdict(reading: Reading, readings: Iterable[Reading]) -> Verdict:
    """Say what `reading` means among all `readings` of its event."""
    readings = list(readings)
    if reading.fault:
        return Verdict(reading.fault, reading.scanned_at, reading.gate)
    if reading.annuls is not None or reading.id in {other.annuls for other in readings}:
        return Verdict("annulled", reading.scanned_at, reading.gate)
    first = counting([*readings, reading])[_group(reading)]
    return Verdict("counted" if first.id == reading.id else "duplicate_of", first.scanned_at, first.gate)


def verdict_of(session: Session, scan: Scan) -> Verdict:
    """Say what a scan means now, by all scans of the same event. For an undo: of the scan it undid."""
    if scan.annuls is not None:
        scan = session.get_one(Scan, scan.annuls)
    at = Scan.fair_id == scan.fair_id if scan.fair_id else Scan.session_id == scan.session_id
    readings = _readings(session, at)
    return verdict(next(reading for reading in readings if reading.id == scan.id), readings)


def of_fair(session: Session, fair: Fair) -> Presence:
    """Count who was at the fair."""
    return _presence(_readings(session, Scan.fair_id == fair.id))


def bookings_at(session: Session, fair: Fair) -> set[UUID]:
    """Give the ids of the bookings whose booth pass was scanned at the fair: who really came."""
    came = counting(_readings(session, Scan.fair_id == fair.id))
    return {
        holder
        for (holder, _, direction), reading in came.items()
        if holder is not None and reading.kind == tickets.BOOTH and direction == "in"
    }


def of_session(session: Session, class_session: ClassSession) -> Presence:
    """Count who signed in to one class session."""
    return _presence(_readings(session, Scan.session_id == class_session.id))


def of_class(session: Session, training_class: TrainingClass) -> dict[tuple[UUID, UUID], Times]:
    """Give the times of a class by (enrolment id, session id); whoever was never scanned has none."""
    found: dict[tuple[UUID, UUID], dict[str, datetime]] = {}
    for (holder, occasion, direction), reading in counting(read(session, training_class)).items():
        if holder and occasion:
            found.setdefault((holder, occasion), {})[direction] = reading.scanned_at
    return {key: Times(times.get("in"), times.get("out")) for key, times in found.items()}


def read(session: Session, training_class: TrainingClass, holder: UUID | None = None) -> list[Reading]:
    """Read the scans at the sessions of a class, of one `holder` (an enrolment's id) or of everybody. One query."""
    sessions = select(ClassSession.id).where(ClassSession.class_id == training_class.id)
    at = Scan.session_id.in_(sessions)
    return _readings(session, at if holder is None else and_(at, Ticket.enrolment_id == holder))


def _presence(readings: list[Reading]) -> Presence:
    came = [reading for (_, _, direction), reading in counting(readings).items() if direction == "in"]
    enterprises = sum(reading.kind == tickets.BOOTH for reading in came)
    return Presence(len(came) - enterprises, enterprises, sum(reading.annuls is None for reading in readings))


def _order(reading: Reading) -> tuple[datetime, str]:
    return reading.scanned_at, reading.id


def _group(reading: Reading) -> Group:
    return reading.holder, reading.occasion, reading.direction


def _readings(session: Session, at: ColumnElement[bool]) -> list[Reading]:
    """Read the scans of an event with what is known of their tickets: one query, columns only."""
    rows = (
        select(
            Scan.id,
            Scan.read,
            Scan.fair_id,
            Scan.session_id,
            Scan.direction,
            Scan.gate,
            Scan.scanned_at,
            Scan.annuls,
            Scan.way,
            Scan.away_metres,
            ClassSession.class_id.label("scanned_class_id"),
            Ticket.id.label("ticket_id"),
            Ticket.kind,
            Ticket.fair_id.label("ticket_fair_id"),
            Ticket.class_id.label("ticket_class_id"),
            Ticket.reservation_id,
            Ticket.enrolment_id,
            Ticket.booking_id,
            Ticket.revoked_at,
            Ticket.revoked_why,
            Enrolment.enrolled_at,
            Enrolment.confirmed_at,
        )
        .outerjoin(Ticket, Ticket.id == Scan.ticket_id)
        .outerjoin(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .outerjoin(ClassSession, ClassSession.id == Scan.session_id)
        .where(at)
    )
    return [
        Reading(
            id=row.id,
            holder=row.reservation_id or row.enrolment_id or row.booking_id,
            kind=row.kind or 0,
            occasion=row.fair_id or row.session_id,
            direction=row.direction,
            gate=row.gate,
            scanned_at=row.scanned_at,
            annuls=row.annuls,
            fault=_fault(row),
            way=row.way,
            away_metres=row.away_metres,
        )
        for row in session.execute(rows)
    ]


def _fault(row: Any) -> str:  # noqa: ANN401  one row of `_readings`
    """Say why a scan cannot count. A ticket counts that was good when it was scanned, whenever that is uploaded."""
    if row.ticket_id is None:
        return "mistyped" if tickets.mistyped(row.read) else "unknown"
    if (row.fair_id, row.scanned_class_id) != (row.ticket_fair_id, row.ticket_class_id):
        return "wrong_event"
    if row.revoked_at is not None and row.revoked_at <= row.scanned_at:
        return str(row.revoked_why)
    if row.enrolment_id is not None and not _seated(row):
        return "waitlisted"
    return ""


def _seated(row: Any) -> bool:  # noqa: ANN401  one row of `_readings`
    """Whether she had a seat when scanned. Who got hers on enrolling has it whatever a slow phone's clock says."""
    seated_at = row.confirmed_at
    return seated_at is not None and (seated_at == row.enrolled_at or seated_at <= row.scanned_at)
