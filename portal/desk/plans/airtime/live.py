"""Desk room: the show while it is on air. One runs over, one does not come: the rest is planned again at once."""

from __future__ import annotations

from typing import Any

from flask import redirect

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.desk.plans.airtime.showing import names_of, rows_of
from portal.desk.plans.asking import plan_of, problem_of, replan
from portal.forms.airtime_plan import LiveChangeForm
from scheduling import fairs, plans
from scheduling.models import Fair, PlanVersion
from scheduling.planning.airtime import Dropped, Overrun
from scheduling.planning.airtime.problem import COMPANY
from scheduling.plans import airtime as acts
from scheduling.refusals import NotFound

SECONDS = 5  # the show goes on


@pages.route("/fairs/<slug>/live", methods=["GET", "POST"])
def live_show(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show what is on air now and what comes; ask what happened, and plan the rest again."""
    fair = fairs.find(reading(), doors.county(), slug)
    row = _accepted(fair)
    problem, answer, minute = problem_of(row), plans.answer_of(row), acts.minute(fair, clock.now())
    plan, names = plan_of(row), names_of(problem)
    now = acts.on_air(plan, minute)
    coming = [item for item in plan.items if item.start > minute]
    form = LiveChangeForm().offer([(item.key, names[item.key]) for item in coming if item.kind == COMPANY])
    if form.validate_on_submit():
        happened = Dropped(form.gone.data) if form.gone.data else Overrun(form.more.data)
        told = acts.now_that(happened, problem, plan, minute, longer=form.longer.data or 0)
        with writing() as db:
            fresh = db.get_one(PlanVersion, row.id)
            where = replan(db, fresh, told, seconds=SECONDS)
        return redirect(where, 303)
    return errors.page(
        "desk/plans/airtime/live.html",
        form=form,
        fair=fair,
        plan=row.plan,
        version=row,
        rows=rows_of(fair, problem, answer, set()),
        now=now,
        minute=minute,
    )


def _accepted(fair: Fair) -> PlanVersion:
    """Give the run of show that is carried out. Raises NotFound when none is."""
    session = reading()
    plan = next(iter(plans.about(session, fair, "airtime")), None)
    row = plans.accepted(session, plan) if plan else None
    if row is None:
        raise NotFound
    return row
