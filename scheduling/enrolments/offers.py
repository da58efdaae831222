"""Timed offers: who moves up keeps the seat for some hours, and says whether she comes.

Only where the course's rules give such hours, and they are over before enrolment closes. A scan in the class is a yes.
`line` makes offers and takes them back; people answer through `answer`, and the worker runs `settle`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from scheduling import deeds, tickets, training_rules
from scheduling.enrolments.telling import OFFERED, spoken, tell
from scheduling.models import Account, ClassCallingOff, Enrolment, Scan, SeatOffer, Ticket, TrainingClass


def standing(session: Session, enrolment: Enrolment) -> SeatOffer | None:
    """Give the offer she has not answered yet, or None."""
    return session.scalar(
        select(SeatOffer).where(SeatOffer.enrolment_id == enrolment.id, SeatOffer.answered_at.is_(None))
    )


def of_class(session: Session, training_class: TrainingClass) -> dict[UUID, SeatOffer]:
    """Give the offers of a class that wait for an answer, by the enrolment's key. One question."""
    rows = select(SeatOffer).join(Enrolment, Enrolment.id == SeatOffer.enrolment_id)
    rows = rows.where(Enrolment.class_id == training_class.id, SeatOffer.answered_at.is_(None))
    return {row.enrolment_id: row for row in session.scalars(rows)}


def make(session: Session, training_class: TrainingClass, enrolment: Enrolment, *, now: datetime) -> bool:
    """Offer the seat she was just given until the hours are over; False where none are given.

    False, too, when enrolment closes before: nobody moves up after that, so taking the seat back would help nobody.
    """
    hours = training_rules.of(training_class.course).offer_hours
    if hours is None or now + timedelta(hours=hours) > training_class.enrol_until:
        return False
    offer = SeatOffer(enrolment_id=enrolment.id, made_at=now, until=now + timedelta(hours=hours))
    session.add(offer)
    session.flush()
    deeds.record(session, "seat.offered", offer, county=training_class.county, by=None, now=now)
    code = tickets.issue(session, enrolment, now=now).code
    tell(session, training_class, enrolment, "offered", OFFERED, now=now, until=spoken(offer.until), code=code)
    return True


def accept(session: Session, enrolment: Enrolment, *, by: Account | None, now: datetime) -> bool:
    """Note her yes; False when no offer stands. The caller has locked the class."""
    offer = standing(session, enrolment)
    if offer is None:
        return False
    end(session, enrolment, "accepted", now=now)
    county = session.get_one(TrainingClass, enrolment.class_id).county
    deeds.record(session, "seat.accepted", offer, county=county, by=by, now=now)
    return True


def end(session: Session, enrolment: Enrolment, answer: str, *, now: datetime) -> None:
    """Close the offer that stands for her, if any: accepted, declined or lapsed."""
    session.execute(
        update(SeatOffer)
        .where(SeatOffer.enrolment_id == enrolment.id, SeatOffer.answered_at.is_(None))
        .values(answered_at=now, answer=answer)
    )


def take_back(session: Session, training_class: TrainingClass, *, now: datetime) -> Sequence[Enrolment]:
    """Give those who let their time pass; who was scanned since has said yes. The caller has locked the class."""
    came = exists().where(
        Ticket.enrolment_id == SeatOffer.enrolment_id,
        Scan.ticket_id == Ticket.id,
        Scan.session_id.is_not(None),
        Scan.scanned_at >= SeatOffer.made_at,
    )
    over = (
        SeatOffer.answered_at.is_(None),
        SeatOffer.until < now,
        SeatOffer.enrolment_id.in_(select(Enrolment.id).where(Enrolment.class_id == training_class.id)),
    )
    session.execute(
        update(SeatOffer).where(*over, came).values(answered_at=now, answer="accepted"),
        execution_options={"synchronize_session": False},
    )
    late = select(Enrolment).join(SeatOffer, SeatOffer.enrolment_id == Enrolment.id)
    return session.scalars(late.where(*over, Enrolment.cancelled_at.is_(None)).order_by(Enrolment.place)).all()


def due(session: Session, county: str, *, now: datetime) -> list[TrainingClass]:
    """Give the classes whose line may move: an offer's time is over, or a seat is free while somebody waits."""
    offered = (
        select(Enrolment.class_id)
        .join(SeatOffer, SeatOffer.enrolment_id == Enrolment.id)
        .where(SeatOffer.answered_at.is_(None), SeatOffer.until < now)
    )
    waits = exists().where(
        Enrolment.class_id == TrainingClass.id, Enrolment.confirmed_at.is_(None), Enrolment.cancelled_at.is_(None)
    )
    open_seat = (TrainingClass.taken < TrainingClass.seats) & (TrainingClass.enrol_until >= now) & waits
    rows = (
        select(TrainingClass)
        .where(
            TrainingClass.county == county,
            TrainingClass.id.in_(offered) | open_seat,
            ~exists().where(ClassCallingOff.class_id == TrainingClass.id),
        )
        .order_by(TrainingClass.id)
    )
    return list(session.scalars(rows))
