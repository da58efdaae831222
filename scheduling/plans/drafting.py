"""Opening a plan, changing what is given, making a version by hand, choosing the one that is carried out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import counters, deeds
from scheduling.models import Account, County, Plan, PlanAcceptance, PlanVersion, Row
from scheduling.planning.solving import Answer, Reason, Sentence, Status, codec, total
from scheduling.plans.planners import answer_of, planner, problem_of
from scheduling.plans.reading import accepted
from scheduling.refusals import PlanBroken


def open_plan(
    session: Session,
    county: str,
    *,
    kind: str,
    title: str,
    problem: Any,  # noqa: ANN401  each kind has a Problem of its own
    about: Row | None = None,
    by: Account | None,
    now: datetime,
) -> Plan:
    """Begin a plan of `kind` (models.plan.KINDS), about a fair or a school where it is about one.

    The newest plan about the same thing, opened by the same hand with the same title and problem, is given back: that
    was a double tap.
    """
    session.get_one(County, county, with_for_update={"key_share": True}, populate_existing=True)  # one at a time
    kept, name = codec.dumps(problem), deeds.about(about) if about else ""
    last = session.scalar(
        select(Plan).where(Plan.county == county, Plan.kind == kind, Plan.about == name).order_by(Plan.number.desc())
    )
    if last is not None and (last.title, last.problem, last.by_id) == (title, kept, by.id if by else None):
        return last
    number = counters.take(session, county, "plan")
    plan = Plan(
        county=county, number=number, kind=kind, title=title, about=name, problem=kept, by_id=by and by.id, at=now
    )
    session.add(plan)
    session.flush()
    deeds.record(session, "plan.opened", plan, by=by, now=now, kind=kind, number=number)
    return plan


def revise(
    session: Session,
    plan: Plan,
    problem: Any,  # noqa: ANN401
    *,
    title: str = "",
    by: Account | None,
    now: datetime,
) -> None:
    """Let the next run be given `problem`, and call the plan by `title` if there is one; the same changes nothing."""
    session.refresh(plan, with_for_update={"of": Plan})
    told = (title or plan.title, codec.dumps(problem))
    if told != (plan.title, plan.problem):
        plan.title, plan.problem = told
        session.flush()
        deeds.record(session, "plan.revised", plan, by=by, now=now, number=plan.number)


def add_version(
    session: Session,
    plan: Plan,
    *,
    made: str,
    came_from: PlanVersion | None,
    problem: str,
    answer: Answer[Any],
    by: Account | None,
    now: datetime,
) -> PlanVersion:
    """Keep a version with the next number. The caller holds the plan's row."""
    newest = session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == plan.id)) or 0
    version = PlanVersion(
        plan_id=plan.id,
        number=newest + 1,
        made=made,
        came_from_id=came_from and came_from.id,
        problem=problem,
        answer=codec.dumps(answer),
        by_id=by and by.id,
        at=now,
    )
    session.add(version)
    session.flush()
    deeds.record(
        session, "plan.version_made", version, county=plan.county, by=by, now=now, number=version.number, made=made
    )
    return version


def save_by_hand(
    session: Session,
    version: PlanVersion,
    problem: Any,  # noqa: ANN401
    planned: Any,  # noqa: ANN401
    *,
    touched: Iterable[str],
    words: Sentence,
    by: Account | None,
    now: datetime,
) -> PlanVersion:
    """Keep what somebody made of `version` as a new version, and let later runs respect it.

    `problem` has what she decided as locks and bans; `planned` is the plan she made. Decisions she `touched` have
    `words` for a reason, all others keep theirs. Nothing is known of how far it is from the best: its bound is None.
    The same twice is one version.
    """
    plan, kind = version.plan, planner(version.plan.kind)
    session.refresh(plan, with_for_update={"of": Plan})
    before, terms = answer_of(version), kind.score(problem, planned)
    hers = set(touched)
    answer = replace(
        before,
        status=Status.FEASIBLE,
        plan=planned,
        value=total(terms),
        bound=None,
        terms=tuple(terms),
        reasons=(
            *(reason for reason in before.reasons if reason.about not in hers),
            *(Reason(key, (words,)) for key in sorted(hers)),
        ),
        changes=tuple(kind.changes(problem, before.plan, planned)),
    )
    kept = codec.dumps(problem)
    newest = session.scalar(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc()).limit(1)
    )
    if newest is not None and (newest.problem, newest.answer) == (kept, codec.dumps(answer)):
        return newest
    plan.problem = kept
    return add_version(session, plan, made="by_hand", came_from=version, problem=kept, answer=answer, by=by, now=now)


def accept(session: Session, version: PlanVersion, *, reason: str = "", by: Account | None, now: datetime) -> None:
    """Choose this version to be carried out, and no other of its plan; the one that is chosen, again: nothing.

    Raises PlanBroken(number) for one that breaks hard rules, unless a `reason` is given: people may overrule.
    """
    session.refresh(version.plan, with_for_update={"of": Plan})
    chosen = accepted(session, version.plan)
    if chosen is not None and chosen.id == version.id:
        return
    broken = planner(version.plan.kind).breaches(problem_of(version), answer_of(version).plan)
    if broken and not reason.strip():
        raise PlanBroken(number=len(broken))
    session.add(PlanAcceptance(version_id=version.id, by_id=by and by.id, at=now))
    session.flush()
    session.expire(version, ["acceptances"])
    deeds.record(
        session,
        "plan.accepted",
        version,
        county=version.plan.county,
        by=by,
        now=now,
        number=version.number,
        broken=len(broken),
        reason=reason.strip() or None,
    )
