"""What other calendars take: times that staff took in for a venue, van, colleague, teacher or room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.models import BusyTime, Row
from scheduling.planning.timetable import HERE


def busy(session: Session, rows: Collection[Row], starts: datetime, ends: datetime) -> defaultdict[str, list[BusyTime]]:
    """Give the times between `starts` and `ends` (aware) at which these rows are taken, by name. One question."""
    names = [deeds.about(row) for row in rows]
    times = select(BusyTime).where(BusyTime.subject.in_(names), BusyTime.starts_at < ends, BusyTime.ends_at > starts)
    found: defaultdict[str, list[BusyTime]] = defaultdict(list)
    for one in session.scalars(times.order_by(BusyTime.starts_at)):
        found[one.subject].append(one)
    return found


def busy_days(times: Iterable[BusyTime]) -> frozenset[date]:
    """Give the days in Asia/Shanghai that these times reach into, if only for an hour."""
    found: set[date] = set()
    for one in times:
        first, last = one.starts_at.astimezone(HERE).date(), (one.ends_at - timedelta(microseconds=1)).astimezone(HERE)
        found |= {first + timedelta(days=n) for n in range((last.date() - first).days + 1)}
    return frozenset(found)


def taken(session: Session, rows: Collection[Row], starts: datetime, ends: datetime) -> list[BusyTime]:
    """Give the same for rows that are one to whoever books: all times at which any of them is taken."""
    return [one for times in busy(session, rows, starts, ends).values() for one in times]
