"""What is typed about booth policies, turnout and penalties."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as __
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TelField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.forms.base import Form, at_most, required
from portal.wording import choices
from scheduling.booths.policies import Rule, Terms
from scheduling.models import Booth

DAYS = NumberRange(min=0, max=180, message=_("请填0到180之间的整数。"))
RULES = 2  # penalties a policy has at most on the page


class PolicyForm(Form):
    """Everything a booth policy says."""

    name = StringField(_("规则叫什么"), [required(_("请填名称。")), at_most(40)], description=_("例如“每周六大厅”。"))
    mode = RadioField(_("展位怎么给"), choices=choices("policy.mode"), default="first_come")
    opens_days = IntegerField(_("提前几天开始订"), [Optional(), DAYS], description=_("不填：发布了就能订。"))
    opens_at = TimeField(_("那天几点"), [required(_("请填时间，例如 9:00。"))])
    closes_days = IntegerField(_("提前几天截止"), [Optional(), DAYS], description=_("不填：开始前都能订。0是当天。"))
    closes_at = TimeField(_("那天几点截止"), [required(_("请填时间，例如 17:00。"))])
    free_days = IntegerField(_("提前几天可以免责取消"), [Optional(), DAYS], description=_("不填：开始前都可以。"))
    free_at = TimeField(_("那天几点以前"), [required(_("请填时间，例如 17:00。"))])
    checkin_before = IntegerField(
        _("开始前多少分钟起签到"),
        [required(_("请填分钟数。")), NumberRange(min=0, max=600, message=_("请填0到600之间的整数。"))],
    )
    checkin_after = IntegerField(
        _("开始后多少分钟内签到"),
        [Optional(), NumberRange(min=-600, max=600, message=_("请填-600到600之间的整数。"))],
        description=_("0：开始前要签到。不填：结束前都可以。"),
    )
    releases_late = BooleanField(_("没按时签到的，展位可以给别家"))
    most_a_month = IntegerField(
        _("一家一个月最多几场"),
        [Optional(), NumberRange(min=1, max=31, message=_("请填1到31之间的整数。"))],
        description=_("不填：不限。"),
    )
    not_in_a_row = BooleanField(_("不能连着两场都来"))
    needs_vacancies = BooleanField(_("要有审核通过的岗位才能订"))
    walk_ins = BooleanField(_("当天临时来的单位也收"))
    count_1 = IntegerField(_("爽约几次"), [Optional(), NumberRange(min=1, max=20, message=_("请填1到20之间的整数。"))])
    window_1 = SelectField(_("多长时间内"), choices=choices("penalty.window"))
    effect_1 = SelectField(_("多久不能订"), choices=choices("penalty.effect"))
    cause_1 = SelectField(_("哪些算"), choices=choices("penalty.cause"))
    count_2 = IntegerField(_("爽约几次"), [Optional(), NumberRange(min=1, max=20, message=_("请填1到20之间的整数。"))])
    window_2 = SelectField(_("多长时间内"), choices=choices("penalty.window"))
    effect_2 = SelectField(_("多久不能订"), choices=choices("penalty.effect"))
    cause_2 = SelectField(_("哪些算"), choices=choices("penalty.cause"))

    def validate_closes_days(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse a booking that would close before it opens."""
        opens = self.opens_days.data
        if opens is not None and field.data is not None and field.data > opens:
            raise ValidationError(__("截止不能早于开始。"))

    def terms(self) -> Terms:
        """Give what was typed as the rules take it."""
        same = {name: self[name].data for name in Terms.__dataclass_fields__ if name != "penalties"}
        rules = [
            Rule(
                self[f"count_{n}"].data,
                self[f"window_{n}"].data,
                self[f"effect_{n}"].data,
                ("no_show", "late") if self[f"cause_{n}"].data == "late" else ("no_show",),
            )
            for n in range(1, RULES + 1)
            if self[f"count_{n}"].data
        ]
        return Terms(**same, penalties=tuple(rules))


