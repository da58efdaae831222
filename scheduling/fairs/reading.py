"""What pages, feeds and other acts ask about fairs. Each asks as often for one row as for a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from scheduling import campaigns
from scheduling.fairs.plans import HERE
from scheduling.models import Campaign, Fair, Township
from scheduling.models.sought import holds, words_in
from scheduling.refusals import NotFound


def find(session: Session, county: str, slug: str) -> Fair:
    """Give the fair of this slug, a draft too. Raises NotFound."""
    fair = session.scalar(select(Fair).where(Fair.county == county, Fair.slug == slug))
    if fair is None:
        raise NotFound
    return fair


def by_id(session: Session, county: str, id_: UUID) -> Fair:
    """Give one fair by its key, a draft too. Raises NotFound."""
    fair = session.scalar(select(Fair).where(Fair.county == county, Fair.id == id_))
    if fair is None:
        raise NotFound
    return fair


def find_public(session: Session, county: str, slug: str) -> Fair:
    """Give the published fair of this slug, called off or not. Raises NotFound for a draft."""
    fair = find(session, county, slug)
    if not fair.publication:
        raise NotFound
    return fair


WAYS = ("onsite", "online")  # 线下, 线上


class Filters(TypedDict, total=False):
    """Which fairs are wanted: OR within one, AND across. One left out, or empty, excludes nothing."""

    words: str  # in title, place or address; several words must all be found
    kinds: Sequence[str]
    ways: Sequence[str]  # of WAYS
    townships: Sequence[str]  # codes
    audiences: Sequence[str]  # keys
    campaigns: Sequence[Campaign]


@dataclass(frozen=True, slots=True)
class Entry:
    """A fair as a calendar names it: no more than fits into a day's cell."""

    slug: str
    title: str
    kind: str
    starts_at: datetime
    called_off: bool
    moved: bool

    @property
    def day(self) -> date:
        """The civil date of its beginning in Asia/Shanghai."""
        return self.starts_at.astimezone(HERE).date()


def published(
    session: Session,
    county: str,
    *,
    now: datetime,
    past: bool = False,
    day: date | None = None,
    most: int | None = None,
    skip: int = 0,
    **filters: Unpack[Filters],
) -> list[Fair]:
    """Give published fairs: those not over yet, soonest first, or `past` ones, latest first; or those of one `day`.

    A fair called off stays until its time.
    """
    rows = _chosen(county, filters).where(*_when(now, past=past, day=day))
    order = (Fair.starts_at.desc(), Fair.number.desc()) if past and not day else (Fair.starts_at, Fair.number)
    return list(session.scalars(rows.order_by(*order).limit(most).offset(skip)))


def count(
    session: Session,
    county: str,
    *,
    now: datetime,
    past: bool = False,
    day: date | None = None,
    **filters: Unpack[Filters],
) -> int:
    """Count what `published` would give."""
    rows = _chosen(county, filters).where(*_when(now, past=past, day=day))
    return session.scalar(rows.with_only_columns(func.count(Fair.id)).order_by(None)) or 0


def entries(
    session: Session, county: str, first: date, last: date, **filters: Unpack[Filters]
) -> dict[date, list[Entry]]:
    """Give the published fairs that begin from `first` to `last`, over or not, by day and time. One query, columns."""
    rows = _chosen(county, filters).where(*_days(first, last)).order_by(Fair.starts_at, Fair.number)
    columns = (Fair.slug, Fair.title, Fair.kind, Fair.starts_at, Fair.calling_off.has(), Fair.moves.any())
    found: dict[date, list[Entry]] = {}
    for row in session.execute(rows.with_only_columns(*columns)):
        entry = Entry(*row)
        found.setdefault(entry.day, []).append(entry)
    return found


def _chosen(county: str, filters: Filters) -> Select[Fair]:
    rows = select(Fair).where(Fair.county == county, Fair.publication.has())
    if words := words_in(filters.get("words", "")):
        rows = rows.where(holds(Fair.sought, words))
    if kinds := filters.get("kinds"):
        rows = rows.where(Fair.kind.in_(kinds))
    if len(ways := set(filters.get("ways", ()))) == 1:
        rows = rows.where(Fair.goes_online if "online" in ways else ~Fair.goes_online)
    if townships := filters.get("townships"):
        rows = rows.where(Fair.township_id.in_(_townships(county, townships)))
    if audiences := filters.get("audiences"):
        rows = rows.where(campaigns.for_audiences(audiences))
    if chosen := filters.get("campaigns"):
        rows = rows.where(campaigns.belonging(chosen))
    return rows


def _when(now: datetime, *, past: bool, day: date | None) -> tuple[ColumnElement[bool], ...]:
    if day is not None:
        return _days(day, day)
    return (Fair.ends_at <= now if past else Fair.ends_at > now,)


def _days(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions for fairs that begin on `first`, `last` or a day between, in Asia/Shanghai."""
    after = datetime.combine(last + timedelta(days=1), time(), HERE)
    return Fair.starts_at >= datetime.combine(first, time(), HERE), Fair.starts_at < after


def _townships(county: str, codes: Sequence[str]) -> Select[UUID]:
    return select(Township.id).where(Township.county == county, Township.code.in_(codes))


def upcoming(session: Session, county: str, *, now: datetime, most: int) -> list[Fair]:
    """Give the next published fairs that will be held."""
    rows = _chosen(county, {}).where(Fair.ends_at > now, ~Fair.calling_off.has())
    return list(session.scalars(rows.order_by(Fair.starts_at, Fair.number).limit(most)))


def of_desk(
    session: Session, county: str, *, now: datetime, past: bool = False, most: int | None = None, skip: int = 0
) -> list[Fair]:
    """Give all fairs, drafts too: those not over yet, soonest first, or `past` ones, latest first."""
    rows = select(Fair).where(Fair.county == county, Fair.ends_at <= now if past else Fair.ends_at > now)
    order = (Fair.starts_at.desc(), Fair.number.desc()) if past else (Fair.starts_at, Fair.number)
    return list(session.scalars(rows.order_by(*order).limit(most).offset(skip)))


def between(session: Session, county: str, start: date, end: date) -> list[Fair]:
    """Give all fairs, drafts too, that begin on `start`, `end` or a day between, in Asia/Shanghai."""
    rows = select(Fair).where(Fair.county == county, *_days(start, end))
    return list(session.scalars(rows.order_by(Fair.starts_at, Fair.number)))


def on_day(session: Session, county: str, day: date) -> list[Fair]:
    """Give all fairs that begin on `day`, drafts too, without those called off."""
    return [fair for fair in between(session, county, day, day) if not fair.calling_off]


def standing(fair: Fair, *, now: datetime) -> str:
    """Say how a fair stands at `now`: draft, called_off, over, running, moved or published."""
    if fair.state in {"draft", "called_off"}:
        return fair.state
    if fair.ends_at <= now:
        return "over"
    return "running" if fair.starts_at <= now else fair.state
