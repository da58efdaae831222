"""Certificates (证书): with a number of ours, or another body's number recorded (特种作业); revoked with a reason.

What stands on a certificate is kept as it was that day. Its public page shows that and nothing else, to whoever has the
random token of its QR, or its number and the name on it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import counters, deeds, enrolments, exams, followups, identity, notices, training_rules
from scheduling.models import Account, Certificate, ClassSession, Enrolment, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import (
    BeforeExam,
    CertificateKnown,
    DayNotCome,
    IssuedHere,
    IssuedOutside,
    NoSuchCertificate,
    NotFound,
    NotPassed,
    ReasonMissing,
)

_ISSUED = "“{title}”的证书办好了，编号{number}。在“我的报名”里能看到，领取请带身份证到{school}。【送岗】"
_RECORDED = "“{title}”：{issuer}给您发的证已登记，证号{number}。【送岗】"
_REVOKED = "“{title}”的证书（编号{number}）已作废。有疑问请打电话或到窗口。【送岗】"


def issue(
    session: Session, training_class: TrainingClass, *, issuer: str, on: date, by: Account | None, now: datetime
) -> list[Certificate]:
    """Issue a certificate dated `on` to everybody who passed and has none; give the new ones, in the list's order.

    Numbers are county, year, six digits, without gaps. Again it issues to who passed since. Raises
    IssuedOutside(issuer) where another body does, DayNotCome, BeforeExam(day).
    """
    outside = training_rules.of(training_class.course).outside_issuer
    if outside:
        raise IssuedOutside(issuer=outside)
    _hold(session, training_class)
    _require_day(on, now)
    lessons, passed = _lessons(session, training_class), to_certify(session, training_class)
    _require_sat(session, training_class, passed, on)
    made = []
    for person in passed:
        serial = counters.take(session, training_class.county, f"certificate {on.year}")
        row = _add(
            session,
            training_class,
            person,
            lessons,
            number=f"{training_class.county}{on.year}{serial:06d}",
            issuer=issuer,
            outside=False,
            on=on,
            by=by,
            now=now,
        )
        deeds.record(session, "certificate.issued", row, by=by, now=now)
        school = training_class.school.name if training_class.school else training_class.place
        _tell(session, training_class, row, _ISSUED, now=now, school=school)
        made.append(row)
    return made


def record_outside(
    session: Session, enrolment: Enrolment, *, number: str, on: date, by: Account | None, now: datetime
) -> Certificate:
    """Record the number under which another body certified her; the same again changes nothing.

    Raises IssuedHere, NotPassed(name), CertificateKnown(number) when she has another or somebody else has this one,
    DayNotCome, BeforeExam(day).
    """
    training_class = session.get_one(TrainingClass, enrolment.class_id)
    issuer = training_rules.of(training_class.course).outside_issuer
    if not issuer:
        raise IssuedHere
    _hold(session, training_class)
    _require_day(on, now)
    number = "".join(number.split()).upper()
    held = session.scalar(
        select(Certificate).where(
            Certificate.county == training_class.county, Certificate.issuer == issuer, Certificate.number == number
        )
    )
    known = standing(session, enrolment)
    if known is not None and held is known:
        return known
    if known is not None or held is not None:
        raise CertificateKnown(number=known.number if known else number)
    if exams.outcome_of(session, enrolment).state != "passed":
        raise NotPassed(name=identity.masked_name(enrolment.jobseeker.name))
    _require_sat(session, training_class, [enrolment], on)
    lessons = _lessons(session, training_class)
    row = _add(
        session, training_class, enrolment, lessons, number=number, issuer=issuer, outside=True, on=on, by=by, now=now
    )
    deeds.record(session, "certificate.recorded", row, by=by, now=now)
    _tell(session, training_class, row, _RECORDED, now=now, issuer=issuer)
    return row


def revoke(session: Session, row: Certificate, *, reason: str, by: Account | None, now: datetime) -> None:
    """Revoke a certificate; its page says so from now on. Again changes nothing. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    training_class = session.get_one(TrainingClass, row.enrolment.class_id)
    _hold(session, training_class)
    session.refresh(row)
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_why = now, reason.strip()
    session.flush()
    deeds.record(session, "certificate.revoked", row, by=by, now=now)
    _tell(session, training_class, row, _REVOKED, now=now, what="revoked")


def to_certify(session: Session, training_class: TrainingClass) -> list[Enrolment]:
    """Give who passed and has no certificate that stands, in the order of the list."""
    stands, have = exams.outcomes(session, training_class), of_class(session, training_class)
    return [
        person
        for person in enrolments.roster(session, training_class)
        if person.id not in have and person.id in stands and stands[person.id].state == "passed"
    ]


