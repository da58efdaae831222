"""Finding vacancies: the public's search, the desk's queue, a company's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from scheduling.models import Enterprise, EnterpriseReview, Township, Vacancy, VacancyReview
from scheduling.refusals import NotFound

# Yuan a month, so that a floor can be compared: 22 days of 8 hours (an estimate for searching, shown to nobody).
_monthly = case((Vacancy.pay_unit == "day", 22), (Vacancy.pay_unit == "hour", 176), else_=1) * Vacancy.wage_low


class Filters(TypedDict, total=False):
    """What a search may ask: any of several values within one filter, and all filters together."""

    words: str  # in the title, the trade or the enterprise's name; several words must all be found
    townships: Sequence[str]  # codes
    settlements: Sequence[str]  # monthly, weekly, daily
    boards: Sequence[str]  # both, room, board; `both` gives room and gives board
    commute: bool
    older: bool
    disabled: bool
    wage_from: int | None  # yuan a month at least


def is_open() -> ColumnElement[bool]:
    """Say in SQL that the public may see a vacancy: advert and enterprise approved, and not taken down."""
    advert = select(VacancyReview.id).where(
        VacancyReview.vacancy_id == Vacancy.id, VacancyReview.lifted_at.is_(None), VacancyReview.verdict == "approved"
    )
    firm = select(EnterpriseReview.id).where(
        EnterpriseReview.enterprise_id == Vacancy.enterprise_id,
        EnterpriseReview.lifted_at.is_(None),
        EnterpriseReview.verdict == "approved",
    )
    return Vacancy.closed_at.is_(None) & advert.exists() & firm.exists()


def open_ones(
    session: Session, county: str, *, most: int | None = None, skip: int = 0, **filters: Unpack[Filters]
) -> list[Vacancy]:
    """Give what the public may see of what is asked, newest first, `most` of them after the first `skip`. One query."""
    query = _wanted(select(Vacancy), county, filters).order_by(Vacancy.no.desc()).limit(most).offset(skip)
    return list(session.scalars(query))


def count_open(session: Session, county: str, **filters: Unpack[Filters]) -> int:
    """Count what `open_ones` would give without limit. One query."""
    number: int = session.scalars(_wanted(select(func.count(Vacancy.id)), county, filters)).one()
    return number


def find_public(session: Session, county: str, no: int) -> Vacancy:
    """Give the vacancy of this number if the public may see it. Raises NotFound."""
    return _one(session, county, no, is_open())


def find(session: Session, county: str, no: int, *, of: Enterprise | None = None) -> Vacancy:
    """Give the vacancy of this number; with `of`, only that enterprise's. Raises NotFound."""
    return _one(session, county, no, *([] if of is None else [Vacancy.enterprise_id == of.id]))


def of_enterprise(session: Session, enterprise: Enterprise) -> list[Vacancy]:
    """Give an enterprise's vacancies, those taken down last, newest first. One query."""
    query = select(Vacancy).where(Vacancy.enterprise_id == enterprise.id)
    return list(session.scalars(query.order_by(Vacancy.closed_at.is_not(None), Vacancy.no.desc())))


def listed(session: Session, county: str, *, state: str = "") -> list[Vacancy]:
    """Give the vacancies in one state, or all: those who wait first come first served, others newest first."""
    query = select(Vacancy).where(Vacancy.county == county)
    standing = select(VacancyReview.id).where(VacancyReview.vacancy_id == Vacancy.id, VacancyReview.lifted_at.is_(None))
    if state == "submitted":
        query = query.where(Vacancy.closed_at.is_(None), ~standing.exists())
        return list(session.scalars(query.order_by(Vacancy.submitted_at, Vacancy.no)))
    if state == "closed":
        query = query.where(Vacancy.closed_at.is_not(None))
    elif state:
        query = query.where(Vacancy.closed_at.is_(None), standing.where(VacancyReview.verdict == state).exists())
    return list(session.scalars(query.order_by(Vacancy.no.desc())))


def waiting(session: Session, county: str) -> list[Vacancy]:
    """Give the vacancies that wait for the desk, first come first served. One query."""
    return listed(session, county, state="submitted")


def count(session: Session, county: str) -> dict[str, int]:
    """Count the vacancies by state, for the tabs of the queue. One query."""
    state = case(
        (Vacancy.closed_at.is_not(None), "closed"), else_=func.coalesce(VacancyReview.verdict, "submitted")
    ).label("state")
    query = (
        select(state, func.count())
        .select_from(Vacancy)
        .outerjoin(VacancyReview, (VacancyReview.vacancy_id == Vacancy.id) & VacancyReview.lifted_at.is_(None))
        .where(Vacancy.county == county)
        .group_by(state)
    )
    return dict(session.execute(query).all())


def _one(session: Session, county: str, no: int, *where: ColumnElement[bool]) -> Vacancy:
    vacancy = session.scalar(select(Vacancy).where(Vacancy.county == county, Vacancy.no == no, *where))
    if vacancy is None:
        raise NotFound
    return vacancy


def _wanted(query: Select[Any], county: str, filters: Filters) -> Select[Any]:
    query = query.where(Vacancy.county == county, is_open())
    if words := filters.get("words", "").split():
        query = query.join(Enterprise, Enterprise.id == Vacancy.enterprise_id)
        for word in words:
            query = query.where(
                or_(
                    Vacancy.title.icontains(word, autoescape=True),
                    Vacancy.trade.icontains(word, autoescape=True),
                    Enterprise.name.icontains(word, autoescape=True),
                )
            )
    if townships := filters.get("townships"):
        there = select(Enterprise.id).join(Township, Township.id == Enterprise.township_id)
        query = query.where(Vacancy.enterprise_id.in_(there.where(Township.code.in_(townships))))
    if settlements := filters.get("settlements"):
        query = query.where(Vacancy.settlement.in_(settlements))
    if boards := filters.get("boards"):
        query = query.where(Vacancy.room_and_board.in_({*boards, "both"}))
    for asked, column in (
        ("commute", Vacancy.commute),
        ("older", Vacancy.accepts_older),
        ("disabled", Vacancy.accepts_disabled),
    ):
        if filters.get(asked):
            query = query.where(column.is_(True))
    if wage_from := filters.get("wage_from"):
        query = query.where(_monthly >= wage_from)
    return query
