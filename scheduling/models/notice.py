"""Notices: messages to people, written in the act's own transaction and sent afterwards by the worker."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow


class Notice(CountyRow):
    """One message to one phone. `once` makes the same act, repeated, write it once."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("county", "once"), Index("ix_notices_waiting", "sent_at", "due_at"))

    phone: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(String(80))
    once: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
