"""Who and what fairs take: places and enterprises."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.diaries.diary import Diary, during, opened, same
from scheduling.models import Booking, County, Enterprise, Fair
from scheduling.refusals import EnterpriseElsewhere, PlaceTaken

ON_AIR = "livestream"


def hold_places(session: Session, county: str) -> None:
    """Let nobody else put a fair anywhere in the county until this transaction ends; held before the fair itself."""
    session.get_one(County, county, with_for_update={"key_share": True}, populate_existing=True)


def of_place(
    session: Session,
    county: str,
    *,
    township_id: UUID | None,
    place: str,
    on_air: bool,
    starts: datetime,
    ends: datetime,
) -> Diary:
    """Give the fairs at a place, drafts too: of the same name in the same township; without a name, nothing.

    A broadcast (`on_air`) may come from where a fair is held and takes no room there: it has a diary of its own.
    """
    here = select(Fair).where(
        Fair.county == county,
        Fair.township_id.is_not_distinct_from(township_id),
        Fair.kind == ON_AIR if on_air else Fair.kind != ON_AIR,
        ~Fair.calling_off.has(),
        *during(Fair, starts, ends),
    )
    rows = [(fair, fair.title) for fair in session.scalars(here) if same(fair.place, place)]
    return opened("place", f"{county}/place/{township_id}/{place}", place, PlaceTaken, rows)


def of_enterprise(session: Session, enterprise: Enterprise, starts: datetime, ends: datetime) -> Diary:
    """Give the fairs at which the enterprise has a booth."""
    booked = select(Booking.fair_id).where(Booking.enterprise_id == enterprise.id, Booking.cancelled_at.is_(None))
    held = select(Fair).where(Fair.id.in_(booked), ~Fair.calling_off.has(), *during(Fair, starts, ends))
    rows = [(fair, fair.title) for fair in session.scalars(held)]
    return opened("enterprise", deeds.about(enterprise), enterprise.name, EnterpriseElsewhere, rows)
