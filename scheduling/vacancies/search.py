"""Finding vacancies: the public's search, the desk's queue, a company's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, undefer

from scheduling.models import Enterprise, EnterpriseReview, Fair, Township, Vacancy, VacancyReview, VacancyRevision
from scheduling.models.sought import Sought, holds, words_in
from scheduling.refusals import NotFound

# Yuan a month, so that a floor can be compared: 22 days of 8 hours (an estimate for searching, shown to nobody).
_monthly = case((Vacancy.pay_unit == "day", 22), (Vacancy.pay_unit == "hour", 176), else_=1) * Vacancy.wage_low


class Filters(TypedDict, total=False):
    """What a search may ask: any of several values within one filter, and all filters together."""

    words: str  # in title, trade, place, certificate or the enterprise's name; several words must all be found
    townships: Sequence[str]  # codes
    trades: Sequence[str]  # 工种, as `trades` names them
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


def trades(session: Session, county: str, *, most: int = 40) -> list[str]:
    """Give the trades (工种) of what the public may see, those with most adverts first. One query."""
    query = select(Vacancy.trade).where(Vacancy.county == county, Vacancy.trade != "", is_open())
    query = query.group_by(Vacancy.trade).order_by(func.count().desc(), Vacancy.trade)
    return list(session.scalars(query.limit(most)))


def count_open(session: Session, county: str, **filters: Unpack[Filters]) -> int:
    """Count what `open_ones` would give without limit. One query."""
    number: int = session.scalars(_wanted(select(func.count(Vacancy.id)), county, filters)).one()
    return number


def rebuild(session: Session) -> int:
    """Write what can be searched for anew in every row that has it otherwise; give how many had.

    Every act writes it with the text itself. This is for rows that came by another way, and for a new way of reading.
    """
    return sum(_rewritten(session, model) for model in (Vacancy, Enterprise, Fair))


def _rewritten(session: Session, model: type[Sought]) -> int:
    number = 0
    for row in session.scalars(select(model).options(undefer(model.sought))):
        if row.sought != (wanted := row.seek()):
            row.sought, number = wanted, number + 1
    session.flush()
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
    """Give the vacancies in one state, or all: those who wait first come first served, others newest first.

    With those that wait stand approved ones of which a change waits.
    """
    query = select(Vacancy).where(Vacancy.county == county)
    standing = select(VacancyReview.id).where(VacancyReview.vacancy_id == Vacancy.id, VacancyReview.lifted_at.is_(None))
    if state == "submitted":
        query = query.outerjoin(VacancyRevision, _waits())
        query = query.where(Vacancy.closed_at.is_(None), or_(~standing.exists(), VacancyRevision.id.is_not(None)))
        since = func.coalesce(VacancyRevision.submitted_at, Vacancy.submitted_at)
        return list(session.scalars(query.order_by(since, Vacancy.no)))
    if state == "closed":
        query = query.where(Vacancy.closed_at.is_not(None))
    elif state:
        query = query.where(Vacancy.closed_at.is_(None), standing.where(VacancyReview.verdict == state).exists())
    return list(session.scalars(query.order_by(Vacancy.no.desc())))


def waiting(session: Session, county: str) -> list[Vacancy]:
    """Give the vacancies that wait for the desk, first come first served. One query."""
    return listed(session, county, state="submitted")


def count(session: Session, county: str) -> dict[str, int]:
    """Count the vacancies by state, for the tabs of the queue; a waiting change counts with what waits. One query."""
    state = case(
        (Vacancy.closed_at.is_not(None), "closed"), else_=func.coalesce(VacancyReview.verdict, "submitted")
    ).label("state")
    query = (
        select(state, func.count(), func.count(VacancyRevision.id))
        .select_from(Vacancy)
        .outerjoin(VacancyReview, (VacancyReview.vacancy_id == Vacancy.id) & VacancyReview.lifted_at.is_(None))
        .outerjoin(VacancyRevision, _waits())
        .where(Vacancy.county == county)
        .group_by(state)
    )
    found: Counter[str] = Counter()
    for key, number, changed in session.execute(query):
        found[key] += number
        found["submitted"] += changed
    return {key: number for key, number in found.items() if number}


def _waits() -> ColumnElement[bool]:
    """Say in SQL that a revision is one of this vacancy that the desk has still to speak of."""
    own = VacancyRevision.vacancy_id == Vacancy.id
    return and_(own, VacancyRevision.settled_at.is_(None), VacancyRevision.returned_at.is_(None))


def _one(session: Session, county: str, no: int, *where: ColumnElement[bool]) -> Vacancy:
    vacancy = session.scalar(select(Vacancy).where(Vacancy.county == county, Vacancy.no == no, *where))
    if vacancy is None:
        raise NotFound
    return vacancy


def _wanted(query: Select[Any], county: str, filters: Filters) -> Select[Any]:
    query = query.where(Vacancy.county == county, is_open())
    for word in words_in(filters.get("words", "")):
        firms = select(Enterprise.id).where(Enterprise.county == county, holds(Enterprise.sought, [word]))
        query = query.where(or_(holds(Vacancy.sought, [word]), Vacancy.enterprise_id.in_(firms)))
    if trades := filters.get("trades"):
        query = query.where(Vacancy.trade.in_(trades))
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
