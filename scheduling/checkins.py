"""Check-ins: every reading of a ticket is kept as it came. What it means is worked out in `attendance`.

Nothing here judges: rubbish is a row like any other, and a row is never changed or taken away; only what was
read is forgotten in time (`retention`).
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduling import deeds, tickets
from scheduling.models import (
    Account,
    ClassCallingOff,
    ClassPublication,
    ClassSession,
    Fair,
    Scan,
    Ticket,
    TrainingClass,
)
from scheduling.refusals import NothingToUndo, Refusal, ScanDiffers
from scheduling.seals import Keyring

WAYS = ("camera", "typed", "link", "paper", "screen", "undo")
EARLY = timedelta(hours=3)  # so long before it begins, the gate may open
HERE = ZoneInfo("Asia/Shanghai")


def record(
    session: Session,
    *,
    id: str,  # noqa: A002  the column's name
    county: str,
    fair: Fair | None = None,
    class_session: ClassSession | None = None,
    read: str,
    way: str,
    direction: str = "in",
    gate: str = "",
    scanned_at: datetime | None = None,
    device: str = "",
    away_metres: int | None = None,
    by: Account | None,
    now: datetime,
    keys: Keyring,
) -> Scan:
    """Keep one reading for a fair or a class session, whatever was read; the same again gives the first row.

    `id` is made where it was scanned; `scanned_at` (aware) is that clock's, None where only ours was asked;
    what is still to come is kept as `now`. `device` is the digest of a trainee's own phone, `away_metres` how far it
    was from the class: they come with the reading, and are no part of what makes it the same.
    Raises ScanDiffers when the id came before with another body, and nothing else.
    """
    scan = Scan(
        id=_kept_id(id),
        county=county,
        fair_id=fair.id if fair else None,
        session_id=class_session.id if class_session else None,
        read=_fitting(read, 200),
        way=way if way in WAYS else "typed",
        direction="out" if direction == "out" else "in",
        gate=_fitting(gate, 40),
        device=device,
        away_metres=away_metres,
        scanned_at=scanned_at or now,
        received_at=now,
        by_id=by.id if by else None,
    )
    scan.body_hash = _body_hash(scan, scanned_at)
    scan.scanned_at = min(scan.scanned_at, now)  # a clock that runs fast cannot put a scan after a cancellation
    known = session.get(Scan, scan.id)
    if known is None and _keep(session, scan):
        scan.ticket_id = _ticket_id(session, county, scan.read, keys)
        session.flush()
        deeds.record(session, "scan.recorded", scan, county=county, by=by, now=now)
        return scan
    known = known or session.get_one(Scan, scan.id)
    if known.body_hash != scan.body_hash:
        raise ScanDiffers
    return known


def annul(session: Session, scan: Scan, *, id: str, by: Account | None, now: datetime) -> Scan:  # noqa: A002
    """Undo a scan for good, by another row that annuls it; again gives the first undo.

    Raises NothingToUndo for an undo, ScanDiffers when the id was used for something else.
    """
    if scan.annuls is not None:
        raise NothingToUndo
    undone = select(Scan).where(Scan.annuls == scan.id)
    if known := session.scalar(undone):
        return known
    undo = Scan(
        id=_kept_id(id),
        county=scan.county,
        body_hash="",
        fair_id=scan.fair_id,
        session_id=scan.session_id,
        ticket_id=scan.ticket_id,
        way="undo",
        direction=scan.direction,
        annuls=scan.id,
        gate=scan.gate,
        scanned_at=now,
        received_at=now,
        by_id=by.id if by else None,
    )
    if session.get(Scan, undo.id) is not None:
        raise ScanDiffers
    if not _keep(session, undo):
        return session.scalars(undone).one()
    deeds.record(session, "scan.annulled", undo, county=scan.county, by=by, now=now)
    return undo


def find(session: Session, county: str, id: str) -> Scan:  # noqa: A002
    """Give the scan of this id. Raises NothingToUndo."""
    scan = session.scalar(select(Scan).where(Scan.county == county, Scan.id == _kept_id(id)))
    if scan is None:
        raise NothingToUndo
    return scan


def latest(session: Session, *, fair: Fair | None = None, class_session: ClassSession | None = None) -> list[Scan]:
    """Give the last few scans at a fair or a class session, newest first, undone ones and undos left out."""
    undone = select(Scan.annuls).where(Scan.annuls.is_not(None))
    rows = select(Scan).where(_at(fair, class_session), Scan.annuls.is_(None), Scan.id.not_in(undone))
    return list(session.scalars(rows.order_by(Scan.scanned_at.desc(), Scan.id).limit(5)))


def ticket_of(session: Session, scan: Scan) -> Ticket | None:
    """Give the ticket that was read, None when it was none of ours."""
    return session.get(Ticket, scan.ticket_id) if scan.ticket_id else None


def fairs_now(session: Session, county: str, *, now: datetime) -> list[Fair]:
    """Give the published fairs whose gate may be open at `now`: today's, and those within three hours of it."""
    begin, end = _around(now)
    rows = select(Fair).where(
        Fair.county == county,
        Fair.publication.has(),
        ~Fair.calling_off.has(),
        Fair.starts_at <= end,
        Fair.ends_at >= begin,
    )
    return list(session.scalars(rows.order_by(Fair.starts_at, Fair.number)))


