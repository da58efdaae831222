"""What the platform counted in a livestream, typed in afterwards, with one picture of where it was read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Row

FIGURES = (
    "views",  # 观看人次
    "peak",  # 最高在线
    "stay",  # 场均停留, seconds
    "likes",  # 点赞
    "comments",  # 评论互动
    "followers",  # 新增粉丝
    "consultations",  # 咨询
    "signups",  # 扫码报名
    "resumes",  # 投递
    "intents",  # 达成意向
)


class LiveStats(Row):
    """The figures of one show (domain.md §6). None: the platform did not say."""

    __tablename__ = "live_stats"
    __table_args__ = (CheckConstraint("peak <= views", name="no_more_at_once_than_in_all"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), unique=True)
    views: Mapped[int | None]
    peak: Mapped[int | None]
    stay: Mapped[int | None]  # seconds, on average
    likes: Mapped[int | None]
    comments: Mapped[int | None]
    followers: Mapped[int | None]
    consultations: Mapped[int | None]
    signups: Mapped[int | None]
    resumes: Mapped[int | None]
    intents: Mapped[int | None]
    replay_url: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class LivePicture(Row):
    """The screenshot the figures were read from. A row of its own: whoever reads figures carries no megabytes."""

    __tablename__ = "live_pictures"

    stats_id: Mapped[UUID] = mapped_column(ForeignKey("live_stats.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # image/png, image/jpeg, image/webp
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]
