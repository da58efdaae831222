"""Series of fairs: made from a rule between two dates, each fair a draft that then lives its own life."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow


class FairSeries(CountyRow):
    """What a series was made from. The same told again is the same row: `fingerprint` says what is the same."""

    __tablename__ = "fair_series"
    __table_args__ = (
        UniqueConstraint("county", "number"),
        UniqueConstraint("county", "fingerprint"),
        CheckConstraint("last >= first", name="ends_after_start"),
    )

    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))  # of its fairs
    title: Mapped[str] = mapped_column(String(100))
    rule: Mapped[dict[str, Any]]  # as planning.markets writes a rule, with its kind; {"kind": "market"}: its market's
    market_id: Mapped[UUID | None] = mapped_column(ForeignKey("markets.id"))
    first: Mapped[date]
    last: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    fingerprint: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
