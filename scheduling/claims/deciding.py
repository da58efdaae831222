"""Deciding a claim: lines struck out, approval once the notice is over and every objection settled, payment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.claims.lines import total, troubles
from scheduling.claims.making import hold_claim
from scheduling.models import Account, NoticeObjection, SubsidyClaim, SubsidyLine
from scheduling.planning.timetable import HERE
from scheduling.refusals import (
    ClaimApproved,
    ClaimContradicts,
    ClaimNotApproved,
    NoticeMissing,
    NoticeRunning,
    ObjectionsOpen,
    ReasonMissing,
)


def strike(session: Session, line: SubsidyLine, *, reason: str, by: Account | None, now: datetime) -> None:
    """Take somebody out of the claim and say why; again changes nothing. Raises ReasonMissing, ClaimApproved."""
    if not reason.strip():
        raise ReasonMissing
    claim = session.get_one(SubsidyClaim, line.claim_id)
    training_class = hold_claim(session, claim)
    session.refresh(line)
    if line.struck_at is not None:
        return
    if claim.approved_at is not None:
        raise ClaimApproved
    line.struck_at, line.struck_why = now, reason.strip()
    session.flush()
    deeds.record(session, "claim.line_struck", line, county=training_class.county, by=by, now=now, yuan=line.yuan)


def approve(session: Session, claim: SubsidyClaim, *, by: Account | None, now: datetime) -> None:
    """Approve what was on notice; again changes nothing.

    Raises NoticeMissing, NoticeRunning(until), ObjectionsOpen(number), ClaimContradicts(number).
    """
    training_class = hold_claim(session, claim)
    if claim.approved_at is not None:
        return
    if claim.posted_until is None:
        raise NoticeMissing
    if now.astimezone(HERE).date() <= claim.posted_until:
        raise NoticeRunning(until=claim.posted_until)
    waiting = select(func.count(NoticeObjection.id)).where(
        NoticeObjection.claim_id == claim.id, NoticeObjection.settled_at.is_(None)
    )
    if number := session.scalar(waiting):
        raise ObjectionsOpen(number=number)
    if wrong := troubles(session, training_class, claim):
        raise ClaimContradicts(number=len(wrong))
    claim.approved_at, claim.approved_by_id = now, by.id if by else None
    session.flush()
    facts = {"yuan": total(claim.lines)}
    deeds.record(session, "claim.approved", claim, county=training_class.county, by=by, now=now, **facts)


def pay(session: Session, claim: SubsidyClaim, *, by: Account | None, now: datetime) -> None:
    """Note that the money was paid out; again changes nothing. Raises ClaimNotApproved."""
    training_class = hold_claim(session, claim)
    if claim.paid_at is not None:
        return
    if claim.approved_at is None:
        raise ClaimNotApproved
    claim.paid_at = now
    session.flush()
    deeds.record(session, "claim.paid", claim, county=training_class.county, by=by, now=now)
