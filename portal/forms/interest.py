"""What is typed to be rung up about a vacancy: fifteen seconds, by oneself or for a relative."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField, TelField

from portal.forms.base import Form, at_most, required, ruled
from portal.forms.lead import RELATIONS
from portal.wording import choices
from scheduling import identity


class InterestForm(Form):
    """Name and phone; who says so, and that they may be passed on."""

    name = StringField(_("姓名"), [required(_("请填姓名。")), at_most(60), ruled(identity.name)])
    phone = TelField(_("手机号"), [required(_("请填手机号。")), at_most(20), ruled(identity.phone)])
    relation = SelectField(_("您是他（她）的什么人"), choices=choices("relation", *RELATIONS), default="self")
    consent = BooleanField(
        _("同意把姓名和手机号交给这家单位，只用来联系这个岗位。替别人报的，已征得本人同意"),
        [required(_("请勾选“同意”，单位才能打电话。"))],
    )

    def told(self) -> dict[str, Any]:
        """Give what the act takes."""
        same = {name: self[name].data for name in ("name", "phone", "relation")}
        return {**same, "consent": bool(self.consent.data)}


class RevealForm(Form):
    """Nothing to type: the whole phone is asked for by pressing."""
