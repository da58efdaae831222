"""What a fair must have before the public may see it, and what may be let pass with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.fairs.terms import is_large, of_city, terms_of
from scheduling.models import Account, Booth, Fair, FairFile, FairOverride, FairTerms
from scheduling.refusals import FairCalledOff, FairFinished, ReasonMissing

ITEMS = ("contact", "place", "booths", "rain_plan", "permit", "permit_city", "emergency_plan")
MAY_PASS = ("booths", "rain_plan", "permit", "permit_city", "emergency_plan")  # people must know where, and whom to ask


def missing(session: Session, fair: Fair) -> list[str]:
    """Give the keys of what is missing before publishing, out of ITEMS and in their order."""
    return lacking(session, [fair])[fair.id]


def lacking(session: Session, fairs: Sequence[Fair]) -> dict[UUID, list[str]]:
    """Give what each of these fairs of one county lacks. Asks as often for one as for a hundred."""
    if not fairs:
        return {}
    ids = [fair.id for fair in fairs]
    laid = select(Booth.fair_id, func.count()).where(Booth.fair_id.in_(ids), Booth.removed_at.is_(None))
    booths = {fair_id: number for fair_id, number in session.execute(laid.group_by(Booth.fair_id))}  # noqa: C416  rows
    kept = select(FairFile.fair_id).where(
        FairFile.fair_id.in_(ids), FairFile.what == "emergency_plan", FairFile.removed_at.is_(None)
    )
    plans = set(session.scalars(kept))
    terms = terms_of(session, fairs[0].county)
    passed = {(row.fair_id, row.item) for row in _standing(session, ids)}
    return {
        fair.id: [
            key
            for key in ITEMS
            if (fair.id, key) not in passed
            and not _has(fair, key, booths.get(fair.id, 0), terms, has_plan=fair.id in plans)
        ]
        for fair in fairs
    }


def asked_for(fair: Fair, terms: FairTerms) -> list[str]:
    """Give the keys that publishing this fair depends on, whether it has them or not."""
    never = {
        "booths": fair.kind == "livestream",
        "rain_plan": not fair.outdoor,
        "permit": not is_large(fair, terms) or of_city(fair, terms),
        "permit_city": not of_city(fair, terms),
        "emergency_plan": not is_large(fair, terms),
    }
    return [key for key in ITEMS if not never.get(key, False)]


def _has(fair: Fair, key: str, booths: int, terms: FairTerms, *, has_plan: bool) -> bool:
    if key not in asked_for(fair, terms):
        return True
    return {
        "contact": bool(fair.contact_name and fair.contact_phone),
        "place": bool(fair.livestream_url if fair.online else fair.place),
        "booths": booths > 0,
        "rain_plan": bool(fair.rain_plan and fair.rain_decide_by),
        "permit": bool(fair.permit_no),
        "permit_city": bool(fair.permit_no),
        "emergency_plan": has_plan,
    }[key]


# What was let pass


def override(
    session: Session, fair: Fair, item: str, *, reason: str, by: Account | None, now: datetime
) -> FairOverride:
    """Let the fair go without `item` (out of MAY_PASS, else ValueError), by whose word and why.

    Another reason takes the place of the one that stood. Raises FairCalledOff, FairFinished, ReasonMissing.
    """
    if item not in MAY_PASS:
        raise ValueError(item)
    session.refresh(fair, with_for_update={"of": Fair})
    if fair.calling_off:
        raise FairCalledOff
    if fair.finish:
        raise FairFinished
    if not reason.strip():
        raise ReasonMissing
    stood = next((row for row in overrides(session, fair) if row.item == item), None)
    if stood is not None:
        if stood.reason == reason.strip():
            return stood
        stood.lifted_at = now
        session.flush()
    row = FairOverride(fair_id=fair.id, item=item, reason=reason.strip(), by_id=by.id if by else None, at=now)
    session.add(row)
    session.flush()
    deeds.record(session, "fair.overridden", fair, by=by, now=now, item=item, reason=row.reason)
    return row


def lift(session: Session, fair: Fair, item: str, *, by: Account | None, now: datetime) -> None:
    """Take back that the fair may go without `item`; where nobody said so, nothing."""
    session.refresh(fair, with_for_update={"of": Fair})
    for row in overrides(session, fair):
        if row.item == item:
            row.lifted_at = now
            session.flush()
            deeds.record(session, "fair.override_lifted", fair, by=by, now=now, item=item)


def overrides(session: Session, fair: Fair) -> list[FairOverride]:
    """Give what stands of it, in the order of ITEMS."""
    return sorted(_standing(session, [fair.id]), key=lambda row: ITEMS.index(row.item))


def _standing(session: Session, ids: Iterable[UUID]) -> list[FairOverride]:
    rows = select(FairOverride).where(FairOverride.fair_id.in_(list(ids)), FairOverride.lifted_at.is_(None))
    return list(session.scalars(rows))
