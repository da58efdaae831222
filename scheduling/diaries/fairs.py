"""Who and what fairs take: places, enterprises, vans, the bureau's own people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.diaries.busy import taken
from scheduling.diaries.diary import Diary, during, opened, same
from scheduling.models import (
    Booking,
    County,
    Enterprise,
    Fair,
    FairDuty,
    StaffMember,
    TourStop,
    Van,
    VanTour,
    Venue,
)
from scheduling.refusals import EnterpriseElsewhere, PlaceTaken, StaffElsewhere, VanElsewhere

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
        Fair.online.is_(False),
        ~Fair.calling_off.has(),
        *during(Fair, starts, ends),
    )
    rows = [(fair, fair.title) for fair in session.scalars(here) if same(fair.place, place)]
    who = f"{county}/place/{township_id}/{place}"
    lent = [] if on_air else taken(session, _venues(session, county, township_id, place), starts, ends)
    return opened("place", who, place, PlaceTaken, rows, taken=lent)


def of_enterprise(session: Session, enterprise: Enterprise, starts: datetime, ends: datetime) -> Diary:
    """Give the fairs at which the enterprise has a booth; where the bureau only plans it, it may still go elsewhere."""
    booked = select(Booking.fair_id).where(Booking.enterprise_id == enterprise.id, Booking.cancelled_at.is_(None))
    rows = _held(session, booked, starts, ends)
    return opened("enterprise", deeds.about(enterprise), enterprise.name, EnterpriseElsewhere, rows)


def of_van(session: Session, van: Van, starts: datetime, ends: datetime) -> Diary:
    """Give the fairs the van is sent to, by a plan or on a tour."""
    sent = select(FairDuty.fair_id).where(FairDuty.van_id == van.id, FairDuty.lifted_at.is_(None))
    stops = select(TourStop.fair_id).join(VanTour, VanTour.id == TourStop.tour_id)
    sent_or_stops = sent.union(stops.where(VanTour.van_id == van.id, TourStop.left_at.is_(None)))
    rows = _held(session, sent_or_stops, starts, ends)
    return opened("van", deeds.about(van), van.name, VanElsewhere, rows, taken=taken(session, [van], starts, ends))


def of_staff(session: Session, member: StaffMember, starts: datetime, ends: datetime) -> Diary:
    """Give the fairs a member of the staff works at."""
    sent = select(FairDuty.fair_id).where(FairDuty.staff_id == member.id, FairDuty.lifted_at.is_(None))
    rows = _held(session, sent, starts, ends)
    away = taken(session, [member], starts, ends)
    return opened("staff", deeds.about(member), member.name, StaffElsewhere, rows, taken=away)


def _venues(session: Session, county: str, township_id: UUID | None, place: str) -> list[Venue]:
    """Give the venues of this name in the same township."""
    here = select(Venue).where(Venue.county == county, Venue.township_id.is_not_distinct_from(township_id))
    return [venue for venue in session.scalars(here) if same(venue.name, place)]


def _held(
    session: Session, ids: Select[UUID] | CompoundSelect[UUID], starts: datetime, ends: datetime
) -> list[tuple[Fair, str]]:
    """Give the fairs of these ids that are not called off, with their titles."""
    held = select(Fair).where(Fair.id.in_(ids), ~Fair.calling_off.has(), *during(Fair, starts, ends))
    return [(fair, fair.title) for fair in session.scalars(held)]