def sessions_now(session: Session, county: str, *, now: datetime) -> list[tuple[TrainingClass, ClassSession]]:
    """Give the class sessions that may be signed in to at `now`, with their classes; hours as for fairs."""
    begin, end = _around(now)
    rows = (
        select(TrainingClass, ClassSession)
        .join(ClassSession, ClassSession.class_id == TrainingClass.id)
        .where(
            TrainingClass.county == county,
            TrainingClass.id.in_(select(ClassPublication.class_id)),
            TrainingClass.id.not_in(select(ClassCallingOff.class_id)),
            ClassSession.cancelled_at.is_(None),
            ClassSession.starts_at <= end,
            ClassSession.ends_at >= begin,
        )
        .order_by(ClassSession.starts_at, TrainingClass.number)
    )
    return [(training_class, block) for training_class, block in session.execute(rows)]


def _around(now: datetime) -> tuple[datetime, datetime]:
    """Give the span a gate looks at: all of today in Shanghai, for paper is entered in the evening, and then some."""
    today = now.astimezone(HERE).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(today, now - EARLY), max(today + timedelta(days=1), now + EARLY)


def _at(fair: Fair | None, class_session: ClassSession | None) -> ColumnElement[bool]:
    return Scan.fair_id == fair.id if fair else Scan.session_id == (class_session.id if class_session else None)


def _keep(session: Session, scan: Scan) -> bool:
    """Insert the row before any rule is looked at. False when its id, or its undo, is there already."""
    try:
        with session.begin_nested():
            session.add(scan)
            session.flush()
    except IntegrityError:  # sent twice at the same moment
        return False
    return True


def _ticket_id(session: Session, county: str, read: str, keys: Keyring) -> UUID | None:
    try:
        return tickets.read(session, county, read, keys).id
    except Refusal:
        return None


def _kept_id(id_: str) -> str:
    """Give an id that fits the column: a phone's UUID as it is, anything else as its digest."""
    if re.fullmatch(r"[0-9A-Za-z-]{8,64}", id_):
        return id_.lower()
    return "x-" + hashlib.sha256(id_.encode(errors="replace")).hexdigest()[:60]


def _fitting(text: str, length: int) -> str:
    """Cut to the column, without NUL and lone surrogates, which no database takes."""
    return text.replace("\x00", "").encode(errors="replace").decode()[:length]


def _body_hash(scan: Scan, at: datetime | None) -> str:
    """Give the digest of what was said at the gate; who was signed in when it was sent again does not matter."""
    moment = at.astimezone(UTC) if at else None
    said = [scan.county, scan.fair_id, scan.session_id, scan.read, scan.way, scan.direction, scan.gate, moment]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
