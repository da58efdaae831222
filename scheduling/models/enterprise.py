"""Enterprises (用人单位) and the desk's review of them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row, at_most_one
from scheduling.models.county import Township
from scheduling.models.sought import Sought


class Enterprise(Sought, CountyRow):
    """An employer known by its unified social credit code (GB 32100)."""

    SOUGHT: ClassVar[tuple[str, ...]] = ("name",)

    __tablename__ = "enterprises"
    __table_args__ = (UniqueConstraint("county", "uscc"),)

    uscc: Mapped[str] = mapped_column(String(18))
    name: Mapped[str] = mapped_column(String(100))
    nature: Mapped[str] = mapped_column(String(40), default="")  # 单位性质
    industry: Mapped[str] = mapped_column(String(40), default="")
    size: Mapped[str] = mapped_column(String(20), default="")
    township_id: Mapped[UUID | None] = mapped_column(ForeignKey("townships.id"))
    address: Mapped[str] = mapped_column(String(200), default="")
    legal_representative: Mapped[str] = mapped_column(String(60), default="")
    contact_name: Mapped[str] = mapped_column(String(60))
    contact_phone: Mapped[str] = mapped_column(String(20))
    landline: Mapped[str] = mapped_column(String(30), default="")
    is_agency: Mapped[bool] = mapped_column(default=False)  # 人力资源服务、劳务派遣: needs its own permit
    agency_permit_no: Mapped[str] = mapped_column(String(60), default="")
    intro: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[datetime]

    township: Mapped[Township | None] = relationship(lazy="joined")
    standing: Mapped[EnterpriseReview | None] = relationship(
        primaryjoin="and_(EnterpriseReview.enterprise_id == Enterprise.id, EnterpriseReview.lifted_at.is_(None))",
        viewonly=True,
        lazy="joined",
    )

    @property
    def state(self) -> str:
        """`submitted` until the desk has spoken, then `approved`, `returned` or `withdrawn`."""
        return self.standing.verdict if self.standing else "submitted"


class EnterpriseReview(Row):
    """What the desk said. A new submission lifts it; at most one stands."""

    __tablename__ = "enterprise_reviews"
    __table_args__ = (at_most_one("enterprise_reviews", "standing", "enterprise_id", where="lifted_at IS NULL"),)

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"))
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
