"""What people type to sign up for a class: one question a page; and the desk's one page for those at the window."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from portal.forms.base import Form, at_most, required, ruled
from portal.forms.overlap import Overlapping
from portal.wording import choices
from scheduling import enrolments, identity
from scheduling.models.enrolment import EDUCATIONS


def _id_number(text: str) -> str:
    """Give the ID number as it is kept. Raises NotAnIdNumber."""
    return identity.id_number(text).text


_SCHOOLING = [*choices("education", *EDUCATIONS), *choices("person.category", "unsure")]


class WhoForm(Form):
    """For whom."""

    who = RadioField(
        _("给谁报名？"),
        [required(_("请选一个。"))],
        choices=[SelectChoice("self", _("给我自己")), SelectChoice("other", _("给家人、亲友或村里人"))],
    )


class NameForm(Form):
    """Who will learn."""

    name = StringField(
        _("学员叫什么名字？"),
        [required(_("请填姓名。")), at_most(60), ruled(identity.name)],
        description=_("写身份证上的名字，证书按这个名字办。"),
    )


class PhoneForm(Form):
    """How she is reached."""

    phone = TelField(
        _("学员的手机号是多少？"),
        [required(_("请填手机号。")), at_most(20), ruled(identity.phone)],
        description=_("补上名额、改课、停课会发短信到这个号码。没有手机，填家里人的也行。"),
    )


class IdForm(Form):
    """Her ID number."""

    id_number = StringField(_("学员的身份证号是多少？"), [required(_("请填身份证号。")), ruled(_id_number)])


class EducationForm(Form):
    """How much schooling she had."""

    education = RadioField(_("学员上学上到哪里？"), [required(_("请选一个，拿不准就选“不清楚”。"))], choices=_SCHOOLING)


class CategoryForm(Form):
    """Which group she belongs to, for subsidies and the waiting line; and where she is registered."""

    category = RadioField(
        _("学员属于哪一类？"),
        [required(_("请选一个，拿不准就选“不清楚”。"))],
        choices=choices("person.category"),
        description=_("用来算培训补贴；要排候补时，脱贫家庭、登记失业的先补。开班时核对证件，选“不清楚”不影响报名。"),
    )
    household = StringField(
        _("户口在哪个乡镇（可不填）"),
        [at_most(60), ruled(identity.household)],
        description=_("例如：柳河镇。外县的写县名。"),
    )


class AgentForm(Form):
    """Who signs her up, and that she agreed."""

    relation = RadioField(
        _("您是学员的"),
        [required(_("请选一个。"))],
        choices=choices("relation", "spouse", "child", "parent", "friend", "coordinator", "staff"),
    )
    agent_name = StringField(_("您的姓名"), [required(_("请填您的姓名。")), at_most(60), ruled(identity.name)])
    agent_phone = TelField(
        _("您的手机号"),
        [required(_("请填您的手机号。")), at_most(20), ruled(identity.phone)],
        description=_("短信也会发给您一份。"),
    )
    consent = BooleanField(_("已征得本人同意，由我替他（她）报名"), [required(_("请勾选“已征得本人同意”。"))])


class CheckForm(Overlapping, Form):
    """The answers are looked over; what is left is the commitment, and a tick where her time is taken already."""

    commitment = BooleanField(
        _("我承诺：以上是学员的真实情况，符合报名条件，会按时上课"), [required(_("请勾选承诺后再提交。"))]
    )


STEPS: dict[str, type[Form]] = {
    "who": WhoForm,
    "name": NameForm,
    "phone": PhoneForm,
    "id_number": IdForm,
    "education": EducationForm,
    "category": CategoryForm,
    "agent": AgentForm,
    "check": CheckForm,
}


def steps_of(answers: dict[str, Any]) -> list[str]:
    """Give the pages somebody with these answers goes through, in order."""
    return [step for step in STEPS if step != "agent" or answers.get("who") == "other"]


def first_open(answers: dict[str, Any]) -> str:
    """Name the first page that was not answered yet: `check` when all were."""
    return next(
        (step for step in steps_of(answers) if not answers.get("relation" if step == "agent" else step)), "check"
    )


class PassForm(Form):
    """Rules that somebody at the desk lets pass: which ones, and why."""

    rules = SelectMultipleField(
        _("放行哪几条"),
        choices=[choice for choice in choices("rule") if choice.value in enrolments.OVERRIDABLE],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
        description=_("核实过材料才放行。同一时间在两个班上课的不能放行。"),
    )
    why = StringField(_("放行的原因"), [at_most(300)], description=_("例如：毕业证在补办，学校开了证明。会留下记录。"))

    def let_pass(self) -> dict[str, str]:
        """Give the reason for each rule ticked."""
        return dict.fromkeys(self.rules.data or [], self.why.data or "")


class DeskEnrolForm(Overlapping, PassForm):
    """Everything at once, typed by a clerk for somebody at the window or on the phone."""

    name = StringField(_("姓名"), [required(_("请填姓名。")), at_most(60)])
    phone = TelField(_("手机号"), [required(_("请填手机号。")), at_most(20)])
    id_number = StringField(_("身份证号"), [required(_("请填身份证号。")), at_most(30)])
    education = SelectField(_("学历"), choices=_SCHOOLING, default="junior")
    category = SelectField(_("人员类别"), choices=choices("person.category"), default="rural")
    household = StringField(_("户籍乡镇"), [at_most(60), ruled(identity.household)])
    relation = SelectField(_("谁来办的"), choices=choices("relation"))
    agent_name = StringField(_("代办人姓名"), [at_most(60)], description=_("本人来办就不用填。"))
    agent_phone = TelField(_("代办人手机号"), [at_most(20)])
    consent = BooleanField(_("代办的：已征得本人同意"))
    commitment = BooleanField(_("学员已签承诺书（情况属实，符合条件，按时上课）"))

    def who(self) -> dict[str, Any]:
        """Give what was typed about her."""
        own = ("name", "phone", "id_number", "education", "category", "household")
        return {name: self[name].data or "" for name in own}

    def answers(self) -> dict[str, Any]:
        """Give what the act takes."""
        agent = {name: self[name].data or "" for name in ("relation", "agent_name", "agent_phone")}
        return self.who() | agent | {"consent": bool(self.consent.data), "commitment": bool(self.commitment.data)}


class TransferForm(Overlapping, PassForm):
    """Into which class somebody goes."""

    slug = RadioField(_("转到哪个班"), [required(_("请选一个班。"))])


class RevealForm(Form):
    """Why somebody's full ID number is needed."""

    reason = SelectField(_("要完整身份证号做什么"), choices=[SelectChoice("", _("请选")), *choices("reveal.reason")])
