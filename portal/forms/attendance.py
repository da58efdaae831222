"""What is typed about attendance: who signs in on her own phone, leave, the paper book, where the class is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FloatField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import NumberRange

from portal.forms.base import Form, at_most, required
from portal.wording import choices
from scheduling.models import Enrolment

_FAR = 180.0


class RollcallForm(Form):
    """Who signs in: one this browser knows, or a booking number with the last four of its phone; and where."""

    who = HiddenField()
    code = StringField(_("报名号"), [at_most(20)], description=_("短信里的9位数字，可以连着输。"))
    last4 = StringField(_("手机号后4位"), [at_most(8)], description=_("报名时填的手机号；别人替您报的，填他的也行。"))
    lat = HiddenField()
    lon = HiddenField()

    def where(self) -> tuple[float, float] | None:
        """Give latitude and longitude as the phone told; None where it told nothing that can be."""
        try:
            lat, lon = float(self.lat.data or ""), float(self.lon.data or "")
        except ValueError:
            return None
        if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= _FAR / 2 and abs(lon) <= _FAR):
            return None
        return lat, lon


class LeaveForm(Form):
    """Leave from one session."""

    lesson = SelectField(_("哪次课"), [required(_("请选哪次课。"))])
    reason = RadioField(_("为什么"), [required(_("请选原因。"))], choices=choices("leave.reason"))


class SchoolLeaveForm(LeaveForm):
    """Leave for a trainee who asked by word of mouth or on paper."""

    person = SelectField(_("谁请假"), [required(_("请选学员。"))])


class DecisionForm(Form):
    """Yes or no to leave."""

    granted = HiddenField()


class PaperForm(Form):
    """The marks of one session, a list for each trainee beside it (`typed`)."""

    rest = BooleanField(_("没选的都记“到”"))

    def told(self, people: Iterable[Enrolment], form: Mapping[str, str]) -> dict[UUID, str]:
        """Give the marks typed, by enrolment id; who has none is left out, or was there with the box ticked."""
        found = typed(people, form)
        rest = "present" if self.rest.data else ""
        return {id_: kind or rest for id_, kind in found.items() if kind or rest}


class FenceForm(Form):
    """Where the class is, and how far off still counts as there."""

    lat = FloatField(
        _("纬度"), [required(_("请填纬度，例如 32.5012。")), NumberRange(-90, 90, _("纬度在-90到90之间。"))]
    )
    lon = FloatField(
        _("经度"), [required(_("请填经度，例如 119.0034。")), NumberRange(-180, 180, _("经度在-180到180之间。"))]
    )
    metres = IntegerField(
        _("多远以内算在上课地点"), [required(_("请填多少米。")), NumberRange(30, 5000, _("请填30到5000米。"))]
    )


def typed(people: Iterable[Enrolment], form: Mapping[str, str]) -> dict[UUID, str]:
    """Give what the lists of the paper form say, by enrolment id."""
    return {person.id: form.get(f"mark-{person.id.hex}", "") for person in people}
