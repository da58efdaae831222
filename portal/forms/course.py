"""What the desk types about courses, classes, sessions and schools."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Self

from flask_babel import gettext as __
from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, SelectField, StringField, TelField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, Regexp, ValidationError

from portal.clock import HERE
from portal.forms.base import Form, at_most, required, ruled
from portal.forms.fair import CheckboxesField
from portal.wording import choices
from scheduling import identity
from scheduling.models import ClassSession, Course, School, TrainingClass, TrainingOrder, TrainingRules

_HOURS = NumberRange(min=0, max=2000, message=_("请填0到2000之间的课时数。"))
_AGE = NumberRange(min=14, max=80, message=_("请填14到80之间的周岁。"))
_SEATS = NumberRange(min=1, max=1000, message=_("请填1到1000之间的人数。"))
_LANDLINE = Regexp(r"^[\d\s+()（）、,，-]+$", message=_("电话只能有数字和横线，例如 0990-1234567。"))


def _some_hours(form: Any, field: Any) -> None:  # noqa: ANN401  WTForms has no types
    """Ask for at least one hour, of theory or of practice."""
    if form.theory_hours.data == 0 and field.data == 0:
        raise ValidationError(__("理论和实操课时不能都是0。"))


def _not_below_least(form: Any, field: Any) -> None:  # noqa: ANN401  WTForms has no types
    """Let somebody be of the age that is asked."""
    if form.min_age.data is not None and field.data is not None and field.data < form.min_age.data:
        raise ValidationError(__("最高年龄不能小于最低年龄。"))


class CourseForm(Form):
    """A course: figures are configuration, each county has its own."""

    name = StringField(_("课程名称"), [required(_("请填名称。")), at_most(100)])
    trade = StringField(_("工种"), [at_most(40)])
    mode = SelectField(_("培训方式"), choices=choices("course.mode"))
    theory_hours = IntegerField(_("理论课时"), [required(_("请填课时。")), _HOURS])
    practice_hours = IntegerField(_("实操课时"), [required(_("请填课时。")), _HOURS, _some_hours])
    min_age = IntegerField(_("最低年龄"), [required(_("请填年龄。")), _AGE], default=16)
    max_age = IntegerField(_("最高年龄"), [Optional(), _AGE, _not_below_least])
    education = SelectField(_("最低学历"), choices=choices("education"))
    class_cap = IntegerField(_("一班最多多少人"), [required(_("请填人数。")), _SEATS], default=50)
    certificate = StringField(_("结业拿什么证"), [at_most(100)])
    level = StringField(_("等级"), [at_most(20)])
    modules = TextAreaField(
        _("分哪些模块"), [at_most(2000)], description=_("每行一个模块，后面写课时，例如“安全用电 8”。")
    )
    note = TextAreaField(_("说明"), [at_most(500)])

    def course(self) -> dict[str, Any]:
        """Give what the act takes."""
        return {field.name: field.data for field in self if field.name != "csrf_token"} | {
            name: self[name].data or "" for name in ("trade", "certificate", "note", "level", "modules")
        }


class OutlineForm(Form):
    """What may change about a course: its level, its modules, the rules it goes by."""

    level = StringField(_("等级"), [at_most(20)])
    modules = TextAreaField(
        _("分哪些模块"), [at_most(2000)], description=_("每行一个模块，后面写课时，例如“安全用电 8”。")
    )
    rules = SelectField(_("按哪套规则办"))

    def offer(self, rules: Iterable[TrainingRules]) -> Self:
        """Offer these rules, or none of its own."""
        self.rules.choices = [
            SelectChoice("", __("示例规则")),
            *(SelectChoice(row.name, row.name) for row in rules),
        ]
        return self


class SchoolForm(Form):
    """A training provider."""

    name = StringField(_("学校名称"), [required(_("请填名称。")), at_most(100)])
    address = StringField(_("地址"), [at_most(200)])
    contact_name = StringField(_("联系人"), [at_most(60)])
    contact_phone = TelField(_("联系电话"), [at_most(20)])


class TeacherForm(Form):
    """Somebody of a school who may come in by its door."""

    name = StringField(_("老师姓名"), [required(_("请填姓名。")), at_most(60), ruled(identity.name)])
    phone = TelField(
        _("手机号"),
        [required(_("请填手机号。")), at_most(20), ruled(identity.phone)],
        description=_("老师用这个手机号登录，看本校的培训班、花名册和考勤。"),
    )


class ClassForm(Form):
    """A class opened of a course."""

    course = SelectField(_("课程"))
    orders = CheckboxesField(_("为哪些用工订单开班"))
    title = StringField(_("班名"), [required(_("请填班名，例如“焊工订单班”。")), at_most(100)])
    school = SelectField(_("承训机构"))
    place = StringField(_("上课地点"), [required(_("请填上课地点。")), at_most(120)])
    address = StringField(_("详细地址、怎么去"), [at_most(200)])
    contact_phone = TelField(
        _("咨询电话"),
        [at_most(30), Optional(), _LANDLINE],
        description=_("印在公众页面和短信里，用座机，不要写个人手机。"),
    )
    starts_on = DateField(_("开班日期"), [required(_("请选日期。"))])
    ends_on = DateField(_("结业日期"), [required(_("请选日期。"))])
    closes_on = DateField(_("报名截止日期"), [required(_("请选日期。"))])
    closes_at = TimeField(_("截止时间"), [required(_("请填时间，例如 18:00。"))], default=time(18))
    seats = IntegerField(_("名额"), [required(_("请填人数。")), _SEATS])

    def offer(self, courses: Iterable[Course], schools: Iterable[School], orders: Iterable[TrainingOrder]) -> Self:
        """Offer these courses, schools and orders that wait for a class."""
        self.course.choices = [
            SelectChoice(str(row.id), __("%(name)s（%(hours)s课时）", name=row.name, hours=row.total_hours))
            for row in courses
        ]
        self.school.choices = [
            SelectChoice("", __("还没定")),
            *(SelectChoice(str(row.id), row.name) for row in schools),
        ]
        self.orders.choices = [
            SelectChoice(
                str(row.no),
                __(
                    "%(no)s号 %(enterprise)s %(trade)s %(heads)s人",
                    no=row.no,
                    enterprise=row.enterprise.name,
                    trade=row.trade,
                    heads=row.heads,
                ),
            )
            for row in orders
        ]
        return self

    def words(self) -> dict[str, Any]:
        """Give what the act takes as it was typed; course, school and orders are looked up by the view."""
        return {
            "title": self.title.data,
            "place": self.place.data,
            "address": self.address.data or "",
            "contact_phone": self.contact_phone.data or "",
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
            "enrol_until": closing(self.closes_on.data, self.closes_at.data),
            "seats": self.seats.data,
        }


class TermsForm(Form):
    """How many may come, and until when one may sign up."""

    seats = IntegerField(_("名额"), [required(_("请填人数。")), _SEATS])
    closes_on = DateField(_("报名截止日期"), [required(_("请选日期。"))])
    closes_at = TimeField(_("截止时间"), [required(_("请填时间，例如 18:00。"))])


class SessionForm(Form):
    """One teaching block, in the county's own time."""

    day = DateField(_("哪天"), [required(_("请选日期。"))])
    starts = TimeField(_("几点开始"), [required(_("请填时间，例如 8:30。"))], default=time(8, 30))
    ends = TimeField(_("几点结束"), [required(_("请填时间，例如 11:30。"))], default=time(11, 30))
    hours = IntegerField(
        _("算几个课时"),
        [required(_("请填课时。")), NumberRange(min=1, max=12, message=_("请填1到12。"))],
        default=4,
    )
    kind = SelectField(_("类型"), choices=choices("session.kind"))
    topic = StringField(_("讲什么"), [at_most(100)])
    teacher = StringField(_("老师"), [at_most(60)])
    room = StringField(_("教室"), [at_most(60)])

    def session(self) -> dict[str, Any]:
        """Give what the act takes."""
        return {
            **self.times(),
            "hours": self.hours.data,
            "kind": self.kind.data,
            "topic": self.topic.data or "",
            "teacher": self.teacher.data or "",
            "room": self.room.data or "",
        }

    def times(self) -> dict[str, Any]:
        """Give beginning and end, aware."""
        return {
            "starts_at": datetime.combine(self.day.data, self.starts.data, HERE),
            "ends_at": datetime.combine(self.day.data, self.ends.data, HERE),
        }


