"""Venues (场地): places where fairs are held that keep a calendar of their own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, diaries, markets
from scheduling.models import Account, Fair, Township, Venue
from scheduling.refusals import NotFound


def settle(
    session: Session, county: str, *, name: str, township_id: UUID | None, by: Account | None, now: datetime
) -> Venue:
    """Write a venue down; one of that name in that township is given as it is. Raises NotFound (township)."""
    markets.township(session, county, township_id)
    diaries.hold_places(session, county)
    name = " ".join(name.split())
    known = select(Venue).filter_by(county=county, name=name, township_id=township_id)
    row = session.scalar(known)
    if row is None:
        row = Venue(county=county, name=name, township_id=township_id, added_at=now)
        session.add(row)
        session.flush()
        deeds.record(session, "venue.added", row, by=by, now=now)
    return row


def find(session: Session, county: str, id_: UUID) -> Venue:
    """Give one of the county's venues. Raises NotFound."""
    row = session.scalar(select(Venue).where(Venue.county == county, Venue.id == id_))
    if row is None:
        raise NotFound
    return row


def of_county(session: Session, county: str) -> list[Venue]:
    """Give every venue, by name."""
    return list(session.scalars(select(Venue).where(Venue.county == county).order_by(Venue.name, Venue.id)))


def of_fairs(session: Session, county: str, *, most: int = 50) -> list[tuple[str, UUID | None, str | None]]:
    """Give places of fairs that are no venue yet: name, township and its name; that of the newest fair first."""
    rows = select(Fair.place, Fair.township_id, Township.name).outerjoin(Fair.township)
    rows = rows.where(Fair.county == county, Fair.place != "", ~Fair.goes_online)
    known = {(row.name, row.township_id) for row in of_county(session, county)}
    newest = session.execute(rows.order_by(Fair.starts_at.desc(), Fair.id.desc()))
    found: dict[tuple[str, UUID | None, str | None], None] = dict.fromkeys((one[0], one[1], one[2]) for one in newest)
    return [one for one in found if (" ".join(one[0].split()), one[1]) not in known][:most]
