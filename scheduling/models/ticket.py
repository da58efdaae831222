"""Tickets (入场码、学员码、展位码): what a QR stands for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, at_most_one
from scheduling.models.booth import Booking
from scheduling.models.course import TrainingClass
from scheduling.models.enrolment import Enrolment
from scheduling.models.fair import Fair
from scheduling.models.reservation import Reservation


class Ticket(CountyRow):
    """One issued ticket, for exactly one of: a reservation, an enrolment, a booth booking.

    `kind`, `event_number` and `serial` stand in the QR; `code` is the short code beside it, which is also
    the booking number (报名号). A re-issue is a new row with a new serial; the old one is revoked.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("county", "kind", "event_number", "serial"),
        UniqueConstraint("county", "code"),
        at_most_one("tickets", "reservation", "reservation_id", where="revoked_at IS NULL"),
        at_most_one("tickets", "enrolment", "enrolment_id", where="revoked_at IS NULL"),
        at_most_one("tickets", "booking", "booking_id", where="revoked_at IS NULL"),
        CheckConstraint(
            "(reservation_id IS NOT NULL AND enrolment_id IS NULL AND booking_id IS NULL AND class_id IS NULL)"
            " OR (reservation_id IS NULL AND enrolment_id IS NOT NULL AND booking_id IS NULL AND fair_id IS NULL)"
            " OR (reservation_id IS NULL AND enrolment_id IS NULL AND booking_id IS NOT NULL AND class_id IS NULL)",
            name="stands_for_one",
        ),
    )

    kind: Mapped[int]  # 1 fair, 2 class, 3 booth
    event_number: Mapped[int]
    serial: Mapped[int]
    rotation: Mapped[int]
    code: Mapped[str] = mapped_column(String(12))
    fair_id: Mapped[UUID | None] = mapped_column(ForeignKey("fairs.id"), index=True)
    class_id: Mapped[UUID | None] = mapped_column(ForeignKey("classes.id"), index=True)
    reservation_id: Mapped[UUID | None] = mapped_column(ForeignKey("reservations.id"), index=True)
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolments.id"), index=True)
    booking_id: Mapped[UUID | None] = mapped_column(ForeignKey("bookings.id"), index=True)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str] = mapped_column(String(20), default="")  # cancelled, reissued

    fair: Mapped[Fair | None] = relationship()
    training_class: Mapped[TrainingClass | None] = relationship()
    reservation: Mapped[Reservation | None] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()
    booking: Mapped[Booking | None] = relationship()
