"""Vans (就业大篷车、招聘宣传流动服务车): how far they go, and the days on which they cannot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow


class Van(CountyRow):
    """One van of the bureau."""

    __tablename__ = "vans"
    __table_args__ = (UniqueConstraint("county", "name"), CheckConstraint("range_minutes > 0", name="range_positive"))

    name: Mapped[str] = mapped_column(String(60))
    range_minutes: Mapped[int]  # one way: it is sent nowhere farther
    minutes: Mapped[dict[str, Any]] = mapped_column(default=dict)  # one way, by the township's code
    unavailable: Mapped[list[str]] = mapped_column(default=list)  # ISO dates: inspection, repair
    added_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