def of_class(session: Session, training_class: TrainingClass) -> dict[UUID, Certificate]:
    """Give the certificates of a class that stand, by enrolment id."""
    return {row.enrolment_id: row for row in _all(session, training_class) if row.revoked_at is None}


def revoked(session: Session, training_class: TrainingClass) -> list[Certificate]:
    """Give the certificates of a class that were revoked, by number."""
    return [row for row in _all(session, training_class) if row.revoked_at is not None]


def standing(session: Session, enrolment: Enrolment) -> Certificate | None:
    """Give her certificate that stands, if any."""
    return session.scalar(
        select(Certificate).where(Certificate.enrolment_id == enrolment.id, Certificate.revoked_at.is_(None))
    )


def find(session: Session, training_class: TrainingClass, id_: UUID) -> Certificate:
    """Give one certificate of a class. Raises NotFound."""
    row = session.get(Certificate, id_)
    if row is None or row.enrolment.class_id != training_class.id:
        raise NotFound
    return row


def opened(session: Session, county: str, token: str) -> Certificate:
    """Give the certificate whose QR holds this token, revoked or not; never another body's. Raises NotFound."""
    row = session.scalar(select(Certificate).filter_by(county=county, token=token, outside=False))
    if row is None:
        raise NotFound
    return row


def looked_up(session: Session, county: str, number: str, name: str) -> Certificate:
    """Give the certificate of ours with this number and the name that stands on it. Raises NoSuchCertificate."""
    wanted = "".join(number.split())
    row = session.scalars(select(Certificate).filter_by(county=county, number=wanted, outside=False)).first()
    if row is None or row.printed["name"] != identity.name(name):
        raise NoSuchCertificate
    return row


def _all(session: Session, training_class: TrainingClass) -> list[Certificate]:
    rows = select(Certificate).join(Enrolment, Enrolment.id == Certificate.enrolment_id)
    return list(session.scalars(rows.where(Enrolment.class_id == training_class.id).order_by(Certificate.number)))


def _hold(session: Session, training_class: TrainingClass) -> None:
    session.execute(
        select(TrainingClass.id).where(TrainingClass.id == training_class.id).with_for_update(key_share=True)
    )


def _require_day(on: date, now: datetime) -> None:
    if on > now.astimezone(HERE).date():
        raise DayNotCome(field="on")


def _require_sat(session: Session, training_class: TrainingClass, passed: Sequence[Enrolment], on: date) -> None:
    """Raise BeforeExam(day) when one of them sat later: numbers and calls (回访) go by the day of the certificate."""
    sat = exams.last_sat(session, training_class)
    last = max((sat[person.id] for person in passed), default=on)
    if on < last:
        raise BeforeExam(day=last, field="on")


def _lessons(session: Session, training_class: TrainingClass) -> tuple[date, date]:
    """Give the first and the last day of lessons as they were held."""
    held = select(ClassSession.starts_at).where(
        ClassSession.class_id == training_class.id, ClassSession.cancelled_at.is_(None)
    )
    days = [moment.astimezone(HERE).date() for moment in session.scalars(held.order_by(ClassSession.starts_at))]
    return (days[0], days[-1]) if days else (training_class.starts_on, training_class.ends_on)


def _add(
    session: Session,
    training_class: TrainingClass,
    enrolment: Enrolment,
    lessons: tuple[date, date],
    *,
    on: date,
    by: Account | None,
    now: datetime,
    **words: Any,  # noqa: ANN401  columns
) -> Certificate:
    """Write the row with what stands on the certificate, and when she is to be asked how she fares."""
    row = Certificate(
        county=training_class.county,
        enrolment_id=enrolment.id,
        token=secrets.token_urlsafe(16),
        issued_on=on,
        issued_at=now,
        by_id=by.id if by else None,
        printed=_printed(training_class, enrolment, lessons),
        **words,
    )
    session.add(row)
    session.flush()
    followups.begin(session, enrolment, on)
    return row


def _printed(training_class: TrainingClass, enrolment: Enrolment, lessons: tuple[date, date]) -> Mapping[str, Any]:
    course = training_class.course
    return {
        "name": enrolment.jobseeker.name,
        "id_last4": enrolment.id_last4,
        "project": course.name,
        "level": course.level,
        "hours": course.total_hours,
        "first": lessons[0].isoformat(),
        "last": lessons[1].isoformat(),
        "school": training_class.school.name if training_class.school else training_class.place,
        "kind": course.certificate,
    }


def _tell(
    session: Session,
    training_class: TrainingClass,
    row: Certificate,
    words: str,
    *,
    now: datetime,
    what: str = "",
    **more: str,
) -> None:
    notices.write(
        session,
        training_class.county,
        row.enrolment.jobseeker.phone,
        words.format(title=training_class.title, number=row.number, **more),
        about=deeds.about(row.enrolment),
        once=f"certificate/{row.id}/{what}",
        now=now,
    )
