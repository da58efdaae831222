"""What the desk types about who teaches at a school, when she cannot, and in which rooms."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as __
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, ValidationError

from portal.forms.base import Form, at_most, required, ruled
from portal.forms.fair import CheckboxesField
from portal.wording import choices, word
from scheduling import identity
from scheduling.models import Teacher, TrainingRoom
from scheduling.plans.timetable import HALVES

_SPLIT = re.compile(r"[\s、，,；;]+")
_TRADES = _("用顿号隔开，例如“焊工、电工”。要和课程的工种写法一样。")


class TeachingForm(Form):
    """One who teaches."""

    name = StringField(_("姓名"), [required(_("请填姓名。")), at_most(60), ruled(identity.name)])
    trades = StringField(_("能教哪些工种"), [required(_("请填工种，例如“焊工”。")), at_most(200)], description=_TRADES)
    kinds = CheckboxesField(
        _("能教理论还是实操"),
        [required(_("请至少选一个。"))],
        choices=choices("session.kind"),
        default=["theory", "practice"],
    )
    weekly_off = CheckboxesField(_("每周哪些时候不能来"))

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401  WTForms' own
        super().__init__(*given, **more)
        self.weekly_off.choices = half_days_of_week()

    def told(self) -> dict[str, Any]:
        """Give what the act takes."""
        return {
            "name": self.name.data,
            "trades": words(self.trades.data),
            "kinds": list(self.kinds.data),
            "weekly_off": list(self.weekly_off.data or ()),
        }


class TrainingRoomForm(Form):
    """A classroom or a workshop."""

    name = StringField(_("叫什么"), [required(_("请填名称，例如“焊接车间”。")), at_most(60)])
    seats = IntegerField(
        _("坐得下多少人"),
        [required(_("请填人数。")), NumberRange(min=1, max=1000, message=_("请填1到1000之间的人数。"))],
    )
    stations = IntegerField(
        _("有几个工位"),
        [required(_("请填个数，教室填0。")), NumberRange(min=0, max=500, message=_("请填0到500之间的整数。"))],
        default=0,
        description=_("同时能上手的人数。普通教室填0；人多于工位时分组轮着上。"),
    )
    trades = StringField(_("能练哪些工种"), [at_most(200)], description=_TRADES)

    def told(self) -> dict[str, Any]:
        """Give what the act takes."""
        same = {name: self[name].data for name in ("name", "seats", "stations")}
        return {**same, "trades": words(self.trades.data)}


class AwayForm(Form):
    """When a teacher cannot teach."""

    first = DateField(_("从哪天"), [required(_("请选日期。"))])
    last = DateField(_("到哪天"), [required(_("请选日期。"))])
    reason = StringField(_("为什么"), [at_most(200)])

    def validate_last(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse an end before the beginning."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(__("结束不能早于开始。"))


def half_days_of_week() -> list[SelectChoice]:
    """Offer each half-day of the week: "0am" is Monday's morning."""
    return [
        SelectChoice(f"{day}{half}", f"{word(str(day), 'weekday')}{HALVES[half][0]}")
        for day in range(7)
        for half in HALVES
    ]


def words(text: str | None) -> list[str]:
    """Give the words somebody wrote one after another."""
    return [each for each in _SPLIT.split(text or "") if each]


def teacher_as_typed(row: Teacher | None) -> dict[str, Any]:
    """Give a teacher as TeachingForm shows her."""
    if row is None:
        return {}
    return {"name": row.name, "trades": "、".join(row.trades), "kinds": row.kinds, "weekly_off": row.weekly_off}


def room_as_typed(row: TrainingRoom | None) -> dict[str, Any]:
    """Give a room as TrainingRoomForm shows it."""
    if row is None:
        return {}
    return {"name": row.name, "seats": row.seats, "stations": row.stations, "trades": "、".join(row.trades)}
