"""Desk room: a run of show changed by hand, and choices that later runs respect."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import writing
from portal.desk.door import pages
from portal.desk.plans.airtime.showing import names_of
from portal.desk.plans.asking import Hand, find, plan_of, problem_of
from portal.desk.plans.kinds import KINDS
from portal.forms.airtime_plan import ItemForm
from scheduling import plans
from scheduling.planning.solving import say
from scheduling.plans import airtime as acts


@pages.route("/plans/<int:number>/versions/<int:version>/items", methods=["GET", "POST"])
def show_items(number: int, version: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Put an item elsewhere by hand; what that breaks is said at once, and may be overruled."""
    row = find(number, version)
    problem, plan = problem_of(row), plan_of(row)
    asked = plan.item(request.args.get("item", ""))
    shown = {"item": asked.key, "place": plan.items.index(asked) + 1, "host": asked.host} if asked else {}
    form, hand = ItemForm(data={**shown, "lock": True}).offer(problem, plan, names_of(problem)), None
    if form.validate_on_submit():
        made = acts.moved(problem, plan, form.item.data, form.place.data, form.host.data)
        told = acts.locked(problem, made, form.item.data) if form.lock.data else problem
        hand = Hand.of(row, told, made, [item.key for item in made.items if item != plan.item(item.key)])
        if not hand.broken or form.anyway.data:
            flash(_("改好了，成了新的一版。"), "success")
            return hand.keep(number, version, say("人工改的时间和顺序。"))
    return errors.page(
        "desk/plans/airtime/items.html",
        form=form,
        plan=row.plan,
        kind=KINDS["airtime"],
        version=row,
        broken=hand.broken if hand else (),
    )


@pages.post("/plans/<int:number>/versions/<int:version>/item-locks")
def show_item_locks(number: int, version: int) -> Response:
    """Let later runs respect the items that are ticked, and decide about the others."""
    ticked = set(request.form.getlist("lock"))
    with writing() as db:
        row = find(number, version, db)
        problem, known = plans.problem_of(row.plan), set(names_of(plans.problem_of(row.plan)))
        for key in known & {item.key for item in plan_of(row).items}:
            problem = acts.locked(problem, plan_of(row), key) if key in ticked else acts.unlocked(problem, key)
        plans.revise(db, row.plan, problem, by=doors.someone(db), now=clock.now())
        locks = len(problem.locks)
    flash(_("记下了。再排时，定下的%(number)s项不会动。", number=locks), "success")
    return redirect(url_for(".plan_version", number=number, version=version), 303)
