"""Interests (留电话): somebody who read an advert wants to be rung up about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row
from scheduling.models.jobseeker import Jobseeker
from scheduling.models.vacancy import Vacancy


class VacancyInterest(Row):
    """One person, one vacancy; whoever says it twice said it once. Leads of a livestream are `LiveLead`."""

    __tablename__ = "vacancy_interests"
    __table_args__ = (UniqueConstraint("vacancy_id", "jobseeker_id"),)

    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancies.id"))
    jobseeker_id: Mapped[UUID] = mapped_column(ForeignKey("jobseekers.id"), index=True)
    relation: Mapped[str] = mapped_column(String(12), default="self")  # who left it: RELATIONS
    left_at: Mapped[datetime]

    vacancy: Mapped[Vacancy] = relationship()
    jobseeker: Mapped[Jobseeker] = relationship(lazy="joined")
