"""What a company types about a vacancy, what the desk says of it, and what a jobseeker looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField, SearchField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, NumberRange, Optional

from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from portal.wording import choices
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
    """What the desk says: the verdict is the button that was pressed."""

    verdict = HiddenField(validators=[AnyOf(("approved", "returned"))])
    reason = TextAreaField(
        _("意见"), [at_most(500)], description=_("退回要写原因，会用短信发给单位；有标出的词仍要放行，也要写明理由。")
    )


class VacancyFilter(Form):
    """Which vacancies the public list shows: any of what is ticked in a group, and all groups at once."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    q = SearchField(_("岗位、工种或单位"))
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

    def with_townships(self, townships: Iterable[Township]) -> Self:
        """Offer these townships."""
        self.township.choices = [SelectChoice(each.code, each.name) for each in townships]
        return self

    def here(self) -> dict[str, Any]:
        """Give what is asked as the address says it; what is none of the choices is left out."""
        asked: dict[str, Any] = {"q": " ".join((self.q.data or "").split())[:60]}
        for field in (self.settlement, self.board, self.wish, self.township):
            asked[field.name] = [each.value for each in field.choices if each.value in (field.data or ())]
        asked["wage"] = self.wage.data if self.wage.data in {str(yuan) for yuan in FLOORS} else ""
        return {name: value for name, value in asked.items() if value}

    def filters(self) -> vacancies.Filters:
        """Give what is asked as the search takes it."""
        here = self.here()
        wishes = here.get("wish", ())
        return {
            "words": here.get("q", ""),
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
        for field in (self.settlement, self.board, self.wish, self.township):
            said += [str(each.label) for each in field.choices if each.value in here.get(field.name, ())]
        if "wage" in here:
            said.append(str(_("至少%(yuan)s元/月", yuan=here["wage"])))
        return said


def as_typed(vacancy: Vacancy) -> dict[str, Any]:
    """Give a vacancy as VacancyForm shows it."""
    return {name: getattr(vacancy, name) for name in vacancies.Card.__annotations__}
