"""What the desk types about the papers of fairs: the county's own numbers, what is let pass, what was handed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.forms.base import Form, at_most, required
from portal.forms.fair import typed
from portal.wording import choices
from scheduling import fairs

PEOPLE = NumberRange(min=1, max=1_000_000, message=_("请填1到1000000之间的整数。"))
DAYS = NumberRange(min=0, max=365, message=_("请填0到365之间的整数。"))
WORKDAYS = NumberRange(min=0, max=60, message=_("请填0到60之间的整数。"))
MONTH_DAY = NumberRange(min=1, max=28, message=_("请填1到28之间的整数。"))


class TermsForm(Form):
    """The numbers of the rules here; one left empty says that there is no such duty."""

    permit_from = IntegerField(_("预计多少人以上要办安全许可"), [required(_("请填人数，例如 1000。")), PEOPLE])
    city_from = IntegerField(_("多少人以上由市公安局审批"), [required(_("请填人数，例如 5000。")), PEOPLE])
    permit_days = IntegerField(_("提前几天申请许可"), [required(_("请填天数，例如 20。")), DAYS])
    police_workdays = IntegerField(_("改时间，提前几个工作日报告公安"), [required(_("请填天数，例如 5。")), WORKDAYS])
    file_days = IntegerField(_("不定期的，提前几天备案"), [Optional(), DAYS], description=_("本地不要求就空着。"))
    plan_by = StringField(
        _("定期的，哪天以前报下一年的计划"), [at_most(5)], description=_("写月-日，例如 12-15。本地不要求就空着。")
    )
    stats_days = IntegerField(_("办完几天内报统计"), [Optional(), DAYS], description=_("本地不要求就空着。"))
    stats_month_day = IntegerField(
        _("定期的，每月几号以前报统计"), [Optional(), MONTH_DAY], description=_("空着就和别的一样，办完几天内报。")
    )

    def validate_plan_by(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Want a month and a day that every year has."""
        if not typed(field):
            return
        try:
            field.data = f"{date.fromisoformat(f'2027-{typed(field)}'):%m-%d}"
        except ValueError:
            raise ValidationError(_("请写月-日，例如 12-15。")) from None

    def told(self) -> dict[str, Any]:
        """Give what was typed as the act takes it."""
        return {field.name: field.data for field in self if field.name not in {"plan_by", "csrf_token"}} | {
            "plan_by": typed(self.plan_by)
        }


class OverrideForm(Form):
    """Why a fair may go without something."""

    item = SelectField(_("缺哪一样"), choices=choices("missing", *fairs.MAY_PASS))
    reason = StringField(
        _("为什么可以先发布"),
        [required(_("请写明原因。")), at_most(300)],
        description=_("会记下来，写明是谁定的、什么时候定的。"),
    )


class FilingForm(Form):
    """What was handed in, when, and the number it got."""

    what = SelectField(_("办了哪一样"), choices=choices("filing", *fairs.FILED))
    day = DateField(_("哪天办的"), [required(_("请选日期。"))])
    number = StringField(_("回执、备案号"), [at_most(60)])
