"""Rules of training (培训规则) as data: places disagree, so not one of these figures is a constant."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow


class TrainingRules(CountyRow):
    """What a course goes by. None: no such rule here. Shares are percent, money is whole yuan, hours are 课时.

    Where the presets come from says `courses.rules` (domain.md §8).
    """

    __tablename__ = "training_rules"
    __table_args__ = (
        UniqueConstraint("county", "name"),
        CheckConstraint("hour_minutes > 0 AND most_hours_a_day > 0", name="hours_positive"),
        CheckConstraint("attendance_share BETWEEN 0 AND 100", name="attendance_is_a_share"),
    )

    name: Mapped[str] = mapped_column(String(40))
    # hours and sizes
    hour_minutes: Mapped[int] = mapped_column(default=45)
    least_hours: Mapped[int | None]
    least_theory_share: Mapped[int | None]
    least_practice_share: Mapped[int | None]
    most_hours_a_day: Mapped[int] = mapped_column(default=8)
    most_trainees: Mapped[int | None]
    # who may come
    most_a_year: Mapped[int | None]  # subsidised classes for one person in a calendar year
    once_a_level: Mapped[bool] = mapped_column(default=False, server_default=false())  # never the same trade and level
    offer_hours: Mapped[int | None]  # a seat offered from the waiting line is kept so long; None: hers at once
    # attendance and examination
    attendance_share: Mapped[int] = mapped_column(default=80)  # 课时达标率 asked for before the examination
    late_minutes: Mapped[int] = mapped_column(default=10)  # later than this is 迟到 ¢, leaving earlier 早退 △
    sick_mark: Mapped[str] = mapped_column(
        String(4), default="病", server_default="病"
    )  # 病假 in the book: none is set
    pass_theory: Mapped[int] = mapped_column(default=60)
    pass_practice: Mapped[int] = mapped_column(default=60)
    resits: Mapped[int] = mapped_column(default=1)
    outside_issuer: Mapped[str] = mapped_column(String(60), default="")  # 应急管理部门: its number is recorded
    # deadlines
    file_days: Mapped[int | None]  # before the first day, by which the class is filed
    exam_roster_days: Mapped[int | None]  # before the examination
    claim_workdays: Mapped[int | None]  # after the examination
    notice_workdays: Mapped[int] = mapped_column(default=5)  # 公示
    archive_years: Mapped[int] = mapped_column(default=10)
    # money
    yuan_a_person: Mapped[int | None]
    yuan_an_hour: Mapped[int | None]
    yuan_at_most: Mapped[int | None]
    share_without_job: Mapped[int | None]  # of the amount, where she has no job when the follow-up ends
    # what looks odd
    sample_share: Mapped[int] = mapped_column(default=10)  # 电话抽查, at least
    phone_for: Mapped[int] = mapped_column(default=3)  # one phone for more trainees is told
    device_for: Mapped[int] = mapped_column(default=3)  # one trainee's phone signing in more people is told
    burst_seconds: Mapped[int] = mapped_column(default=60)
    backfill_share: Mapped[int] = mapped_column(default=10)
