"""What the desk types about a season: its days and pace, what a town and an enterprise want, campaigns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from portal.forms.resource import DaysField
from portal.wording import choices
from scheduling.planning import season
from scheduling.planning.season.wants import Prices
from scheduling.plans.season import NEEDS, Terms

_LINE = re.compile(r"(.+?)[\s:：]*(\d+)")


def number(label: Any, least: int, most: int, *, may_be_empty: bool = False, **more: Any) -> IntegerField:  # noqa: ANN401
    """Ask for a whole number in words of ours."""
    words = _("请填%(least)s到%(most)s之间的整数。", least=least, most=most)
    first = Optional() if may_be_empty else required(_("请填数字。"))
    return IntegerField(label, [first, NumberRange(min=least, max=most, message=words)], **more)


class SeasonForm(Form):
    """The days and the pace of a season, and what counts most."""

    title = StringField(_("叫什么"), [required(_("请填名称，例如“春季赶集招聘”。")), at_most(100)])
    first = DateField(_("从哪天"), [required(_("请选日期。"))])
    last = DateField(_("到哪天"), [required(_("请选日期。"))])
    preset = SelectField(_("看重什么"), choices=choices("season.preset"))
    gap_days = number(_("同一乡镇两场至少隔几天"), 1, 120, default=10)
    a_day = number(_("一天最多几场"), 1, 20, default=2)
    a_week = number(_("一周最多几场"), 1, 100, default=6)
    season = number(_("一共最多几场"), 1, 1000, may_be_empty=True, description=_("不填就不限。"))
    reserve_days = number(_("下雨改期最多往后几天"), 1, 60, default=14, description=_("露天的集都要留一个改期的集日。"))

    def terms(self) -> Terms:
        """Give what was typed as the act takes it."""
        return Terms(
            self.first.data,
            self.last.data,
            weights=season.PRESETS[self.preset.data],
            pace=season.Pace(
                gap_days=self.gap_days.data,
                a_day=self.a_day.data,
                a_week=self.a_week.data,
                season=self.season.data,
                reserve_days=self.reserve_days.data,
            ),
        )


def season_as_typed(title: str, problem: season.Problem) -> dict[str, Any]:
    """Give a season as SeasonForm shows it."""
    pace = {name: getattr(problem.pace, name) for name in ("gap_days", "a_day", "a_week", "season", "reserve_days")}
    preset = next((name for name, weights in season.PRESETS.items() if weights == problem.weights), "均衡")
    return {"title": title, "first": problem.first, "last": problem.last, "preset": preset, **pace}


class TownForm(Form):
    """What is asked of one town: how often it wants a fair, and what a fair there needs."""

    fairs_min = number(_("这一季至少几场"), 0, 60, default=0)
    fairs_max = number(_("最多几场"), 0, 60, may_be_empty=True, description=_("不填就不限。"))
    exposed = BooleanField(_("集在露天，要留下雨改期的日子"))
    needs_van = BooleanField(_("要派大篷车"))
    staff_min = number(_("一场至少几名专员"), 1, 60)
    staff_max = number(_("最多几名"), 1, 60)
    leaders_min = number(_("其中能带队的至少几名"), 0, 20)
    enterprises_min = number(_("一场至少几家单位"), 0, 300)
    enterprises_max = number(_("最多几家"), 1, 300)
    seekers = TextAreaField(
        _("这里有多少人找哪种活"), description=_("一行一种，例如“缝纫工 30”。写了，就会把缺这种人的单位往这里排。")
    )

    def validate_seekers(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse what is not a trade and a number."""
        for line in _lines(field.data):
            if not _LINE.fullmatch(line):
                raise ValidationError(str(_("看不懂“%(line)s”，请按“缝纫工 30”这样写。", line=line)))

    def validate_staff_max(self, field: Any) -> None:  # noqa: ANN401
        """Refuse more at least than at most."""
        _require_order(self.staff_min, field)

    def validate_enterprises_max(self, field: Any) -> None:  # noqa: ANN401
        """Refuse more at least than at most."""
        _require_order(self.enterprises_min, field)

    def validate_fairs_max(self, field: Any) -> None:  # noqa: ANN401
        """Refuse more at least than at most."""
        _require_order(self.fairs_min, field)

    def told(self, problem: season.Problem, town: season.Town) -> season.Problem:
        """Give the problem with what was typed about `town`."""
        pairs = [found.groups() for line in _lines(self.seekers.data) if (found := _LINE.fullmatch(line))]
        changed = replace(
            town,
            fairs_min=self.fairs_min.data,
            fairs_max=self.fairs_max.data,
            seekers=tuple(sorted((trade.strip(), int(people)) for trade, people in pairs)),
        )
        needs = {name: self[name].data for name in NEEDS}
        return replace(
            problem,
            towns=tuple(changed if each.key == town.key else each for each in problem.towns),
            candidates=tuple(replace(each, **needs) if each.town == town.key else each for each in problem.candidates),
        )


