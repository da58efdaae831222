"""Results of fairs beside the figures: the weather, what companies say of their own booth, that it is finished."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Row


class FairNote(Row):
    """What the figures of a fair do not say: the weather (天气) and a remark (备注)."""

    __tablename__ = "fair_notes"
    __table_args__ = (UniqueConstraint("fair_id"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    weather: Mapped[str] = mapped_column(String(60), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class BoothReport(Row):
    """What a company says came of its own booth: people and times of intent apart, for one may ask for two jobs."""

    __tablename__ = "booth_reports"
    __table_args__ = (
        UniqueConstraint("booking_id"),
        CheckConstraint("hired_on_site >= 0 AND intent_people >= hired_on_site", name="hired_had_intent"),
        CheckConstraint("intent_times >= intent_people", name="times_at_least_people"),
    )

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("bookings.id"))
    intent_people: Mapped[int]
    intent_times: Mapped[int]
    hired_on_site: Mapped[int]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
