"""The rules of booking booths (展位规则), what breaking them costs an enterprise, and who waits for a booth."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row, at_most_one
from scheduling.models.enterprise import Enterprise
from scheduling.models.fair import Fair

MODES = ("first_come", "allocated")  # 先到先得, 统一分配


class BoothPolicy(CountyRow):
    """Rules of booking for a series of fairs, as data. Days count back from the fair's day, in Asia/Shanghai.

    A None says: no such rule. `penalties` is a list of {count, causes, window, effect}, as `booths.policies` reads it.
    """

    __tablename__ = "booth_policies"
    __table_args__ = (
        UniqueConstraint("county", "name"),
        CheckConstraint("mode IN ('first_come', 'allocated')", name="mode_known"),
        CheckConstraint("most_a_month > 0", name="most_a_month_positive"),
    )

    name: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(20), default="first_come")
    opens_days: Mapped[int | None]  # booking opens so many days before; None: once the fair is published
    opens_at: Mapped[time] = mapped_column(default=time(9))
    closes_days: Mapped[int | None]  # None: when the fair begins
    closes_at: Mapped[time] = mapped_column(default=time(17))
    free_days: Mapped[int | None]  # 免责取消: free until then; None: until the fair begins
    free_at: Mapped[time] = mapped_column(default=time(17))
    checkin_before: Mapped[int] = mapped_column(default=60)  # minutes before the fair begins
    checkin_after: Mapped[int | None]  # minutes after it begins, may be negative; None: until it ends
    releases_late: Mapped[bool] = mapped_column(default=False, server_default=false())  # who is late loses the booth
    most_a_month: Mapped[int | None]  # fairs under this policy, for one enterprise in one calendar month
    not_in_a_row: Mapped[bool] = mapped_column(default=False, server_default=false())
    needs_vacancies: Mapped[bool] = mapped_column(default=True, server_default=true())  # an approved one at least
    walk_ins: Mapped[bool] = mapped_column(default=False, server_default=false())
    penalties: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class FairPolicy(Row):
    """Which policy a fair goes by. No row: anybody approved may book until it begins."""

    __tablename__ = "fair_policies"

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), unique=True)
    policy_id: Mapped[UUID] = mapped_column(ForeignKey("booth_policies.id"), index=True)
    at: Mapped[datetime]

    policy: Mapped[BoothPolicy] = relationship(lazy="joined")


class BoothWait(Row):
    """An enterprise waits for a booth at a fair that is full. `place` only grows: it is the order, never changed."""

    __tablename__ = "booth_waits"
    __table_args__ = (
        UniqueConstraint("fair_id", "place"),
        at_most_one("booth_waits", "standing", "fair_id", "enterprise_id", where="left_at IS NULL"),
    )

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    place: Mapped[int]
    since: Mapped[datetime]
    left_at: Mapped[datetime | None]
    booking_id: Mapped[UUID | None] = mapped_column(ForeignKey("bookings.id"))  # it left because it got this one

    fair: Mapped[Fair] = relationship()
    enterprise: Mapped[Enterprise] = relationship()


class Penalty(Row):
    """What an enterprise may not do for a while, by which rule and because of what. Once for each last cause."""

    __tablename__ = "penalties"
    __table_args__ = (UniqueConstraint("booking_id", "policy_id"),)

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    policy_id: Mapped[UUID] = mapped_column(ForeignKey("booth_policies.id"), index=True)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("bookings.id"))  # the last cause
    causes: Mapped[list[str]] = mapped_column(default=list)  # ids of all bookings that count, as text
    rule: Mapped[dict[str, Any]]  # as it was when it applied
    effect: Mapped[str] = mapped_column(String(20))  # next_fair, quarter, year
    until: Mapped[datetime | None]  # None for next_fair: it is that fair
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    lift_reason: Mapped[str] = mapped_column(String(300), default="")

    policy: Mapped[BoothPolicy] = relationship(lazy="joined")
    enterprise: Mapped[Enterprise] = relationship()
    appeals: Mapped[list[PenaltyAppeal]] = relationship(order_by="PenaltyAppeal.at", lazy="selectin")


class PenaltyAppeal(Row):
    """The enterprise says why (申诉), and what the bureau answered. One at a time."""

    __tablename__ = "penalty_appeals"
    __table_args__ = (at_most_one("penalty_appeals", "open", "penalty_id", where="decided_at IS NULL"),)

    penalty_id: Mapped[UUID] = mapped_column(ForeignKey("penalties.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(300), default="")
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
