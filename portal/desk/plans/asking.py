"""What the rooms of booths, shows and timetables do alike: ask for a run, and make a version by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import redirect, url_for
from werkzeug import Response

from portal import clock, doors
from portal.database import reading, writing
from portal.forms.base import Form
from scheduling import fairs, plans
from scheduling.models import Fair, Plan, PlanVersion, Row
from scheduling.planning.solving import Breach, Sentence

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SECONDS = 30


Wrong = list[tuple[str, str]]
"""What must be put right in the rows of a page, as components/error_summary.html takes it: words and where."""


def looked_over(rows: Iterable[tuple[str, Form]]) -> Wrong:
    """Check every row of a page, each with its name; give what is wrong with any of them."""
    wrong = [(name, form) for name, form in rows if not form.validate()]
    return [(f"{name}：{field.errors[0]}", f"#{field.id}") for name, form in wrong for field in form if field.errors]


def plan_about(db: Session, row: Row, kind: str, title: str, problem: Any) -> str:  # noqa: ANN401  any Problem
    """Open the plan of this kind about `row`, or give it another problem, and ask for a run: where it is seen."""
    plan, by, now = next(iter(plans.about(db, row, kind)), None), doors.someone(db), clock.now()
    if plan is None:
        told = {"kind": kind, "title": title, "problem": problem, "about": row}
        plan = plans.open_plan(db, doors.county(), **told, by=by, now=now)
    else:
        plans.revise(db, plan, problem, by=by, now=now)
    run = plans.ask(db, plan, seconds=SECONDS, by=by, now=now)
    return url_for(".plan_run", number=plan.number, id_=run.id)


def replan(db: Session, version: PlanVersion, problem: Any, *, seconds: int = SECONDS) -> str:  # noqa: ANN401
    """Ask for the plan for `problem` that changes `version` least: where it is seen."""
    by, now = doors.someone(db), clock.now()
    plans.revise(db, version.plan, problem, by=by, now=now)
    run = plans.ask(db, version.plan, replans=version, seconds=seconds, by=by, now=now)
    return url_for(".plan_run", number=version.plan.number, id_=run.id)


def find(number: int, version: int, db: Session | None = None) -> PlanVersion:
    """Give a version by the numbers in an address. Raises NotFound."""
    session = db or reading()
    return plans.find_version(session, plans.find(session, doors.county(), number), version)


def fair_of(session: Session, plan: Plan) -> Fair:
    """Give the fair a plan is about. Raises NotFound."""
    return fairs.by_id(session, doors.county(), about_id(plan))


def about_id(plan: Plan) -> UUID:
    """Give the key of the row a plan is about."""
    return UUID(plan.about.partition("/")[2])


def problem_of(version: PlanVersion) -> Any:  # noqa: ANN401  any Problem
    """Give what a version was made from; of one that was chosen, as it is now that everybody knows the plan."""
    problem = plans.problem_of(version)
    return plans.announced(problem, version) if version.acceptances else problem


def plan_of(version: PlanVersion) -> Any:  # noqa: ANN401  any Plan
    """Give what was planned: a version always has a plan."""
    return plans.answer_of(version).plan


@dataclass(frozen=True)
class Hand:
    """A plan made by hand, with the problem that has what was decided as locks, and the rules it newly breaks."""

    problem: Any
    plan: Any
    touched: frozenset[str]
    broken: tuple[Breach, ...]

    @classmethod
    def of(cls, version: PlanVersion, problem: Any, plan: Any, touched: Iterable[str]) -> Hand:  # noqa: ANN401
        """Look at what a change does to `version`."""
        planner = plans.planner(version.plan.kind)
        known = planner.breaches(plans.problem_of(version), plan_of(version))
        broken = tuple(each for each in planner.breaches(problem, plan) if each not in known)
        return cls(problem, plan, frozenset(touched), broken)

    def keep(self, number: int, version: int, words: Sentence) -> Response:
        """Keep it as a new version, and go there."""
        with writing() as db:
            saved = plans.save_by_hand(
                db,
                find(number, version, db),
                self.problem,
                self.plan,
                touched=self.touched,
                words=words,
                by=doors.someone(db),
                now=clock.now(),
            ).number
        return redirect(url_for(".plan_version", number=number, version=saved), 303)
