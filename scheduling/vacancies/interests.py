"""Interests (留电话): a name and a phone left for a vacancy, by herself or for a relative, without an account."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager

from scheduling import deeds, jobseekers, notices, once
from scheduling.fairs import local_day
from scheduling.models import Account, Enterprise, Vacancy, VacancyInterest
from scheduling.refusals import ConsentMissing, NotFound

KEPT = timedelta(days=180)  # then nobody rings her about it any more (an example, configurable)
_TOLD = "有人看中贵单位的岗位“{title}”，留了电话。请登录送岗，在“谁留了电话”里查看，尽快回电。【送岗】"


def leave(
    session: Session,
    vacancy: Vacancy,
    *,
    name: str,
    phone: str,
    relation: str = "self",
    consent: bool,
    by: Account | None,
    now: datetime,
) -> VacancyInterest:
    """Note that she wants to be rung up about a vacancy. The same person and vacancy again is the first interest.

    `consent`: name and phone may be given to that enterprise, and where somebody else says so, she agreed. The company
    is told once a day for each vacancy, without a name. Raises ConsentMissing, NameMissing, NotAPhone, and NotFound for
    what the public may not see.
    """
    if not consent:
        raise ConsentMissing
    if vacancy.state != "approved" or vacancy.enterprise.state != "approved":
        raise NotFound
    person = jobseekers.known(session, vacancy.county, name=name, phone=phone, by=by, now=now)
    whose = {"vacancy_id": vacancy.id, "jobseeker_id": person.id}
    interest, is_new = once.write(session, VacancyInterest, whose, relation=relation, left_at=now)
    if is_new:
        deeds.record(session, "interest.left", interest, county=vacancy.county, by=by, now=now, relation=relation)
        daily = f"interest/{vacancy.id}/{local_day(now)}"
        text = _TOLD.format(title=vacancy.title)
        phone_of_firm = vacancy.enterprise.contact_phone
        notices.write(session, vacancy.county, phone_of_firm, text, about=deeds.about(vacancy), once=daily, now=now)
    return interest


def interests_of(
    session: Session, enterprise: Enterprise, *, now: datetime, most: int | None = None, skip: int = 0
) -> list[VacancyInterest]:
    """Give who asked for an enterprise's vacancies within KEPT, newest first. One query."""
    own = Vacancy.enterprise_id == enterprise.id
    return _found(session, own, VacancyInterest.left_at >= now - KEPT, most=most, skip=skip)


def interests(session: Session, county: str, *, most: int | None = None, skip: int = 0) -> list[VacancyInterest]:
    """Give every interest of the county, newest first, for the desk. One query."""
    return _found(session, Vacancy.county == county, most=most, skip=skip)


def count_interests(
    session: Session,
    county: str,
    *,
    of: Enterprise | None = None,
    about: Vacancy | None = None,
    since: datetime | None = None,
) -> int:
    """Count the county's interests, one enterprise's or one vacancy's; since a moment or ever. One query."""
    query = select(func.count(VacancyInterest.id)).join(VacancyInterest.vacancy).where(Vacancy.county == county)
    if of is not None:
        query = query.where(Vacancy.enterprise_id == of.id)
    if about is not None:
        query = query.where(VacancyInterest.vacancy_id == about.id)
    if since is not None:
        query = query.where(VacancyInterest.left_at >= since)
    return session.scalar(query) or 0


def wanted_most(session: Session, county: str, *, most: int = 10) -> list[tuple[Vacancy, int]]:
    """Give the vacancies that most people asked for, with how many. One query."""
    number = func.count(VacancyInterest.id).label("number")
    asked = (
        select(VacancyInterest.vacancy_id, number)
        .join(VacancyInterest.vacancy)
        .where(Vacancy.county == county)
        .group_by(VacancyInterest.vacancy_id)
        .order_by(number.desc(), VacancyInterest.vacancy_id)
        .limit(most)
        .subquery()
    )
    query = select(Vacancy, asked.c.number).join(asked, asked.c.vacancy_id == Vacancy.id)
    return [(vacancy, times) for vacancy, times in session.execute(query.order_by(asked.c.number.desc(), Vacancy.no))]


def find_interest(session: Session, county: str, id_: UUID) -> VacancyInterest:
    """Give one interest of the county. Raises NotFound."""
    found = _found(session, Vacancy.county == county, VacancyInterest.id == id_, most=1, skip=0)
    if not found:
        raise NotFound
    return found[0]


def reveal_phone(session: Session, interest: VacancyInterest, *, by: Account, now: datetime) -> str:
    """Give the whole phone to staff, and write down who saw it."""
    person = interest.jobseeker
    deeds.record(session, "interest.phone_revealed", interest, county=person.county, by=by, now=now)
    return person.phone


def _found(session: Session, *where: ColumnElement[bool], most: int | None, skip: int) -> list[VacancyInterest]:
    query = select(VacancyInterest).join(VacancyInterest.vacancy).options(contains_eager(VacancyInterest.vacancy))
    query = query.where(*where).order_by(VacancyInterest.left_at.desc(), VacancyInterest.id.desc())
    return list(session.scalars(query.limit(most).offset(skip)))
