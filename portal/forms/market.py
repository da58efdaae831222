"""What the desk types about markets."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, RadioField, StringField
from wtforms.validators import StopValidation

from portal.forms.base import Form, at_most, required
from portal.wording import choices


class RuleForm(Form):
    """The rule of a market, as a notice would write it; `seen` comes with the second step, after the preview."""

    rule_text = StringField(
        _("哪天逢集"),
        [at_most(200)],
        description=_(
            "照镇里通知写，例如“农历逢三六九”“公历逢3、13、23”“每周六、周日”“赶辰戌日”。"
            "几条用分号隔开；空着就是没有固定的日子。"
        ),
    )
    seen = HiddenField()


def _asked_where(form: Any, field: Any) -> None:  # noqa: ANN401  WTForms has no types
    """Ask for the new day only where the market moves."""
    if form.kind.data != "move":
        field.data, field.errors = None, []  # what was typed where nothing is asked is no mistake
        raise StopValidation
    if field.data is None:
        raise StopValidation(str(_("请选挪到哪天。")))


class ExceptionForm(Form):
    """One day that is not as the rule says."""

    kind = RadioField(
        _("怎么变"), [required(_("请选一种。"))], choices=choices("market.exception", "drop_date", "add_date", "move")
    )
    day = DateField(_("哪天"), [required(_("请选日期。"))])
    moved_to = DateField(_("挪到哪天"), [_asked_where], description=_("只有“挪一天”要填。"))
    reason = StringField(
        _("原因"), [required(_("请写明原因。")), at_most(200)], description=_("会写在公众页面上，例如“春节休市”。")
    )


class WithdrawalForm(Form):
    """Why an exception is taken back."""

    reason = StringField(_("为什么撤回"), [required(_("请写明原因。")), at_most(200)])
