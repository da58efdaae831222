"""The lock (锁定): from then on the job list of a show stands, and the host reads the approved text as it was then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.fairs import require_unfinished
from scheduling.livestreams.show import of_show
from scheduling.models import Account, Fair, FairVacancy, LiveJob, LiveLock, Vacancy
from scheduling.refusals import FairCalledOff, JobsNotReviewed, ReasonMissing, ShowNotArranged
from scheduling.vacancies import Card

KEPT = tuple(field for field in Card.__annotations__ if field != "justification")  # that one is told the desk only


def lock_show(session: Session, fair: Fair, *, by: Account | None, now: datetime) -> LiveLock:
    """Freeze the job list of a show: a row for each job number with the text as approved. Again changes nothing.

    Raises FairCalledOff, FairFinished, ShowNotArranged, JobsNotReviewed(numbers): what is changed and waits for the
    desk is reviewed or taken out first.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    if fair.calling_off is not None:
        raise FairCalledOff
    standing = lock_of(session, fair)
    if standing is not None:
        return standing
    require_unfinished(fair)
    query = select(FairVacancy).where(FairVacancy.fair_id == fair.id, FairVacancy.withdrawn_at.is_(None))
    query = query.order_by(FairVacancy.job_no).execution_options(populate_existing=True)
    shown = session.scalars(query).all()
    if not shown or not of_show(session, fair):
        raise ShowNotArranged
    waiting = [row.job_no for row in shown if _waits(row.vacancy) or _barred(row)]
    if waiting:
        raise JobsNotReviewed(numbers="、".join(map(str, waiting)))
    lock = LiveLock(fair_id=fair.id, by_id=by.id if by else None, at=now)
    session.add(lock)
    session.flush()
    session.add_all(_frozen(lock, row) for row in shown)
    session.flush()
    deeds.record(session, "live.locked", fair, by=by, now=now, jobs=len(shown))
    return lock


def unlock_show(session: Session, fair: Fair, *, reason: str, by: Account | None, now: datetime) -> None:
    """Let the job list change again; of a show that is not locked: nothing. Raises ReasonMissing, FairFinished."""
    session.refresh(fair, with_for_update={"of": Fair})
    standing = lock_of(session, fair)
    if standing is None:
        return
    require_unfinished(fair)
    reason = reason.strip()[:300]
    if not reason:
        raise ReasonMissing
    standing.unlocked_at, standing.unlocked_why = now, reason
    standing.unlocked_by_id = by.id if by else None
    session.flush()
    deeds.record(session, "live.unlocked", fair, by=by, now=now, reason=reason)


def lock_of(session: Session, fair: Fair) -> LiveLock | None:
    """Give the lock that stands. One question."""
    return session.scalar(select(LiveLock).where(LiveLock.fair_id == fair.id, LiveLock.unlocked_at.is_(None)))


def locks(session: Session, fair: Fair) -> list[LiveLock]:
    """Give every lock of a show, those undone too, newest first. One question."""
    query = select(LiveLock).where(LiveLock.fair_id == fair.id)
    return list(session.scalars(query.order_by(LiveLock.at.desc(), LiveLock.id.desc())))


def changed_since(session: Session, lock: LiveLock) -> set[int]:
    """Give the job numbers whose advert was changed, returned or taken down after the lock. One question."""
    query = select(LiveJob.job_no, FairVacancy).join(FairVacancy, FairVacancy.vacancy_id == LiveJob.vacancy_id)
    query = query.where(LiveJob.lock_id == lock.id, FairVacancy.fair_id == lock.fair_id)
    return {
        job_no
        for job_no, shown in session.execute(query)
        if _waits(shown.vacancy) or (shown.vacancy.standing and shown.vacancy.standing.at > lock.at)
    }


def _waits(vacancy: Vacancy) -> bool:
    return vacancy.state != "approved" or vacancy.changing


def _barred(row: FairVacancy) -> bool:
    return row.vacancy.enterprise.state != "approved"


def _frozen(lock: LiveLock, row: FairVacancy) -> LiveJob:
    vacancy = row.vacancy
    return LiveJob(
        lock_id=lock.id,
        job_no=row.job_no,
        vacancy_id=vacancy.id,
        enterprise_id=vacancy.enterprise_id,
        enterprise=vacancy.enterprise.name,
        no=vacancy.no,
        card={field: getattr(vacancy, field) for field in KEPT},
    )
