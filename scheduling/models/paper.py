"""Papers of fairs: what a county's rules ask for, what was let pass without it, what was filed where."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow, Row, at_most_one


class FairTerms(CountyRow):
    """The numbers of the rules about fairs in one county: places disagree, so none of them is a constant.

    What a county starts with, and where it comes from, says `fairs.terms`. None: no such duty here.
    """

    __tablename__ = "fair_terms"
    __table_args__ = (
        UniqueConstraint("county"),
        CheckConstraint("permit_from > 0 AND city_from >= permit_from", name="sizes_in_order"),
    )

    permit_from: Mapped[int]  # people expected, from which the police must permit it
    city_from: Mapped[int]  # people expected, from which the city's police do
    permit_days: Mapped[int]  # days before the fair by which the permit is asked for
    police_workdays: Mapped[int]  # workdays before, by which the police know of another time
    file_days: Mapped[int | None]  # days before by which a fair that is not a regular one is filed
    plan_by: Mapped[str] = mapped_column(String(5))  # MM-DD: next year's regular fairs are filed by then; "": never
    stats_days: Mapped[int | None]  # days after by which its statistics are in
    stats_month_day: Mapped[int | None]  # day of the month by which those of regular fairs are in
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class FairOverride(Row):
    """Something publishing needs is not there, and somebody took it on herself, saying why. Lifted: no longer."""

    __tablename__ = "fair_overrides"
    __table_args__ = (at_most_one("fair_overrides", "standing", "fair_id", "item", where="lifted_at IS NULL"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), index=True)
    item: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]


class FairFiling(Row):
    """Something was handed in for the fair: the application for a permit, the filing, the statistics."""

    __tablename__ = "fair_filings"
    __table_args__ = (UniqueConstraint("fair_id", "what"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    what: Mapped[str] = mapped_column(String(12))  # permit, filing, statistics
    day: Mapped[date]
    number: Mapped[str] = mapped_column(String(60), default="")  # 回执、备案号
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
