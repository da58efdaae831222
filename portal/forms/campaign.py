"""What the desk types about campaigns, and about which fairs belong to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, StringField
from wtforms.fields.choices import SelectChoice

from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from portal.forms.fair_filter import campaign_name
from portal.wording import choices
from scheduling.models import Campaign


class CampaignForm(Form):
    """One campaign of one year."""

    name = StringField(_("活动名称"), [required(_("请填名称，例如“春风行动”。")), at_most(60)])
    first = DateField(_("从哪天"), [required(_("请选日期。"))])
    last = DateField(_("到哪天"), [required(_("请选日期。"))])
    kinds = CheckboxesField(_("只算哪几种招聘会"), choices=choices("fair.kind"), description=_("不勾就都算。"))
    audiences = CheckboxesField(_("只算面向哪些人的"), choices=choices("audience"), description=_("不勾就都算。"))
    sample = BooleanField(
        _("示例：日子还没有正式公布"), description=_("公众页面上会写明“示例”，公布后改好日子再去掉。")
    )

    def told(self) -> dict[str, Any]:
        """Give what was typed as the act takes it."""
        return {
            "name": self.name.data.strip(),
            "first": self.first.data,
            "last": self.last.data,
            "kinds": list(self.kinds.data or ()),
            "audiences": list(self.audiences.data or ()),
            "sample": self.sample.data,
        }


class TagForm(Form):
    """To which campaigns a fair belongs whatever its day."""

    campaigns = CheckboxesField(
        _("另外还算进哪些活动"), description=_("日子、类型对得上的活动已经自动算进，不用再勾。")
    )

    def offering(self, campaigns: Iterable[Campaign]) -> Self:
        """Offer these campaigns."""
        self.campaigns.choices = [SelectChoice(each.key, campaign_name(each)) for each in campaigns]
        return self
