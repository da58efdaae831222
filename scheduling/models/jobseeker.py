"""Jobseekers (求职者): a name and a phone, which a family may share."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow

RELATIONS = ("self", "spouse", "child", "parent", "friend", "coordinator", "staff")


class Jobseeker(CountyRow):
    """Somebody who looks for work. One phone may serve many people; name and phone together are one person."""

    __tablename__ = "jobseekers"
    __table_args__ = (UniqueConstraint("county", "phone", "name"),)

    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(20))
    township_id: Mapped[UUID | None] = mapped_column(ForeignKey("townships.id"))
    created_at: Mapped[datetime]
