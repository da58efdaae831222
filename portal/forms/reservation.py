"""What people type to reserve a place at a fair: one question a page."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, StringField, TelField
from wtforms.fields.choices import SelectChoice

from portal.forms.base import Form, at_most, required, ruled
from portal.forms.overlap import Overlapping
from portal.wording import choices
from scheduling import identity


class WhoForm(Form):
    """For whom."""

    who = RadioField(
        _("给谁预约？"),
        [required(_("请选一个。"))],
        choices=[SelectChoice("self", _("给我自己")), SelectChoice("other", _("给家人、亲友或村里人"))],
    )


class NameForm(Form):
    """Who will come."""

    name = StringField(_("来的人叫什么名字？"), [required(_("请填姓名。")), at_most(60), ruled(identity.name)])


class PhoneForm(Form):
    """How she is reached."""

    phone = TelField(
        _("手机号是多少？"),
        [required(_("请填手机号。")), at_most(20), ruled(identity.phone)],
        description=_("改期、取消会发短信到这个号码。没有手机，填家里人的也行。"),
    )


class AgentForm(Form):
    """Who signs her up, and that she agreed."""

    relation = RadioField(
        _("您是来的人的什么人？"),
        [required(_("请选一个。"))],
        choices=choices("relation", "spouse", "child", "parent", "friend", "coordinator", "staff"),
    )
    agent_name = StringField(_("您的姓名"), [required(_("请填您的姓名。")), at_most(60), ruled(identity.name)])
    agent_phone = TelField(
        _("您的手机号"),
        [required(_("请填您的手机号。")), at_most(20), ruled(identity.phone)],
        description=_("短信也会发给您一份。"),
    )
    consent = BooleanField(_("已征得本人同意，由我替他（她）预约"), [required(_("请勾选“已征得本人同意”。"))])


class CheckForm(Overlapping, Form):
    """Nothing more to type: the answers are looked over and sent, with a tick where her time is taken already."""


STEPS: dict[str, type[Form]] = {
    "who": WhoForm,
    "name": NameForm,
    "phone": PhoneForm,
    "agent": AgentForm,
    "check": CheckForm,
}


def steps_of(answers: dict[str, Any]) -> list[str]:
    """Give the pages somebody with these answers goes through, in order."""
    return [step for step in STEPS if step != "agent" or answers.get("who") == "other"]


def first_open(answers: dict[str, Any]) -> str:
    """Name the first page that was not answered yet: `check` when all were."""
    wanted = {"who": "who", "name": "name", "phone": "phone", "agent": "relation"}
    return next((step for step in steps_of(answers) if step in wanted and not answers.get(wanted[step])), "check")
