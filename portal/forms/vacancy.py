"""What a company types about a vacancy, what the desk says of it, and what a jobseeker looks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField, SearchField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, NumberRange, Optional

from portal import filters
from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from portal.wording import choices, word
from scheduling import vacancies
from scheduling.models import Township, Vacancy

YUAN = NumberRange(min=1, max=1_000_000, message=_("请填整数，单位是元。"))
FLOORS = (2000, 3000, 4000, 5000, 6000, 8000)


class VacancyForm(Form):
    """One job card."""

    title = StringField(_("岗位名称"), [required(_("请填岗位名称。")), at_most(60)], description=_("例如：缝纫工。"))
    trade = StringField(_("工种"), [at_most(40)])
    headcount = IntegerField(
        _("招几人"),
        [required(_("请填人数。")), NumberRange(min=1, max=9999, message=_("请填1到9999之间的整数。"))],
    )
    description = TextAreaField(_("做什么活"), [at_most(2000)], description=_("每天干什么、有没有师傅带，写大白话。"))
    wage_low = IntegerField(_("最低工资"), [Optional(), YUAN])
    wage_high = IntegerField(_("最高工资"), [Optional(), YUAN])
    pay_unit = SelectField(_("怎么算"), choices=choices("pay_unit"))
    settlement = SelectField(_("怎么结"), choices=choices("settlement"))
    wage_note = StringField(
        _("工资补充说明"), [at_most(200)], description=_("例如：试用期一个月3000元，计件多劳多得。")
    )
    contract_type = StringField(_("用工形式"), [at_most(40)], description=_("例如：劳动合同、劳务、非全日制。"))
    insurance = SelectField(_("保险"), choices=choices("insurance"), default="unsaid")
    work_place = StringField(_("上班地点"), [at_most(120)])
    shift = StringField(_("班次"), [at_most(60)], description=_("例如：长白班8:00—18:00，两班倒。"))
    rest = StringField(_("休息"), [at_most(60)], description=_("例如：单休，每月休四天。"))
    night_work = BooleanField(_("要上夜班"))
    room_and_board = SelectField(_("食宿"), choices=choices("room_and_board"), default="none")
    commute = BooleanField(_("有班车接送"))
    education = SelectField(_("学历"), choices=choices("education"))
    experience = StringField(_("经验"), [at_most(60)], description=_("不要求就写“不限”。"))
    certificate = StringField(_("证书"), [at_most(100)], description=_("例如：低压电工作业操作证。"))
    age_note = StringField(
        _("年龄说明"), [at_most(60)], description=_("建议写“年满18周岁”。设年龄上限要在下面说明理由。")
    )
    accepts_older = BooleanField(_("接受大龄求职者"))
    accepts_disabled = BooleanField(_("接受残疾求职者"))
    accepts_veterans = BooleanField(_("欢迎退役军人"))
    justification = TextAreaField(
        _("理由说明"),
        [at_most(500)],
        description=_("写了年龄上限、身高、户籍、院校这类要求，或没写工资，在这里说明为什么。求职者看不到这一栏。"),
    )

    def card(self) -> vacancies.Card:
        """Give what was typed as the acts take it."""
        return {  # type: ignore[return-value]  # the names are the card's own
            name: self[name].data or "" if isinstance(self[name], StringField) else self[name].data
            for name in vacancies.Card.__annotations__
        }


class ReviewForm(Form):
    """What the desk says: the verdict is the button that was pressed, `seen` the text it is about."""

    verdict = HiddenField(validators=[AnyOf(("approved", "returned"))])
    seen = HiddenField()
    reason = TextAreaField(
        _("意见"), [at_most(500)], description=_("退回要写原因，会用短信发给单位；有标出的词仍要放行，也要写明理由。")
    )


class CorrectionForm(Form):
    """A vacancy that the desk shows at a fair, or no more."""

    no = IntegerField(_("岗位号"), [required(_("请填岗位号。")), NumberRange(min=1, max=2**31 - 1)])
    shown = HiddenField(default="yes", validators=[AnyOf(("yes", "no"))])
    reason = StringField(_("原因"), [at_most(300)], description=_("岗位单定下以后要改，必须写明。会记下来。"))


class PlacesForm(Form):
    """At which coming fairs a vacancy is shown."""

    fairs = CheckboxesField(_("带到哪几场"), description=_("贵单位订了展位的场次。求职者在那一场的页面上能看到。"))

    def offering(self, places: Iterable[vacancies.Place]) -> Self:
        """Offer these fairs: (slug, day and title)."""
        self.fairs.choices = [SelectChoice(each.fair.slug, place_words(each)) for each in places]
        return self


class VacancyFilter(Form):
    """Which vacancies the public list shows: any of what is ticked in a group, and all groups at once."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    q = SearchField(_("岗位、工种或单位"))
    trade = CheckboxesField(_("工种"))
    settlement = CheckboxesField(_("怎么结工资"), choices=choices("settlement", "daily", "weekly", "monthly"))
    board = CheckboxesField(_("食宿"), choices=choices("room_and_board", "both", "room", "board"))
    wish = CheckboxesField(
        _("另外"),
        choices=[
            SelectChoice("commute", _("有班车")),
            SelectChoice("older", _("接受大龄")),
            SelectChoice("disabled", _("接受残疾人")),
        ],
    )
    wage = SelectField(
        _("工资至少"),
        choices=[
            SelectChoice("", _("不限")),
            *(SelectChoice(str(yuan), _("%(yuan)s元/月", yuan=yuan)) for yuan in FLOORS),
        ],
    )
    township = CheckboxesField(_("乡镇"))

    def offering(self, townships: Iterable[Township], trades: Iterable[str]) -> Self:
        """Offer these townships and trades."""
        self.township.choices = [SelectChoice(each.code, each.name) for each in townships]
        self.trade.choices = [SelectChoice(each, each) for each in trades]
        return self

    def groups(self) -> tuple[CheckboxesField, ...]:
        """Give what is ticked, in the order of the form."""
        return self.trade, self.settlement, self.board, self.wish, self.township

    def here(self) -> dict[str, Any]:
        """Give what is asked as the address says it; what is none of the choices is left out."""
        asked: dict[str, Any] = {"q": " ".join((self.q.data or "").split())[:60]}
        for field in self.groups():
            asked[field.name] = [each.value for each in field.choices if each.value in (field.data or ())]
        asked["wage"] = self.wage.data if self.wage.data in {str(yuan) for yuan in FLOORS} else ""
        return {name: value for name, value in asked.items() if value}

    def filters(self) -> vacancies.Filters:
        """Give what is asked as the search takes it."""
        here = self.here()
        wishes = here.get("wish", ())
        return {
            "words": here.get("q", ""),
            "trades": here.get("trade", ()),
            "settlements": here.get("settlement", ()),
            "boards": here.get("board", ()),
            "townships": here.get("township", ()),
            "commute": "commute" in wishes,
            "older": "older" in wishes,
            "disabled": "disabled" in wishes,
            "wage_from": int(here["wage"]) if "wage" in here else None,
        }

    def words(self) -> list[str]:
        """Give what is asked in words, in the order of the form."""
        here = self.here()
        said = ["“" + here["q"] + "”"] if "q" in here else []
        for field in self.groups():
            said += [str(each.label) for each in field.choices if each.value in here.get(field.name, ())]
        if "wage" in here:
            said.append(str(_("至少%(yuan)s元/月", yuan=here["wage"])))
        return said


