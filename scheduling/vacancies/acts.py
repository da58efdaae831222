"""What is done with a vacancy: posted, revised, closed, reviewed."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import counters, deeds, notices
from scheduling.models import Account, Enterprise, Vacancy, VacancyReview
from scheduling.refusals import EnterpriseNotApproved, ReasonMissing, VacancyClosed, WagesInDisorder
from scheduling.vacancies import adverts

# To the company's phone, whose language nobody asked for: Chinese, like every message that leaves the county.
_TOLD = {
    "approved": "岗位“{title}”（岗位号{no}）已审核通过，已在送岗公开。【送岗】",
    "returned": "岗位“{title}”（岗位号{no}）被退回，原因：{reason}。请登录送岗改好后再提交。【送岗】",
}


class Card(TypedDict, total=False):
    """The fields of a job card (domain.md §4). Wages are whole yuan per `pay_unit`; neither of them means 面议."""

    title: str
    trade: str
    headcount: int
    wage_low: int | None
    wage_high: int | None
    pay_unit: str
    settlement: str
    wage_note: str
    contract_type: str
    work_place: str
    shift: str
    rest: str
    insurance: str
    room_and_board: str
    commute: bool
    education: str
    experience: str
    certificate: str
    age_note: str
    accepts_disabled: bool
    accepts_veterans: bool
    accepts_older: bool
    night_work: bool
    description: str
    justification: str


def post(
    session: Session, enterprise: Enterprise, *, by: Account | None, now: datetime, **card: Unpack[Card]
) -> Vacancy:
    """Post a vacancy for the desk's review, under the county's next number. Registration is enough to post.

    Asking again with the very same card while it waits gives the same vacancy. Raises WagesInDisorder,
    AdvertBlocked(phrases, rule, field), AdvertAsks(phrases).
    """
    session.refresh(enterprise, with_for_update={"of": Enterprise})
    vacancy = Vacancy(county=enterprise.county, enterprise_id=enterprise.id, submitted_at=now)
    _write(vacancy, card)
    adverts.check(vacancy)
    twin = _twin(session, enterprise, vacancy)
    if twin is not None:
        return twin
    vacancy.no = counters.take(session, enterprise.county, "vacancy")
    session.add(vacancy)
    session.flush()
    deeds.record(session, "vacancy.posted", vacancy, by=by, now=now, no=vacancy.no)
    return vacancy


def revise(session: Session, vacancy: Vacancy, *, by: Account | None, now: datetime, **card: Unpack[Card]) -> Vacancy:
    """Change the card. A change, or saving a returned one, puts it before the desk again.

    Raises VacancyClosed and what `post` raises.
    """
    session.refresh(vacancy, with_for_update={"of": Vacancy})
    if vacancy.closed_at is not None:
        raise VacancyClosed
    changed = _write(vacancy, card)
    adverts.check(vacancy)
    if vacancy.standing is not None and (changed or vacancy.state == "returned"):
        vacancy.standing.lifted_at = now
        vacancy.submitted_at = now
    if changed:
        deeds.record(session, "vacancy.revised", vacancy, by=by, now=now, fields=",".join(changed))
    session.flush()
    session.expire(vacancy, ["standing"])
    return vacancy


def close(session: Session, vacancy: Vacancy, *, by: Account | None, now: datetime) -> None:
    """Take a vacancy down (招满、下架) for good; again changes nothing."""
    session.refresh(vacancy, with_for_update={"of": Vacancy})
    if vacancy.closed_at is None:
        vacancy.closed_at = now
        session.flush()
        deeds.record(session, "vacancy.closed", vacancy, by=by, now=now)


def review(
    session: Session,
    vacancy: Vacancy,
    verdict: str,
    *,
    reason: str = "",
    override_reason: str = "",
    by: Account | None,
    now: datetime,
) -> VacancyReview:
    """Say `approved`, or `returned` with a reason. What the lint blocks or asks passes with an override reason only.

    The same verdict again changes nothing; the company's contact is told once. Raises VacancyClosed, ReasonMissing,
    OverrideMissing(phrases), EnterpriseNotApproved: who may not recruit has nothing to show.
    """
    if verdict not in _TOLD:
        raise TypeError(f"no such verdict: {verdict}")
    reason, override_reason = reason.strip(), override_reason.strip()
    session.refresh(vacancy, with_for_update={"of": Vacancy})
    if vacancy.closed_at is not None:
        raise VacancyClosed
    if verdict == "returned" and not reason:
        raise ReasonMissing
    if verdict == "approved":
        if vacancy.enterprise.state != "approved":
            raise EnterpriseNotApproved
        adverts.overridden(vacancy, override_reason)
    standing = vacancy.standing
    if standing is not None:
        if (standing.verdict, standing.reason, standing.override_reason) == (verdict, reason, override_reason):
            return standing
        standing.lifted_at = now
        session.flush()
    made = VacancyReview(
        vacancy_id=vacancy.id,
        verdict=verdict,
        reason=reason,
        override_reason=override_reason,
        by_id=by.id if by else None,
        at=now,
    )
    session.add(made)
    session.flush()
    session.expire(vacancy, ["standing"])
    deeds.record(session, f"vacancy.{verdict}", vacancy, by=by, now=now)
    notices.write(
        session,
        vacancy.county,
        vacancy.enterprise.contact_phone,
        _TOLD[verdict].format(title=vacancy.title, no=vacancy.no, reason=reason.rstrip("。.")),
        about=deeds.about(vacancy),
        once=f"review/{made.id}",
        now=now,
    )
    return made


def _write(vacancy: Vacancy, card: Card) -> list[str]:
    """Put the card's fields on the vacancy; give the names of those that changed. Raises WagesInDisorder."""
    changed = []
    for field, value in card.items():
        if field not in Card.__annotations__:
            raise TypeError(f"not a field of a job card: {field}")
        kept = value.strip() if isinstance(value, str) else value
        if getattr(vacancy, field) != kept:
            setattr(vacancy, field, kept)
            changed.append(field)
    if vacancy.wage_low is None or vacancy.wage_high is None:  # one figure alone is both
        vacancy.wage_low = vacancy.wage_high = vacancy.wage_high if vacancy.wage_low is None else vacancy.wage_low
    elif vacancy.wage_low > vacancy.wage_high:
        raise WagesInDisorder
    return sorted(changed)


def _twin(session: Session, enterprise: Enterprise, vacancy: Vacancy) -> Vacancy | None:
    """Give the vacancy of this enterprise that waits and says the very same: the double tap."""
    said = [getattr(Vacancy, field) == getattr(vacancy, field) for field in vars(vacancy).keys() & Card.__annotations__]
    waits = ~select(VacancyReview.id).where(VacancyReview.vacancy_id == Vacancy.id).exists()
    query = select(Vacancy).where(Vacancy.enterprise_id == enterprise.id, Vacancy.closed_at.is_(None), waits, *said)
    return session.scalar(query.limit(1))
