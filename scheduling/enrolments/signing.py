"""Signing up: every rule in one act, so that every road in keeps them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, diaries, identity, jobseekers, tickets
from scheduling.enrolments import line
from scheduling.enrolments.lists import PURPOSE, ahead
from scheduling.identity import IdNumber
from scheduling.models import Account, ClassCallingOff, ClassPublication, ClassSession, Course, Enrolment, TrainingClass
from scheduling.models.enrolment import EDUCATIONS
from scheduling.refusals import (
    AlreadyEnrolled,
    AlreadySignedUp,
    ClassNotOpen,
    CommitmentMissing,
    ConsentMissing,
    EducationTooLow,
    NotAnIdNumber,
    TooOld,
    TooYoung,
)
from scheduling.seals import Keyring

STAFF = frozenset({"desk", "admin"})
UNSURE = "unsure"  # of one's schooling: good enough where a course asks for none


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
    at_desk: bool = False,
    own: Callable[[Enrolment], bool] | None = None,
) -> Enrolment:
    """Give a seat, or a place in the waiting line. The same ID number, name and phone again: the same enrolment.

    `relation` says who signs her up (RELATIONS); others than herself need name, phone and her `consent`. `at_desk`
    lets staff enrol after the closing time. `own` is asked whether an enrolment that stands was made by whoever asks.
    Raises NameMissing, NotAPhone, NotAnIdNumber, ConsentMissing, CommitmentMissing, AlreadyEnrolled,
    AlreadySignedUp(id), ClassNotOpen, TooYoung(least, age), TooOld(most, age), EducationTooLow(least);
    TraineeElsewhere(name, what, day, hours) or IdNumberElsewhere(day, hours) when another class she is on the list of,
    with a seat or waiting, has lessons at the same time.
    """
    name, phone, id_ = identity.name(name), identity.phone(phone), identity.id_number(id_number)
    agent_name, agent_phone = agent(relation, agent_name, agent_phone, consent=consent)
    if not commitment:
        raise CommitmentMissing
    line.lock(session, training_class.id)
    blind = keys.blind(id_.text, PURPOSE)
    known = session.scalar(
        select(Enrolment).where(
            Enrolment.class_id == training_class.id, Enrolment.id_blind == blind, Enrolment.cancelled_at.is_(None)
        )
    )
    if known is not None:
        if (known.jobseeker.name, known.jobseeker.phone) != (name, phone):
            raise AlreadyEnrolled
        if own is not None and not own(known):
            raise AlreadySignedUp(id=known.id)
        return known
    late = at_desk and by is not None and bool(by.roles & STAFF)
    _require_open(session, training_class.id, now=now, late=late)
    require_age(training_class, id_)
    require_education(training_class.course, education)
    _require_free(session, training_class, blind, name=name, phone=phone, now=now)
    place, seated = line.admit(session, training_class)
    enrolment = Enrolment(
        class_id=training_class.id,
        jobseeker=jobseekers.known(session, training_class.county, name=name, phone=phone, by=by, now=now),
        place=place,
        id_sealed=keys.seal(id_.text, PURPOSE),
        id_blind=blind,
        id_last4=id_.last4,
        education=education,
        category=category,
        relation=relation,
        agent_name=agent_name,
        agent_phone=agent_phone,
        committed_at=now,
        enrolled_at=now,
        confirmed_at=now if seated else None,
    )
    session.add(enrolment)
    session.flush()
    deeds.record(session, "enrolment.made", enrolment, county=training_class.county, by=by, now=now, place=place)
    _tell(session, training_class, enrolment, tickets.issue(session, enrolment, by=by, now=now).code, now=now)
    return enrolment


def tell_again(session: Session, id_: UUID, *, by: Account | None, now: datetime) -> None:
    """Send the notice with the booking number once more, for it was asked for from elsewhere."""
    enrolment = session.get_one(Enrolment, id_)
    ticket = tickets.standing(session, enrolment)
    if ticket is None:
        return
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    deeds.record(session, "enrolment.told_again", enrolment, county=training_class.county, by=by, now=now)
    _tell(session, training_class, enrolment, ticket.code, now=now, again=f"/{now.timestamp()}")


def agent(relation: str, agent_name: str, agent_phone: str, *, consent: bool) -> tuple[str, str]:
    """Check who signs somebody else up; herself needs nobody. Raises ConsentMissing, NameMissing, NotAPhone."""
    if relation == "self":
        return "", ""
    if not consent:
        raise ConsentMissing
    return identity.name(agent_name), identity.phone(agent_phone)


def require_age(training_class: TrainingClass, number: IdNumber) -> None:
    """Full years on the first day of class count. Raises NotAnIdNumber, TooYoung(least, age), TooOld(most, age)."""
    course, age = training_class.course, number.age_on(training_class.starts_on)
    if age < 0:  # not born yet: a digit is wrong
        raise NotAnIdNumber
    if age < course.min_age:
        raise TooYoung(least=course.min_age, age=age)
    if course.max_age is not None and age > course.max_age:
        raise TooOld(most=course.max_age, age=age)


def require_education(course: Course, education: str) -> None:
    """Schooling counts in the order of EDUCATIONS; `unsure` will do where none is asked. Raises EducationTooLow."""
    if course.education == "any":
        return
    if education == UNSURE or EDUCATIONS.index(education) < EDUCATIONS.index(course.education):
        raise EducationTooLow(least=course.education)


def _tell(
    session: Session, training_class: TrainingClass, enrolment: Enrolment, code: str, *, now: datetime, again: str = ""
) -> None:
    """Say whether she has a seat or waits, and her booking number."""
    if enrolment.confirmed_at is not None:
        line.tell(session, training_class, enrolment, f"confirmed{again}", line.CONFIRMED, now=now, code=code)
    else:
        number = ahead(session, enrolment) + 1
        line.tell(session, training_class, enrolment, f"waiting{again}", line.WAITING, now=now, code=code, line=number)


def _require_free(
    session: Session, training_class: TrainingClass, id_blind: str, *, name: str, phone: str, now: datetime
) -> None:
    """Compare what is to come of this class with her other ones. Raises TraineeElsewhere, IdNumberElsewhere."""
    diaries.hold_trainee(session, id_blind)
    coming = select(ClassSession.starts_at, ClassSession.ends_at).where(
        ClassSession.class_id == training_class.id, ClassSession.cancelled_at.is_(None), ClassSession.ends_at > now
    )
    lessons = session.execute(coming.order_by(ClassSession.starts_at)).all()
    if lessons:
        starts, ends = lessons[0].starts_at, max(lesson.ends_at for lesson in lessons)
        diary = diaries.of_trainee(session, training_class.county, id_blind, starts, ends, name=name, phone=phone)
        for lesson in lessons:
            diary.require_free(lesson.starts_at, lesson.ends_at)


def _require_open(session: Session, class_id: UUID, *, now: datetime, late: bool) -> None:
    """Look again under the lock: published, not called off, and before closing unless `late`. Raises ClassNotOpen."""
    standing = session.execute(
        select(TrainingClass.enrol_until, ClassPublication.id.is_not(None), ClassCallingOff.id.is_not(None))
        .outerjoin(ClassPublication, ClassPublication.class_id == TrainingClass.id)
        .outerjoin(ClassCallingOff, ClassCallingOff.class_id == TrainingClass.id)
        .where(TrainingClass.id == class_id)
    )
    enrol_until, published, called_off = standing.one()
    if not published or called_off or (now > enrol_until and not late):
        raise ClassNotOpen
