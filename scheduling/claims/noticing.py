"""The public notice (公示) of a claim: names masked, a town and an amount, never an ID, a phone or a category.

While it runs everybody may read who gets what and object, without giving a name. When it is over only the sums are
shown: names are public for as long as the notice needs them, not longer (domain.md §9, 国办 2018 on 去标识化).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, identity, markets, training_rules
from scheduling.claims.lines import total, troubles
from scheduling.claims.making import hold_claim, of_class
from scheduling.claims.workdays import LONGEST, last_of
from scheduling.models import Account, County, NoticeObjection, SubsidyClaim, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import ClaimApproved, ClaimContradicts, NotFound, NoticeMissing, NoticeOver, ReasonMissing


@dataclass(frozen=True)
class Row:
    """One line as the public sees it: masked name, town, yuan. `town` is one of the county's, or empty."""

    name: str
    town: str
    yuan: int


@dataclass(frozen=True)
class Notice:
    """A public notice: its days, both included, and how it adds up. `rows` is empty once it is over."""

    training_class: TrainingClass
    since: date
    until: date
    open: bool
    people: int
    yuan: int
    rows: tuple[Row, ...]


def post(session: Session, claim: SubsidyClaim, *, by: Account | None, now: datetime) -> None:
    """Put the claim on public notice from today for as many workdays as the rules say; again changes nothing.

    Raises ClaimContradicts(number) when it does not add up.
    """
    training_class = hold_claim(session, claim)
    if claim.posted_on is not None:
        return
    wrong = troubles(session, training_class, claim)
    if wrong:
        raise ClaimContradicts(number=len(wrong))
    today = now.astimezone(HERE).date()
    days = training_rules.of(training_class.course).notice_workdays
    claim.posted_on = today
    claim.posted_until = last_of(today, days, markets.holidays(session, training_class.county, today, today + LONGEST))
    session.flush()
    facts: dict[str, str | int | None] = {"until": claim.posted_until.isoformat(), "yuan": total(claim.lines)}
    deeds.record(session, "claim.posted", claim, county=training_class.county, by=by, now=now, **facts)


def withdraw(session: Session, claim: SubsidyClaim, *, reason: str, by: Account | None, now: datetime) -> None:
    """Take the claim off public notice, so that it can be worked out anew and posted again; again changes nothing.

    What was objected stays and is answered all the same. Raises ReasonMissing, ClaimApproved.
    """
    if not reason.strip():
        raise ReasonMissing
    training_class = hold_claim(session, claim)
    if claim.posted_on is None:
        return
    if claim.approved_at is not None:
        raise ClaimApproved
    claim.posted_on = claim.posted_until = None
    session.flush()
    facts = {"reason": reason.strip()}
    deeds.record(session, "claim.withdrawn", claim, county=training_class.county, by=by, now=now, **facts)


def notice(session: Session, training_class: TrainingClass, *, today: date) -> Notice:
    """Give the notice of a class as the public may see it on `today`. Raises NotFound when there is none."""
    claim = of_class(session, training_class)
    if claim is None or claim.posted_on is None or claim.posted_until is None:
        raise NotFound
    lines = [line for line in claim.lines if line.struck_at is None and line.yuan]
    is_open = today <= claim.posted_until
    towns = [one.name for one in markets.townships(session, training_class.county)]
    county = session.get_one(County, training_class.county).name
    rows = tuple(
        Row(
            identity.masked_name(line.enrolment.jobseeker.name),
            _town(line.enrolment.household.removeprefix(county), towns),
            line.yuan,
        )
        for line in lines
    )
    return Notice(
        training_class,
        claim.posted_on,
        claim.posted_until,
        is_open,
        len(lines),
        total(lines),
        rows if is_open else (),
    )


def _town(household: str, towns: Sequence[str]) -> str:
    """Give the township that `household` is or begins with; empty for anything else.

    People wrote it freely: a village, a phone, 低保户. None of that is for the public (domain.md §9).
    """
    told = unicodedata.normalize("NFKC", household).strip()
    return max((town for town in towns if told.startswith(town)), key=len, default="")


def object_to(
    session: Session, claim: SubsidyClaim, *, words: str, contact: str, by: Account | None, now: datetime
) -> NoticeObjection:
    """Keep what somebody objects; the same words again while they are open are one. Her contact is hers to give.

    Raises ReasonMissing for no words, NoticeMissing, NoticeOver(until).
    """
    words, contact = words.strip(), contact.strip()
    if not words:
        raise ReasonMissing(field="words")
    training_class = hold_claim(session, claim)
    if claim.posted_until is None:
        raise NoticeMissing
    if now.astimezone(HERE).date() > claim.posted_until:
        raise NoticeOver(until=claim.posted_until)
    same = select(NoticeObjection).filter_by(claim_id=claim.id, words=words, contact=contact, settled_at=None)
    known = session.scalars(same).first()
    if known is not None:
        return known
    row = NoticeObjection(claim_id=claim.id, words=words, contact=contact, at=now)
    session.add(row)
    session.flush()
    session.expire(claim, ["objections"])
    deeds.record(session, "objection.made", row, county=training_class.county, by=by, now=now)
    return row


def settle(session: Session, row: NoticeObjection, *, how: str, by: Account | None, now: datetime) -> None:
    """Settle an objection and say how; one that is settled stays so. Raises ReasonMissing."""
    if not how.strip():
        raise ReasonMissing(field="how")
    training_class = hold_claim(session, session.get_one(SubsidyClaim, row.claim_id))
    session.refresh(row)
    if row.settled_at is not None:
        return
    row.settled_at, row.settled_how, row.settled_by_id = now, how.strip(), by.id if by else None
    session.flush()
    deeds.record(session, "objection.settled", row, county=training_class.county, by=by, now=now)


def objection(session: Session, claim: SubsidyClaim, id_: UUID) -> NoticeObjection:
    """Give one objection to a claim. Raises NotFound."""
    row = session.scalar(select(NoticeObjection).where(NoticeObjection.claim_id == claim.id, NoticeObjection.id == id_))
    if row is None:
        raise NotFound
    return row
