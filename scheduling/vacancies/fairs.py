"""Vacancies at fairs: which are shown, and the number people ask for there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from scheduling import counters, deeds
from scheduling.booths.bookings import speaks_for
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Enterprise, Fair, FairVacancy, LiveLock, Vacancy
from scheduling.refusals import FairCalledOff, JobsFrozen, ReasonMissing, ShowLocked, VacancyNotApproved
from scheduling.vacancies import freezing
from scheduling.vacancies.search import is_open


def show_at(
    session: Session, fair: Fair, vacancy: Vacancy, *, reason: str = "", by: Account | None, now: datetime
) -> FairVacancy:
    """Show the vacancy at the fair under the fair's next job number (1号岗位); again changes nothing.

    One that was withdrawn comes back under its old number; a number is never given to another.
    Raises VacancyNotApproved, FairCalledOff, FairFinished, ShowLocked.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    shown, locked = _at(session, fair, vacancy), _is_locked(session, fair)
    if locked and (shown is None or shown.withdrawn_at is not None):
        raise ShowLocked
    if vacancy.state != "approved" and not locked:  # in a locked list it stands as it was approved
        raise VacancyNotApproved
    if shown is not None and shown.withdrawn_at is None:
        return shown
    if shown is None:
        job_no = counters.take(session, fair.county, f"job {fair.id}")
        shown = FairVacancy(fair_id=fair.id, vacancy_id=vacancy.id, job_no=job_no, added_at=now)
        session.add(shown)
    shown.withdrawn_at = None
    session.flush()
    _record(session, "vacancy.shown", shown, fair, reason, by=by, now=now)
    return shown


def withdraw_from(
    session: Session, fair: Fair, vacancy: Vacancy, *, reason: str = "", by: Account | None, now: datetime
) -> None:
    """Show the vacancy at this fair no more; again, or where it never was, changes nothing.

    Raises ShowLocked, FairFinished.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    shown = _at(session, fair, vacancy)
    if shown is not None and shown.withdrawn_at is None:
        if _is_locked(session, fair):
            raise ShowLocked
        require_unfinished(fair)
        shown.withdrawn_at = now
        session.flush()
        _record(session, "vacancy.withdrawn", shown, fair, reason, by=by, now=now)


def choose(
    session: Session, fair: Fair, enterprise: Enterprise, numbers: Collection[int], *, by: Account | None, now: datetime
) -> None:
    """Show at the fair those of the enterprise's vacancies that have these numbers (岗位号), and no others of it.

    Numbers that are not its own are passed over. Once the list is frozen the enterprise itself changes nothing any
    more; one that showed nothing yet may say once what it brings. Raises JobsFrozen(since) and what `show_at` raises.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    if speaks_for(by, enterprise) and (shown := shown_at(session, fair, enterprise)):
        since = freezing.moment(session, fair)
        if now >= since:
            if {row.vacancy.no for row in shown if row.vacancy.state == "approved"} != set(numbers):
                raise JobsFrozen(since=since)
            return
    for vacancy in session.scalars(
        select(Vacancy).where(Vacancy.enterprise_id == enterprise.id).order_by(Vacancy.no)
    ).all():
        if vacancy.no in numbers:
            show_at(session, fair, vacancy, by=by, now=now)
        else:
            withdraw_from(session, fair, vacancy, by=by, now=now)


def correct(
    session: Session, fair: Fair, vacancy: Vacancy, *, shown: bool, reason: str, by: Account | None, now: datetime
) -> None:
    """Let the desk show a vacancy at a fair, or no more; frozen lists are changed with a reason, which is recorded.

    Raises ReasonMissing and what `show_at` raises.
    """
    reason = reason.strip()[:300]
    if not reason and now >= freezing.moment(session, fair):
        raise ReasonMissing
    if shown:
        show_at(session, fair, vacancy, reason=reason, by=by, now=now)
    else:
        withdraw_from(session, fair, vacancy, reason=reason, by=by, now=now)


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


def _record(
    session: Session, what: str, shown: FairVacancy, fair: Fair, reason: str, *, by: Account | None, now: datetime
) -> None:
    said: dict[str, Any] = {"reason": reason} if reason else {}
    deeds.record(session, what, shown.vacancy, by=by, now=now, fair=fair.number, job_no=shown.job_no, **said)


def _at(session: Session, fair: Fair, vacancy: Vacancy) -> FairVacancy | None:
    return session.scalar(
        select(FairVacancy).where(FairVacancy.fair_id == fair.id, FairVacancy.vacancy_id == vacancy.id)
    )


def _is_locked(session: Session, fair: Fair) -> bool:
    """Whether this is a livestream whose job list is locked: then nobody is added, taken out or numbered anew."""
    lock = select(LiveLock.id).where(LiveLock.fair_id == fair.id, LiveLock.unlocked_at.is_(None))
    return fair.kind == "livestream" and session.scalar(lock) is not None