def as_typed(vacancy: Vacancy) -> dict[str, Any]:
    """Give a vacancy as VacancyForm shows it: what the company said last, approved or not."""
    return vacancies.newest(vacancy)


def as_copy(vacancy: Vacancy) -> dict[str, Any]:
    """Give a vacancy as the beginning of another one; why its words were justified is asked anew."""
    return {**vacancies.newest(vacancy), "justification": ""}


def place_words(place: vacancies.Place) -> str:
    """Name a fair with its day and the company's booth there."""
    return str(
        _(
            "%(day)s %(fair)s，%(booth)s号展位",
            day=filters.day(place.fair.starts_at),
            fair=place.fair.title,
            booth=place.booth,
        )
    )


@dataclass(frozen=True)
class Said:
    """One field of a card that says something else now, in words; `after` may be empty, and so may `before`."""

    label: str
    before: str
    after: str


_NAMED = ("pay_unit", "settlement", "insurance", "room_and_board", "education")  # choices that are families of words


def said_anew(changes: Iterable[vacancies.Change]) -> list[Said]:
    """Give the changes of a card as people read them, with the labels of VacancyForm."""
    labels = {name: field.args[0] for name, field in _fields()}
    return [
        Said(str(labels[each.field]), _said(each.field, each.before), _said(each.field, each.after)) for each in changes
    ]


def _fields() -> Iterable[tuple[str, Any]]:
    return ((name, getattr(VacancyForm, name)) for name in vacancies.Card.__annotations__)


def _said(field: str, value: Any) -> str:  # noqa: ANN401  text, a number, yes or no
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if value is None:
        return ""
    return word(value, field) if field in _NAMED else str(value)