class SessionMoveForm(SessionForm):
    """Where and when a session goes instead."""

    hours = kind = topic = teacher = None

    @classmethod
    def of(cls, row: ClassSession) -> Self:
        """Show where it stands."""
        starts, ends = row.starts_at.astimezone(HERE), row.ends_at.astimezone(HERE)
        return cls(data={"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "room": row.room})


class HalfDaysForm(Form):
    """Half-days of the week until the course's hours are reached."""

    weekdays = CheckboxesField(
        _("每周哪几天上课"),
        [required(_("请至少选一天。"))],
        choices=choices("weekday"),
        default=["0", "1", "2", "3", "4"],
    )
    halves = CheckboxesField(
        _("上午还是下午"), [required(_("请至少选一个。"))], choices=choices("half"), default=["am", "pm"]
    )
    teacher = StringField(_("老师"), [at_most(60)])
    room = StringField(_("教室"), [at_most(60)])


class ClassCallingOffForm(Form):
    """Why a class is not held."""

    reason = TextAreaField(_("为什么停办"), [required(_("请写明原因。")), at_most(300)])


def closing(day: date, at: time) -> datetime:
    """Give a closing time, aware."""
    return datetime.combine(day, at, HERE)


def terms(row: TrainingClass) -> dict[str, Any]:
    """Show a class's seats and closing time in a TermsForm."""
    until = row.enrol_until.astimezone(HERE)
    return {"seats": row.seats, "closes_on": until.date(), "closes_at": until.time().replace(second=0, microsecond=0)}
