"""Duties (任务): which van, who of the staff and which enterprises are to be at a fair."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row, at_most_one
from scheduling.models.enterprise import Enterprise
from scheduling.models.plan import PlanVersion
from scheduling.models.staff import StaffMember
from scheduling.models.van import Van


class FairDuty(Row):
    """One of them is to be there, by an accepted version of a plan; a lifted one no longer is."""

    __tablename__ = "fair_duties"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN van_id IS NULL THEN 0 ELSE 1 END + CASE WHEN staff_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN enterprise_id IS NULL THEN 0 ELSE 1 END = 1",
            name="of_one",
        ),
        at_most_one("fair_duties", "van", "fair_id", "van_id", where="lifted_at IS NULL"),
        at_most_one("fair_duties", "staff", "fair_id", "staff_id", where="lifted_at IS NULL"),
        at_most_one("fair_duties", "enterprise", "fair_id", "enterprise_id", where="lifted_at IS NULL"),
    )

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_versions.id"), index=True)
    van_id: Mapped[UUID | None] = mapped_column(ForeignKey("vans.id"))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]

    version: Mapped[PlanVersion] = relationship()
    van: Mapped[Van | None] = relationship(lazy="joined")
    staff: Mapped[StaffMember | None] = relationship(lazy="joined")
    enterprise: Mapped[Enterprise | None] = relationship(lazy="joined")
