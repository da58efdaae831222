"""Desk room: how a run of show is shown, and carried out."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from portal.database import reading
from portal.desk.plans.asking import fair_of, plan_of
from portal.desk.plans.kinds import Kind, add
from portal.wording import word
from scheduling import livestreams, plans
from scheduling.models import Account, Fair, Plan, PlanVersion
from scheduling.planning.airtime import problem as planned
from scheduling.planning.solving import Answer
from scheduling.plans import airtime as acts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def names_of(problem: planned.Problem) -> dict[str, str]:
    """Give what people call each item of the show."""
    segments = {segment.key: word(segment.kind, "live.kind") for segment in problem.show.segments}
    return segments | {request.key: request.name for request in problem.requests}


def rows_of(fair: Fair, problem: planned.Problem, answer: Answer[planned.Plan], locked: set[str]) -> list[Any]:
    """Give the run of show line by line: when, what, who, which job numbers, and why."""
    names = names_of(problem)
    hosts = {host.key: host.name for host in problem.show.hosts}
    speakers = {speaker.key: speaker.name for speaker in problem.speakers}
    requests = {request.key: request for request in problem.requests}
    aired = {item.key for item in problem.aired}
    return [
        SimpleNamespace(
            place=place,
            key=item.key,
            kind=item.kind,
            name=names[item.key],
            starts_at=acts.moment(fair, item.start),
            ends_at=acts.moment(fair, item.end),
            minutes=item.minutes,
            shortened=max(0, requests[item.key].wanted - item.minutes) if item.key in requests else 0,
            host=hosts.get(item.host, item.host),
            speakers=[speakers[key] for key in requests[item.key].speakers] if item.key in requests else [],
            trade=requests[item.key].trade if item.key in requests else "",
            first=item.first_number,
            last=item.last_number,
            locked=item.key in locked,
            aired=item.key in aired,
            why=answer.why(item.key),
        )
        for place, item in enumerate((answer.plan or planned.Plan()).items, 1)
    ]


def _given(plan: Plan, problem: planned.Problem) -> dict[str, Any]:
    preset = next((each for each in planned.PRESETS.values() if each.weights == problem.weights), None)
    fair = fair_of(reading(), plan)
    return {"fair": fair, "problem": problem, "preset": preset, "names": names_of(problem)}


def _planned(version: PlanVersion, problem: planned.Problem, answer: Answer[planned.Plan]) -> dict[str, Any]:
    fair, plan = fair_of(reading(), version.plan), answer.plan or planned.Plan()
    locked = {lock.key for lock in plans.problem_of(version.plan).locks}
    names = names_of(problem)
    return {
        "fair": fair,
        "rows": rows_of(fair, problem, answer, locked),
        "left_out": [(names[key], answer.why(key)) for key in plan.left_out if key in names],
        "ends_at": acts.moment(fair, max((item.end for item in plan.items), default=0)),
        "on_air": len(plan.companies),
    }


def _carry_out(session: Session, version: PlanVersion, *, reason: str, by: Account, now: datetime) -> str:
    plans.accept(session, version, reason=reason, by=by, now=now)
    fair = fair_of(session, version.plan)
    acts.carry_out(session, fair, plan_of(version), by=by, now=now)
    number = len(livestreams.of_show(session, fair))
    done: str = _("采用了，%(number)s项流程已定下，岗位号也编好了。", number=number)
    return done


add(
    Kind(
        name="airtime",
        words=lazy_gettext("排直播流程"),
        back=lambda plan: _back(fair_of(reading(), plan)),
        given=_given,
        planned=_planned,
        inputs=lambda plan: url_for(".show_plan", slug=fair_of(reading(), plan).slug),
        adjust=lambda version: url_for(".show_items", number=version.plan.number, version=version.number),
        carry_out=_carry_out,
    )
)


def _back(fair: Fair) -> tuple[str, str]:
    return fair.title, url_for(".fair", slug=fair.slug)
