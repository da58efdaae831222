"""The ledger of enterprises' needs (企业用工需求台账): lines of so many people wanted, what is hired, what is lacking.

A line is never rewritten to fit: who was hired since it was begun are placements, and `needed - hired = gap` is worked
out from them (domain.md §10).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import counters, deeds
from scheduling.models import Account, Enterprise, LabourNeed, Placement
from scheduling.models.placement import SOURCES, URGENCY
from scheduling.planning.timetable import HERE
from scheduling.refusals import DayNotCome, GapUnexplained, HiredMoreThanNeeded, NotFound


@dataclass(frozen=True)
class Totals:
    """What lines come to: how many there are, people needed, hired, lacking; and how many lines are open and closed."""

    lines: int
    needed: int
    hired: int
    gap: int
    open: int
    closed: int


@dataclass(frozen=True)
class Trouble:
    """A line that does not add up: `overfilled` (too many hired) or `closed_short` (closed, nobody said why)."""

    key: str
    no: int


def add(
    session: Session,
    enterprise: Enterprise,
    *,
    trade: str,
    needed: int,
    hired_before: int = 0,
    source: str,
    urgency: str = "normal",
    registered_on: date,
    note: str = "",
    by: Account | None,
    now: datetime,
) -> LabourNeed:
    """Add a line; the same words again on the same day give the first.

    `source` out of SOURCES, `urgency` out of URGENCY, else ValueError. Raises HiredMoreThanNeeded.
    """
    if source not in SOURCES or urgency not in URGENCY or needed < 1 or hired_before < 0:
        raise ValueError(source, urgency, needed, hired_before)
    if hired_before > needed:
        raise HiredMoreThanNeeded
    session.execute(select(Enterprise.id).where(Enterprise.id == enterprise.id).with_for_update(key_share=True))
    words = {
        "enterprise_id": enterprise.id,
        "trade": trade.strip(),
        "needed": needed,
        "hired_before": hired_before,
        "source": source,
        "urgency": urgency,
        "registered_on": registered_on,
        "note": note.strip(),
    }
    known = session.scalars(select(LabourNeed).filter_by(**words, closed_on=None)).first()
    if known is not None:
        return known
    row = LabourNeed(
        county=enterprise.county, no=counters.take(session, enterprise.county, "need"), changed_at=now, **words
    )
    session.add(row)
    session.flush()
    deeds.record(session, "need.added", row, by=by, now=now, no=row.no, needed=needed)
    return row


def close(session: Session, row: LabourNeed, *, on: date, how: str, by: Account | None, now: datetime) -> None:
    """Close a line on `on`, saying how; a closed one stays as it is.

    Raises DayNotCome(on is after `now`), GapUnexplained(gap) when people are still wanted and `how` says nothing.
    """
    lock(session, row)
    if row.closed_on is not None:
        return
    if on > now.astimezone(HERE).date():
        raise DayNotCome
    lacking = row.needed - hired(session, row)
    if lacking > 0 and not how.strip():
        raise GapUnexplained(gap=lacking)
    row.closed_on, row.closed_how, row.changed_at = on, how.strip(), now
    session.flush()
    deeds.record(session, "need.closed", row, by=by, now=now, no=row.no, gap=max(0, lacking))


def reopen(session: Session, row: LabourNeed, *, by: Account | None, now: datetime) -> None:
    """Open a closed line again; what was said when it was closed stays in it. An open one stays as it is."""
    lock(session, row)
    if row.closed_on is None:
        return
    row.closed_on, row.changed_at = None, now
    session.flush()
    deeds.record(session, "need.reopened", row, by=by, now=now, no=row.no)


def lock(session: Session, row: LabourNeed) -> None:
    """Let nobody else count on this line until the transaction ends."""
    session.execute(select(LabourNeed.id).where(LabourNeed.id == row.id).with_for_update())
    session.refresh(row)


def hired(session: Session, row: LabourNeed) -> int:
    """Count who is hired, from rows as they are now: for whoever holds the line."""
    standing = select(func.count(Placement.id)).where(Placement.need_id == row.id, Placement.undone_at.is_(None))
    return row.hired_before + (session.scalar(standing) or 0)


def touch(session: Session, row: LabourNeed, *, now: datetime) -> None:
    """Note that the line's figures changed."""
    row.changed_at = now
    session.flush()
    session.expire(row, ["placements"])


def wanting(session: Session, enterprise: Enterprise, trade: str) -> LabourNeed | None:
    """Give the enterprise's oldest open line that still wants people of that trade, locked; None where there is none.

    Whoever learnt another trade fills no gap by herself: it would close a line that still lacks its people.
    """
    for row in of_enterprise(session, enterprise):
        if not _alike(row.trade, trade):
            continue
        lock(session, row)
        if row.closed_on is None and hired(session, row) < row.needed:
            return row
    return None


def lines(session: Session, county: str, *, state: str = "") -> list[LabourNeed]:
    """Give the county's lines by number: all, `open` or `closed` ones. Three questions, however many there are."""
    rows = select(LabourNeed).where(LabourNeed.county == county).order_by(LabourNeed.no)
    if state:
        rows = rows.where(LabourNeed.closed_on.is_(None) if state == "open" else LabourNeed.closed_on.is_not(None))
    return list(session.scalars(rows))


def of_enterprise(session: Session, enterprise: Enterprise) -> list[LabourNeed]:
    """Give the open lines of one enterprise by number."""
    rows = select(LabourNeed).where(LabourNeed.enterprise_id == enterprise.id, LabourNeed.closed_on.is_(None))
    return list(session.scalars(rows.order_by(LabourNeed.no)))


def find(session: Session, county: str, no: int) -> LabourNeed:
    """Give line number `no`. Raises NotFound."""
    row = session.scalar(select(LabourNeed).filter_by(county=county, no=no))
    if row is None:
        raise NotFound
    return row


def totals(rows: Iterable[LabourNeed]) -> Totals:
    """Add lines up."""
    rows = list(rows)
    closed = sum(row.closed_on is not None for row in rows)
    return Totals(
        lines=len(rows),
        needed=sum(row.needed for row in rows),
        hired=sum(row.hired for row in rows),
        gap=sum(row.gap for row in rows),
        open=len(rows) - closed,
        closed=closed,
    )


def troubles(rows: Iterable[LabourNeed]) -> list[Trouble]:
    """Give the lines that do not add up (domain.md §10): need - hired != gap, or closed with a gap and no note."""
    found = []
    for row in rows:
        if row.needed - row.hired != row.gap:
            found.append(Trouble("overfilled", row.no))
        if row.closed_on is not None and row.gap and not row.closed_how:
            found.append(Trouble("closed_short", row.no))
    return found


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)
