"""One vacancy brought to many fairs at once: every coming fair the enterprise has a booth at, ticked or not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from scheduling.booths.bookings import speaks_for
from scheduling.models import Account, Booking, Fair, FairVacancy, Vacancy
from scheduling.refusals import JobsFrozen, NotFound
from scheduling.vacancies import freezing
from scheduling.vacancies.fairs import show_at, withdraw_from


@dataclass(frozen=True)
class Place:
    """A coming fair where the enterprise has a booth, and the vacancy's job number there where it is shown."""

    fair: Fair
    booth: int  # its number
    job_no: int | None
    freezes: datetime
    frozen: bool  # what the enterprise shows there stands


def places(session: Session, vacancy: Vacancy, *, now: datetime) -> list[Place]:
    """Give the coming fairs the vacancy's enterprise has a booth at, soonest first. Three queries."""
    query = (
        select(Booking)
        .join(Booking.fair)
        .join(Booking.booth)
        .options(contains_eager(Booking.fair), contains_eager(Booking.booth))
        .where(
            Booking.enterprise_id == vacancy.enterprise_id,
            Booking.cancelled_at.is_(None),
            Fair.ends_at > now,
            Fair.publication.has(),
            ~Fair.calling_off.has(),
        )
        .order_by(Fair.starts_at, Fair.number)
    )
    booked = list(session.scalars(query))
    shown = _shown(session, vacancy, [booking.fair_id for booking in booked])
    freezes = freezing.moments(session, [booking.fair for booking in booked])
    return [
        Place(
            fair=booking.fair,
            booth=booking.booth.number,
            job_no=shown.get(booking.fair_id, {}).get(vacancy.id),
            freezes=freezes[booking.fair_id],
            frozen=now >= freezes[booking.fair_id] and booking.fair_id in shown,
        )
        for booking in booked
    ]


def bring(session: Session, vacancy: Vacancy, slugs: Collection[str], *, by: Account | None, now: datetime) -> int:
    """Show the vacancy at the fairs of these slugs, and at none of the others it could be; give at how many it is.

    Again changes nothing. Raises NotFound for a fair where the enterprise has no booth, JobsFrozen(since, fair) where
    its list stands and it would change it, and what `show_at` raises.
    """
    known = {place.fair.slug: place for place in places(session, vacancy, now=now)}
    if set(slugs) - known.keys():
        raise NotFound
    for slug, place in known.items():
        wanted = slug in slugs
        if wanted == (place.job_no is not None):
            continue
        if place.frozen and speaks_for(by, vacancy.enterprise):
            raise JobsFrozen(since=place.freezes, fair=place.fair.title)
        if wanted:
            show_at(session, place.fair, vacancy, by=by, now=now)
        else:
            withdraw_from(session, place.fair, vacancy, by=by, now=now)
    return len(set(slugs))


def _shown(session: Session, vacancy: Vacancy, fairs: list[UUID]) -> dict[UUID, dict[UUID, int]]:
    """Give by fair what the enterprise shows there: vacancy → job number."""
    query = (
        select(FairVacancy.fair_id, FairVacancy.vacancy_id, FairVacancy.job_no)
        .join(Vacancy, Vacancy.id == FairVacancy.vacancy_id)
        .where(
            Vacancy.enterprise_id == vacancy.enterprise_id,
            FairVacancy.fair_id.in_(fairs),
            FairVacancy.withdrawn_at.is_(None),
        )
    )
    found: dict[UUID, dict[UUID, int]] = {}
    for fair_id, vacancy_id, job_no in session.execute(query):
        found.setdefault(fair_id, {})[vacancy_id] = job_no
    return found
