"""Whole ID numbers of a claim, for those who pay it out: a reason, and a deed for everybody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduling import deeds, enrolments
from scheduling.models import Account, SubsidyClaim, TrainingClass
from scheduling.seals import Keyring


def reveal(
    session: Session, claim: SubsidyClaim, *, reason: str, keys: Keyring, by: Account | None, now: datetime
) -> dict[UUID, str]:
    """Give the ID numbers of everybody who is not struck out, by enrolment id. Raises ReasonMissing."""
    numbers = {
        line.enrolment_id: enrolments.reveal_id(session, line.enrolment, reason=reason, keys=keys, by=by, now=now)
        for line in claim.lines
        if line.struck_at is None
    }
    county = session.get_one(TrainingClass, claim.class_id).county
    facts = {"people": len(numbers)}
    deeds.record(session, "claim.exported", claim, county=county, by=by, now=now, **facts)
    return numbers
