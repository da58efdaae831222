"""Deeds: the record every change of state leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow


class Deed(CountyRow):
    """Who did what, about what, and when. `facts` never holds personal data: a deed outlives its subject."""

    __tablename__ = "deeds"
    __table_args__ = (Index("ix_deeds_about", "about"), Index("ix_deeds_at", "county", "at"))

    what: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(80))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
