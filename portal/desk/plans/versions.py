"""Desk room: one version of a plan, two beside each other, and choosing the one that is carried out."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.desk.plans.kinds import KINDS
from portal.forms.plan import AcceptanceForm
from scheduling import plans as acts
from scheduling.models import PlanVersion
from scheduling.planning.solving import total


@pages.get("/plans/<int:number>/versions/<int:version>")
def plan_version(number: int, version: int) -> Any:  # noqa: ANN401  a page
    """Show a version; with `?with=N` beside another one of the same plan."""
    row = _find(number, version)
    other = request.args.get("with", type=int)
    if other is None or other == version:
        return _page(row, AcceptanceForm(formdata=None))
    before, after = sorted((row, _find(number, other)), key=lambda each: each.number)
    return _compare(before, after)


@pages.post("/plans/<int:number>/versions/<int:version>/acceptance")
def plan_acceptance(number: int, version: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Let the version be carried out."""
    row, form = _find(number, version), AcceptanceForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = acts.find_version(db, acts.find(db, doors.county(), number), version)
                done = KINDS[saved.plan.kind].carry_out(
                    db, saved, reason=form.reason.data or "", by=doors.someone(db), now=clock.now()
                )
            flash(done, "success")
            return redirect(url_for(".plan_version", number=number, version=version), 303)
    return _page(row, form)


def _find(number: int, version: int) -> PlanVersion:
    session = reading()
    return acts.find_version(session, acts.find(session, doors.county(), number), version)


def _page(row: PlanVersion, form: AcceptanceForm) -> Any:  # noqa: ANN401  a page, with its status when refused
    kind, problem, answer = KINDS[row.plan.kind], acts.problem_of(row), acts.answer_of(row)
    return errors.page(
        "desk/plans/version.html",
        form=form,
        plan=row.plan,
        kind=kind,
        version=row,
        others=[each for each in acts.versions(reading(), row.plan) if each.number != row.number],
        answer=answer,
        terms=acts.worth_of(row),
        breaches=acts.planner(kind.name).breaches(problem, answer.plan),
        accepted=acts.accepted(reading(), row.plan),
        **kind.planned(row, problem, answer),
    )


def _compare(before: PlanVersion, after: PlanVersion) -> str:
    plan, kind, planner = before.plan, KINDS[before.plan.kind], acts.planner(before.plan.kind)
    answers = {row.number: acts.answer_of(row) for row in (before, after)}
    plans = [answers[row.number].plan for row in (before, after)]
    changes = planner.changes(acts.problem_of(after), *plans)
    worth = {row.number: acts.worth_of(row) for row in (before, after)}
    terms = {
        term.key: (term.words, [total(each for each in one if each.key == term.key) for one in worth.values()])
        for one in worth.values()
        for term in one
    }
    return render_template(
        "desk/plans/compare.html",
        plan=plan,
        kind=kind,
        before=before,
        after=after,
        answers=answers,
        points={number: total(one) for number, one in worth.items()},
        changes=changes,
        terms=terms.values(),
        sides=[kind.planned(row, acts.problem_of(row), answers[row.number]) for row in (before, after)],
    )
