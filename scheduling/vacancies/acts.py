"""What an enterprise does with a vacancy: posts it, revises it, takes a change back, takes it down."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import counters, deeds
from scheduling.models import Account, Enterprise, Vacancy, VacancyReview, VacancyRevision
from scheduling.refusals import VacancyClosed
from scheduling.vacancies import adverts
from scheduling.vacancies.cards import Card, card_of, changes, draft, newest, write


def post(
    session: Session, enterprise: Enterprise, *, by: Account | None, now: datetime, **card: Unpack[Card]
) -> Vacancy:
    """Post a vacancy for the desk's review, under the county's next number. Registration is enough to post.

    Asking again with the very same card while it waits gives the same vacancy. Raises WagesInDisorder,
    AdvertBlocked(phrases, rule, field), AdvertAsks(phrases).
    """
    session.refresh(enterprise, with_for_update={"of": Enterprise})
    vacancy = Vacancy(county=enterprise.county, enterprise_id=enterprise.id, submitted_at=now)
    write(vacancy, card)
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

    What is approved stays as the public sees it: the change is kept beside it until the desk approves that
    (docs/decisions/0013). Changed back to what is approved, nothing waits any more.
    Raises VacancyClosed and what `post` raises.
    """
    session.refresh(vacancy, with_for_update={"of": Vacancy})
    if vacancy.closed_at is not None:
        raise VacancyClosed
    if vacancy.state == "approved":
        _propose(session, vacancy, card, by=by, now=now)
    else:
        _rewrite(session, vacancy, card, by=by, now=now)
    session.flush()
    session.expire(vacancy, ["standing", "revision"])
    return vacancy


def withdraw_revision(session: Session, vacancy: Vacancy, *, by: Account | None, now: datetime) -> None:
    """Take back a change that is not approved yet; the advert stays as it is. Without one: nothing."""
    session.refresh(vacancy, with_for_update={"of": Vacancy})
    if _settle(vacancy, "withdrawn", now=now):
        session.flush()
        session.expire(vacancy, ["revision"])
        deeds.record(session, "vacancy.revision_withdrawn", vacancy, by=by, now=now)


def close(session: Session, vacancy: Vacancy, *, by: Account | None, now: datetime) -> None:
    """Take a vacancy down (招满、下架) for good, with a change that waits; again changes nothing."""
    session.refresh(vacancy, with_for_update={"of": Vacancy})
    if vacancy.closed_at is None:
        _settle(vacancy, "withdrawn", now=now)
        vacancy.closed_at = now
        session.flush()
        session.expire(vacancy, ["revision"])
        deeds.record(session, "vacancy.closed", vacancy, by=by, now=now)


def _rewrite(session: Session, vacancy: Vacancy, card: Card, *, by: Account | None, now: datetime) -> None:
    """Change what the public does not see yet."""
    _settle(vacancy, "replaced", now=now)
    changed = write(vacancy, card)
    adverts.check(vacancy)
    if vacancy.standing is not None:
        vacancy.standing.lifted_at = now
        vacancy.submitted_at = now
    if changed:
        deeds.record(session, "vacancy.revised", vacancy, by=by, now=now, fields=",".join(changed))


def _propose(session: Session, vacancy: Vacancy, card: Card, *, by: Account | None, now: datetime) -> None:
    """Keep a change beside what is approved."""
    told = draft(newest(vacancy))
    write(told, card)
    adverts.check(told)
    wanted, pending = card_of(told), vacancy.revision
    changed = changes(card_of(vacancy), wanted)
    if not changed:
        if _settle(vacancy, "withdrawn", now=now):
            deeds.record(session, "vacancy.revision_withdrawn", vacancy, by=by, now=now)
        return
    if pending is not None and pending.waits and pending.card == wanted:  # the double tap
        return
    _settle(vacancy, "replaced", now=now)
    session.flush()
    session.add(VacancyRevision(vacancy_id=vacancy.id, card=wanted, submitted_at=now))
    fields = ",".join(sorted(change.field for change in changed))
    deeds.record(session, "vacancy.revised", vacancy, by=by, now=now, fields=fields)


def _settle(vacancy: Vacancy, outcome: str, *, now: datetime) -> bool:
    """End the change that stands beside the advert; say whether there was one."""
    if vacancy.revision is None:
        return False
    vacancy.revision.settled_at, vacancy.revision.outcome = now, outcome
    return True


def _twin(session: Session, enterprise: Enterprise, vacancy: Vacancy) -> Vacancy | None:
    """Give the vacancy of this enterprise that waits and says the very same: the double tap."""
    said: list[Any] = [
        getattr(Vacancy, field) == getattr(vacancy, field) for field in vars(vacancy).keys() & Card.__annotations__
    ]
    waits = ~select(VacancyReview.id).where(VacancyReview.vacancy_id == Vacancy.id).exists()
    query = select(Vacancy).where(Vacancy.enterprise_id == enterprise.id, Vacancy.closed_at.is_(None), waits, *said)
    return session.scalar(query.limit(1))
