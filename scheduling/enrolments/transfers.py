"""Transfer (转班): somebody leaves one class for another in one act, with all she ever answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, diaries, identity, tickets
from scheduling.enrolments import eligibility, line, signing
from scheduling.enrolments.eligibility import Person
from scheduling.enrolments.lists import PURPOSE
from scheduling.enrolments.telling import TRANSFERRED, tell
from scheduling.models import Account, Enrolment, TrainingClass
from scheduling.refusals import AlreadyCancelled, NoSeatThere
from scheduling.seals import Keyring


def transfer(
    session: Session,
    enrolment: Enrolment,
    to: TrainingClass,
    *,
    keys: Keyring,
    by: Account | None,
    now: datetime,
    override: Mapping[str, str] | None = None,
) -> Enrolment:
    """Put her into another class: a new enrolment and ticket, the old ones end, and the old class's line moves.

    Who has a seat is transferred to a seat only; who waits may wait there too. Whoever is named for an order stays so
    where the other class trains for it. Staff may do it after closing. The same again gives the enrolment made before.
    Raises AlreadyCancelled, Certified(number), NoSeatThere(title), ClassNotOpen, ClassOver(day), AlreadyEnrolled, and
    of `eligibility.reasons` for the other class the first that `override` does not let pass.
    """
    before = session.get_one(TrainingClass, enrolment.class_id)
    for id_ in sorted({before.id, to.id}):
        line.lock(session, id_)
    session.refresh(enrolment)
    if before.id == to.id:
        return enrolment
    if enrolment.cancelled_at is not None:
        return _made_before(session, enrolment, to)
    line.require_uncertified(session, enrolment)
    who = _person(session, enrolment, to, keys)
    line.leave(session, before, enrolment, "transferred", by=by, now=now)
    line.catch_up(session, to, now=now)
    diaries.hold_trainees(session, {who.blind})
    history = eligibility.look(session, to, [who], now=now)
    signing.require_open(session, to.id, now=now, late=True)
    let_pass = signing.judge(history, who, override or {})
    known = signing.standing(history, who)
    row, code = (
        (known, tickets.issue(session, known, now=now).code)
        if known
        else signing.enter(
            session,
            to,
            who,
            keys=keys,
            by=by,
            now=now,
            relation=enrolment.relation,
            agent=(enrolment.agent_name, enrolment.agent_phone),
            list_id=enrolment.list_id,
            transferred_from_id=enrolment.id,
        )
    )
    if enrolment.confirmed_at is not None and row.confirmed_at is None:
        raise NoSeatThere(title=to.title)
    row.committed_at = enrolment.committed_at
    for rule, reason in let_pass.items():
        signing.pass_rule(session, to, row, rule, reason, by=by, now=now)
    deeds.record(session, "enrolment.transferred", row, county=to.county, by=by, now=now)
    _say(session, before, to, row, code, now=now)
    line.promote(session, before, now=now)
    return row


def _person(session: Session, enrolment: Enrolment, to: TrainingClass, keys: Keyring) -> Person:
    """Give her as she signed up; the number is read to work out her age and is shown to nobody."""
    order_id = enrolment.order_id
    return Person(
        enrolment.jobseeker.name,
        enrolment.jobseeker.phone,
        identity.id_number(keys.unseal(enrolment.id_sealed, PURPOSE)),
        enrolment.id_blind,
        enrolment.education,
        enrolment.category,
        enrolment.household,
        order_id if order_id and signing.trains_for(session, to, order_id) else None,
    )


def _made_before(session: Session, enrolment: Enrolment, to: TrainingClass) -> Enrolment:
    """Give what a transfer made before. Raises AlreadyCancelled when there was none."""
    rows = select(Enrolment).filter_by(transferred_from_id=enrolment.id, class_id=to.id)
    row = session.scalar(rows.where(Enrolment.cancelled_at.is_(None)))
    if row is None:
        raise AlreadyCancelled
    return row


def _say(
    session: Session, before: TrainingClass, to: TrainingClass, row: Enrolment, code: str, *, now: datetime
) -> None:
    if row.confirmed_at is None:
        signing.say(session, to, row, code, now=now)
        return
    tell(session, to, row, "transferred", TRANSFERRED, now=now, before=before.title, code=code)
