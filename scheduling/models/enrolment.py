"""Enrolments (报名): a jobseeker has a seat in a class, or waits for one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row, at_most_one
from scheduling.models.course import ClassSession, TrainingClass
from scheduling.models.jobseeker import Jobseeker

EDUCATIONS = ("illiterate", "primary", "junior", "senior", "secondary", "technical", "college", "bachelor", "master")
WHYS = ("withdrew", "declined", "lapsed", "transferred", "dropped_out")


class Enrolment(Row):
    """One person in one class. `place` is her number in the line; `confirmed_at` is set when she has a seat.

    The ID number is sealed (AES-256-GCM), found by `id_blind` (keyed hash); its last four stand in clear.
    """

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("class_id", "place"),
        at_most_one("enrolments", "person", "class_id", "id_blind", where="cancelled_at IS NULL"),
        Index("ix_enrolments_waiting", "class_id", "confirmed_at", "cancelled_at", "place"),
        Index("ix_enrolments_id_blind", "id_blind"),
    )

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    jobseeker_id: Mapped[UUID] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    place: Mapped[int]
    id_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    id_blind: Mapped[str] = mapped_column(String(64))
    id_last4: Mapped[str] = mapped_column(String(4))
    education: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(40), default="")  # 人员类别
    household: Mapped[str] = mapped_column(String(60), default="", server_default="")  # 户籍乡镇
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("training_orders.id"), index=True)  # trains for it
    list_id: Mapped[UUID | None] = mapped_column(ForeignKey("signup_lists.id"))  # came by this list
    transferred_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolments.id"))
    relation: Mapped[str] = mapped_column(String(12), default="self")
    agent_name: Mapped[str] = mapped_column(String(60), default="")
    agent_phone: Mapped[str] = mapped_column(String(20), default="")
    committed_at: Mapped[datetime]  # 承诺书 ticked
    enrolled_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_why: Mapped[str] = mapped_column(String(20), default="", server_default="")  # WHYS

    training_class: Mapped[TrainingClass] = relationship()
    jobseeker: Mapped[Jobseeker] = relationship(lazy="joined")

    def attends(self, class_session: ClassSession, parties: int) -> bool:
        """Whether she is to come to a session of her class, which practises in so many rotating parties (0: in none).

        Her number in the line says which is hers: it never changes, and neighbours in the line are not together.
        """
        return class_session.party in {0, (self.place - 1) % parties + 1 if parties else 0}

    @property
    def state(self) -> str:
        """`cancelled`, `confirmed` or `waitlisted`."""
        if self.cancelled_at:
            return "cancelled"
        return "confirmed" if self.confirmed_at else "waitlisted"
