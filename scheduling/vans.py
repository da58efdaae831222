"""Vans: written down, changed, taken out of service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.models import Account, Van
from scheduling.refusals import NotFound, VanKnown


def keep(
    session: Session,
    county: str,
    van: Van | None,
    *,
    name: str,
    range_minutes: int,
    minutes: Mapping[str, int],
    unavailable: Iterable[date] = (),
    by: Account | None,
    now: datetime,
) -> Van:
    """Write a van down, or what is different about one. The same again changes nothing. Raises VanKnown(name).

    `minutes` is one way to a town, by the township's code; a town not named cannot be reached.
    """
    told = {
        "name": name.strip(),
        "range_minutes": range_minutes,
        "minutes": dict(sorted(minutes.items())),
        "unavailable": sorted(day.isoformat() for day in set(unavailable)),
    }
    known = session.scalar(select(Van).where(Van.county == county, Van.name == told["name"]).with_for_update())
    if known is not None and known is not van:
        if van is None and all(getattr(known, key) == value for key, value in told.items()):
            return known
        raise VanKnown(name=told["name"])
    if van is None:
        van = Van(county=county, added_at=now, **told)
        session.add(van)
        session.flush()
        deeds.record(session, "van.added", van, by=by, now=now)
    elif changed := [key for key, value in told.items() if getattr(van, key) != value]:
        for key in changed:
            setattr(van, key, told[key])
        session.flush()
        deeds.record(session, "van.revised", van, by=by, now=now, fields=",".join(changed))
    return van


def retire(session: Session, van: Van, *, by: Account | None, now: datetime) -> None:
    """Take a van out of service; again: nothing. Fairs that have it keep it until they are planned anew."""
    session.refresh(van, with_for_update={"of": Van})
    if van.retired_at is None:
        van.retired_at = now
        session.flush()
        deeds.record(session, "van.retired", van, by=by, now=now)


def find(session: Session, county: str, id_: UUID) -> Van:
    """Give one of the county's vans. Raises NotFound."""
    van = session.scalar(select(Van).where(Van.county == county, Van.id == id_))
    if van is None:
        raise NotFound
    return van


def in_service(session: Session, county: str) -> list[Van]:
    """Give the vans in service, by name."""
    rows = select(Van).where(Van.county == county, Van.retired_at.is_(None))
    return list(session.scalars(rows.order_by(Van.name)))
