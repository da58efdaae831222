"""Runs: asked for at the desk, leased to one worker at a time, followed while they think, concluded once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.models import Account, Plan, PlanRun, PlanVersion
from scheduling.planning.solving import Answer, codec
from scheduling.plans.drafting import add_version
from scheduling.plans.planners import announced, problem_of
from scheduling.plans.reading import accepted

LEASE = timedelta(seconds=15)  # renewed every second by whoever solves
TRIES = 3  # a run that killed so many solvers is given up


def ask(
    session: Session,
    plan: Plan,
    *,
    replans: PlanVersion | None = None,
    seconds: int,
    seed: int = 1,
    workers: int = 1,
    by: Account | None,
    now: datetime,
) -> PlanRun:
    """Ask for a run of what is given now; one that is not finished is given back instead.

    With `replans` that version is changed as little as may be. What the version that is carried out says is known to
    everybody by now, and given as that.
    """
    session.refresh(plan, with_for_update={"of": Plan})
    known = session.scalar(select(PlanRun).where(PlanRun.plan_id == plan.id, PlanRun.finished_at.is_(None)))
    if known is not None:
        return known
    told = replans or accepted(session, plan)
    if told is not None:
        plan.problem = codec.dumps(announced(problem_of(plan), told))
    run = PlanRun(
        plan_id=plan.id,
        problem=plan.problem,
        replans_id=replans and replans.id,
        seconds=seconds,
        seed=seed,
        workers=workers,
        by_id=by and by.id,
        asked_at=now,
        progress={"steps": []},
    )
    session.add(run)
    session.flush()
    deeds.record(session, "plan.run_asked", run, county=plan.county, by=by, now=now, number=plan.number)
    return run


def lease(session: Session, *, now: datetime) -> tuple[UUID, int] | None:
    """Take the run that waits longest, or one whose worker is gone; give its id and the number of this try.

    One that killed too many solvers is finished as `gave_up` instead.
    """
    due = select(PlanRun.id).where(*_due(now)).order_by(PlanRun.asked_at).limit(1).with_for_update(skip_locked=True)
    while (id_ := session.scalar(due)) is not None:
        take = update(PlanRun).where(PlanRun.id == id_, *_due(now))
        take = take.values(leased_until=now + LEASE, tries=PlanRun.tries + 1, started_at=now, progress={"steps": []})
        taken = session.scalars(
            take.returning(PlanRun.tries)
        ).one()  # the row is ours: SQLite queued us, PostgreSQL locked it
        if taken <= TRIES:
            return id_, taken
        fail(session, id_, taken, "gave_up", now=now)
    return None


def waiting(session: Session, *, now: datetime) -> bool:
    """Say whether there is a run to lease: a look that writes nothing."""
    return session.scalar(select(PlanRun.id).where(*_due(now)).limit(1)) is not None


def keep(session: Session, id_: UUID, taken: int, steps: list[list[Any]], *, now: datetime) -> bool:
    """Renew the lease and note the progress; False when it is lost, or somebody wants the run to end."""
    step = update(PlanRun).where(*_held(id_, taken)).values(leased_until=now + LEASE, progress={"steps": steps})
    row = session.execute(step.returning(PlanRun.id, PlanRun.cancel_asked_at)).one_or_none()
    return row is not None and row.cancel_asked_at is None


def cancel(session: Session, run: PlanRun, *, by: Account | None, now: datetime) -> None:
    """Ask the run to end with the best plan so far; one that nobody has begun ends at once. Again: nothing."""
    session.refresh(run, with_for_update={"of": PlanRun})
    if run.finished_at or run.cancel_asked_at:
        return
    run.cancel_asked_at = now
    if run.started_at is None:
        run.finished_at, run.failure = now, "cancelled"
    session.flush()
    deeds.record(session, "plan.run_cancelled", run, county=run.plan.county, by=by, now=now)


def conclude(session: Session, id_: UUID, taken: int, answer: Answer[Any], *, now: datetime) -> PlanVersion | None:
    """Keep what came of the run as a version; an answer without a plan stays with the run (None).

    Nothing happens when the lease was lost: somebody else is at it, or was.
    """
    run = _mine(session, id_, taken)
    if run is None:
        return None
    run.finished_at = now
    if answer.plan is None:
        run.answer = codec.dumps(answer)
        session.flush()
        return None
    made = "replanned" if run.replans_id else "solved"
    came_from = run.replans
    version = add_version(
        session, run.plan, made=made, came_from=came_from, problem=run.problem, answer=answer, by=run.by, now=now
    )
    run.version_id = version.id
    session.flush()
    return version


def fail(session: Session, id_: UUID, taken: int, why: str, *, now: datetime) -> None:
    """Finish the run without an answer: `failed`, `gave_up`."""
    if (run := _mine(session, id_, taken)) is not None:
        run.finished_at, run.failure = now, why
        session.flush()


def _mine(session: Session, id_: UUID, taken: int) -> PlanRun | None:
    """Give the run, held until this transaction ends, if this try still has the lease; its plan is held too."""
    plan = select(Plan.id).join(PlanRun, PlanRun.plan_id == Plan.id).where(PlanRun.id == id_)
    session.execute(plan.with_for_update(of=Plan))
    rows = select(PlanRun).where(*_held(id_, taken)).with_for_update(of=PlanRun)
    return session.scalar(rows.execution_options(populate_existing=True))


def _held(id_: UUID, taken: int) -> tuple[ColumnElement[bool], ...]:
    return PlanRun.id == id_, PlanRun.tries == taken, PlanRun.finished_at.is_(None)


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return PlanRun.finished_at.is_(None), or_(PlanRun.leased_until.is_(None), PlanRun.leased_until < now)
