"""What was handed in for a fair: the application for its permit, its filing, its statistics."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.fairs.plans import local_day, lock
from scheduling.models import Account, Fair, FairFiling
from scheduling.refusals import DayNotCome

FILED = ("permit", "filing", "statistics")


def file(
    session: Session, fair: Fair, what: str, *, day: date, number: str = "", by: Account | None, now: datetime
) -> FairFiling:
    """Note that `what` (out of FILED, else ValueError) was handed in on `day`, with the number it got.

    Said again, the later word stands; the deeds keep both. Raises DayNotCome.
    """
    if what not in FILED:
        raise ValueError(what)
    if day > local_day(now):
        raise DayNotCome
    lock(session, fair)
    row = session.scalar(select(FairFiling).where(FairFiling.fair_id == fair.id, FairFiling.what == what))
    if row is not None and (row.day, row.number) == (day, number.strip()):
        return row
    if row is None:
        row = FairFiling(fair_id=fair.id, what=what)
        session.add(row)
    row.day, row.number, row.by_id, row.at = day, number.strip(), by.id if by else None, now
    session.flush()
    deeds.record(session, "fair.filed", fair, by=by, now=now, paper=what, day=day.isoformat(), number=row.number)
    return row


def filings(session: Session, fair: Fair) -> dict[str, FairFiling]:
    """Give what was handed in, by what it is."""
    return {row.what: row for row in session.scalars(select(FairFiling).where(FairFiling.fair_id == fair.id))}
