"""Which events let phones at the gate find people by name (按姓查找)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Row


class GateSearch(Row):
    """The desk lets phones at a fair's or a whole class's gate find people by name. Without a row they may not."""

    __tablename__ = "gate_searches"
    __table_args__ = (CheckConstraint("(fair_id IS NULL) <> (class_id IS NULL)", name="of_one_event"),)

    fair_id: Mapped[UUID | None] = mapped_column(ForeignKey("fairs.id"), unique=True)
    class_id: Mapped[UUID | None] = mapped_column(ForeignKey("classes.id"), unique=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
