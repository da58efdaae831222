"""Vacancies (岗位): one line of an employer's notice, its review, and the fairs it is shown at."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row, at_most_one
from scheduling.models.enterprise import Enterprise
from scheduling.models.sought import Sought


class Vacancy(Sought, CountyRow):
    """The fields of a job card (domain.md §4). Wages are yuan per `pay_unit`; no wage at all means 面议.

    Once approved it says what was approved; a change waits in a `VacancyRevision` beside it.
    """

    SOUGHT: ClassVar[tuple[str, ...]] = ("title", "trade", "work_place", "certificate")  # whole adverts find too much

    __tablename__ = "vacancies"
    __table_args__ = (
        UniqueConstraint("county", "no"),
        CheckConstraint("headcount > 0", name="headcount_positive"),
        CheckConstraint("wage_low <= wage_high", name="wage_in_order"),
    )

    no: Mapped[int]  # 岗位号
    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey("enterprises.id"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    trade: Mapped[str] = mapped_column(String(40), default="")  # 工种
    headcount: Mapped[int]
    wage_low: Mapped[int | None]
    wage_high: Mapped[int | None]
    pay_unit: Mapped[str] = mapped_column(String(10), default="month")  # month, day, hour, piece
    settlement: Mapped[str] = mapped_column(String(10), default="monthly")  # monthly, weekly, daily
    wage_note: Mapped[str] = mapped_column(String(200), default="")
    contract_type: Mapped[str] = mapped_column(String(40), default="")  # 用工形式
    work_place: Mapped[str] = mapped_column(String(120), default="")
    shift: Mapped[str] = mapped_column(String(60), default="")
    rest: Mapped[str] = mapped_column(String(60), default="")
    insurance: Mapped[str] = mapped_column(String(20), default="unsaid")  # five, injury, none, unsaid
    room_and_board: Mapped[str] = mapped_column(String(20), default="none")  # both, room, board, none
    commute: Mapped[bool] = mapped_column(default=False)  # 班车
    education: Mapped[str] = mapped_column(String(20), default="any")
    experience: Mapped[str] = mapped_column(String(60), default="")
    certificate: Mapped[str] = mapped_column(String(100), default="")
    age_note: Mapped[str] = mapped_column(String(60), default="")
    accepts_disabled: Mapped[bool] = mapped_column(default=False)
    accepts_veterans: Mapped[bool] = mapped_column(default=False)
    accepts_older: Mapped[bool] = mapped_column(default=False)  # 大龄
    night_work: Mapped[bool] = mapped_column(default=False)
    description: Mapped[str] = mapped_column(Text, default="")
    justification: Mapped[str] = mapped_column(String(500), default="")  # answers an `ask` of the lint
    submitted_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    enterprise: Mapped[Enterprise] = relationship(lazy="joined")
    standing: Mapped[VacancyReview | None] = relationship(
        primaryjoin="and_(VacancyReview.vacancy_id == Vacancy.id, VacancyReview.lifted_at.is_(None))",
        viewonly=True,
        lazy="joined",
    )
    revision: Mapped[VacancyRevision | None] = relationship(
        primaryjoin="and_(VacancyRevision.vacancy_id == Vacancy.id, VacancyRevision.settled_at.is_(None))",
        viewonly=True,
        lazy="joined",
    )

    @property
    def state(self) -> str:
        """`closed`, or `submitted` until the desk has spoken, then `approved` or `returned`."""
        if self.closed_at:
            return "closed"
        return self.standing.verdict if self.standing else "submitted"

    @property
    def changing(self) -> bool:
        """Whether a change waits for the desk beside what is approved."""
        return self.revision is not None and self.revision.waits


class VacancyReview(Row):
    """What the desk said of an advert; `override_reason` is set when a lint finding was let pass.

    An approval keeps the card as it was approved, so that a later text can be laid beside it.
    """

    __tablename__ = "vacancy_reviews"
    __table_args__ = (at_most_one("vacancy_reviews", "standing", "vacancy_id", where="lifted_at IS NULL"),)

    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancies.id"))
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(500), default="")
    override_reason: Mapped[str] = mapped_column(String(500), default="")
    card: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]


class VacancyRevision(Row):
    """A change of an approved advert: the whole card as it would be. Until it is approved the old one is public."""

    __tablename__ = "vacancy_revisions"
    __table_args__ = (at_most_one("vacancy_revisions", "standing", "vacancy_id", where="settled_at IS NULL"),)

    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancies.id"))
    card: Mapped[dict[str, Any]]
    submitted_at: Mapped[datetime]
    returned_at: Mapped[datetime | None]  # sent back, for `reason`; the enterprise may say something else
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))  # of the desk, who returned or approved it
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(12), default="")  # approved, withdrawn, replaced by another change

    @property
    def waits(self) -> bool:
        """Whether the desk has still to speak of it."""
        return self.settled_at is None and self.returned_at is None


class FairVacancy(Row):
    """A vacancy shown at a fair, with the job number people ask for there; a number is never reused."""

    __tablename__ = "fair_vacancies"
    __table_args__ = (UniqueConstraint("fair_id", "job_no"), UniqueConstraint("fair_id", "vacancy_id"))

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancies.id"), index=True)
    job_no: Mapped[int]
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    vacancy: Mapped[Vacancy] = relationship(lazy="joined")
