"""Vacancies at fairs: which are shown, and the number people ask for there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from scheduling import counters, deeds
from scheduling.models import Account, Enterprise, Fair, FairVacancy, Vacancy
from scheduling.refusals import FairCalledOff, VacancyNotApproved
from scheduling.vacancies.search import is_open


def show_at(session: Session, fair: Fair, vacancy: Vacancy, *, by: Account | None, now: datetime) -> FairVacancy:
    """Show the vacancy at the fair under the fair's next job number (1号岗位); again changes nothing.

    One that was withdrawn comes back under its old number; a number is never given to another.
    Raises VacancyNotApproved, FairCalledOff.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    if fair.calling_off is not None:
        raise FairCalledOff
    if vacancy.state != "approved":
        raise VacancyNotApproved
    shown = _at(session, fair, vacancy)
    if shown is not None and shown.withdrawn_at is None:
        return shown
    if shown is None:
        job_no = counters.take(session, fair.county, f"job {fair.id}")
        shown = FairVacancy(fair_id=fair.id, vacancy_id=vacancy.id, job_no=job_no, added_at=now)
        session.add(shown)
    shown.withdrawn_at = None
    session.flush()
    deeds.record(session, "vacancy.shown", vacancy, by=by, now=now, fair=fair.number, job_no=shown.job_no)
    return shown


def withdraw_from(session: Session, fair: Fair, vacancy: Vacancy, *, by: Account | None, now: datetime) -> None:
    """Show the vacancy at this fair no more; again, or where it never was, changes nothing."""
    session.refresh(fair, with_for_update={"of": Fair})
    shown = _at(session, fair, vacancy)
    if shown is not None and shown.withdrawn_at is None:
        shown.withdrawn_at = now
        session.flush()
        deeds.record(session, "vacancy.withdrawn", vacancy, by=by, now=now, fair=fair.number, job_no=shown.job_no)


def choose(
    session: Session, fair: Fair, enterprise: Enterprise, numbers: Collection[int], *, by: Account | None, now: datetime
) -> None:
    """Show at the fair those of the enterprise's vacancies that have these numbers (岗位号), and no others of it.

    Numbers that are not its own are passed over. Raises what `show_at` raises.
    """
    for vacancy in session.scalars(
        select(Vacancy).where(Vacancy.enterprise_id == enterprise.id).order_by(Vacancy.no)
    ).all():
        if vacancy.no in numbers:
            show_at(session, fair, vacancy, by=by, now=now)
        else:
            withdraw_from(session, fair, vacancy, by=by, now=now)


def shown_at(session: Session, fair: Fair, enterprise: Enterprise) -> list[FairVacancy]:
    """Give what this enterprise shows at the fair, open to the public or not, by job number. One query."""
    query = select(FairVacancy).join(FairVacancy.vacancy).options(contains_eager(FairVacancy.vacancy))
    query = query.where(
        FairVacancy.fair_id == fair.id,
        FairVacancy.withdrawn_at.is_(None),
        Vacancy.enterprise_id == enterprise.id,
    )
    return list(session.scalars(query.order_by(FairVacancy.job_no)))


def at_fair(session: Session, fair: Fair) -> list[FairVacancy]:
    """Give what the public may see of the vacancies shown at the fair, by job number. One query."""
    query = select(FairVacancy).join(FairVacancy.vacancy).options(contains_eager(FairVacancy.vacancy))
    query = query.where(FairVacancy.fair_id == fair.id, FairVacancy.withdrawn_at.is_(None), is_open())
    return list(session.scalars(query.order_by(FairVacancy.job_no)))


def fairs_of(session: Session, vacancy: Vacancy, *, now: datetime) -> list[tuple[Fair, int]]:
    """Give the published fairs, not over and not called off, where it is shown, with its job number there."""
    query = (
        select(Fair, FairVacancy.job_no)
        .join(FairVacancy, FairVacancy.fair_id == Fair.id)
        .where(
            FairVacancy.vacancy_id == vacancy.id,
            FairVacancy.withdrawn_at.is_(None),
            Fair.ends_at > now,
            Fair.publication.has(),
            ~Fair.calling_off.has(),
        )
        .order_by(Fair.starts_at)
    )
    return [(fair, job_no) for fair, job_no in session.execute(query)]


def _at(session: Session, fair: Fair, vacancy: Vacancy) -> FairVacancy | None:
    return session.scalar(
        select(FairVacancy).where(FairVacancy.fair_id == fair.id, FairVacancy.vacancy_id == vacancy.id)
    )
