"""What somebody wants in her calendar. Sent by GET: the choice is the address, there is nothing to protect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.forms.base import Form
from portal.forms.fair_filter import campaign_name
from portal.wording import choices
from scheduling.models import Campaign, Township

ALARMS = [
    SelectChoice("", _("不提醒")),
    SelectChoice("60", _("提前1小时")),
    SelectChoice("120", _("提前2小时")),
    SelectChoice("1440", _("提前1天")),
]


class FeedForm(Form):
    """What both calendars share."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    alarm = SelectField(_("要不要提醒"), choices=ALARMS)

    def chosen(self) -> dict[str, Any]:
        """Give the filters for the feed's address: what was picked and is one of the choices."""
        picks = [field for field in self if isinstance(field, SelectField)]
        return {f.name: f.data for f in picks if f.data and f.data in {each.value for each in f.choices}}


class FairsForm(FeedForm):
    """Which fairs."""

    township = SelectField(_("哪个乡镇"))
    kind = SelectField(_("哪种招聘会"), choices=[SelectChoice("", _("全部")), *choices("fair.kind")])
    audience = SelectField(_("面向哪些人"), choices=[SelectChoice("", _("不限")), *choices("audience")])

    campaign = SelectField(_("哪个活动"))

    def offering(self, townships: Iterable[Township], campaigns: Iterable[Campaign]) -> Self:
        """Offer these townships, and these campaigns."""
        self.campaign.choices = [
            SelectChoice("", _("全部")),
            *(SelectChoice(each.key, campaign_name(each)) for each in campaigns),
        ]
        self.township.choices = [
            SelectChoice("", _("全县")),
            *(SelectChoice(each.code, each.name) for each in townships),
        ]
        return self


class CoursesForm(FeedForm):
    """Which classes."""

    trade = SelectField(_("学什么"))
    kind = SelectField(_("哪种培训"), choices=[SelectChoice("", _("全部")), *choices("course.mode")])

    def with_trades(self, trades: Iterable[str]) -> Self:
        """Offer these trades."""
        self.trade.choices = [SelectChoice("", _("全部")), *(SelectChoice(each) for each in trades)]
        return self
