"""The plan of a fair's booths: laying them out, saying what each is like, taking them out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from scheduling import deeds
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Booking, Booth, Fair
from scheduling.refusals import BoothBooked, NotFound

MOST = 300  # booths a fair; the largest campaign fair has a hundred (domain.md §11)


def remove(session: Session, booth: Booth, *, by: Account | None, now: datetime) -> None:
    """Take a booth out of the plan; again changes nothing. Raises BoothBooked(number), FairFinished."""
    fair = session.get_one(Fair, booth.fair_id)
    lock(session, fair)
    session.refresh(booth)
    if booth.removed_at is not None:
        return
    require_unfinished(fair)
    if booking_where(session, Booking.booth_id == booth.id) is not None:
        raise BoothBooked(number=booth.number)
    booth.removed_at = now
    session.flush()
    deeds.record(session, "booth.removed", booth, county=booth.fair.county, by=by, now=now)


@dataclass(frozen=True)
class Fittings:
    """What a booth is like: whose corner it is (zone, 分区), its power, tables, and whether a wheelchair gets there."""

    zone: str = ""
    power: bool = False
    tables: int = 1
    accessible: bool = False


def fit(session: Session, fair: Fair, fittings: dict[int, Fittings], *, by: Account | None, now: datetime) -> None:
    """Say what the booths of these numbers are like; what they are already changes nothing. Raises NotFound."""
    lock(session, fair)
    laid = {booth.number: booth for booth in of_fair(session, fair)}
    if fittings.keys() - laid.keys():
        raise NotFound
    changed = 0
    for number, told in fittings.items():
        booth, figures = laid[number], asdict(told)
        if any(getattr(booth, name) != value for name, value in figures.items()):
            for name, value in figures.items():
                setattr(booth, name, value)
            changed += 1
    if changed:
        session.flush()
        deeds.record(session, "booths.fitted", fair, by=by, now=now, count=changed)


def of_fair(session: Session, fair: Fair) -> list[Booth]:
    """Give the booths in the plan by number, each with its booking and enterprise. One query."""
    query = (
        select(Booth)
        .where(Booth.fair_id == fair.id, Booth.removed_at.is_(None))
        .options(joinedload(Booth.booking).joinedload(Booking.enterprise))
        .order_by(Booth.number)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def next_number(session: Session, fair: Fair) -> int:
    """Give the number after the last one ever given at this fair. One query."""
    return (session.scalar(select(func.max(Booth.number)).where(Booth.fair_id == fair.id)) or 0) + 1


def find(session: Session, fair: Fair, number: int) -> Booth:
    """Give the booth of this number in the fair's plan. Raises NotFound."""
    booth = session.scalar(
        select(Booth).where(Booth.fair_id == fair.id, Booth.number == number, Booth.removed_at.is_(None))
    )
    if booth is None:
        raise NotFound
    return booth


def lock(session: Session, fair: Fair) -> None:
    """Let nobody else change who stands where at this fair until we are done, and read it as it is now."""
    session.refresh(fair, with_for_update={"of": Fair})


def booking_where(session: Session, *where: object) -> Booking | None:
    """Give the booking that is not cancelled and for which all of this holds."""
    return session.scalar(select(Booking).where(Booking.cancelled_at.is_(None), *where))  # type: ignore[arg-type]
