"""Readings: the scans of an event as they stand in the records, and who came by them. What they mean: `meanings`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from scheduling import codes, tickets
from scheduling.attendance import timing
from scheduling.attendance.meanings import Reading, Verdict, counting, verdict
from scheduling.models import ClassSession, Enrolment, Fair, GateItem, Scan, Ticket, TrainingClass
from scheduling.models.scan import EARLY


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


def at(session: Session, where: ColumnElement[bool]) -> list[Reading]:
    """Read the scans that `where` says. One query."""
    return _readings(session, where)


def of_holders(session: Session, *, kind: int, fair: bool, occasion: UUID, holders: Collection[UUID]) -> list[Reading]:
    """Read the scans at a fair, or a class session, of all tickets of `kind` that ever stood for `holders`.

    Revoked and re-issued ones too. One query, composed once: the gate asks it for every batch.
    """
    told = {"occasion": occasion, "holders": list(holders)}
    return _meant(session.connection().execute(_of_holders(kind, fair), told).all())


@cache
def _of_holders(kind: int, fair: bool) -> Select[*tuple[Any, ...]]:  # noqa: FBT001  which of two columns
    theirs = aliased(Ticket)
    column = {tickets.CLASS: theirs.enrolment_id, tickets.BOOTH: theirs.booking_id}.get(kind, theirs.reservation_id)
    own = select(theirs.id).where(column.in_(bindparam("holders", expanding=True)))
    return _scans().where((Scan.fair_id if fair else Scan.session_id) == bindparam("occasion"), Scan.ticket_id.in_(own))


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


def _readings(session: Session, at: ColumnElement[bool]) -> list[Reading]:
    """Read the scans of an event with what is known of their tickets: one query, columns only."""
    return _meant(session.execute(_scans().where(at)).all())


def _meant(found: Sequence[Any]) -> list[Reading]:
    settled = _settled(found)
    return [_reading(row, settled.get(row.id)) for row in found]


def _scans() -> Select[*tuple[Any, ...]]:
    """Ask for scans with what is known of their tickets."""
    return (
        select(
            Scan.id,
            Scan.read,
            Scan.fair_id,
            Scan.session_id,
            Scan.direction,
            Scan.gate,
            Scan.scanned_at,
            Scan.received_at,
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
            Scan.device_id,
            Scan.seq,
            Scan.timeless,
            Fair.starts_at.label("fair_starts_at"),
            Fair.ends_at.label("fair_ends_at"),
            ClassSession.starts_at,
            ClassSession.ends_at,
            _annulled().label("undone"),
        )
        .outerjoin(Fair, Fair.id == Scan.fair_id)
        .outerjoin(Ticket, Ticket.id == Scan.ticket_id)
        .outerjoin(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .outerjoin(ClassSession, ClassSession.id == Scan.session_id)
    )


def _reading(row: Any, settled: timing.Settled | None) -> Reading:  # noqa: ANN401  one row of `_readings`
    at = settled.at if settled else min(row.scanned_at, row.received_at)
    return Reading(
        id=row.id,
        holder=row.reservation_id or row.enrolment_id or row.booking_id,
        kind=row.kind or 0,
        occasion=row.fair_id or row.session_id,
        direction=row.direction,
        gate=row.gate,
        scanned_at=at,
        annuls=row.annuls,
        fault=_fault(row, at),
        way=row.way,
        away_metres=row.away_metres,
        device=row.device_id,
        undone=bool(row.undone),
        doubted=settled is not None and settled.doubted,
    )


def _settled(rows: Iterable[Any]) -> dict[str, timing.Settled]:
    """Settle when the scans of phones were that had no network; those that came by a page have our own time.

    So have those from before the gate opened, which say nothing of when the others were.
    """
    stamps: dict[tuple[UUID, datetime, datetime], list[timing.Stamp]] = {}
    for row in rows:
        if row.device_id is not None and not _early(row):
            stamps.setdefault((row.fair_id or row.session_id, *_hours(row)), []).append(
                timing.Stamp(row.id, row.device_id, row.seq or 0, _told(row))
            )
    settled: dict[str, timing.Settled] = {}
    for (_, starts_at, ends_at), own in stamps.items():
        settled |= timing.settle(own, starts_at, ends_at)
    return settled


def _hours(row: Any) -> tuple[datetime, datetime]:  # noqa: ANN401  one row of `_readings`
    return row.fair_starts_at or row.starts_at, row.fair_ends_at or row.ends_at


def _told(row: Any) -> datetime | None:  # noqa: ANN401  one row of `_readings`
    return None if row.timeless else row.scanned_at


def _early(row: Any) -> bool:  # noqa: ANN401  one row of `_readings`
    return timing.early(row.received_at, _told(row), _hours(row)[0], marked=row.way == EARLY)


def _annulled() -> ColumnElement[bool]:
    """Whether a phone's item annuls the scan: one handed in at the same event, before the scan or after it."""
    same = or_(GateItem.fair_id == Scan.fair_id, GateItem.session_id == Scan.session_id)
    return exists().where(GateItem.annuls == Scan.id, GateItem.stored == "recorded", same)


def _fault(row: Any, at: datetime) -> str:  # noqa: ANN401  one row of `_readings`
    """Say why a scan cannot count. A ticket counts that was good when it was scanned, whenever that is uploaded."""
    if row.ticket_id is None:
        return "mistyped" if codes.mistyped(row.read) else "unknown"
    if (row.fair_id, row.scanned_class_id) != (row.ticket_fair_id, row.ticket_class_id):
        return "wrong_event"
    if row.revoked_at is not None and row.revoked_at <= at:
        return str(row.revoked_why)
    if row.enrolment_id is not None and not _seated(row, at):
        return "waitlisted"
    return "early" if _early(row) else ""


def _seated(row: Any, at: datetime) -> bool:  # noqa: ANN401  one row of `_readings`
    """Whether she had a seat when scanned. Who got hers on enrolling has it whatever a slow phone's clock says.

    What is typed from paper carries the session's own times, not hers: who moved up while it went on is there by it.
    """
    seated_at = row.confirmed_at
    on_time = row.way == "paper" or seated_at == row.enrolled_at
    return seated_at is not None and (on_time or seated_at <= at)
