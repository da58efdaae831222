"""Plans (排期): what is given, each run of the planner, each version that came of one or was made by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.account import Account
from scheduling.models.base import CountyRow, Row, at_most_one

KINDS = ("season", "booths", "airtime", "timetable")  # each is a planner: scheduling/planning/<kind>
MADE = ("solved", "replanned", "by_hand")


class Plan(CountyRow):
    """Something to be planned. `problem` is what the next run will be given, as `codec` writes it."""

    __tablename__ = "plans"
    __table_args__ = (UniqueConstraint("county", "number"), Index("ix_plans_about", "about"))

    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(100))
    about: Mapped[str] = mapped_column(String(80), default="")  # as deeds name a row: fairs/<id>, schools/<id>
    problem: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class PlanVersion(Row):
    """One plan that may be chosen, with the problem as it was then; both never change again."""

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"))
    number: Mapped[int]
    made: Mapped[str] = mapped_column(String(12))
    came_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_versions.id"))
    problem: Mapped[str] = mapped_column(Text, deferred=True)
    answer: Mapped[str] = mapped_column(Text, deferred=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]

    plan: Mapped[Plan] = relationship(lazy="joined")
    by: Mapped[Account | None] = relationship(lazy="joined")
    came_from: Mapped[PlanVersion | None] = relationship(remote_side="PlanVersion.id")
    acceptances: Mapped[list[PlanAcceptance]] = relationship(order_by="PlanAcceptance.at", lazy="selectin")


class PlanAcceptance(Row):
    """Somebody chose the version to be carried out. Of several versions of a plan the one chosen last counts."""

    __tablename__ = "plan_acceptances"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_versions.id"), index=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class PlanRun(Row):
    """The planner was asked to think. A worker holds the run until `leased_until`; then another may take it.

    `tries` counts who took it, so that a worker that lost its lease cannot write any more. What came of it is a
    version, or an answer without a plan (nothing can satisfy it), or a failure by its key.
    """

    __tablename__ = "plan_runs"
    __table_args__ = (at_most_one("plan_runs", "open", "plan_id", where="finished_at IS NULL"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"), index=True)
    problem: Mapped[str] = mapped_column(Text, deferred=True)
    replans_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_versions.id"))  # to be changed as little as may be
    seconds: Mapped[int]
    seed: Mapped[int]
    workers: Mapped[int]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"steps": [[seconds, value, bound], ...]}
    cancel_asked_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Text, deferred=True)
    failure: Mapped[str] = mapped_column(String(20), default="")
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_versions.id"))

    plan: Mapped[Plan] = relationship(lazy="joined")
    by: Mapped[Account | None] = relationship()
    replans: Mapped[PlanVersion | None] = relationship(foreign_keys=[replans_id])
    version: Mapped[PlanVersion | None] = relationship(foreign_keys=[version_id])
