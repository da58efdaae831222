"""Leads (线索): somebody who saw a livestream wants to be rung up about a job."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row
from scheduling.models.fair import Fair
from scheduling.models.jobseeker import Jobseeker

CHANNELS = ("scan", "comment", "phone", "message", "group")  # 扫码 评论 电话 私信 群


class LiveLead(Row):
    """One person, one job number of one show; whoever says it twice said it once, by the first channel."""

    __tablename__ = "live_leads"
    __table_args__ = (
        UniqueConstraint("fair_id", "jobseeker_id", "job_no"),
        Index("ix_live_leads_fair_id_enterprise_id", "fair_id", "enterprise_id"),
    )

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    jobseeker_id: Mapped[UUID] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"))  # who may see the phone
    job_no: Mapped[int]
    channel: Mapped[str] = mapped_column(String(10))
    relation: Mapped[str] = mapped_column(String(12), default="self")  # who left it: RELATIONS
    left_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))  # who typed it in; None: she herself

    fair: Mapped[Fair] = relationship()
    jobseeker: Mapped[Jobseeker] = relationship(lazy="joined")
