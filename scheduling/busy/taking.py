"""Taking in what a calendar file said: looked at first, then in one transaction; the same again changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduling import deeds, diaries
from scheduling.busy.reading import Period, Reading
from scheduling.diaries import Bookable
from scheduling.models import Account, BusyTime, CountyRow
from scheduling.planning.clashes import Engagement
from scheduling.refusals import NotFound, NothingToTakeIn


@dataclass(frozen=True)
class Line:
    """One time of a file held against what stands.

    `state`: new; moved (it stands at another time, or under another title); known (it stands just so); gone (it stands,
    and the file has it no more). `number` is the period's in the reading. `clashes` are our own fairs and lessons then.
    """

    state: str
    number: int | None
    period: Period | None
    before: BusyTime | None
    clashes: tuple[Engagement, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A file held against what stands; `gone` are called off in the file, `missing` not named in it at all."""

    new: tuple[Line, ...]
    moved: tuple[Line, ...]
    known: tuple[Line, ...]
    gone: tuple[Line, ...]
    missing: tuple[Line, ...]

    @property
    def changes(self) -> int:
        """How many lines may be ticked."""
        return len(self.new) + len(self.moved) + len(self.gone) + len(self.missing)


def judged(session: Session, row: Bookable, reading: Reading) -> Judged:
    """Hold a file against what stands for `row`, without taking it in."""
    standing = {(one.uid, one.occurrence): one for one in _standing(session, row)}
    ours = diaries.ours(session, row, reading.first, reading.last)
    lines: dict[str, list[Line]] = {"new": [], "moved": [], "known": [], "gone": [], "missing": []}
    for number, one in enumerate(reading.periods):
        before = standing.pop((one.uid, one.occurrence), None)
        state = "new" if before is None else "known" if _same(before, one) else "moved"
        clashes = tuple(each for each in ours if each.starts < one.ends and one.starts < each.ends)
        lines[state].append(Line(state, number, one, before, clashes))
    for before in standing.values():
        if before.starts_at < reading.last and before.ends_at > reading.first:
            state = "gone" if before.uid in reading.uids else "missing"
            lines[state].append(Line(state, None, None, before))
    return Judged(**{state: tuple(found) for state, found in lines.items()})


def take_in(
    session: Session,
    row: Bookable,
    reading: Reading,
    *,
    wanted: Collection[int],
    dropped: Collection[UUID] = (),
    by: Account | None,
    now: datetime,
) -> tuple[int, int, int]:
    """Take in the periods with these numbers, and strike these times that the file has no more.

    Give how many were added, moved and struck: the same again, or in another window, gives none. What we have planned
    then stays where it is. Raises NothingToTakeIn when nothing is wanted.
    """
    diaries.hold(session, row)
    held = judged(session, row, reading)
    new = [line.period for line in held.new if line.number in wanted and line.period]
    moved = [line for line in held.moved if line.number in wanted]
    struck = [line.before.id for line in (*held.gone, *held.missing) if line.before and line.before.id in dropped]
    if not wanted and not struck:
        raise NothingToTakeIn
    by_id = by.id if by else None
    county = county_of(row)
    for one in new:
        about = {"county": county, "subject": deeds.about(row), "uid": one.uid, "occurrence": one.occurrence}
        session.add(BusyTime(**about, **_told(one), at=now, by_id=by_id))
    for line in moved:
        if line.before and line.period:
            for name, value in {**_told(line.period), "at": now, "by_id": by_id}.items():
                setattr(line.before, name, value)
    session.execute(delete(BusyTime).where(BusyTime.id.in_(struck)))
    session.flush()
    done = len(new), len(moved), len(struck)
    if any(done):
        counts = dict(zip(("added", "moved", "struck"), done, strict=True))
        deeds.record(session, "busy.taken_in", row, county=county, by=by, now=now, **counts)
    return done


def strike(session: Session, row: Bookable, id_: UUID, *, by: Account | None, now: datetime) -> None:
    """Strike one time that was taken in. Raises NotFound."""
    one = session.scalar(select(BusyTime).where(BusyTime.subject == deeds.about(row), BusyTime.id == id_))
    if one is None:
        raise NotFound
    session.delete(one)
    session.flush()
    deeds.record(session, "busy.struck", row, county=county_of(row), by=by, now=now)


def coming(session: Session, row: Bookable, *, now: datetime, most: int = 500) -> list[BusyTime]:
    """Give the times at which `row` is taken from `now` on, the earliest first."""
    rows = select(BusyTime).where(BusyTime.subject == deeds.about(row), BusyTime.ends_at > now)
    return list(session.scalars(rows.order_by(BusyTime.starts_at, BusyTime.id).limit(most)))


def county_of(row: Bookable) -> str:
    """Give the county that `row` is in, if only by its school."""
    return row.county if isinstance(row, CountyRow) else row.school.county


def _standing(session: Session, row: Bookable) -> list[BusyTime]:
    rows = select(BusyTime).where(BusyTime.subject == deeds.about(row))
    return list(session.scalars(rows.order_by(BusyTime.starts_at, BusyTime.id)))


def _same(before: BusyTime, one: Period) -> bool:
    return all(getattr(before, name) == value for name, value in _told(one).items())


def _told(one: Period) -> dict[str, object]:
    return {"title": one.title, "starts_at": one.starts, "ends_at": one.ends, "all_day": one.all_day}
