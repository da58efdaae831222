"""What companies type to order training."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as __
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange

from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from portal.forms.teaching import half_days_of_week
from scheduling.orders import Placed

MOST = 1000
_WAGE = NumberRange(min=500, max=100_000, message=_("请填每月多少元，例如 5500。"))


class OrderForm(Form):
    """So many people of one trade, at a wage, from a day on."""

    trade = StringField(_("要什么工种"), [required(_("请填工种，例如“焊工”。")), at_most(40)])
    level = StringField(_("什么等级"), [at_most(20)])
    heads = IntegerField(
        _("要多少人"),
        [required(_("请填人数。")), NumberRange(min=1, max=1000, message=_("请填1到1000之间的人数。"))],
    )
    wage_low = IntegerField(_("每月工资最低"), [required(_("请填最低工资。")), _WAGE])
    wage_high = IntegerField(_("每月工资最高"), [required(_("请填最高工资。")), _WAGE])
    wanted_from = DateField(_("最好什么时候到岗"), [required(_("请选日期。"))])
    conditions = TextAreaField(
        _("还有什么条件"), [at_most(500)], description=_("例如“能倒班”“包吃住”。不能限性别、婚育、民族。")
    )
    employed = BooleanField(
        _("送本单位在岗职工来学"), description=_("不勾：由我们招人来学，学完您录用。勾了请在下面写明倒班。")
    )
    shifts = CheckboxesField(_("职工哪些时候要上班、不能来上课"))
    promise = BooleanField(
        _("我单位承诺：培训合格、符合以上条件的人，按上面的工资录用"),
        description=_("没有这个承诺不能开订单班。承诺会写进培训档案，以后看实际录用多少人。"),
    )

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401  WTForms' own
        super().__init__(*given, **more)
        self.shifts.choices = half_days_of_week()

    def order(self) -> dict[str, Any]:
        """Give what the act takes."""
        return {
            "trade": self.trade.data,
            "level": self.level.data or "",
            "heads": self.heads.data,
            "wage_low": self.wage_low.data,
            "wage_high": self.wage_high.data,
            "wanted_from": self.wanted_from.data,
            "conditions": self.conditions.data or "",
            "employed": self.employed.data,
            "shifts": list(self.shifts.data or ()),
            "promise": self.promise.data,
        }


class OrderClosingForm(Form):
    """Why an order is closed though fewer were hired than promised."""

    note = TextAreaField(_("怎么了结的"), [at_most(300)], description=_("没招满要写明原因，例如“2人去了外地”。"))


class PoolForm(Form):
    """How many seats of a class are for each order; the fields are named by the orders' numbers."""

    def offer(self, placed: Sequence[Placed]) -> PoolForm:
        """Ask for a number beside each of these orders."""
        self.placed = list(placed)
        self.wrong: dict[int, str] = {}
        return self

    def seats(self, typed: Mapping[str, str]) -> dict[UUID, int]:
        """Give what was typed, by the orders' ids; what is no number is told in `wrong`, by the orders' numbers."""
        found = {}
        for one in self.placed:
            text = unicodedata.normalize("NFKC", typed.get(f"seats-{one.order.no}", "")).strip() or "0"
            if text.isdecimal() and int(text) <= MOST:
                found[one.order.id] = int(text)
            else:
                self.wrong[one.order.no] = __("请填整数，例如 12。")
        return found
