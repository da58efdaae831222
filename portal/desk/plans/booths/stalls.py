"""Desk room: a plan of booths changed by hand, choices that later runs respect, and what happened since."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import writing
from portal.desk.door import pages
from portal.desk.plans.asking import Hand, find, plan_of, problem_of, replan
from portal.desk.plans.kinds import KINDS
from portal.forms.booth_plan import StallChangeForm, StallForm
from scheduling import plans
from scheduling.planning.solving import say
from scheduling.plans import booths as acts


@pages.route("/plans/<int:number>/versions/<int:version>/stalls", methods=["GET", "POST"])
def booth_stalls(number: int, version: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Move an enterprise by hand; what that breaks is said at once, and may be overruled."""
    row = find(number, version)
    problem, plan = problem_of(row), plan_of(row)
    form, hand = StallForm(enterprise=request.args.get("enterprise")).offer(problem, plan), None
    if form.validate_on_submit():
        firm, booth = form.enterprise.data, form.booth.data
        made = acts.moved(plan, firm, booth)
        told = acts.locked(problem, firm, booth) if form.lock.data else problem
        keys = {*plan.places, *made.places}
        hand = Hand.of(row, told, made, [key for key in keys if plan.places.get(key) != made.places.get(key)])
        if not hand.broken or form.anyway.data:
            flash(_("改好了，成了新的一版。"), "success")
            return hand.keep(number, version, say("人工指定的位置。"))
    return errors.page(
        "desk/plans/booths/stalls.html",
        form=form,
        change=StallChangeForm(formdata=None, prefix="change-").offer(problem),
        plan=row.plan,
        kind=KINDS["booths"],
        version=row,
        broken=hand.broken if hand else (),
    )


@pages.post("/plans/<int:number>/versions/<int:version>/stall-changes")
def booth_stall_changes(number: int, version: int) -> Response:
    """Say what happened, and ask for the plan with the fewest changes that lives with it."""
    form = StallChangeForm(prefix="change-").offer(plans.problem_of(find(number, version)))
    if not form.validate_on_submit():
        return redirect(url_for(".booth_stalls", number=number, version=version), 303)
    with writing() as db:
        before = find(number, version, db)
        problem = problem_of(before)
        if form.what.data == "booth":
            problem = acts.without_booth(problem, form.booth.data)
        else:
            problem = acts.without_enterprise(problem, form.enterprise.data)
        where = replan(db, before, problem)
    return redirect(where, 303)


@pages.post("/plans/<int:number>/versions/<int:version>/stall-locks")
def booth_stall_locks(number: int, version: int) -> Response:
    """Let later runs respect the choices that are ticked, and decide about the others."""
    ticked = set(request.form.getlist("lock"))
    with writing() as db:
        row = find(number, version, db)
        problem, places = plans.problem_of(row.plan), plan_of(row).places
        for enterprise in problem.enterprises:
            key = enterprise.key
            if key in ticked and key in places:
                problem = acts.locked(problem, key, places[key])
            elif key in places:
                problem = acts.unlocked(problem, key)
        plans.revise(db, row.plan, problem, by=doors.someone(db), now=clock.now())
        number_locked = len(problem.locks)
    flash(_("记下了。再排时，定下的%(number)s家不会动。", number=number_locked), "success")
    return redirect(url_for(".plan_version", number=number, version=version), 303)
