"""The bureau's people who work at fairs: written down, changed, gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, identity, markets
from scheduling.models import Account, StaffMember
from scheduling.refusals import NotFound, StaffKnown


def keep(
    session: Session,
    county: str,
    member: StaffMember | None,
    *,
    name: str,
    township_id: UUID | None = None,
    rest_weekdays: Iterable[int] = (),
    max_days_a_week: int = 3,
    unavailable: Iterable[date] = (),
    leads: bool = False,
    by: Account | None,
    now: datetime,
) -> StaffMember:
    """Write somebody down, or what is different about them. The same again changes nothing.

    `rest_weekdays` are 1 (Monday) to 7. Raises StaffKnown(name), NameMissing, NotFound (township).
    """
    markets.township(session, county, township_id)
    told = {
        "name": identity.name(name),
        "township_id": township_id,
        "rest_weekdays": [str(day) for day in sorted(set(rest_weekdays))],
        "max_days_a_week": max_days_a_week,
        "unavailable": sorted(day.isoformat() for day in set(unavailable)),
        "leads": leads,
    }
    rows = select(StaffMember).where(StaffMember.county == county, StaffMember.name == told["name"])
    known = session.scalar(rows.with_for_update(of=StaffMember))
    if known is not None and known is not member:
        if member is None and all(getattr(known, key) == value for key, value in told.items()):
            return known
        raise StaffKnown(name=told["name"])
    if member is None:
        member = StaffMember(county=county, added_at=now, **told)
        session.add(member)
        session.flush()
        deeds.record(session, "staff.added", member, by=by, now=now)
    elif changed := [key for key, value in told.items() if getattr(member, key) != value]:
        for key in changed:
            setattr(member, key, told[key])
        session.flush()
        session.expire(member, ["township"])
        deeds.record(session, "staff.revised", member, by=by, now=now, fields=",".join(changed))
    return member


def leave(session: Session, member: StaffMember, *, by: Account | None, now: datetime) -> None:
    """Note that somebody is no longer there; again: nothing."""
    session.refresh(member, with_for_update={"of": StaffMember})
    if member.left_at is None:
        member.left_at = now
        session.flush()
        deeds.record(session, "staff.left", member, by=by, now=now)


def find(session: Session, county: str, id_: UUID) -> StaffMember:
    """Give one of the county's people. Raises NotFound."""
    member = session.scalar(select(StaffMember).where(StaffMember.county == county, StaffMember.id == id_))
    if member is None:
        raise NotFound
    return member


def at_work(session: Session, county: str) -> list[StaffMember]:
    """Give those who are there: who leads first, then by name."""
    rows = select(StaffMember).where(StaffMember.county == county, StaffMember.left_at.is_(None))
    return list(session.scalars(rows.order_by(StaffMember.leads.desc(), StaffMember.name)))
