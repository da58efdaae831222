"""A diary: what stands for one resource in the time that was asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement

from scheduling import deeds
from scheduling.models import BusyTime, ClassSession, Fair
from scheduling.planning.clashes import Engagement, against
from scheduling.planning.timetable import HERE
from scheduling.refusals import Occupied, Refusal

BUSY = f"{BusyTime.__tablename__}/"  # how the key begins of what another calendar takes


@dataclass(frozen=True)
class Diary:
    """What stands for one resource, and how a booking on top of it is refused.

    `kind`, `who` and `name` are those of each `Engagement`, whose key is what `deeds.about` calls its row. The resource
    holds `capacity` at once, of which what is asked about takes `amount`.
    """

    kind: str
    who: str
    name: str
    refusal: type[Refusal]
    standing: tuple[Engagement, ...]
    capacity: int = 1
    amount: int = 1

    def require_free(self, starts: datetime, ends: datetime, *, but: str = "") -> None:
        """Raise `refusal`(name, what, day, hours) when something stands in the way from `starts` to `ends` (aware).

        What another calendar takes is refused as Occupied(name, what, day, hours, field).

        `but` is the key of what is to be moved there: it does not stand in its own way.
        """
        new = Engagement(but, self.who, self.kind, self.name, "", starts, ends, self.amount)
        for clash in against(new, self.standing, {self.who: self.capacity}):
            other = next(each for each in clash.engagements if each.key != but)
            if other.key.startswith(BUSY):
                raise self._occupied(other, starts)
            since, until = other.starts.astimezone(HERE), other.ends.astimezone(HERE)
            hours = f"{since.hour}:{since.minute:02d}–{until.hour}:{until.minute:02d}"
            raise self.refusal(name=self.name, what=other.what, day=since.date(), hours=hours)

    def _occupied(self, other: Engagement, starts: datetime) -> Occupied:
        """Refuse for what another calendar says: its hours on the day that was asked about, or on its own first."""
        begun, over = other.starts.astimezone(HERE), other.ends.astimezone(HERE)
        day = max(begun.date(), starts.astimezone(HERE).date())
        since = f"{begun.hour}:{begun.minute:02d}" if begun.date() == day else "0:00"
        until = f"{over.hour}:{over.minute:02d}" if over.date() == day else "24:00"
        return Occupied(name=self.name, what=other.what, day=day, hours=f"{since}–{until}", field=self.kind)


def opened(
    kind: str,
    who: str,
    name: str,
    refusal: type[Refusal],
    rows: Iterable[tuple[Fair | ClassSession, str]],
    *,
    taken: Iterable[BusyTime] = (),
) -> Diary:
    """Make a diary of rows, each with what people call it, and of times that another calendar takes."""
    standing = (
        Engagement(deeds.about(row), who, kind, name, what, row.starts_at, row.ends_at)
        for row, what in [*rows, *((one, one.title) for one in taken)]
    )
    return Diary(kind, who, name, refusal, tuple(standing))


def during(
    table: type[Fair | ClassSession], starts: datetime, ends: datetime
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Give the conditions for rows that overlap the time from `starts` to `ends`."""
    return table.starts_at < ends, table.ends_at > starts


def same(one: str, other: str) -> bool:
    """Say whether two names mean the same; spaces, which one clerk types and another does not, do not count.

    What has no name is nobody and nowhere: it is never the same as anything.
    """
    named = "".join(one.split())
    return bool(named) and named == "".join(other.split())
