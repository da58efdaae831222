"""What pages ask about plans."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.models import Plan, PlanAcceptance, PlanRun, PlanVersion, Row
from scheduling.refusals import NotFound

T = TypeVar("T")


def find(session: Session, county: str, number: int) -> Plan:
    """Give the plan of this number. Raises NotFound."""
    return _found(session.scalar(select(Plan).where(Plan.county == county, Plan.number == number)))


def find_version(session: Session, plan: Plan, number: int) -> PlanVersion:
    """Give a version of the plan by its number. Raises NotFound."""
    rows = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == number)
    return _found(session.scalar(rows))


def find_run(session: Session, plan: Plan, id_: UUID) -> PlanRun:
    """Give a run of the plan. Raises NotFound."""
    return _found(session.scalar(select(PlanRun).where(PlanRun.plan_id == plan.id, PlanRun.id == id_)))


def of_county(session: Session, county: str) -> list[Plan]:
    """Give the county's plans, newest first."""
    return list(session.scalars(select(Plan).where(Plan.county == county).order_by(Plan.number.desc())))


def about(session: Session, row: Row, kind: str) -> list[Plan]:
    """Give the plans of one kind that are about `row`, a fair or a school, newest first."""
    rows = select(Plan).where(Plan.about == deeds.about(row), Plan.kind == kind)
    return list(session.scalars(rows.order_by(Plan.number.desc())))


def versions(session: Session, *plans: Plan) -> list[PlanVersion]:
    """Give the versions of these plans, newest first, in one query."""
    rows = select(PlanVersion).where(PlanVersion.plan_id.in_([plan.id for plan in plans]))
    return list(session.scalars(rows.order_by(PlanVersion.at.desc(), PlanVersion.number.desc())))


def accepted(session: Session, plan: Plan) -> PlanVersion | None:
    """Give the version that is carried out: the one accepted last."""
    rows = select(PlanVersion).join(PlanAcceptance).where(PlanVersion.plan_id == plan.id)
    return session.scalar(rows.order_by(PlanAcceptance.at.desc(), PlanVersion.number.desc()).limit(1))


def open_runs(session: Session, *plans: Plan) -> list[PlanRun]:
    """Give the runs of these plans that are not finished, in one query."""
    ids = [plan.id for plan in plans]
    return list(session.scalars(select(PlanRun).where(PlanRun.plan_id.in_(ids), PlanRun.finished_at.is_(None))))


def latest_run(session: Session, plan: Plan) -> PlanRun | None:
    """Give the plan's newest run."""
    rows = select(PlanRun).where(PlanRun.plan_id == plan.id).order_by(PlanRun.asked_at.desc(), PlanRun.id.desc())
    return session.scalar(rows.limit(1))


def _found(row: T | None) -> T:
    if row is None:
        raise NotFound
    return row
