"""Desk room: how a timetable is shown, by class, teacher or room, and carried out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from portal import clock, doors
from portal.database import reading
from portal.desk.plans.asking import about_id, plan_of
from portal.desk.plans.kinds import Kind, add
from scheduling import plans, schools
from scheduling.models import Account, Plan, PlanVersion, School
from scheduling.planning import timetable as planned
from scheduling.planning.solving import Answer
from scheduling.plans import timetable as acts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BY = ("class", "teacher", "room")
AT_THE_SCHOOL = {"role", "absent", "teacher", "place", "room", "room_closed", "stations", "capacity"}  # rules


def school_of(session: Session, plan: Plan) -> School:
    """Give the school a plan is about. Raises NotFound."""
    return schools.by_id(session, doors.county(), about_id(plan))


def _given(plan: Plan, problem: planned.Problem) -> dict[str, Any]:
    return {"school": school_of(reading(), plan), "problem": problem, "classes": _classes(problem)}


def _planned(version: PlanVersion, problem: planned.Problem, answer: Answer[planned.Plan]) -> dict[str, Any]:
    """Give one class's, teacher's or room's weeks, as the address asks, and each of its lessons with the reasons."""
    plan = answer.plan or planned.Plan(())
    pinned = {(pin.activity, pin.slot) for pin in plans.problem_of(version.plan).pins}
    classes = _classes(problem)
    offered = {
        "class": classes,
        "teacher": {each.key: each.name for each in problem.teachers},
        "room": {each.key: each.name for each in problem.rooms},
    }
    by = request.args.get("by", "class") if request.args.get("by") in BY else "class"
    chosen = request.args.get("of", "")
    of = chosen if chosen in offered[by] else next(iter(offered[by]), "")
    lessons = [
        _lesson(problem, one, answer, classes, locked=(one.activity, one.slot) in pinned) for one in plan.meetings
    ]
    shown = [one for one in lessons if of in one.keys[by]]
    return {
        "by": by,
        "of": of,
        "offered": offered,
        "lessons": sorted(shown, key=lambda one: one.slot),
        "weeks": _weeks(problem.grid, shown),
        "periods": problem.grid.periods,
        "number": len(plan.meetings),
        "classes": classes,
        "teaching": len({key for one in plan.meetings for key in one.teachers}),
    }


def _classes(problem: planned.Problem) -> dict[str, str]:
    """Give the classes by slug; a rotating party's group is called 焊工班1组, and its key is slug/1."""
    titles = {}
    for group in problem.groups:
        slug, _slash, party = group.key.partition("/")
        titles[slug] = group.name.removesuffix(f"{party}组") if party else group.name
    return titles


def _lesson(
    problem: planned.Problem,
    one: planned.Meeting,
    answer: Answer[planned.Plan],
    classes: dict[str, str],
    *,
    locked: bool,
) -> Any:  # noqa: ANN401  what the templates show
    activity = next(each for each in problem.activities if each.key == one.activity)
    slug, kind, party = one.activity.split("/")
    return SimpleNamespace(
        key=one.key,
        slot=one.slot,
        starts_at=acts.slot_starts(problem.grid, one.slot),
        period=problem.grid.periods[one.slot[1]],
        title=classes[slug],
        name=activity.name,
        kind=kind,
        party=int(party),
        teachers="、".join(each.name for each in problem.teachers if each.key in one.teachers),
        room=next((each.name for each in problem.rooms if each.key == one.room), ""),
        keys={"class": {slug}, "teacher": set(one.teachers), "room": {one.room}},
        locked=locked,
        why=answer.why(one.key),
    )


def _weeks(grid: planned.Grid, lessons: list[Any]) -> list[list[tuple[date, bool, list[list[Any]]]]]:
    """Give the weeks that have a lesson: seven days, whether each is taught on, and what each half-day holds."""
    days = {date.fromisoformat(iso): place for place, iso in enumerate(grid.days)}
    mondays = sorted({day - timedelta(days=day.weekday()) for day in (one.starts_at.date() for one in lessons)})
    return [
        [
            (
                day,
                day in days,
                [
                    [one for one in lessons if one.slot == (days.get(day), period)]
                    for period in range(len(grid.periods))
                ],
            )
            for day in (monday + timedelta(days=n) for n in range(7))
        ]
        for monday in mondays
    ]


def _caught_up(session: Session, plan: Plan) -> planned.Problem:
    return acts.caught_up(session, school_of(session, plan), plans.problem_of(plan), now=clock.now())


def _carry_out(session: Session, version: PlanVersion, *, reason: str, by: Account, now: datetime) -> str:
    plans.accept(session, version, reason=reason, by=by, now=now)
    problem, plan = plans.problem_of(version), plan_of(version)
    acts.carry_out(session, school_of(session, version.plan), problem, plan, by=by, now=now)
    done: str = _("采用了，%(number)s次课已排进培训班。改了时间的，报了名的人会收到短信。", number=len(plan.meetings))
    return done


add(
    Kind(
        name="timetable",
        words=lazy_gettext("排课表"),
        back=lambda plan: _back(school_of(reading(), plan)),
        given=_given,
        planned=_planned,
        inputs=lambda plan: url_for(".timetable_plan", id_=about_id(plan)),
        adjust=lambda version: url_for(".timetable_meetings", number=version.plan.number, version=version.number),
        carry_out=_carry_out,
        caught_up=_caught_up,
        mend=lambda plan, rule: _mend(plan, rule.partition(":")[0]),
    )
)


def _mend(plan: Plan, rule: str) -> str:
    """Give where a rule is changed: with the teachers and rooms, or where everything else is given."""
    staffed = rule in AT_THE_SCHOOL
    return url_for(".school_teaching" if staffed else ".timetable_plan", id_=about_id(plan))


def _back(school: School) -> tuple[str, str]:
    return school.name, url_for(".school_teaching", id_=school.id)
