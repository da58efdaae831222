"""What is known of a fair's result before anybody types: from the gate, the booths, the jobs shown, the companies."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scheduling import attendance
from scheduling.gate.heads import Heads, counters, of_fair
from scheduling.models import Booking, Fair, FairDuty, FairVacancy, GateItem, Vacancy
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
    heads: Heads  # the visitors, by the ways they were counted


def propose(session: Session, fair: Fair) -> Proposed:
    """Give what is known of the fair's result. A fair without booths, as a broadcast, has no enterprises to count."""
    heads, firms = of_fair(session, fair), _firms(session, fair)
    by_firm = {booking.enterprise_id: told for booking, told in reports(session, fair) if told}
    said = by_firm.values()
    figures = {
        **_enterprises(firms),
        **_vacancies(session, fair),
        **_duties(session, fair),
        **_tapped(session, fair),
    }
    if heads.total:
        figures["visitors"] = Proposal(heads.total, heads.source)
    known = Known(
        visitors=heads.ticketed,
        **_known(firms),
        intent_people=sum(each.intent_people for each in said) if said else None,
        intent_times=sum(each.intent_times for each in said) if said else None,
        hired_on_site=sum(each.hired_on_site for each in said) if said else None,
        absent=sum(by_firm[id_].intent_people > 0 for id_ in firms.seen_to_miss & by_firm.keys()),
    )
    for name in ("intent_people", "intent_times", "hired_on_site"):
        if (total := getattr(known, name)) is not None:
            figures[name] = Proposal(total, "enterprise_reported")
    return Proposed(figures, known, heads)


@dataclass(frozen=True)
class _Firms:
    """The enterprises of a fair by their bookings: with a booth before, without; here, not here, and marked so."""

    planned: frozenset[UUID]
    walked_in: frozenset[UUID]
    present: frozenset[UUID]
    marked: frozenset[UUID]

    @property
    def seen_to_miss(self) -> frozenset[UUID]:
        """Who was not scanned where others were: where nobody was, nobody was scanning."""
        return self.missed if self.planned & self.present else frozenset()

    @property
    def missed(self) -> frozenset[UUID]:
        return self.planned - self.present


def _firms(session: Session, fair: Fair) -> _Firms:
    """Sort the enterprises by what became of their bookings.

    A booth taken from who was late was planned all the same, and who then walked in to another one came. Given back in
    time, or by the bureau, it was not. A walk-in that was not scanned came: it was given its booth on the spot.
    """
    rows = session.execute(
        select(Booking.id, Booking.enterprise_id, Booking.walk_in, Booking.no_show_at).where(
            Booking.fair_id == fair.id,
            or_(Booking.cancelled_at.is_(None), Booking.cancelled_why == "released", Booking.no_show_at.is_not(None)),
        )
    ).all()
    came = attendance.bookings_at(session, fair)
    present = frozenset(row.enterprise_id for row in rows if row.walk_in or row.id in came)
    planned = frozenset(row.enterprise_id for row in rows if not row.walk_in)
    return _Firms(
        planned,
        frozenset(row.enterprise_id for row in rows if row.walk_in) - planned,
        present,
        frozenset(row.enterprise_id for row in rows if row.no_show_at is not None) - present,
    )


def _enterprises(firms: _Firms) -> dict[str, Proposal]:
    """Count the enterprises. Where nobody was seen to come, nobody was scanning: who came is for people to say."""
    if not firms.planned | firms.walked_in:
        return {}
    found = {
        "planned_enterprises": Proposal(len(firms.planned), "enterprise_reported"),
        "walk_in_enterprises": Proposal(len(firms.walked_in), "staff_counted"),
    }
    if firms.present or firms.marked:
        found["present_enterprises"] = Proposal(len(firms.present), "scanned")
        found["no_show_enterprises"] = Proposal(len(firms.missed), "scanned")
    return found


def _known(firms: _Firms) -> dict[str, int]:
    return {
        "enterprises": len(firms.present),
        "planned": len(firms.planned),
        "walked_in": len(firms.walked_in),
        "missed": len(firms.marked),
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


def _tapped(session: Session, fair: Fair) -> dict[str, Proposal]:
    """Give what was counted by tapping at the gate: leaflets handed out, people who asked."""
    found = counters(session, GateItem.fair_id == fair.id)
    names = ("leaflets", "consultations")
    return {name: Proposal(found[name], "staff_counted") for name in names if found.get(name, 0) > 0}
