"""Counties and their townships."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Base, CountyRow


class County(Base):
    """One county: today a deployment has one, its key already leads every unique key."""

    __tablename__ = "counties"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    market_term: Mapped[str] = mapped_column(String(4), default="集")


class Township(CountyRow):
    """A township (乡镇) or sub-district (街道)."""

    __tablename__ = "townships"
    __table_args__ = (UniqueConstraint("county", "code"),)

    code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(60))
    population_10k: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
