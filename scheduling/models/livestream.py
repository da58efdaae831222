"""The run of show of a livestream (直播带岗): what is on air when, with whom, under which job numbers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row, at_most_one
from scheduling.models.enterprise import Enterprise
from scheduling.models.fair import Fair


class LiveSlot(Row):
    """One item of the show. `key` names it for good, so that a later run of show moves it and makes no second one."""

    __tablename__ = "live_slots"
    __table_args__ = (
        at_most_one("live_slots", "key", "fair_id", "key", where="dropped_at IS NULL"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("(first_job_no IS NULL) = (last_job_no IS NULL)", name="job_numbers_whole"),
        CheckConstraint("first_job_no <= last_job_no", name="job_numbers_in_order"),
    )

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]  # from 1, in the order of the show
    kind: Mapped[str] = mapped_column(String(20))  # company, opening, policy, qa, closing
    title: Mapped[str] = mapped_column(String(100))
    enterprise_id: Mapped[UUID | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    host: Mapped[str] = mapped_column(String(60), default="")  # 主播
    speaker: Mapped[str] = mapped_column(String(60), default="")  # who speaks for the enterprise
    first_job_no: Mapped[int | None]  # its vacancies at this fair, from .. to: 1号岗位 …
    last_job_no: Mapped[int | None]
    dropped_at: Mapped[datetime | None]  # will not be on air after all

    fair: Mapped[Fair] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship(lazy="joined")


class LiveRequest(Row):
    """An enterprise wants to be on air in a livestream: who speaks and when, for how long, with which vacancies."""

    __tablename__ = "live_requests"
    __table_args__ = (
        at_most_one("live_requests", "standing", "fair_id", "enterprise_id", where="withdrawn_at IS NULL"),
        CheckConstraint("least > 0 AND wanted >= least", name="minutes_in_order"),
    )

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    speaker: Mapped[str] = mapped_column(String(60))
    free_from: Mapped[datetime | None]  # when the speaker can: None, from the beginning on
    free_until: Mapped[datetime | None]  # None: to the end
    least: Mapped[int] = mapped_column(default=8)  # minutes
    wanted: Mapped[int] = mapped_column(default=12)
    wish: Mapped[str] = mapped_column(String(10), default="")  # early, late
    optional: Mapped[bool] = mapped_column(default=False)  # may be left out where time is short
    jobs: Mapped[list[str]] = mapped_column(default=list)  # 岗位号 of the vacancies it shows
    asked_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    fair: Mapped[Fair] = relationship()
    enterprise: Mapped[Enterprise] = relationship(lazy="joined")