class FirmForm(Form):
    """What is asked of one enterprise: where it would like to go, how often, when it cannot."""

    prefers = CheckboxesField(_("愿意去哪些乡镇"))
    max_a_month = number(_("一个月最多去几场"), 0, 31)
    unavailable = DaysField(_("哪几天来不了"), description=_("一行一天，例如 2027-03-01。"))

    def with_towns(self, towns: Iterable[season.Town]) -> Self:
        """Offer these towns."""
        self.prefers.choices = [SelectChoice(town.key, town.name) for town in towns]
        return self

    def told(self, problem: season.Problem, firm: season.Enterprise) -> season.Problem:
        """Give the problem with what was typed about `firm`."""
        changed = replace(
            firm,
            prefers=tuple(sorted(self.prefers.data or ())),
            max_a_month=self.max_a_month.data,
            unavailable=tuple(sorted(set(self.unavailable.days()))),
        )
        firms = tuple(changed if each.key == firm.key else each for each in problem.enterprises)
        return replace(problem, enterprises=firms)


class CampaignForm(Form):
    """A campaign (专项活动) that asks for fairs between two days."""

    name = StringField(_("活动名称"), [required(_("请填名称，例如“春风行动”。")), at_most(60)])
    first = DateField(_("从哪天"), [required(_("请选日期。"))])
    last = DateField(_("到哪天"), [required(_("请选日期。"))])
    at_least = number(_("至少办几场"), 1, 200)
    towns = CheckboxesField(_("在哪些乡镇"), description=_("都不勾就是哪里都行。"))

    def with_towns(self, towns: Iterable[season.Town]) -> Self:
        """Offer these towns."""
        self.towns.choices = [SelectChoice(town.key, town.name) for town in towns]
        return self

    def validate_last(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse an end before the beginning."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(str(_("结束的日子要在开始之后。")))

    def told(self, problem: season.Problem) -> season.Problem:
        """Give the problem with this campaign; one of the same name is replaced."""
        campaign = season.Campaign(
            key=self.name.data.strip(),
            name=self.name.data.strip(),
            first=self.first.data,
            last=self.last.data,
            at_least=self.at_least.data,
            towns=tuple(sorted(self.towns.data or ())),
        )
        others = (each for each in problem.campaigns if each.key != campaign.key)
        return replace(problem, campaigns=tuple(sorted((*others, campaign), key=lambda each: (each.first, each.key))))


class PricesForm(Form):
    """What each change costs when an accepted season is planned again; what costs more is changed less."""

    dropped = number(_("不办了一场"), 0, 10_000)
    moved = number(_("一场改了日子"), 0, 10_000)
    added = number(_("多办一场"), 0, 10_000)
    van = number(_("换车"), 0, 10_000)
    reserve = number(_("换下雨改期的日子"), 0, 10_000)
    staff = number(_("换一名专员"), 0, 10_000)
    enterprise = number(_("换一家单位"), 0, 10_000)

    def validate_moved(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse a move that costs more than dropping one fair and adding another: nobody would ever pay it."""
        if None not in {self.dropped.data, self.added.data} and field.data > self.dropped.data + self.added.data:
            raise ValidationError(str(_("改日子不能比“不办了一场”加“多办一场”还贵。")))

    def told(self, problem: season.Problem) -> season.Problem:
        """Give the problem with these prices."""
        names = (each.name for each in fields(Prices))
        return replace(problem, prices=Prices(**{name: self[name].data for name in names}))


def town_as_typed(problem: season.Problem, town: season.Town) -> dict[str, Any]:
    """Give a town as TownForm shows it."""
    like = next(candidate for candidate in problem.candidates if candidate.town == town.key)
    return {
        **{name: getattr(like, name) for name in NEEDS},
        "fairs_min": town.fairs_min,
        "fairs_max": town.fairs_max,
        "seekers": "\n".join(f"{trade} {people}" for trade, people in town.seekers),
    }


def firm_as_typed(firm: season.Enterprise) -> dict[str, Any]:
    """Give an enterprise as FirmForm shows it."""
    days = [day.isoformat() for day in firm.unavailable]
    return {"prefers": list(firm.prefers), "max_a_month": firm.max_a_month, "unavailable": days}


def _require_order(least: IntegerField, most: IntegerField) -> None:
    if least.data is not None and most.data is not None and most.data < least.data:
        raise ValidationError(str(_("最多不能比至少还少。")))


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
