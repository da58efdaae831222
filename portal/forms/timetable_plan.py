"""What the desk types about a timetable: when to teach, which classes; changes by hand and after it was announced."""

from __future__ import annotations

from typing import Any, Self

from flask_babel import gettext as __
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, ValidationError

from portal.filters import day as day_words
from portal.forms.base import Form, required
from portal.forms.booth_plan import RowForm
from portal.forms.fair import CheckboxesField
from portal.wording import choices
from scheduling.planning import timetable as planned
from scheduling.plans.timetable import HALVES, ClassTerms, Terms, slot_starts


class TermsForm(Form):
    """When the school teaches."""

    weekdays = CheckboxesField(
        _("每周哪几天上课"),
        [required(_("请至少选一天。"))],
        choices=choices("weekday"),
        default=["0", "1", "2", "3", "4"],
    )
    halves = CheckboxesField(
        _("什么时候上"), [required(_("请至少选一个。"))], choices=choices("period"), default=["am", "pm"]
    )
    theory_first = BooleanField(_("理论上完再上实操"), default=True)

    def terms(self) -> Terms:
        """Give what was typed."""
        return Terms(
            weekdays=frozenset(int(day) for day in self.weekdays.data),
            halves=tuple(half for half in HALVES if half in self.halves.data),
            theory_first=self.theory_first.data,
        )


class ClassRowForm(RowForm):
    """One class."""

    comes = BooleanField(_("这次排"), default=True)
    size = IntegerField(
        _("按多少人排"),
        [required(_("请填人数。")), NumberRange(min=1, max=1000, message=_("请填1到1000之间的人数。"))],
    )
    shift = SelectField(_("学员什么时候有空"), choices=choices("shift"))
    anew = BooleanField(_("已排的课次也可以动"))

    def terms(self) -> ClassTerms:
        """Give what was typed."""
        return ClassTerms(size=self.size.data, shift=self.shift.data, anew=self.anew.data)


class MeetingForm(Form):
    """Another time, room or teacher for a lesson, by hand."""

    meeting = SelectField(_("哪次课"))
    slot = SelectField(_("改到什么时候"))
    teacher = SelectField(_("谁教"))
    room = SelectField(_("在哪里"))
    lock = BooleanField(_("定下来，以后重排也不动"), default=True)
    anyway = BooleanField(_("知道有冲突，还是这样改"))

    def offer(self, problem: planned.Problem, plan: planned.Plan) -> Self:
        """Offer every lesson, every half-day, every teacher and room."""
        names = {activity.key: activity.name for activity in problem.activities}
        grid = problem.grid
        self.meeting.choices = [
            SelectChoice(one.key, f"{names[one.activity]} {slot_words(grid, one.slot)}") for one in plan.meetings
        ]
        self.slot.choices = [
            SelectChoice(f"{day}-{period}", slot_words(grid, (day, period)))
            for day in range(len(grid.days))
            for period in range(len(grid.periods))
        ]
        self.teacher.choices = [SelectChoice(each.key, each.name) for each in problem.teachers]
        self.room.choices = [SelectChoice("", __("不用教室")), *(SelectChoice(r.key, r.name) for r in problem.rooms)]
        return self

    def put(self, plan: planned.Plan) -> planned.Meeting:
        """Give the lesson as it was typed."""
        one = next(each for each in plan.meetings if each.key == self.meeting.data)
        day, period = (int(number) for number in self.slot.data.split("-"))
        teachers = (self.teacher.data, *one.teachers[1:]) if one.teachers else ()
        return planned.Meeting(one.key, one.activity, (day, period), self.room.data or None, teachers)


class TimetableChangeForm(Form):
    """What happened after a timetable was announced."""

    what = RadioField(_("出了什么变化"), choices=choices("timetable.change"), default="teacher")
    teacher = SelectField(_("哪位老师"))
    room = SelectField(_("哪间教室、车间"))
    first = DateField(_("从哪天"), [required(_("请选日期。"))])
    last = DateField(_("到哪天"), [required(_("请选日期。"))])

    def offer(self, problem: planned.Problem) -> Self:
        """Offer who may fall ill, and what may be closed."""
        self.teacher.choices = [SelectChoice(each.key, each.name) for each in problem.teachers]
        self.room.choices = [SelectChoice(each.key, each.name) for each in problem.rooms]
        return self

    def validate_last(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse an end before the beginning."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(__("结束不能早于开始。"))


def slot_words(grid: planned.Grid, slot: planned.Slot) -> str:
    """Say a half-day: 11月30日 周一上午."""
    return f"{day_words(slot_starts(grid, slot))}{grid.periods[slot[1]]}"
