"""Reports: how an event stands at the gate: counts, what was put aside, whom two phones let in, what is still out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from scheduling import attendance, devices, tickets
from scheduling.attendance import Reading
from scheduling.gate import heads
from scheduling.gate.events import Event
from scheduling.gate.heads import Heads
from scheduling.models import Booking, GateDevice, GateItem, Scan, Ticket

MOST = 500  # rows of what was put aside on one page; the table in CSV has them all


@dataclass(frozen=True)
class Counts:
    """How an event stands: people by the ways they were counted, enterprises, who is inside, by which entrance.

    `inside` and `entrances` (people by its name) are of those with a ticket; `counters` are what was counted besides
    heads. `conflicts` are people whom two phones let in.
    """

    heads: Heads
    enterprises: int
    inside: int
    entrances: Mapping[str, int]
    counters: Mapping[str, int]
    conflicts: int


@dataclass(frozen=True)
class Conflict:
    """One person whom two phones let in: both readings, and the ticket of the later."""

    first: Reading
    second: Reading
    ticket: Ticket


@dataclass(frozen=True)
class Line:
    """What one device has handed in, of all it made: `gaps` are numbers that never came, from and to."""

    device: GateDevice
    received: int
    last: int
    gaps: list[tuple[int, int]]

    @property
    def missing(self) -> int:
        """How many items it made, or says it still holds, that have not come."""
        return max(sum(to - since + 1 for since, to in self.gaps), self.device.pending)


def readings_at(session: Session, event: Event) -> list[Reading]:
    """Read what was scanned at an event, once for all that is asked of it below. One query."""
    return attendance.at(session, event.at(Scan))


def counts(session: Session, event: Event, readings: Sequence[Reading] | None = None) -> Counts:
    """Count an event as its rows stand now. At most five queries, with `readings` four."""
    readings = readings_at(session, event) if readings is None else readings
    came = heads.entries(readings)
    people = [reading for reading in came if reading.kind != tickets.BOOTH]
    gates = Counter(reading.gate for reading in people)
    return Counts(
        heads=heads.count(session, came, fair_id=event.fair_id, session_id=event.session_id),
        enterprises=len(came) - len(people),
        inside=len(attendance.inside(readings)),
        entrances=dict(sorted(gates.items(), key=lambda gate: (-gate[1], gate[0]))),
        counters=heads.counters(session, event.at(GateItem)),
        conflicts=len(attendance.conflicts(readings)),
    )


def conflicts(session: Session, event: Event, readings: Sequence[Reading] | None = None) -> list[Conflict]:
    """Give whom two phones both let in, each once, by when the second did. A handful of queries."""
    pairs = attendance.conflicts(readings_at(session, event) if readings is None else readings)
    read = dict(_tickets(session, [second.id for _, second in pairs])) if pairs else {}
    found = [Conflict(first, second, read[second.id]) for first, second in pairs]
    return sorted(found, key=lambda each: each.second.scanned_at)


def doubted(session: Session, event: Event, readings: Sequence[Reading] | None = None) -> list[Reading]:
    """Give the scans whose clock is doubted, as they are ordered."""
    readings = readings_at(session, event) if readings is None else readings
    return sorted((each for each in readings if each.doubted), key=lambda each: (each.scanned_at, each.id))


def put_aside(session: Session, event: Event, *, most: int | None = MOST) -> list[Row[GateItem, str]]:
    """Give what was put aside at an event, or came from its phones and names no event we know, with their labels."""
    ids = [device.id for device in of_event(session, event)]
    nowhere = and_(GateItem.fair_id.is_(None), GateItem.session_id.is_(None), GateItem.device_id.in_(ids))
    rows = (
        select(GateItem, GateDevice.label)
        .join(GateDevice, GateDevice.id == GateItem.device_id)
        .where(GateItem.stored == "quarantined", GateItem.county == GateDevice.county, or_(event.at(GateItem), nowhere))
        .order_by(GateItem.received_at, GateItem.device_id, GateItem.seq, GateItem.id)
        .limit(most)
    )
    return list(session.execute(rows).all())


def of_event(session: Session, event: Event) -> list[GateDevice]:
    """Give the devices that were invited to an event, shut out ones too, by when they joined."""
    theirs = devices.invited_to(event.scope), GateDevice.joined_at <= event.ends_at + devices.STAYS
    rows = select(GateDevice).where(*theirs).options(joinedload(GateDevice.revocation))
    return list(session.scalars(rows.order_by(GateDevice.joined_at, GateDevice.id)))


def reconcile(session: Session, event: Event) -> list[Line]:
    """Say for each device of an event what came of all it made: its numbers have no gaps, or these. Two queries."""
    joined = of_event(session, event)
    seqs: dict[UUID, set[int]] = {device.id: set() for device in joined}
    rows = select(GateItem.device_id, GateItem.seq).where(GateItem.device_id.in_(seqs), GateItem.seq.is_not(None))
    for device_id, seq in session.execute(rows):
        seqs[device_id].add(seq or 0)
    return [_line(device, seqs[device.id]) for device in joined]


def _line(device: GateDevice, seqs: set[int]) -> Line:
    last = max(device.last_seq, max(seqs, default=0))
    return Line(device, len(seqs), last, list(_gaps(seqs, last)))


def _gaps(seqs: set[int], last: int) -> Iterable[tuple[int, int]]:
    """Give the stretches of numbers from 1 to `last` that are not among `seqs`."""
    before = 0
    for seq in [*sorted(seqs), last + 1]:
        if seq > before + 1:
            yield before + 1, seq - 1
        before = seq


def _tickets(session: Session, scans: list[str]) -> list[tuple[str, Ticket]]:
    rows = (
        select(Scan.id, Ticket)
        .join(Ticket, Ticket.id == Scan.ticket_id)
        .where(Scan.id.in_(scans))
        .options(
            selectinload(Ticket.reservation),
            selectinload(Ticket.enrolment),
            selectinload(Ticket.booking).selectinload(Booking.enterprise),
            selectinload(Ticket.booking).selectinload(Booking.booth),
        )
    )
    return [(id_, ticket) for id_, ticket in session.execute(rows)]
