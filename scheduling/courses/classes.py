"""Classes: opening one of a course, for orders; publishing it, calling it off, and how many may come until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduling import counters, deeds, enrolments
from scheduling.models import (
    Account,
    ClassCallingOff,
    ClassOrder,
    ClassPublication,
    ClassSession,
    Course,
    School,
    TrainingClass,
    TrainingOrder,
)
from scheduling.planning.timetable import HERE
from scheduling.refusals import (
    ClassCalledOff,
    ClassNotReady,
    ClassOver,
    OrderWithdrawn,
    ReasonMissing,
    TimesInDisorder,
    TooManySeats,
)

SAME_WITHIN = timedelta(minutes=10)  # the same words again so soon are a double tap, not a second class
_OFF = "“{title}”停办，原定{starts}开班，现在不用来了。想学同类课程，请看新开的班，或打电话到窗口。【送岗】"


def open_class(
    session: Session,
    course: Course,
    *,
    school: School | None,
    title: str,
    place: str,
    address: str,
    contact_phone: str,
    starts_on: date,
    ends_on: date,
    enrol_until: datetime,
    seats: int,
    orders: Sequence[TrainingOrder],
    by: Account | None,
    now: datetime,
) -> TrainingClass:
    """Open a class of `course`, for `orders` if any; not published yet. The slug never changes.

    The same words again within ten minutes give the first class. Raises TooManySeats(cap), TimesInDisorder,
    OrderWithdrawn.
    """
    if ends_on < starts_on:
        raise TimesInDisorder
    if seats > course.class_cap:
        raise TooManySeats(cap=course.class_cap)
    session.execute(select(Course.id).where(Course.id == course.id).with_for_update(key_share=True))
    words = {
        "course_id": course.id,
        "school_id": school.id if school else None,
        "title": title.strip(),
        "place": place.strip(),
        "address": address.strip(),
        "contact_phone": contact_phone.strip(),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "enrol_until": enrol_until,
        "seats": seats,
    }
    same = select(TrainingClass).filter_by(**words).where(TrainingClass.changed_at > now - SAME_WITHIN)
    known = session.scalars(same).unique().first()
    if known is not None:
        return known
    _hold(session, orders)
    number = counters.take(session, course.county, "class")
    row = TrainingClass(county=course.county, number=number, slug=f"class-{number}", changed_at=now, **words)
    session.add(row)
    session.flush()
    for order in orders:
        session.add(ClassOrder(class_id=row.id, order_id=order.id))
    deeds.record(session, "class.opened", row, by=by, now=now, number=number, seats=seats)
    session.flush()
    return row


def publish(session: Session, training_class: TrainingClass, *, by: Account | None, now: datetime) -> None:
    """Open the class for enrolment; again changes nothing. Raises ClassNotReady without a session, ClassCalledOff."""
    lock(session, training_class)
    if training_class.publication is not None:
        return
    held = select(ClassSession.id).where(
        ClassSession.class_id == training_class.id, ClassSession.cancelled_at.is_(None)
    )
    if session.scalars(held).first() is None:
        raise ClassNotReady
    training_class.publication = ClassPublication(by_id=by.id if by else None, at=now)
    training_class.changed_at = now
    session.flush()
    deeds.record(session, "class.published", training_class, by=by, now=now)


def call_off(
    session: Session, training_class: TrainingClass, *, reason: str, by: Account | None, now: datetime
) -> None:
    """Call the class off: its coming sessions are cancelled, everybody on the list is told; again changes nothing.

    Enrolments stay as they are. One that is over and had people was held: it is not called off any more. Raises
    ReasonMissing, ClassOver(day).
    """
    if not reason.strip():
        raise ReasonMissing
    try:
        lock(session, training_class)
    except ClassCalledOff:
        return
    if training_class.taken and now.astimezone(HERE).date() > training_class.ends_on:
        raise ClassOver(day=training_class.ends_on)
    training_class.calling_off = ClassCallingOff(reason=reason.strip()[:300], by_id=by.id if by else None, at=now)
    training_class.changed_at = now
    session.flush()
    coming = update(ClassSession).where(
        ClassSession.class_id == training_class.id, ClassSession.cancelled_at.is_(None), ClassSession.ends_at > now
    )
    session.execute(coming.values(cancelled_at=now, changed_at=now, sequence=ClassSession.sequence + 1))
    deeds.record(session, "class.called_off", training_class, by=by, now=now)
    if training_class.publication is not None:
        enrolments.tell_all(session, training_class, "called_off", _OFF, now=now)


def set_seats(
    session: Session, training_class: TrainingClass, seats: int, *, by: Account | None, now: datetime
) -> None:
    """Change the number of seats. More move up who waits, at once; fewer than taken drop nobody and promote nobody.

    Raises TooManySeats(cap), ClassCalledOff.
    """
    if seats > training_class.course.class_cap:
        raise TooManySeats(cap=training_class.course.class_cap)
    lock(session, training_class)
    if seats == training_class.seats:
        return
    deeds.record(session, "class.seats_set", training_class, by=by, now=now, seats=seats, before=training_class.seats)
    training_class.seats, training_class.changed_at = seats, now
    session.flush()
    enrolments.promote(session, training_class, now=now)


def set_closing(
    session: Session, training_class: TrainingClass, enrol_until: datetime, *, by: Account | None, now: datetime
) -> None:
    """Change when enrolment closes (aware); if it is open again, who waits moves up. Raises ClassCalledOff."""
    lock(session, training_class)
    if enrol_until == training_class.enrol_until:
        return
    training_class.enrol_until, training_class.changed_at = enrol_until, now
    session.flush()
    deeds.record(session, "class.closing_set", training_class, by=by, now=now)
    enrolments.promote(session, training_class, now=now)


def lock(session: Session, training_class: TrainingClass) -> None:
    """Let nobody else change this class until the transaction ends, and read it anew. Raises ClassCalledOff."""
    session.flush()
    rows = select(TrainingClass.id).where(TrainingClass.id == training_class.id)
    session.execute(rows.with_for_update(key_share=True))
    session.refresh(training_class)
    if training_class.calling_off is not None:
        raise ClassCalledOff


def _hold(session: Session, orders: Sequence[TrainingOrder]) -> None:
    """Keep these orders from being withdrawn until the class stands. Raises OrderWithdrawn."""
    wanted = select(TrainingOrder.id).where(TrainingOrder.id.in_([order.id for order in orders]))
    session.execute(wanted.order_by(TrainingOrder.no).with_for_update(key_share=True))
    if session.scalars(wanted.where(TrainingOrder.withdrawn_at.is_not(None))).first() is not None:
        raise OrderWithdrawn
