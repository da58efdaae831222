"""Accounts: who may sign in, and as what."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row

if TYPE_CHECKING:
    from scheduling.models.enterprise import Enterprise
    from scheduling.models.school import School

ROLES = ("jobseeker", "coordinator", "enterprise", "school", "scanner", "desk", "admin")


class Account(CountyRow):
    """Somebody who signs in: staff by user name and password, everyone else by phone and one-time code."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("county", "username"), UniqueConstraint("county", "phone"))

    name: Mapped[str] = mapped_column(String(60))
    username: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(20))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("schools.id"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    grants: Mapped[list[Grant]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", foreign_keys="Grant.account_id"
    )
    enterprise: Mapped[Enterprise | None] = relationship(foreign_keys=[enterprise_id])
    school: Mapped[School | None] = relationship()

    @property
    def roles(self) -> frozenset[str]:
        """What this account may act as, out of ROLES."""
        return frozenset(grant.role for grant in self.grants)


class Grant(Row):
    """One role given to one account: who gave it and when."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("account_id", "role"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str] = mapped_column(String(12))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
