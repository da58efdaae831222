"""Desk room: letting the planner think, looking on, telling it to stop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug import Response

from portal import clock, doors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.desk.plans.charts import chart
from portal.desk.plans.index import plan_page
from portal.desk.plans.kinds import KINDS
from portal.forms.plan import ReplanForm, RunForm
from scheduling import plans as acts

CORES = 2


@pages.post("/plans/<int:number>/runs")
def plan_runs(number: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a run, and go and look at it."""
    row = acts.find(reading(), doors.county(), number)
    form: RunForm = ReplanForm() if acts.accepted(reading(), row) else RunForm()
    if not form.validate_on_submit():
        return plan_page(row, form), 422
    with writing() as db:
        saved = acts.find(db, doors.county(), number)
        caught_up = KINDS[saved.kind].caught_up
        if caught_up:
            acts.revise(db, saved, caught_up(db, saved), by=doors.someone(db), now=clock.now())
        little = isinstance(form, ReplanForm) and form.way.data == "little"
        run = acts.ask(
            db,
            saved,
            replans=acts.accepted(db, saved) if little else None,
            seconds=form.seconds.data,
            workers=CORES,
            by=doors.someone(db),
            now=clock.now(),
        )
        asked = run.id
    return redirect(url_for(".plan_run", number=number, id_=asked), 303)


@pages.get("/plans/<int:number>/runs/<uuid:id_>")
def plan_run(number: int, id_: UUID) -> Any:  # noqa: ANN401
    """Show how a run stands; one that made a version leads there."""
    session = reading()
    row = acts.find(session, doors.county(), number)
    run = acts.find_run(session, row, id_)
    if run.version:
        return redirect(url_for(".plan_version", number=number, version=run.version.number), 303)
    now = clock.now()
    steps = run.progress.get("steps", [])
    began = run.started_at or run.asked_at
    return render_template(
        "desk/plans/run.html",
        plan=row,
        kind=KINDS[row.kind],
        run=run,
        gone=min(max(0, int((now - began).total_seconds())), run.seconds) if run.started_at else 0,
        value=steps[-1][1] if steps else None,
        bound=steps[-1][2] if steps else None,
        chart=chart(steps, run.seconds),
        answer=acts.answer_of(run) if run.answer else None,
    )


@pages.post("/plans/<int:number>/runs/<uuid:id_>/cancellation")
def plan_run_cancellation(number: int, id_: UUID) -> Response:
    """Tell a run to stop with the best plan so far."""
    with writing() as db:
        run = acts.find_run(db, acts.find(db, doors.county(), number), id_)
        acts.cancel(db, run, by=doors.someone(db), now=clock.now())
    return redirect(url_for(".plan_run", number=number, id_=id_), 303)
