"""Booths (展位) of a fair and their bookings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row, at_most_one
from scheduling.models.enterprise import Enterprise
from scheduling.models.fair import Fair

# Why a booking ended: in time (免责取消), too late (逾期取消), late at the fair (未按时签到), by the bureau, a penalty.
CANCELLED = ("free", "late", "released", "desk", "barred")


class Booth(Row):
    """One numbered stall: a table and chairs, a tent, a built stand."""

    __tablename__ = "booths"
    __table_args__ = (UniqueConstraint("fair_id", "number"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20), default="table")  # table 桌椅, standard 标准, tent 帐篷, built 特装
    power: Mapped[bool] = mapped_column(default=False)
    zone: Mapped[str] = mapped_column(String(40), default="", server_default="")  # 分区: whose corner of the plan it is
    tables: Mapped[int] = mapped_column(default=1, server_default="1")
    accessible: Mapped[bool] = mapped_column(default=False, server_default=false())  # step-free, wide enough
    row: Mapped[int] = mapped_column(default=1)
    column: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]  # taken out of the plan; kept, for a cancelled booking may name it

    fair: Mapped[Fair] = relationship()
    booking: Mapped[Booking | None] = relationship(
        primaryjoin="and_(Booking.booth_id == Booth.id, Booking.cancelled_at.is_(None))", viewonly=True
    )


class Booking(Row):
    """An enterprise has a booth. The two partial indexes are the last guard: one booth, one booking."""

    __tablename__ = "bookings"
    __table_args__ = (
        at_most_one("bookings", "booth", "booth_id", where="cancelled_at IS NULL"),
        at_most_one("bookings", "enterprise", "fair_id", "enterprise_id", where="cancelled_at IS NULL"),
    )

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    booth_id: Mapped[UUID] = mapped_column(ForeignKey("booths.id"), index=True)
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    booked_at: Mapped[datetime]
    attendees: Mapped[str] = mapped_column(String(200), default="")  # who will come (参会人员)
    attendee_phone: Mapped[str] = mapped_column(String(20), default="")
    needs: Mapped[str] = mapped_column(String(200), default="")
    confirmed_at: Mapped[datetime | None]  # 再次确认: attendees were named
    cancelled_at: Mapped[datetime | None]
    cancelled_why: Mapped[str] = mapped_column(String(20), default="", server_default="")  # CANCELLED
    no_show_at: Mapped[datetime | None]  # 爽约: it was found that nobody came
    walk_in: Mapped[bool] = mapped_column(default=False, server_default=false())  # 现场增补

    fair: Mapped[Fair] = relationship()
    booth: Mapped[Booth] = relationship()
    enterprise: Mapped[Enterprise] = relationship()

    @property
    def status(self) -> str:
        """How it stands (domain.md §4): approved, confirmed, walk_in, no_show, or cancelled_ and why."""
        if self.no_show_at is not None:
            return "no_show"
        if self.cancelled_at is not None:
            return f"cancelled_{self.cancelled_why or 'free'}"
        if self.walk_in:
            return "walk_in"
        return "confirmed" if self.confirmed_at else "approved"


class BoothRequest(Row):
    """An enterprise wants a booth at a fair and leaves it to the bureau which one. One that stands for each."""

    __tablename__ = "booth_requests"
    __table_args__ = (
        at_most_one("booth_requests", "standing", "fair_id", "enterprise_id", where="withdrawn_at IS NULL"),
        CheckConstraint("tables > 0", name="tables_positive"),
    )

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    wishes: Mapped[list[str]] = mapped_column(default=list)  # best first: a booth's number, or a zone's name
    power: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(String(20), default="")  # a kind of booth; "": any
    tables: Mapped[int] = mapped_column(default=1)
    access: Mapped[bool] = mapped_column(default=False)  # its own people need a step-free booth
    invited: Mapped[bool] = mapped_column(default=False)  # by the bureau: must have a booth
    asked_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    fair: Mapped[Fair] = relationship()
    enterprise: Mapped[Enterprise] = relationship()
