"""Reservations (预约): a jobseeker said she will come to a fair."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row, at_most_one
from scheduling.models.fair import Fair
from scheduling.models.jobseeker import Jobseeker


class Reservation(Row):
    """One person, one fair; made by herself or by `relation` for her."""

    __tablename__ = "reservations"
    __table_args__ = (at_most_one("reservations", "person", "fair_id", "jobseeker_id", where="cancelled_at IS NULL"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    jobseeker_id: Mapped[UUID] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    relation: Mapped[str] = mapped_column(String(12), default="self")
    agent_name: Mapped[str] = mapped_column(String(60), default="")
    agent_phone: Mapped[str] = mapped_column(String(20), default="")
    reserved_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

    fair: Mapped[Fair] = relationship(lazy="joined")
    jobseeker: Mapped[Jobseeker] = relationship(lazy="joined")
