"""Markets (集市), the rules their days follow, and the exceptions on top."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row
from scheduling.models.county import Township


class Market(CountyRow):
    """A recurring open-air market; it may have no rule at all and live by added dates."""

    __tablename__ = "markets"
    __table_args__ = (UniqueConstraint("county", "slug"),)

    slug: Mapped[str] = mapped_column(String(40))
    township_id: Mapped[UUID] = mapped_column(ForeignKey("townships.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    term: Mapped[str] = mapped_column(String(4), default="集")
    rule_text: Mapped[str] = mapped_column(String(200), default="")
    opens: Mapped[time | None]
    closes: Mapped[time | None]

    township: Mapped[Township] = relationship(lazy="joined")
    rules: Mapped[list[MarketRule]] = relationship(
        order_by="MarketRule.position", cascade="all, delete-orphan", lazy="selectin"
    )
    exceptions: Mapped[list[MarketException]] = relationship(
        order_by="MarketException.day", cascade="all, delete-orphan", lazy="selectin"
    )


class MarketRule(Row):
    """One rule of a market, as `planning.markets` writes it; a market's days are the union of its rules."""

    __tablename__ = "market_rules"
    __table_args__ = (UniqueConstraint("market_id", "position"),)

    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    params: Mapped[dict[str, Any]]


class MarketException(Row):
    """A day added, dropped or moved, with the reason and who said so (春节休市, 节前加集)."""

    __tablename__ = "market_exceptions"
    __table_args__ = (UniqueConstraint("market_id", "day"),)

    market_id: Mapped[UUID] = mapped_column(ForeignKey("markets.id"))
    kind: Mapped[str] = mapped_column(String(10))  # add_date, drop_date, move
    day: Mapped[date]
    moved_to: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(200))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class Holiday(CountyRow):
    """A day off or a make-up workday by the State Council's yearly notice; the desk may correct it."""

    __tablename__ = "holidays"
    __table_args__ = (UniqueConstraint("county", "day"),)

    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(40))
    works: Mapped[bool]
