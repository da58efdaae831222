"""Desk room: every plan, and the page of one: what is given, its versions, how to let the planner think."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from portal import doors
from portal.database import reading
from portal.desk.door import pages
from portal.desk.plans.kinds import KINDS
from portal.forms.plan import ReplanForm, RunForm
from scheduling import plans as acts
from scheduling.models import Plan
from scheduling.planning.solving import codec, total


@pages.get("/plans/", endpoint="plans")
def plans() -> str:
    """List the plans, each with its newest version, the one that is carried out, and whether it is being solved."""
    session = reading()
    rows = [row for row in acts.of_county(session, doors.county()) if row.kind in KINDS]
    made = acts.versions(session, *rows)
    running = {run.plan_id: run for run in acts.open_runs(session, *rows)}
    lines = [
        (
            row,
            KINDS[row.kind],
            [version for version in made if version.plan_id == row.id],
            running.get(row.id),
        )
        for row in rows
    ]
    return render_template("desk/plans/index.html", lines=lines)


@pages.get("/plans/<int:number>")
def plan(number: int) -> str:
    """Show one plan."""
    return plan_page(acts.find(reading(), doors.county(), number))


def plan_page(row: Plan, form: RunForm | None = None) -> str:
    """Render a plan's page; `form` is the one that was refused."""
    session, kind = reading(), KINDS[row.kind]
    made = acts.versions(session, row)
    accepted = acts.accepted(session, row)
    problem = acts.problem_of(row)
    next_problem = kind.caught_up(session, row) if kind.caught_up else problem
    latest = acts.latest_run(session, row)
    return render_template(
        "desk/plans/show.html",
        plan=row,
        kind=kind,
        back=kind.back(row) or (_("排期"), None),
        given=kind.given(row, problem),
        versions=[(version, acts.answer_of(version), total(acts.worth_of(version))) for version in made],
        accepted=accepted,
        run=latest,
        stale=bool(made) and made[0].problem != codec.dumps(next_problem),
        form=form or (ReplanForm(formdata=None) if accepted else RunForm(formdata=None)),
    )
