"""Desk room: a timetable changed by hand, choices that later runs respect, and what happened since."""

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
from portal.desk.plans.timetable.showing import school_of
from portal.forms.timetable_plan import MeetingForm, TimetableChangeForm
from scheduling import plans
from scheduling.planning.solving import say
from scheduling.plans import timetable as acts


@pages.route("/plans/<int:number>/versions/<int:version>/meetings", methods=["GET", "POST"])
def timetable_meetings(number: int, version: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Move a lesson by hand; what that breaks is said at once, and may be overruled."""
    row = find(number, version)
    problem, plan = problem_of(row), plan_of(row)
    form = MeetingForm(data=_shown(plan, request.args.get("meeting", ""))).offer(problem, plan)
    hand = None
    if form.validate_on_submit():
        put = form.put(plan)
        before = next(one for one in plan.meetings if one.key == put.key)
        told = acts.locked(problem, put, before=before.slot) if form.lock.data else problem
        if not form.lock.data:
            told = acts.unlocked(problem, before.activity, before.slot)
        hand = Hand.of(row, told, acts.moved(problem, plan, put), [put.key])
        if not hand.broken or form.anyway.data:
            flash(_("改好了，成了新的一版。"), "success")
            return hand.keep(number, version, say("人工改的时间、老师或地方。"))
    return _page(number, version, form, hand=hand)


@pages.post("/plans/<int:number>/versions/<int:version>/meeting-changes")
def timetable_changes(number: int, version: int) -> Any:  # noqa: ANN401
    """Say who or what is not there from .. to, and ask for the timetable with the fewest changes."""
    row = find(number, version)
    problem, plan = problem_of(row), plan_of(row)
    change = TimetableChangeForm(prefix="change-").offer(problem)
    if not change.validate_on_submit():
        form = MeetingForm(formdata=None, data=_shown(plan, "")).offer(problem, plan)
        return _page(number, version, form, change=change)
    with writing() as db:
        before, days = find(number, version, db), (change.first.data, change.last.data)
        if change.what.data == "teacher":
            told = acts.teacher_away(problem, plan, change.teacher.data, *days, now=clock.now())
        else:
            told = acts.room_closed(problem, plan, change.room.data, *days, now=clock.now())
        told = acts.caught_up(db, school_of(db, before.plan), told, now=clock.now())
        where = replan(db, before, told)
    return redirect(where, 303)


@pages.post("/plans/<int:number>/versions/<int:version>/meeting-locks")
def timetable_locks(number: int, version: int) -> Response:
    """Let later runs respect the lessons that are ticked, and decide about the others that were shown."""
    shown, ticked = set(request.form.getlist("shown")), set(request.form.getlist("lock"))
    with writing() as db:
        row = find(number, version, db)
        problem = plans.problem_of(row.plan)
        for one in plan_of(row).meetings:
            if one.key in ticked:
                problem = acts.locked(problem, one)
            elif one.key in shown:
                problem = acts.unlocked(problem, one.activity, one.slot)
        plans.revise(db, row.plan, problem, by=doors.someone(db), now=clock.now())
        locks = len(problem.pins)
    flash(_("记下了。再排时，定下的%(number)s次课不会动。", number=locks), "success")
    back: dict[str, Any] = {name: request.args[name] for name in ("by", "of") if name in request.args}
    return redirect(url_for(".plan_version", number=number, version=version, **back), 303)


def _page(
    number: int, version: int, form: MeetingForm, *, hand: Hand | None = None, change: TimetableChangeForm | None = None
) -> Any:  # noqa: ANN401
    row = find(number, version)
    if change is None:
        today = clock.today()
        change = TimetableChangeForm(formdata=None, prefix="change-", first=today, last=today)
        change.offer(plans.problem_of(row))
    return errors.page(
        "desk/plans/timetable/meetings.html",
        form=change if change.errors else form,
        moving=form,
        change=change,
        plan=row.plan,
        kind=KINDS["timetable"],
        version=row,
        broken=hand.broken if hand else (),
    )


def _shown(plan: Any, key: str) -> dict[str, Any]:  # noqa: ANN401  a timetable
    """Give a lesson as MeetingForm shows it: the one asked for, else the first."""
    one = next((each for each in plan.meetings if each.key == key), plan.meetings[0])
    slot = f"{one.slot[0]}-{one.slot[1]}"
    return {
        "meeting": one.key,
        "slot": slot,
        "teacher": next(iter(one.teachers), ""),
        "room": one.room or "",
        "lock": True,
    }
