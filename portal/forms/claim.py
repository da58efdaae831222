"""What people type about subsidies: objections to a public notice, what became of them, who is taken out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField

from portal.forms.base import Form, at_most, required
from portal.wording import choices


class ObjectionForm(Form):
    """What somebody objects; a contact only if she wants an answer."""

    words = TextAreaField(
        _("您有什么意见"),
        [required(_("请写明意见。")), at_most(1000)],
        description=_("例如“名单上有人没来上过课”。写清楚哪一位、什么情况，好核对。"),
    )
    contact = StringField(_("怎么联系您"), [at_most(40)], description=_("想要答复就留电话，不留也可以。"))


class SettlementForm(Form):
    """How an objection was settled."""

    how = TextAreaField(
        _("怎么处理的"),
        [required(_("请写明怎么处理的。")), at_most(300)],
        description=_("例如“核对考勤簿，本人到课28课时”。"),
    )


class WithdrawalForm(Form):
    """Why a claim is taken off public notice."""

    reason = StringField(
        _("为什么撤下"), [required(_("请写明原因。")), at_most(200)], description=_("例如“补考合格的人也要申报”。")
    )


class StrikeForm(Form):
    """Why somebody is taken out of a claim."""

    reason = StringField(
        _("为什么剔除"), [required(_("请写明原因。")), at_most(200)], description=_("例如“同年已享受过补贴”。")
    )


class NumbersOutForm(Form):
    """What whole ID numbers are needed for."""

    reason = SelectField(
        _("用来做什么"), [required(_("请选用途。"))], choices=choices("reveal.reason"), default="subsidy"
    )
