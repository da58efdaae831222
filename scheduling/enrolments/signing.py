"""Signing up: every rule in one act, so that every road in keeps them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, diaries, identity, jobseekers, once, tickets
from scheduling.enrolments import eligibility, line
from scheduling.enrolments.eligibility import OVERRIDABLE, History, Person
from scheduling.enrolments.lists import PURPOSE, ahead
from scheduling.enrolments.telling import CONFIRMED, WAITING, WAITING_CLOSED, tell
from scheduling.models import (
    Account,
    ClassCallingOff,
    ClassOrder,
    ClassPublication,
    Enrolment,
    EnrolmentOverride,
    TrainingClass,
    TrainingOrder,
)
from scheduling.planning.timetable import HERE
from scheduling.refusals import (
    AlreadyEnrolled,
    AlreadySignedUp,
    ClassNotOpen,
    ClassOver,
    CommitmentMissing,
    ConsentMissing,
    NotFound,
)
from scheduling.seals import Keyring

STAFF = frozenset({"desk", "admin"})


def enrol(
    session: Session,
    training_class: TrainingClass,
    *,
    name: str,
    phone: str,
    id_number: str,
    education: str,
    category: str,
    relation: str,
    agent_name: str,
    agent_phone: str,
    consent: bool,
    commitment: bool,
    keys: Keyring,
    by: Account | None,
    now: datetime,
    household: str = "",
    order: TrainingOrder | None = None,
    at_desk: bool = False,
    override: Mapping[str, str] | None = None,
    own: Callable[[Enrolment], bool] | None = None,
) -> Enrolment:
    """Give a seat, or a place in the waiting line. The same ID number, name and phone again: the same enrolment.

    `relation` says who signs her up (RELATIONS); others than herself need name, phone and her `consent`. `order` is one
    the class trains for. `at_desk` lets staff enrol after the closing time and let rules of OVERRIDABLE pass, each for
    the reason given in `override`. `own` is asked whether an enrolment that stands was made by whoever asks.
    Raises NameMissing, NotAPhone, NotAnIdNumber, ConsentMissing, CommitmentMissing, AlreadyEnrolled,
    AlreadySignedUp(id), ClassNotOpen, ClassOver(day), NotFound for an order of another class, and of `History.reasons`
    the first that is not let pass.
    """
    who = person(
        keys,
        name=name,
        phone=phone,
        id_number=id_number,
        education=education,
        category=category,
        household=household,
        order_id=order.id if order else None,
    )
    helper = agent(relation, agent_name, agent_phone, consent=consent)
    if not commitment:
        raise CommitmentMissing
    at_desk = at_desk and by is not None and bool(by.roles & STAFF)
    history = open_line(session, training_class, [who], now=now, late=at_desk)
    known = standing(history, who)
    if known is not None:
        if own is not None and not own(known):
            raise AlreadySignedUp(id=known.id)
        return known
    require_open(session, training_class.id, now=now, late=at_desk)
    require_order(session, training_class, who)
    let_pass = judge(history, who, (override or {}) if at_desk else {})
    row, code = enter(session, training_class, who, keys=keys, by=by, now=now, relation=relation, agent=helper)
    for rule, reason in let_pass.items():
        pass_rule(session, training_class, row, rule, reason, by=by, now=now)
    say(session, training_class, row, code, now=now)
    return row


def person(
    keys: Keyring,
    *,
    name: str,
    phone: str,
    id_number: str,
    education: str,
    category: str,
    household: str = "",
    order_id: UUID | None = None,
) -> Person:
    """Check what was said of somebody. Raises NameMissing, NotAPhone, NotAnIdNumber."""
    name, phone, id_ = identity.name(name), identity.phone(phone), identity.id_number(id_number)
    blind = keys.blind(id_.text, PURPOSE)
    return Person(name, phone, id_, blind, education, category, " ".join(household.split())[:60], order_id)


def open_line(
    session: Session, training_class: TrainingClass, people: list[Person], *, now: datetime, late: bool = False
) -> History:
    """Hold the class, then the people, and give what stands for them; what nobody answered in time is taken back."""
    line.lock(session, training_class.id)
    if not late:
        line.catch_up(session, training_class, now=now)
    diaries.hold_trainees(session, {who.blind for who in people})
    return eligibility.look(session, training_class, people, now=now)


def standing(history: History, who: Person) -> Enrolment | None:
    """Give her enrolment in this class, if any. Raises AlreadyEnrolled when it has another name or phone."""
    known = history.here.get(who.blind)
    if known is not None and (known.jobseeker.name, known.jobseeker.phone) != (who.name, who.phone):
        raise AlreadyEnrolled
    return known


def judge(history: History, who: Person, override: Mapping[str, str]) -> dict[str, str]:
    """Give the rules that speak against her and are let pass, with the reason. Raises the first that is not."""
    let_pass = {}
    for rule, refusal in history.reasons(who).items():
        reason = override.get(rule, "").strip()
        if rule not in OVERRIDABLE or not reason:
            raise refusal
        let_pass[rule] = reason
    return let_pass


def enter(
    session: Session,
    training_class: TrainingClass,
    who: Person,
    *,
    keys: Keyring,
    by: Account | None,
    now: datetime,
    relation: str,
    agent: tuple[str, str],
    list_id: UUID | None = None,
    transferred_from_id: UUID | None = None,
) -> tuple[Enrolment, str]:
    """Write her down with a seat or a place in the line; give that and her booking number.

    The caller has asked every rule.
    """
    place, seated = line.admit(session, training_class)
    row = Enrolment(
        class_id=training_class.id,
        jobseeker=jobseekers.known(session, training_class.county, name=who.name, phone=who.phone, by=by, now=now),
        place=place,
        id_sealed=keys.seal(who.id_.text, PURPOSE),
        id_blind=who.blind,
        id_last4=who.id_.last4,
        education=who.education,
        category=who.category,
        household=who.household,
        order_id=who.order_id,
        list_id=list_id,
        transferred_from_id=transferred_from_id,
        relation=relation,
        agent_name=agent[0],
        agent_phone=agent[1],
        committed_at=now,
        enrolled_at=now,
        confirmed_at=now if seated else None,
    )
    session.add(row)
    session.flush()
    deeds.record(session, "enrolment.made", row, county=training_class.county, by=by, now=now, place=place)
    return row, tickets.issue(session, row, by=by, now=now).code


def pass_rule(
    session: Session,
    training_class: TrainingClass,
    row: Enrolment,
    rule: str,
    reason: str,
    *,
    by: Account | None,
    now: datetime,
) -> None:
    """Note that a rule said no and was let pass at the desk, and why."""
    unique = {"enrolment_id": row.id, "rule": rule}
    noted = {"reason": reason[:300], "by_id": by.id if by else None, "at": now}
    once.write(session, EnrolmentOverride, unique, **noted)
    deeds.record(session, "enrolment.rule_passed", row, county=training_class.county, by=by, now=now, rule=rule)


def tell_again(session: Session, id_: UUID, *, by: Account | None, now: datetime) -> None:
    """Send the notice with the booking number once more, for it was asked for from elsewhere."""
    enrolment = session.get_one(Enrolment, id_)
    ticket = tickets.standing(session, enrolment)
    if ticket is None:
        return
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    deeds.record(session, "enrolment.told_again", enrolment, county=training_class.county, by=by, now=now)
    say(session, training_class, enrolment, ticket.code, now=now, again=f"/{now.timestamp()}")


def agent(relation: str, agent_name: str, agent_phone: str, *, consent: bool) -> tuple[str, str]:
    """Check who signs somebody else up; herself needs nobody. Raises ConsentMissing, NameMissing, NotAPhone."""
    if relation == "self":
        return "", ""
    if not consent:
        raise ConsentMissing
    return identity.name(agent_name), identity.phone(agent_phone)


def say(
    session: Session,
    training_class: TrainingClass,
    row: Enrolment,
    code: str,
    *,
    now: datetime,
    again: str = "",
    alone: bool = False,
) -> None:
    """Say whether she has a seat or waits, and her booking number; `alone` tells nobody who signed her up."""
    if row.confirmed_at is not None:
        tell(session, training_class, row, f"confirmed{again}", CONFIRMED, now=now, code=code, alone=alone)
    else:
        number = ahead(session, row) + 1
        words = WAITING if now <= training_class.enrol_until else WAITING_CLOSED
        tell(session, training_class, row, f"waiting{again}", words, now=now, code=code, line=number, alone=alone)


def require_order(session: Session, training_class: TrainingClass, who: Person) -> None:
    """Raise NotFound when she is to train for an order that the class does not train for."""
    if who.order_id is not None and not trains_for(session, training_class, who.order_id):
        raise NotFound


def trains_for(session: Session, training_class: TrainingClass, order_id: UUID) -> bool:
    """Say whether a class trains for an order."""
    rows = select(ClassOrder.id).filter_by(class_id=training_class.id, order_id=order_id)
    return session.scalar(rows) is not None


def require_open(session: Session, class_id: UUID, *, now: datetime, late: bool) -> None:
    """Look again under the lock: published, not called off, before closing unless `late`, and never once it is over.

    Raises ClassNotOpen, ClassOver(day).
    """
    standing = session.execute(
        select(
            TrainingClass.enrol_until,
            TrainingClass.ends_on,
            ClassPublication.id.is_not(None),
            ClassCallingOff.id.is_not(None),
        )
        .outerjoin(ClassPublication, ClassPublication.class_id == TrainingClass.id)
        .outerjoin(ClassCallingOff, ClassCallingOff.class_id == TrainingClass.id)
        .where(TrainingClass.id == class_id)
    )
    enrol_until, ends_on, published, called_off = standing.one()
    if not published or called_off or (now > enrol_until and not late):
        raise ClassNotOpen
    if now.astimezone(HERE).date() > ends_on:
        raise ClassOver(day=ends_on)
