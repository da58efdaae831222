"""Tours (巡回) of the vans: one day, one van, and the stops it makes, in the order of their hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, diaries
from scheduling.fairs import between, local_day
from scheduling.models import Account, Fair, TourStop, Van, VanTour
from scheduling.refusals import NoStops, NotAStop, NotFound, StopElsewhere, StopsOverlap, TourKnown

STOP = "roadshow_stop"


def make(
    session: Session,
    county: str,
    *,
    name: str,
    day: date,
    van: Van,
    stops: Sequence[Fair],
    by: Account | None,
    now: datetime,
) -> VanTour:
    """Send the van round these stops on one day; the same tour again is given as it stands.

    Raises TourKnown(name, day) for another one of that name that day, and what `route` raises.
    """
    name = " ".join(name.split())[:60]
    diaries.hold_places(session, county)
    known = session.scalar(select(VanTour).where(VanTour.county == county, VanTour.day == day, VanTour.name == name))
    if known is not None:
        if known.van_id == van.id and {fair.id for fair in stops_of(session, known)} == {fair.id for fair in stops}:
            return known
        raise TourKnown(name=name, day=day)
    tour = VanTour(county=county, name=name, day=day, van_id=van.id, by_id=by.id if by else None, at=now)
    _require_way(session, tour, van, stops)
    session.add(tour)
    session.flush()
    deeds.record(session, "tour.made", tour, by=by, now=now, stops=len(stops))
    _set_stops(session, tour, stops, by=by, now=now)
    return tour


def route(session: Session, tour: VanTour, stops: Sequence[Fair], *, by: Account | None, now: datetime) -> None:
    """Let exactly these fairs be the tour's stops; the same again changes nothing.

    Raises NoStops, NotAStop(title) for a fair that is no stop of a van on that day or is called off,
    StopElsewhere(title, tour), StopsOverlap(first, second), VanElsewhere(name, what, day, hours).
    """
    diaries.hold_places(session, tour.county)
    if {fair.id for fair in stops} == {fair.id for fair in stops_of(session, tour)}:
        return
    _require_way(session, tour, tour.van, stops)
    _set_stops(session, tour, stops, by=by, now=now)
    deeds.record(session, "tour.rerouted", tour, by=by, now=now, stops=len(stops))


def find(session: Session, county: str, id_: UUID) -> VanTour:
    """Give one tour of the county. Raises NotFound."""
    tour = session.scalar(select(VanTour).where(VanTour.county == county, VanTour.id == id_))
    if tour is None:
        raise NotFound
    return tour


def of_county(session: Session, county: str, *, most: int = 100) -> list[tuple[VanTour, list[Fair]]]:
    """Give the county's tours, the latest day first, each with its stops. Two queries."""
    rows = select(VanTour).where(VanTour.county == county).order_by(VanTour.day.desc(), VanTour.name).limit(most)
    tours = list(session.scalars(rows))
    standing = select(TourStop).where(TourStop.tour_id.in_([tour.id for tour in tours]), TourStop.left_at.is_(None))
    found: dict[UUID, list[Fair]] = {}
    for stop in session.scalars(standing):
        found.setdefault(stop.tour_id, []).append(stop.fair)
    return [(tour, _in_order(found.get(tour.id, []))) for tour in tours]


def stops_of(session: Session, tour: VanTour) -> list[Fair]:
    """Give the tour's stops in the order of their hours, with those called off or moved to another day. One query."""
    rows = select(TourStop).where(TourStop.tour_id == tour.id, TourStop.left_at.is_(None))
    return _in_order([stop.fair for stop in session.scalars(rows)])


def of_fair(session: Session, fair: Fair) -> tuple[VanTour, list[Fair]] | None:
    """Give the tour a stop belongs to, and its stops that the public may know and that are held that day.

    None for a fair of another kind, of no tour, or that was moved away from the tour's day. Two queries at most.
    """
    if fair.kind != STOP:
        return None
    stop = session.scalar(select(TourStop).where(TourStop.fair_id == fair.id, TourStop.left_at.is_(None)))
    if stop is None or not is_on(stop.tour, fair):
        return None
    return stop.tour, [row for row in stops_of(session, stop.tour) if row.publication and is_on(stop.tour, row)]


def is_on(tour: VanTour, fair: Fair) -> bool:
    """Whether the van still stops there on the tour's day."""
    return fair.calling_off is None and local_day(fair.starts_at) == tour.day


def to_choose(session: Session, county: str, day: date) -> list[Fair]:
    """Give the stops of vans on that day, drafts too, that could be on a tour."""
    return [fair for fair in between(session, county, day, day) if fair.kind == STOP and fair.calling_off is None]


def _require_way(session: Session, tour: VanTour, van: Van, stops: Sequence[Fair]) -> None:
    """Raise what stands against this van making these stops."""
    if not stops:
        raise NoStops
    elsewhere = select(TourStop).where(TourStop.fair_id.in_([fair.id for fair in stops]), TourStop.left_at.is_(None))
    taken = {stop.fair_id: stop.tour for stop in session.scalars(elsewhere) if stop.tour_id != tour.id}
    for fair in stops:
        if fair.kind != STOP or fair.county != tour.county or not is_on(tour, fair):
            raise NotAStop(title=fair.title)
        if fair.id in taken:
            raise StopElsewhere(title=fair.title, tour=taken[fair.id].name)
    way = _in_order(stops)
    for first, second in pairwise(way):
        if second.starts_at < first.ends_at:
            raise StopsOverlap(first=first.title, second=second.title)
    diary = diaries.of_van(session, van, way[0].starts_at, way[-1].ends_at)
    for fair in way:
        diary.require_free(fair.starts_at, fair.ends_at, but=deeds.about(fair))


def _set_stops(session: Session, tour: VanTour, stops: Sequence[Fair], *, by: Account | None, now: datetime) -> None:
    standing = session.scalars(select(TourStop).where(TourStop.tour_id == tour.id, TourStop.left_at.is_(None))).all()
    wanted = {fair.id for fair in stops}
    for stop in standing:
        if stop.fair_id not in wanted:
            stop.left_at = now
    session.flush()
    known = {stop.fair_id for stop in standing}
    for id_ in (fair.id for fair in stops if fair.id not in known):
        session.add(TourStop(tour_id=tour.id, fair_id=id_, by_id=by.id if by else None, at=now))
    session.flush()


def _in_order(fairs: Sequence[Fair]) -> list[Fair]:
    return sorted(fairs, key=lambda fair: (fair.starts_at, fair.number))
