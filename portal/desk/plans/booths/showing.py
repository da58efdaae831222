"""Desk room: how a plan of booths is shown, and carried out."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from portal import doors
from portal.database import reading
from portal.desk.plans.asking import fair_of, plan_of
from portal.desk.plans.kinds import Kind, add
from scheduling import plans
from scheduling.models import Account, Fair, Plan, PlanVersion
from scheduling.planning.booths import problem as planned
from scheduling.planning.solving import Answer
from scheduling.plans import booths as acts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _given(plan: Plan, problem: planned.Problem) -> dict[str, Any]:
    preset = next((each for each in planned.PRESETS.values() if each.weights == problem.policy.weights), None)
    return {"fair": fair_of(reading(), plan), "problem": problem, "preset": preset}


def _planned(version: PlanVersion, problem: planned.Problem, answer: Answer[planned.Plan]) -> dict[str, Any]:
    """Give each stall with who stands there and why, in the order of the ground; and who goes without."""
    plan = answer.plan or planned.Plan()
    firms = {each.key: each for each in problem.enterprises}
    at = {number: firms[key] for key, number in plan.places.items()}
    locked = {lock.enterprise for lock in plans.problem_of(version.plan).locks}
    booths = sorted(problem.booths, key=lambda booth: (booth.row, booth.column))
    stalls = [
        SimpleNamespace(
            booth=booth,
            number=booth.number,
            row=booth.row,
            column=booth.column,
            firm=firm,
            short=_short(firm.name) if firm else "",
            wish=_wish(firm, booth) if firm else None,
            locked=bool(firm and firm.key in locked),
            why=answer.why(firm.key) if firm else (),
        )
        for booth in booths
        for firm in (at.get(booth.number),)
    ]
    wishes = Counter(stall.wish for stall in stalls if stall.firm and stall.firm.wishes)
    return {
        "stalls": stalls,
        "columns": max((booth.column for booth in booths), default=1),
        "zones": list(dict.fromkeys(booth.zone for booth in booths if booth.zone)),
        "without": [(firms[key].name, answer.why(key)) for key in plan.without if key in firms],
        "wishing": sum(bool(each.wishes) for each in problem.enterprises),
        "first_wishes": wishes[1],
        "any_wishes": sum(number for wish, number in wishes.items() if wish),
    }


def _short(name: str) -> str:
    """Leave out what every name here begins and ends with: a stall is small."""
    return name.removeprefix(doors.settings().county_name).removesuffix("有限公司")


def _wish(firm: planned.Enterprise, booth: planned.Booth) -> int | None:
    """Say which of its wishes the enterprise got, from 1; None for none of them."""
    places = (place for place, wish in enumerate(firm.wishes, 1) if wish in {booth.number, booth.zone})
    return next(places, None)


def _carry_out(session: Session, version: PlanVersion, *, reason: str, by: Account, now: datetime) -> str:
    plans.accept(session, version, reason=reason, by=by, now=now)
    fair, plan = fair_of(session, version.plan), plan_of(version)
    acts.carry_out(session, fair, plans.problem_of(version), plan, by=by, now=now)
    done: str = _("采用了，%(number)s家单位的展位已订好。改了位置的单位会收到短信。", number=len(plan.stands))
    return done


add(
    Kind(
        name="booths",
        words=lazy_gettext("分展位"),
        back=lambda plan: _back(fair_of(reading(), plan)),
        given=_given,
        planned=_planned,
        inputs=lambda plan: url_for(".booth_plan", slug=fair_of(reading(), plan).slug),
        adjust=lambda version: url_for(".booth_stalls", number=version.plan.number, version=version.number),
        carry_out=_carry_out,
        mend=lambda plan, rule: _mend(fair_of(reading(), plan), *rule.split(":")),
    )
)


def _mend(fair: Fair, rule: str, firm: str = "", *_more: str) -> str:
    """Give where a rule is changed: at the enterprise, at the corners, or at the booths themselves."""
    anchors = {"invited": f"firm-{firm}-invited", "zone": "how"}
    if rule in anchors:
        return url_for(".booth_plan", slug=fair.slug, _anchor=anchors[rule])
    return url_for(".booths", slug=fair.slug)


def _back(fair: Fair) -> tuple[str, str]:
    return fair.title, url_for(".booths", slug=fair.slug)
