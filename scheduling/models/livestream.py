"""The run of show of a livestream (直播带岗): what is on air when, with whom, and what the host reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
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


class LiveLock(Row):
    """The job list of a show was locked (锁定): who and when. Until unlocked, with a reason, nothing in it moves."""

    __tablename__ = "live_locks"
    __table_args__ = (at_most_one("live_locks", "standing", "fair_id", where="unlocked_at IS NULL"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    unlocked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    unlocked_at: Mapped[datetime | None]
    unlocked_why: Mapped[str] = mapped_column(String(300), default="")


class LiveJob(Row):
    """What the host reads under one job number (1号岗位 …): the approved text as it was at the lock, never edited."""

    __tablename__ = "live_jobs"
    __table_args__ = (UniqueConstraint("lock_id", "job_no"),)

    lock_id: Mapped[UUID] = mapped_column(ForeignKey("live_locks.id"))
    job_no: Mapped[int]
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancies.id"), index=True)
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    enterprise: Mapped[str] = mapped_column(String(100))  # its name then
    no: Mapped[int]  # 岗位号
    card: Mapped[dict[str, Any]]  # the fields of vacancies.Card that are read aloud


class LiveAiring(Row):
    """Somebody pressed: from now on this is on air. Without a slot: the show is over."""

    __tablename__ = "live_airings"
    __table_args__ = (Index("ix_live_airings_fair_id_at", "fair_id", "at"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    slot_id: Mapped[UUID | None] = mapped_column(ForeignKey("live_slots.id"), index=True)
    job_no: Mapped[int | None]  # None: the enterprise as a whole, or a part of the show without jobs
    began_at: Mapped[datetime]  # when its slot went on air
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
