"""The planners behind the plans: a plan's kind is the name of its planner, and what is kept is kept as JSON.

A planner is imported when it is asked for, and its solver only when it solves: the web's processes need neither.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from scheduling.models import Plan, PlanRun, PlanVersion
from scheduling.planning.solving import Answer, Term, codec


def planner(kind: str) -> ModuleType:
    """Give the planner of this kind (models.plan.KINDS): `solving`'s docstring says what each of them has."""
    return import_module(f"scheduling.planning.{kind}")


def problem_of(row: Plan | PlanVersion | PlanRun) -> Any:  # noqa: ANN401  each kind has a Problem of its own
    """Give the problem that is kept with a plan, a version or a run."""
    return codec.loads(row.problem, planner(_kind(row)).Problem)


def answer_of(row: PlanVersion | PlanRun) -> Answer[Any]:
    """Give what the planner answered. A run has an answer of its own only when there was no plan in it."""
    kind: type[Answer[Any]] = Answer.__class_getitem__(planner(_kind(row)).Plan)  # type: ignore[attr-defined]
    return codec.loads(row.answer or "", kind)


def announced(problem: Any, version: PlanVersion) -> Any:  # noqa: ANN401
    """Give `problem` once everybody knows what `version` says: promises are kept, job numbers are nobody else's.

    A planner that has nothing to remember has no `announced`.
    """
    told = getattr(planner(version.plan.kind), "announced", None)
    return told(problem, answer_of(version).plan) if told else problem


def worth_of(version: PlanVersion) -> tuple[Term, ...]:
    """Give the terms of the objective for a version; the answer of a re-plan has the prices of its changes instead."""
    answer = answer_of(version)
    if version.made != "replanned":
        return answer.terms
    terms: tuple[Term, ...] = planner(version.plan.kind).score(problem_of(version), answer.plan)
    return terms


def _kind(row: Plan | PlanVersion | PlanRun) -> str:
    return row.kind if isinstance(row, Plan) else row.plan.kind
