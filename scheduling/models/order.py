"""Training orders (用工订单): an enterprise promises to hire whom we train."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow
from scheduling.models.enterprise import Enterprise


class TrainingOrder(CountyRow):
    """So many workers of one trade, at a promised wage (yuan a month), from a date on."""

    __tablename__ = "training_orders"
    __table_args__ = (
        UniqueConstraint("county", "no"),
        CheckConstraint("heads > 0", name="heads_positive"),
        CheckConstraint("wage_low <= wage_high", name="wage_in_order"),
    )

    no: Mapped[int]
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    trade: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(20), default="")
    heads: Mapped[int]
    wage_low: Mapped[int]
    wage_high: Mapped[int]
    wanted_from: Mapped[date]
    conditions: Mapped[str] = mapped_column(Text, default="")
    promised_at: Mapped[datetime]  # 承诺录用: no order without the promise to hire
    shifts: Mapped[list[str]] = mapped_column(default=list, server_default="[]")  # half-days its people work: "0am"
    employed: Mapped[bool] = mapped_column(default=False, server_default=false())  # trains people it employs already
    withdrawn_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_note: Mapped[str] = mapped_column(String(300), default="", server_default="")

    enterprise: Mapped[Enterprise] = relationship(lazy="joined")
