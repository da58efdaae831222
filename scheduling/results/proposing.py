"""What is known of a fair's result before anybody types: from the gate, the booths, the jobs shown, the companies."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import attendance
from scheduling.models import Booking, Fair, FairDuty, FairVacancy, Vacancy
from scheduling.results.firms import reports
from scheduling.results.reconciling import Known


@dataclass(frozen=True)
class Proposal:
    """One figure as it may be written down, and where it comes from (fairs.SOURCES)."""

    value: int
    source: str


@dataclass(frozen=True)
class Proposed:
    """Every figure that is known, by its name, and what the figures written down are held against."""

    figures: dict[str, Proposal]
    known: Known


def propose(session: Session, fair: Fair) -> Proposed:
    """Give what is known of the fair's result. A fair without booths, as a broadcast, has no enterprises to count."""
    present, said = attendance.of_fair(session, fair), [told for _, told in reports(session, fair) if told]
    figures = {
        **_enterprises(session, fair),
        **_vacancies(session, fair),
        **_duties(session, fair),
    }
    if present.people:
        figures["visitors"] = Proposal(present.people, "scanned")
    known = Known(
        visitors=present.people,
        enterprises=present.enterprises,
        intent_people=sum(each.intent_people for each in said) if said else None,
        intent_times=sum(each.intent_times for each in said) if said else None,
        hired_on_site=sum(each.hired_on_site for each in said) if said else None,
    )
    for name in ("intent_people", "intent_times", "hired_on_site"):
        if (total := getattr(known, name)) is not None:
            figures[name] = Proposal(total, "enterprise_reported")
    return Proposed(figures, known)


def _enterprises(session: Session, fair: Fair) -> dict[str, Proposal]:
    """Count the enterprises: planned ones had a booth before, walk-ins came without; present ones were scanned.

    A walk-in that was not scanned came all the same: it was given its booth on the spot.
    """
    rows = session.execute(
        select(Booking.id, Booking.walk_in, Booking.cancelled_at, Booking.no_show_at).where(Booking.fair_id == fair.id)
    ).all()
    stood = [row for row in rows if row.cancelled_at is None or row.no_show_at is not None]
    if not stood:
        return {}
    came = attendance.bookings_at(session, fair)
    walked_in = sum(row.walk_in for row in stood)
    present = sum(row.walk_in or row.id in came for row in stood)
    return {
        "planned_enterprises": Proposal(len(stood) - walked_in, "enterprise_reported"),
        "present_enterprises": Proposal(present, "scanned"),
        "walk_in_enterprises": Proposal(walked_in, "staff_counted"),
        "no_show_enterprises": Proposal(len(stood) - present, "scanned"),
    }


def _vacancies(session: Session, fair: Fair) -> dict[str, Proposal]:
    shown = (
        select(func.count(), func.coalesce(func.sum(Vacancy.headcount), 0), func.count(Vacancy.trade.distinct()))
        .join(FairVacancy, FairVacancy.vacancy_id == Vacancy.id)
        .where(FairVacancy.fair_id == fair.id, FairVacancy.withdrawn_at.is_(None))
    )
    positions, headcount, trades = session.execute(shown).one()
    if not positions:
        return {}
    found = {"positions": positions, "headcount": headcount, "trades": trades}
    return {name: Proposal(int(value), "enterprise_reported") for name, value in found.items()}


def _duties(session: Session, fair: Fair) -> dict[str, Proposal]:
    sent = select(func.count(FairDuty.staff_id), func.count(FairDuty.van_id)).where(
        FairDuty.fair_id == fair.id, FairDuty.lifted_at.is_(None)
    )
    staff, vans = session.execute(sent).one()
    found = {"staff": staff, "vehicle_trips": vans}
    return {name: Proposal(value, "staff_counted") for name, value in found.items() if value}
