"""What people type to find their ticket."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import StringField

from portal.forms.base import Form, at_most, required


class FindForm(Form):
    """Booking number and the last four of the phone."""

    code = StringField(
        _("报名号"),
        [required(_("请填9位报名号。")), at_most(20)],
        description=_("短信里的9位数字，可以连着输。"),
    )
    last4 = StringField(
        _("手机号后4位"),
        [required(_("请填手机号的后4位。")), at_most(8)],
        description=_("报名时填的手机号；别人替您报的，填他的也行。"),
    )


class CancelForm(Form):
    """Nothing to type: only that it is meant."""
