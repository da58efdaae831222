"""After the class: placements (就业), follow-ups (回访), and the needs of enterprises in the ledger (用工需求台账)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row, at_most_one
from scheduling.models.enrolment import Enrolment
from scheduling.models.enterprise import Enterprise

SOURCES = ("assigned", "visit", "own")  # 县交办, 走访, 自报
URGENCY = ("urgent", "normal")


class LabourNeed(CountyRow):
    """A line of the ledger: so many people of one trade are wanted; `hired_before` were when the line was begun."""

    __tablename__ = "labour_needs"
    __table_args__ = (
        UniqueConstraint("county", "no"),
        CheckConstraint("needed > 0", name="needed_positive"),
        CheckConstraint("hired_before >= 0", name="hired_not_negative"),
    )

    no: Mapped[int]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    trade: Mapped[str] = mapped_column(String(40))
    needed: Mapped[int]
    hired_before: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(12))  # SOURCES
    urgency: Mapped[str] = mapped_column(String(12), default="normal")
    registered_on: Mapped[date]
    changed_at: Mapped[datetime]
    closed_on: Mapped[date | None]
    closed_how: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")

    enterprise: Mapped[Enterprise] = relationship(lazy="joined")
    placements: Mapped[list[Placement]] = relationship(viewonly=True, lazy="selectin")

    @property
    def hired(self) -> int:
        """How many were hired: before the line began, and by placements that were not ended as untrue."""
        return self.hired_before + sum(one.undone_at is None for one in self.placements)

    @property
    def gap(self) -> int:
        """How many are still wanted; never less than none."""
        return max(0, self.needed - self.hired)


class Placement(Row):
    """A trainee began to work somewhere. One stands for each enrolment; a wrong one is undone, with the reason."""

    __tablename__ = "placements"
    __table_args__ = (at_most_one("placements", "standing", "enrolment_id", where="undone_at IS NULL"),)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    employer: Mapped[str] = mapped_column(String(100), default="")  # where no enterprise of ours
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("training_orders.id"), index=True)
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("labour_needs.id"), index=True)
    started_on: Mapped[date]
    wage: Mapped[int | None]  # yuan a month
    source: Mapped[str] = mapped_column(String(12))  # enterprise, school, desk: who said so
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    verified_at: Mapped[datetime | None]  # 到岗(已核实)
    undone_at: Mapped[datetime | None]
    undone_why: Mapped[str] = mapped_column(String(200), default="")

    enrolment: Mapped[Enrolment] = relationship(lazy="joined")
    enterprise: Mapped[Enterprise | None] = relationship(lazy="joined")


class FollowUp(Row):
    """A call 1, 3 or 6 months after the certificate: reached or not, at work or not."""

    __tablename__ = "follow_ups"
    __table_args__ = (UniqueConstraint("enrolment_id", "month"),)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    month: Mapped[int]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    answer: Mapped[str] = mapped_column(String(12), default="")  # at_work, no_work, not_reached
    wage: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(300), default="")

    enrolment: Mapped[Enrolment] = relationship(lazy="joined")
