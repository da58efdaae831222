"""The bureau's people who work at fairs (就业专员): where they live, when they rest, who may lead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow
from scheduling.models.county import Township


class StaffMember(CountyRow):
    """Somebody who works at fairs; no account is needed for that."""

    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint("county", "name"),
        CheckConstraint("max_days_a_week BETWEEN 0 AND 7", name="days_of_a_week"),
    )

    name: Mapped[str] = mapped_column(String(60))
    township_id: Mapped[UUID | None] = mapped_column(ForeignKey("townships.id"))  # where they live
    rest_weekdays: Mapped[list[str]] = mapped_column(default=list)  # "1" (Monday) to "7"
    max_days_a_week: Mapped[int] = mapped_column(default=3)
    unavailable: Mapped[list[str]] = mapped_column(default=list)  # ISO dates: leave, training
    leads: Mapped[bool] = mapped_column(default=False)  # 可以带队
    added_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    township: Mapped[Township | None] = relationship(lazy="joined")
