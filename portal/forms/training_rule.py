"""What is typed about the rules of training. Left empty: no such rule here."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import NumberRange, Optional

from portal.forms.base import Form, at_most, required
from scheduling.training_rules import Terms

_SHARE = NumberRange(min=0, max=100, message=_("请填0到100之间的整数。"))
_SOME = NumberRange(min=1, max=5000, message=_("请填1到5000之间的整数。"))
_MINUTES = NumberRange(min=1, max=240, message=_("请填1到240之间的整数。"))
_DAYS = NumberRange(min=0, max=180, message=_("请填0到180之间的整数。"))
_FEW = NumberRange(min=0, max=20, message=_("请填0到20之间的整数。"))
_YUAN = NumberRange(min=0, max=100_000, message=_("请填0到100000之间的整数。"))
_NEEDED = required(_("请填一个数。"))


class TrainingRulesForm(Form):
    """Everything the rules of a course say."""

    name = StringField(
        _("规则叫什么"), [required(_("请填名称。")), at_most(40)], description=_("例如“特种作业”“项目制短班”。")
    )
    hour_minutes = IntegerField(_("1课时多少分钟"), [_NEEDED, _MINUTES])
    least_hours = IntegerField(_("总课时至少"), [Optional(), _SOME])
    least_theory_share = IntegerField(_("理论至少占"), [Optional(), _SHARE])
    least_practice_share = IntegerField(_("实操至少占"), [Optional(), _SHARE])
    most_hours_a_day = IntegerField(_("一天最多"), [_NEEDED, NumberRange(1, 24, _("请填1到24之间的整数。"))])
    most_trainees = IntegerField(_("一班最多"), [Optional(), _SOME])
    most_a_year = IntegerField(_("一人一年最多享受"), [Optional(), _FEW])
    once_a_level = BooleanField(_("同一工种、同一等级只能培训一次"))
    offer_hours = IntegerField(
        _("候补补上后，多久内要回话"),
        [Optional(), _SOME],
        description=_("过了时间没回话，名额给下一位。不填：补上就是定了。"),
    )
    attendance_share = IntegerField(_("课时达标率至少"), [_NEEDED, _SHARE], description=_("不到的不能参加考核。"))
    late_minutes = IntegerField(_("晚到、早走超过多久算迟到、早退"), [_NEEDED, _DAYS])
    sick_mark = StringField(_("病假在考勤簿上怎么记"), [required(_("请填一个字或符号。")), at_most(4)])
    pass_theory = IntegerField(_("理论及格"), [_NEEDED, _SHARE])
    pass_practice = IntegerField(_("实操及格"), [_NEEDED, _SHARE])
    resits = IntegerField(_("能补考几次"), [_NEEDED, _FEW])
    outside_issuer = StringField(
        _("证书由谁发"), [at_most(60)], description=_("别的部门发证就填它，例如“应急管理部门”，这里只登记证号。")
    )
    file_days = IntegerField(_("开班前多少天备案"), [Optional(), _DAYS])
    exam_roster_days = IntegerField(_("考核前多少天报考生名单"), [Optional(), _DAYS])
    claim_workdays = IntegerField(_("考核后多少个工作日内申报补贴"), [Optional(), _DAYS])
    notice_workdays = IntegerField(_("公示多少个工作日"), [_NEEDED, _DAYS])
    archive_years = IntegerField(_("档案保管"), [_NEEDED, NumberRange(1, 100, _("请填1到100之间的整数。"))])
    yuan_a_person = IntegerField(_("每人补贴"), [Optional(), _YUAN])
    yuan_an_hour = IntegerField(_("每课时补贴"), [Optional(), _YUAN])
    yuan_at_most = IntegerField(_("每人最多"), [Optional(), _YUAN])
    share_without_job = IntegerField(
        _("没就业的先给"), [Optional(), _SHARE], description=_("填60就是先给六成，就业了补足。不填：不看就业。")
    )
    sample_share = IntegerField(_("电话抽查至少"), [_NEEDED, _SHARE])
    phone_for = IntegerField(_("一个电话多于几名学员要核实"), [_NEEDED, _SOME])
    device_for = IntegerField(_("一部手机替多于几人签到要核实"), [_NEEDED, _SOME])
    burst_seconds = IntegerField(_("全班在多短时间内签完要核实"), [_NEEDED, _SOME])
    backfill_share = IntegerField(_("补录超过多少要核实"), [_NEEDED, _SHARE])

    def terms(self) -> Terms:
        """Give what was typed as the rules take it."""
        typed = {field.name: self[field.name].data for field in fields(Terms)}
        return Terms(**typed | {"outside_issuer": (self.outside_issuer.data or "").strip()})


def as_typed(name: str, terms: Terms) -> dict[str, Any]:
    """Give what the form shows of rules."""
    return {"name": name} | {field.name: getattr(terms, field.name) for field in fields(Terms)}
