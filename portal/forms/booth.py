"""What is typed about booths: which one, who comes, and at the desk how many there shall be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange

from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from portal.forms.overlap import Overlapping
from portal.wording import choices
from scheduling import booths
from scheduling.models import Booth, Vacancy

ANY = 0  # whichever booth is free, and a place in the line when none is


class BoothForm(Overlapping, Form):
    """Which booth, or any."""

    booth = RadioField(_("选一个展位"), [required(_("请先选一个空展位。"))], coerce=int)

    def with_booths(self, laid: Iterable[Booth]) -> Self:
        """Offer all booths of the plan: one that was just taken is refused in words, not as an unknown choice."""
        self.booth.choices = [
            SelectChoice(ANY, _("哪个都行")),
            *(SelectChoice(each.number, str(each.number)) for each in laid),
        ]
        return self


class AttendeesForm(Form):
    """Who comes, and which vacancies are brought along."""

    attendees = StringField(
        _("谁来参加"), [required(_("请写明谁来参加。")), at_most(200)], description=_("写姓名，几个人用顿号隔开。")
    )
    phone = TelField(
        _("当天联系手机"), [required(_("请填手机号。")), at_most(20)], description=_("改期、取消发短信到这里。")
    )
    needs = StringField(_("需要什么"), [at_most(200)], description=_("例如：要插座，代做海报，车牌号。没有就不填。"))
    vacancies = CheckboxesField(_("这一场带哪些岗位"), coerce=int, description=_("求职者在招聘会页面上能看到。"))

    def with_vacancies(self, approved: Iterable[Vacancy]) -> Self:
        """Offer these vacancies."""
        self.vacancies.choices = [
            SelectChoice(each.no, _("%(title)s，招%(number)s人", title=each.title, number=each.headcount))
            for each in approved
        ]
        return self


class LayOutForm(Form):
    """How many booths to add, and of which kind."""

    count = IntegerField(
        _("加多少个"),
        [
            required(_("请填个数。")),
            NumberRange(min=1, max=booths.MOST, message=_("请填1到%(max)s之间的整数。")),
        ],
        default=12,
    )
    number = IntegerField(
        _("从几号排起"),
        [required(_("请填起始号。")), NumberRange(min=1, max=9999, message=_("请填1到9999之间的整数。"))],
    )
    columns = IntegerField(
        _("一排几个"),
        [required(_("请填一排几个。")), NumberRange(min=1, max=12, message=_("请填1到12之间的整数。"))],
        default=6,
    )
    kind = SelectField(_("哪种展位"), choices=choices("booth.kind"))
    power = BooleanField(_("有电源"))


class DrawingForm(Form):
    """The whole plan as it lies on the ground."""

    drawing = TextAreaField(
        _("展位图"),
        [required(_("请画出展位。")), at_most(8000)],
        description=_("一行是一排，写展位号，用空格隔开；空着的地方写一个点。空一行就是过道。"),
    )
    kind = SelectField(_("新加的是哪种展位"), choices=choices("booth.kind"))
    power = BooleanField(_("新加的有电源"))


class DeskBookingForm(Form):
    """For a company that came to the window or called."""

    booth = SelectField(_("展位"), coerce=int)
    uscc = StringField(
        _("统一社会信用代码"), [required(_("请填统一社会信用代码。")), at_most(30)], description=_("单位要已审核通过。")
    )

    def with_booths(self, free: Iterable[Booth]) -> Self:
        """Offer these booths."""
        self.booth.choices = [SelectChoice(each.number, str(each.number)) for each in free]
        return self
