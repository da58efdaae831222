"""The claim of a class: made from its graduates, made anew for as long as it is not on public notice."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scheduling import deeds, markets, training_rules
from scheduling.claims.lines import total, work_out
from scheduling.claims.workdays import LONGEST, nth_after
from scheduling.models import Account, Exam, SubsidyClaim, SubsidyLine, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import ClaimPosted, NotFound, NothingToClaim


def make(session: Session, training_class: TrainingClass, *, by: Account | None, now: datetime) -> SubsidyClaim:
    """Work out the claim, a line for everybody on the list; again works it out anew, and the same changes nothing.

    Raises NothingToClaim, AmountMissing, ClaimPosted.
    """
    hold(session, training_class)
    should = work_out(session, training_class)
    if not any(each.yuan for each in should.values()):
        raise NothingToClaim
    claim = of_class(session, training_class)
    if claim is not None and claim.posted_on is not None:
        raise ClaimPosted
    if claim is not None and {line.enrolment_id: (line.yuan, line.why) for line in claim.lines} == should:
        return claim
    if claim is None:
        claim = SubsidyClaim(class_id=training_class.id, made_at=now)
        session.add(claim)
    claim.made_at, claim.by_id = now, by.id if by else None
    session.flush()
    session.execute(delete(SubsidyLine).where(SubsidyLine.claim_id == claim.id))
    session.expire(claim, ["lines"])
    session.add_all(
        SubsidyLine(claim_id=claim.id, enrolment_id=id_, yuan=each.yuan, why=each.why) for id_, each in should.items()
    )
    session.flush()
    session.expire(claim, ["lines"])
    facts = {"people": sum(bool(line.yuan) for line in claim.lines), "yuan": total(claim.lines)}
    deeds.record(session, "claim.made", claim, county=training_class.county, by=by, now=now, **facts)
    return claim


def of_class(session: Session, training_class: TrainingClass) -> SubsidyClaim | None:
    """Give the claim of a class, if it was made."""
    return session.scalar(select(SubsidyClaim).where(SubsidyClaim.class_id == training_class.id))


def find_line(session: Session, claim: SubsidyClaim, id_: UUID) -> SubsidyLine:
    """Give one line of a claim. Raises NotFound."""
    row = session.scalar(select(SubsidyLine).where(SubsidyLine.claim_id == claim.id, SubsidyLine.id == id_))
    if row is None:
        raise NotFound
    return row


def state(claim: SubsidyClaim, today: date) -> str:
    """Say where a claim stands on a day: `made`, `posted`, `over` (the notice ran out), `approved` or `paid`."""
    if claim.paid_at is not None:
        return "paid"
    if claim.approved_at is not None:
        return "approved"
    if claim.posted_until is None:
        return "made"
    return "posted" if today <= claim.posted_until else "over"


def due_on(session: Session, training_class: TrainingClass) -> date | None:
    """Give the last day to claim: so many workdays after the last sitting; None without a sitting or such a rule."""
    number = training_rules.of(training_class.course).claim_workdays
    held = session.scalar(select(func.max(Exam.starts_at)).where(Exam.class_id == training_class.id))
    if number is None or held is None:
        return None
    day = held.astimezone(HERE).date()
    return nth_after(day, number, markets.holidays(session, training_class.county, day, day + LONGEST))


def hold(session: Session, training_class: TrainingClass) -> None:
    """Lock the class, the first lock of whatever hangs on it."""
    session.execute(
        select(TrainingClass.id).where(TrainingClass.id == training_class.id).with_for_update(key_share=True)
    )


def hold_claim(session: Session, claim: SubsidyClaim) -> TrainingClass:
    """Lock the class of a claim, and read the claim as it is now."""
    training_class = session.get_one(TrainingClass, claim.class_id)
    hold(session, training_class)
    session.refresh(claim)
    return training_class
