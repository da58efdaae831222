"""What the desk says of a vacancy, or of a change to one that the public sees already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, notices
from scheduling.models import Account, Vacancy, VacancyReview, VacancyRevision
from scheduling.refusals import AdvertChanged, EnterpriseNotApproved, JobsSettled, ReasonMissing, VacancyClosed
from scheduling.vacancies import adverts, freezing
from scheduling.vacancies.cards import card_of, draft, fingerprint

# To the company's phone, whose language nobody asked for: Chinese, like every message that leaves the county.
_TOLD = {
    "approved": "岗位“{title}”（岗位号{no}）已审核通过，已在送岗公开。【送岗】",
    "returned": "岗位“{title}”（岗位号{no}）被退回，原因：{reason}。请登录送岗改好后再提交。【送岗】",
}
_TOLD_OF_CHANGE = {
    "approved": "岗位“{title}”（岗位号{no}）的改动已审核通过，公开的内容已经换新。【送岗】",
    "returned": "岗位“{title}”（岗位号{no}）的改动被退回，原因：{reason}。公开的还是原来的内容。【送岗】",
}


def review(
    session: Session,
    vacancy: Vacancy,
    verdict: str,
    *,
    reason: str = "",
    override_reason: str = "",
    seen: str = "",
    by: Account | None,
    now: datetime,
) -> None:
    """Say `approved`, or `returned` with a reason. What the lint blocks or asks passes with an override reason only.

    Where a change waits beside an approved advert, the verdict is on the change. `seen` is the fingerprint of what was
    read; a text changed since is not judged unread. The same verdict again changes nothing; the company's contact is
    told once. Raises VacancyClosed, ReasonMissing, OverrideMissing(phrases), AdvertChanged, EnterpriseNotApproved (who
    may not recruit has nothing to show), and JobsSettled(fairs): what a fair has settled on is changed with a reason.
    """
    if verdict not in _TOLD:
        raise TypeError(f"no such verdict: {verdict}")
    reason, override_reason = reason.strip(), override_reason.strip()
    session.refresh(vacancy, with_for_update={"of": Vacancy})
    if vacancy.closed_at is not None:
        raise VacancyClosed
    if verdict == "returned" and not reason:
        raise ReasonMissing
    if verdict == "approved" and vacancy.enterprise.state != "approved":
        raise EnterpriseNotApproved
    change = _about(vacancy, seen)
    if change is not None and verdict == "returned":
        _return(session, vacancy, change, reason, by=by, now=now)
    elif change is not None:
        _apply(session, vacancy, change, override_reason, by=by, now=now)
    else:
        _judge(session, vacancy, verdict, reason, override_reason, by=by, now=now)


def approved_card(session: Session, vacancy: Vacancy) -> dict[str, Any] | None:
    """Give what the advert said when the desk last approved it; None when it never did. One query at most."""
    if vacancy.state == "approved":
        return card_of(vacancy)
    kept = select(VacancyReview.card).where(VacancyReview.vacancy_id == vacancy.id, VacancyReview.card.is_not(None))
    return session.scalar(kept.order_by(VacancyReview.at.desc(), VacancyReview.id.desc()).limit(1))


def approvals(session: Session, vacancy: Vacancy) -> list[VacancyReview]:
    """Give the approvals of an advert, each with the card it was about, newest first. One query."""
    query = select(VacancyReview).where(VacancyReview.vacancy_id == vacancy.id, VacancyReview.verdict == "approved")
    return list(session.scalars(query.order_by(VacancyReview.at.desc(), VacancyReview.id.desc())))


def _about(vacancy: Vacancy, seen: str) -> VacancyRevision | None:
    """Give the change the verdict is on, None for the advert itself. Raises AdvertChanged for a text nobody has now."""
    change = vacancy.revision if vacancy.state == "approved" else None
    if change is not None and (seen == fingerprint(change.card) or (change.waits and not seen)):
        return change
    if seen and seen != fingerprint(card_of(vacancy)):
        raise AdvertChanged
    return None


def _return(
    session: Session, vacancy: Vacancy, change: VacancyRevision, reason: str, *, by: Account | None, now: datetime
) -> None:
    """Send a change back; what is approved stays."""
    if change.returned_at is not None and change.reason == reason:
        return
    change.returned_at, change.reason, change.by_id = now, reason, by.id if by else None
    session.flush()
    deeds.record(session, "vacancy.revision_returned", vacancy, by=by, now=now)
    text = _TOLD_OF_CHANGE["returned"]
    _tell(session, vacancy, text, reason, once=f"revision/{change.id}/{now.isoformat()}", now=now)


def _apply(
    session: Session, vacancy: Vacancy, change: VacancyRevision, why: str, *, by: Account | None, now: datetime
) -> None:
    """Let the change take the place of what was approved."""
    adverts.overridden(draft(change.card), why)
    settled = freezing.settled_with(session, vacancy, now=now)
    if settled and not why:
        raise JobsSettled(fairs="、".join(fair.title for fair in settled))
    _take_over(vacancy, change, "approved", now=now)
    change.by_id = by.id if by else None
    if vacancy.standing is not None:
        vacancy.standing.lifted_at = now
    session.flush()
    text = _TOLD_OF_CHANGE["approved"]
    _stand(session, vacancy, "approved", reason="", why=why, text=text, by=by, now=now)


def _judge(
    session: Session, vacancy: Vacancy, verdict: str, reason: str, why: str, *, by: Account | None, now: datetime
) -> None:
    """Speak of the advert itself."""
    if verdict == "approved":
        adverts.overridden(vacancy, why)
    standing = vacancy.standing
    if standing is not None:
        if (standing.verdict, standing.reason, standing.override_reason) == (verdict, reason, why):
            return
        standing.lifted_at = now
        session.flush()
    if verdict == "returned" and vacancy.revision is not None:  # nobody sees the advert now: it says what was said last
        _take_over(vacancy, vacancy.revision, "replaced", now=now)
    _stand(session, vacancy, verdict, reason=reason, why=why, text=_TOLD[verdict], by=by, now=now)


def _take_over(vacancy: Vacancy, change: VacancyRevision, outcome: str, *, now: datetime) -> None:
    """Let the advert say what the change says; the change is settled."""
    for field, value in change.card.items():
        setattr(vacancy, field, value)
    vacancy.submitted_at = change.submitted_at
    change.settled_at, change.outcome = now, outcome


def _stand(
    session: Session,
    vacancy: Vacancy,
    verdict: str,
    *,
    reason: str,
    why: str,
    text: str,
    by: Account | None,
    now: datetime,
) -> None:
    """Write the verdict down, with the card as it was approved, and tell the company."""
    made = VacancyReview(
        vacancy_id=vacancy.id,
        verdict=verdict,
        reason=reason,
        override_reason=why,
        card=card_of(vacancy) if verdict == "approved" else None,
        by_id=by.id if by else None,
        at=now,
    )
    session.add(made)
    session.flush()
    session.expire(vacancy, ["standing", "revision"])
    deeds.record(session, f"vacancy.{verdict}", vacancy, by=by, now=now)
    _tell(session, vacancy, text, reason, once=f"review/{made.id}", now=now)


def _tell(session: Session, vacancy: Vacancy, text: str, reason: str, *, once: str, now: datetime) -> None:
    words = text.format(title=vacancy.title, no=vacancy.no, reason=reason.rstrip("。."))
    phone = vacancy.enterprise.contact_phone
    notices.write(session, vacancy.county, phone, words, about=deeds.about(vacancy), once=once, now=now)
