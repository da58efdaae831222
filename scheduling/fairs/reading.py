"""What pages, feeds and other acts ask about fairs. Each asks as often for one row as for a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from scheduling.fairs.plans import HERE
from scheduling.models import Fair, Township
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


def published(
    session: Session,
    county: str,
    *,
    now: datetime,
    kinds: Sequence[str] = (),
    townships: Sequence[str] = (),
    audiences: Sequence[str] = (),
    past: bool = False,
    most: int | None = None,
    skip: int = 0,
) -> list[Fair]:
    """Give published fairs: those not over yet, soonest first, or `past` ones, latest first.

    Filters: OR within one, AND across. `townships` are codes, `audiences` keys. A fair called off stays until its time.
    """
    rows = _chosen(county, kinds, townships, audiences, past=past, now=now)
    order = (Fair.starts_at.desc(), Fair.number.desc()) if past else (Fair.starts_at, Fair.number)
    return list(session.scalars(rows.order_by(*order).limit(most).offset(skip)))


def count(
    session: Session,
    county: str,
    *,
    now: datetime,
    kinds: Sequence[str] = (),
    townships: Sequence[str] = (),
    audiences: Sequence[str] = (),
    past: bool = False,
) -> int:
    """Count what `published` would give."""
    rows = _chosen(county, kinds, townships, audiences, past=past, now=now)
    return session.scalar(rows.with_only_columns(func.count(Fair.id)).order_by(None)) or 0


def _chosen(
    county: str,
    kinds: Sequence[str],
    townships: Sequence[str],
    audiences: Sequence[str],
    *,
    past: bool,
    now: datetime,
) -> Select[Fair]:
    rows = select(Fair).where(
        Fair.county == county, Fair.publication.has(), Fair.ends_at <= now if past else Fair.ends_at > now
    )
    if kinds:
        rows = rows.where(Fair.kind.in_(kinds))
    if townships:
        rows = rows.where(Fair.township_id.in_(_townships(county, townships)))
    if audiences:
        said = cast(Fair.audiences, String)  # a JSON list of plain keys: one of them stands between its quotes
        rows = rows.where(or_(*(said.contains(f'"{key}"', autoescape=True) for key in audiences)))
    return rows


def _townships(county: str, codes: Sequence[str]) -> Select[UUID]:
    return select(Township.id).where(Township.county == county, Township.code.in_(codes))


def upcoming(session: Session, county: str, *, now: datetime, most: int) -> list[Fair]:
    """Give the next published fairs that will be held."""
    rows = _chosen(county, (), (), (), past=False, now=now).where(~Fair.calling_off.has())
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
    first = datetime.combine(start, time(), HERE)
    last = datetime.combine(end + timedelta(days=1), time(), HERE)
    rows = select(Fair).where(Fair.county == county, Fair.starts_at >= first, Fair.starts_at < last)
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
