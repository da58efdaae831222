"""Counters: running numbers, given out once."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Base


class Counter(Base):
    """The last number given out for one kind of thing in one county."""

    __tablename__ = "counters"

    county: Mapped[str] = mapped_column(ForeignKey("counties.code"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int]