def as_typed(name: str, terms: Terms) -> dict[str, Any]:
    """Give a policy as PolicyForm shows it."""
    told: dict[str, Any] = {field: getattr(terms, field) for field in Terms.__dataclass_fields__}
    for n, rule in enumerate(terms.penalties[:RULES], 1):
        told |= {f"count_{n}": rule.count, f"window_{n}": rule.window, f"effect_{n}": rule.effect}
        told[f"cause_{n}"] = "late" if "late" in rule.causes else "no_show"
    return {**told, "name": name}


class FairPolicyForm(Form):
    """Which policy a fair goes by."""

    policy = SelectField(_("按哪套规则订展位"))

    def offer(self, names: list[str]) -> FairPolicyForm:
        """Offer the county's policies, and none."""
        self.policy.choices = [SelectChoice("", _("没有规则：开始前随便订")), *(SelectChoice(n, n) for n in names)]
        return self


class AppealForm(Form):
    """Why a penalty is not fair."""

    reason = TextAreaField(
        _("为什么没来，有什么凭据"), [required(_("请写明情况。")), at_most(1000)], description=_("凭据可以送到窗口。")
    )


class DecisionForm(Form):
    """What the desk says to a penalty; the button says which way."""

    reason = StringField(_("答复"), [required(_("请写答复，会用短信发给单位。")), at_most(300)])


class WalkInForm(Form):
    """A company that came without a booking: in under a minute, known or not."""

    uscc = StringField(_("统一社会信用代码"), [required(_("请填统一社会信用代码。")), at_most(30)])
    name = StringField(_("单位名称"), [at_most(100)], description=_("登记过的不用填。"))
    attendees = StringField(_("谁来了"), [required(_("请写明谁来参加。")), at_most(60)])
    phone = TelField(_("手机"), [required(_("请填手机号。")), at_most(20)])
    booth = SelectField(_("哪个展位"), coerce=int)
    title = StringField(_("招什么"), [at_most(60)], description=_("例如“缝纫工”。填了就能马上打印海报。"))
    headcount = IntegerField(
        _("招几人"), [Optional(), NumberRange(min=1, max=9999, message=_("请填1到9999之间的整数。"))]
    )
    wage_low = IntegerField(
        _("工资从"), [Optional(), NumberRange(min=1, max=1_000_000, message=_("请填整数，单位是元。"))]
    )
    wage_high = IntegerField(
        _("到"), [Optional(), NumberRange(min=1, max=1_000_000, message=_("请填整数，单位是元。"))]
    )
    pay_unit = SelectField(_("怎么算"), choices=choices("pay_unit"))
    settlement = SelectField(_("怎么结"), choices=choices("settlement"))
    papers = BooleanField(_("当场看过营业执照，名称和代码一致"))
    reason = StringField(_("为什么让它进"), [at_most(200)], description=_("规则不收临时单位时要写。"))

    def offer(self, free: list[Booth]) -> WalkInForm:
        """Offer the booths that are free."""
        self.booth.choices = [SelectChoice(0, _("第一个空的")), *(SelectChoice(b.number, str(b.number)) for b in free)]
        return self

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  WTForms' own
        """Ask for the wage of what is looked for: without one the advert needs a reason, which nobody writes here."""
        right: bool = super().validate(extra_validators)
        paid = self.wage_low.data is not None or self.wage_high.data is not None or self.wage_low.errors
        if (self.title.data or "").strip() and not paid:
            self.wage_low.errors, right = [__("招什么填了，工资也请填上。")], False
        return right

    def told(self) -> dict[str, Any]:
        """Give what was typed as `turnout.take_in` takes it."""
        return {
            "uscc": self.uscc.data,
            "name": self.name.data or "",
            "attendees": self.attendees.data,
            "phone": self.phone.data,
            "papers_seen": self.papers.data,
            "number": self.booth.data or None,
            "reason": self.reason.data or "",
            "job": self._card(),
        }

    def _card(self) -> dict[str, Any]:
        """Give the job card that was typed, empty without a title."""
        if not (self.title.data or "").strip():
            return {}
        names = ("title", "wage_low", "wage_high", "pay_unit", "settlement")
        return {**{name: self[name].data for name in names}, "headcount": self.headcount.data or 1}
