"""What the desk types about one fair of a season: its day, who and what goes there."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.filters import day
from portal.forms.base import Form
from portal.forms.fair import CheckboxesField
from scheduling.planning import season
from scheduling.planning.season import PlannedFair


class SeasonFairForm(Form):
    """One fair of a plan. Nothing is refused here: what breaks a rule is said beside it, and may stay."""

    candidate = SelectField(_l("哪天"))
    van = SelectField(_l("大篷车"))
    reserve = SelectField(_l("下雨改到"))
    reserve_van = SelectField(_l("改期那天的车"))
    staff = CheckboxesField(_l("专员"))
    enterprises = CheckboxesField(_l("带哪些单位"))

    def offering(self, problem: season.Problem, plan: season.Plan, town: str, own: str) -> Self:
        """Offer the market days of `town` and everybody; say who is taken that day. `own` is the fair's candidate."""
        taken = {fair.candidate for fair in plan.fairs} - {own}
        days = [each for each in problem.candidates if each.town == town]
        inside = [each for each in days if each.day <= problem.last and each.key not in taken]
        none = SelectChoice("", _("不安排"))
        self.candidate.choices = [SelectChoice(each.key, day(each.day)) for each in inside]
        self.reserve.choices = [none, *(SelectChoice(each.key, day(each.day)) for each in days if each.key != own)]
        self.van.choices = [none, *(SelectChoice(each.key, each.name) for each in problem.vans)]
        self.reserve_van.choices = self.van.choices
        asked = self.candidate.data if self.candidate.data in {each.key for each in inside} else own
        when = next(each.day for each in problem.candidates if each.key == asked)
        busy = _busy(problem, plan, when, own)
        self.staff.choices = [SelectChoice(each.key, _person(each, when, busy, problem)) for each in problem.staff]
        self.enterprises.choices = [SelectChoice(each.key, _firm(each, town, busy)) for each in problem.enterprises]
        return self

    def told(self) -> PlannedFair:
        """Give the fair as it was typed."""
        return PlannedFair(
            candidate=self.candidate.data,
            van=self.van.data or None,
            staff=tuple(sorted(self.staff.data or ())),
            enterprises=tuple(sorted(self.enterprises.data or ())),
            reserve=self.reserve.data or None,
            reserve_van=self.reserve_van.data or None,
        )


def fair_as_typed(fair: PlannedFair) -> dict[str, Any]:
    """Give a fair as SeasonFairForm shows it."""
    return {
        "candidate": fair.candidate,
        "van": fair.van or "",
        "reserve": fair.reserve or "",
        "reserve_van": fair.reserve_van or "",
        "staff": list(fair.staff),
        "enterprises": list(fair.enterprises),
    }


def _busy(problem: season.Problem, plan: season.Plan, when: date, own: str) -> dict[str, str]:
    """Give where else each person and enterprise is on that day, by their keys."""
    towns = {town.key: town.name for town in problem.towns}
    days = {each.key: each for each in problem.candidates}
    return {
        key: towns[days[fair.candidate].town]
        for fair in plan.fairs
        if fair.candidate != own and days[fair.candidate].day == when
        for key in (*fair.staff, *fair.enterprises)
    }


def _person(each: season.Staff, when: date, busy: dict[str, str], problem: season.Problem) -> str:
    if each.key in busy:
        return str(_("%(name)s（那天去%(town)s）", name=each.name, town=busy[each.key]))
    if when in each.unavailable:
        return str(_("%(name)s（那天请假）", name=each.name))
    if when.isoweekday() in each.rest_weekdays and when not in problem.makeup:
        return str(_("%(name)s（那天休息）", name=each.name))
    return str(_("%(name)s（能带队）", name=each.name)) if each.leads else each.name


def _firm(each: season.Enterprise, town: str, busy: dict[str, str]) -> str:
    if each.key in busy:
        return str(_("%(name)s（那天去%(town)s）", name=each.name, town=busy[each.key]))
    if town in each.prefers:
        return str(_("%(name)s（缺%(people)s人，愿意来这里）", name=each.name, people=each.need))
    return str(_("%(name)s（缺%(people)s人）", name=each.name, people=each.need))
