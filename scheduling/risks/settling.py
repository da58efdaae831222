"""Settling a hit: somebody looked, and says why it is all right, or what was done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, once
from scheduling.models import Account, RiskSettlement, TrainingClass
from scheduling.refusals import ReasonMissing
from scheduling.risks.listing import find
from scheduling.seals import Keyring

LONGEST = 300


def settle(
    session: Session,
    training_class: TrainingClass,
    rule: str,
    hit: str,
    *,
    note: str,
    keys: Keyring,
    by: Account | None,
    now: datetime,
) -> RiskSettlement:
    """Write the note beside the hit of `rule` with this digest; the first note stays, again changes nothing.

    Raises ReasonMissing without a note, HitChanged when the class has no such hit now.
    """
    if not note.strip():
        raise ReasonMissing(field="note")
    unique = {"class_id": training_class.id, "rule": rule, "hit": hit}
    known = session.scalar(select(RiskSettlement).filter_by(**unique))
    if known is not None:
        return known
    find(session, training_class, rule, hit, keys=keys, now=now)
    told = {"note": note.strip()[:LONGEST], "by_id": by.id if by else None, "at": now}
    row, is_new = once.write(session, RiskSettlement, unique, **told)
    if is_new:
        deeds.record(session, "risk.settled", row, county=training_class.county, by=by, now=now, rule=rule)
    return row
