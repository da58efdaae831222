"""What a company tells about itself, and what the desk says of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from portal.forms.base import Form, at_most, required
from scheduling.models import Enterprise, Township


class AccountForm(Form):
    """The details of an enterprise: first what the desk checks against papers, then what may change at any time."""

    name = StringField(
        _("单位名称"), [required(_("请填单位名称。")), at_most(100)], description=_("与营业执照上的一致。")
    )
    nature = StringField(
        _("单位性质"), [at_most(40)], description=_("例如：有限责任公司、个体工商户、农民专业合作社。")
    )
    industry = StringField(_("行业"), [at_most(40)], description=_("例如：食品加工、纺织服装、餐饮。"))
    size = StringField(_("规模"), [at_most(20)], description=_("例如：50人以下。"))
    township = SelectField(_("所在乡镇"), [required(_("请选所在乡镇。"))])
    legal_representative = StringField(_("法定代表人"), [at_most(60)])
    is_agency = BooleanField(_("我们是人力资源服务或劳务派遣单位"))
    agency_permit_no = StringField(
        _("许可证编号"), [at_most(60)], description=_("人力资源服务、劳务派遣单位要填，别的单位不用填。")
    )
    contact_name = StringField(_("招聘联系人"), [required(_("请填联系人姓名。")), at_most(60)])
    phone = TelField(
        _("联系人手机"),
        [required(_("请填手机号。")), at_most(20)],
        description=_("审核结果发短信到这里，不会在网上公开。"),
    )
    landline = TelField(_("座机"), [at_most(30)])
    address = StringField(_("详细地址"), [at_most(200)])
    intro = TextAreaField(_("单位简介"), [at_most(1000)], description=_("做什么的、多少人、车间什么样，两三句就行。"))

    def with_townships(self, townships: Iterable[Township]) -> Self:
        """Offer these townships."""
        self.township.choices = [
            SelectChoice("", _("请选择")),
            *(SelectChoice(str(each.id), each.name) for each in townships),
        ]
        return self

    def details(self) -> dict[str, Any]:
        """Give what was typed as the acts take it."""
        same = ("name", "nature", "industry", "size", "legal_representative", "is_agency", "agency_permit_no")
        more = ("contact_name", "landline", "address", "intro")
        return {
            **{name: self[name].data or "" for name in (*same, *more)},
            "is_agency": bool(self.is_agency.data),
            "township_id": UUID(self.township.data),
            "contact_phone": self.phone.data,
        }


class RegisterForm(AccountForm):
    """The details, and the credit code, which never changes again."""

    uscc = StringField(
        _("统一社会信用代码"),
        [required(_("请填统一社会信用代码。")), at_most(30)],
        description=_("营业执照右上角，18位数字和字母。填好后不能再改。"),
    )


class ReviewForm(Form):
    """What the desk says: the verdict is the button that was pressed."""

    verdict = HiddenField(validators=[AnyOf(("approved", "returned", "withdrawn"))])
    reason = TextAreaField(
        _("原因"), [at_most(500)], description=_("退回、清退要写原因，会用短信发给对方；通过可以不写。")
    )


def as_typed(enterprise: Enterprise) -> dict[str, Any]:
    """Give an enterprise as AccountForm shows it."""
    same = ("name", "nature", "industry", "size", "legal_representative", "is_agency", "agency_permit_no")
    more = ("contact_name", "landline", "address", "intro")
    return {
        **{name: getattr(enterprise, name) for name in (*same, *more)},
        "township": str(enterprise.township_id or ""),
        "phone": enterprise.contact_phone,
    }
