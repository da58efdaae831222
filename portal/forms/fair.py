"""What the desk types about fairs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Self, cast
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from portal.clock import HERE
from portal.forms.base import Form, at_most, required
from portal.wording import choices
from scheduling import fairs
from scheduling.models import Fair, FairTerms, Market, Township

NUMBER = NumberRange(min=0, max=1_000_000, message=_("请填0到1000000之间的整数。"))


def typed(field: Any) -> str:  # noqa: ANN401  any text field
    """Give what was typed, without the spaces around it."""
    return (field.data or "").strip()


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Several of some choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WhenForm(Form):
    """A day and two times, in the county's own time."""

    day = DateField(_("哪天"), [required(_("请选日期。"))])
    starts = TimeField(_("几点开始"), [required(_("请填开始时间，例如 8:30。"))])
    ends = TimeField(_("几点结束"), [required(_("请填结束时间，例如 11:30。"))])
    reason_not_market_day = StringField(_("不在逢集日的原因"), [at_most(200)], description=_("这天逢集就不用填。"))

    def off_market_reason(self) -> str:
        """Give the reason for a day without a market, nothing where it was not asked for."""
        return self.reason_not_market_day.data or "" if "reason_not_market_day" in self else ""

    def leave_out(self, *names: str) -> None:
        """Do not ask for these."""
        for name in names:
            if name in self:
                del self[name]

    def starts_at(self) -> datetime:
        """Give the beginning, aware."""
        return datetime.combine(self.day.data, self.starts.data, HERE)

    def ends_at(self) -> datetime:
        """Give the end on the same day, aware."""
        return datetime.combine(self.day.data, self.ends.data, HERE)


class FairForm(WhenForm):
    """Everything the desk says about a fair."""

    kind = SelectField(_("哪种招聘会"), choices=choices("fair.kind"))
    title = StringField(_("名称"), [required(_("请填名称。")), at_most(100)])
    township = SelectField(_("乡镇"))
    place = StringField(
        _("地点"),
        [required(_("请填地点。")), at_most(120)],
        description=_("写赶集的人一听就知道的地方，例如“集市东门口”。"),
    )
    address = StringField(_("详细地址、怎么去"), [at_most(200)])
    contact_name = StringField(_("联系人"), [at_most(60)])
    contact_phone = TelField(
        _("联系电话"),
        [
            at_most(30),
            Optional(),
            Regexp(r"^[\d\s+()（）、,，-]+$", message=_("电话只能有数字和横线，例如 0990-1234567。")),
        ],
        description=_("印在页面、海报和短信里，用窗口座机，不要写个人手机。"),
    )
    audiences = CheckboxesField(_("优先面向"), choices=choices("audience"))
    description = TextAreaField(_("还要告诉大家什么"), [at_most(2000)])
    livestream_url = URLField(
        _("直播间、线上会场的链接"),
        [at_most(300), Optional(), Regexp(r"^https?://\S+$", message=_("链接要以 https:// 开头。"))],
    )
    online = BooleanField(_("线上办，不用到场"), description=_("地点写平台的名字，会场链接要填。"))
    outdoor = BooleanField(_("在露天办"), default=True)
    rain_plan = StringField(
        _("下雨怎么办"), [at_most(300)], description=_("例如“改到镇文化站大厅”，或“顺延到下一个集”。")
    )
    rain_decide_by = DateTimeLocalField(
        _("最迟什么时候定"), [Optional()], format=["%Y-%m-%dT%H:%M"], description=_("不填就按前一天18:00。")
    )
    expected_attendance = IntegerField(_("预计来多少人"), [Optional(), NUMBER])
    permit_no = StringField(_("安全许可编号"), [at_most(60)])
    emergency_plan = StringField(
        _("应急预案的编号、原件放在哪里"),
        [at_most(200)],
        description=_("例如“应急预案2027-3号，安保股存”。人多的场次还要在招聘会页面上传文件。"),
    )
    capacity = IntegerField(_("限多少人预约"), [Optional(), NUMBER], description=_("不填就不限，随到随进。"))

    def with_townships(self, townships: Iterable[Township]) -> Self:
        """Offer these townships, or none."""
        self.township.choices = [
            SelectChoice("", _("全县")),
            *(SelectChoice(str(each.id), each.name) for each in townships),
        ]
        return self

    def township_id(self) -> UUID | None:
        """Give the township that was picked, None for the whole county."""
        return UUID(self.township.data) if self.township.data else None

    def revision(self) -> fairs.Revision:
        """Give what was typed as a revision; a field that was left out is not revised."""
        changes = cast("fairs.Revision", {**self.details(), "title": typed(self.title)})
        if "day" in self:
            changes["starts_at"], changes["ends_at"] = self.starts_at(), self.ends_at()
            changes["place"], changes["township_id"] = typed(self.place), self.township_id()
        return changes

    def details(self) -> fairs.Details:
        """Give what was typed as the act takes it; times aware."""
        decide = self.rain_decide_by.data if "rain_decide_by" in self else None
        told: fairs.Details = {
            "address": typed(self.address),
            "description": typed(self.description),
            "contact_name": typed(self.contact_name),
            "contact_phone": typed(self.contact_phone),
            "audiences": list(self.audiences.data or ()),
            "livestream_url": typed(self.livestream_url),
            "outdoor": self.outdoor.data,
            "rain_plan": typed(self.rain_plan),
            "rain_decide_by": decide.replace(tzinfo=HERE) if decide else None,
            "expected_attendance": self.expected_attendance.data,
            "emergency_plan": typed(self.emergency_plan),
            "capacity": self.capacity.data,
        }
        if "online" in self:
            told["online"] = self.online.data
        if "permit_no" in self:
            told["permit_no"] = typed(self.permit_no)
        return told

    def with_terms(self, terms: FairTerms) -> Self:
        """Say from how many people on the police must permit a fair here."""
        self.expected_attendance.description = _(
            "预计%(number)s人以上要先办大型群众性活动安全许可，填了编号和预案才能发布。", number=terms.permit_from
        )
        return self


class MoveForm(WhenForm):
    """Another time or place, and why; of a large fair also what the police know and permit."""

    place = StringField(_("地点"), [required(_("请填地点。")), at_most(120)])
    reason = StringField(
        _("为什么改"),
        [required(_("请写明原因。")), at_most(300)],
        description=_("会写进发给大家的短信，例如“明天有大雨”。"),
    )
    told_police = BooleanField(_("新的时间已经报告公安机关"))
    new_permit_no = StringField(_("新地点的安全许可编号"), [at_most(60)], description=_("只改时间就不用填。"))
    permit_reason = StringField(
        _("还没有新许可也要换地点的原因"), [at_most(300)], description=_("会记下来，写明是谁定的。")
    )

    def papers(self) -> dict[str, Any]:
        """Give what was said of police and permit, nothing where it was not asked."""
        if "told_police" not in self:
            return {}
        return {
            "told_police": self.told_police.data,
            "permit_no": typed(self.new_permit_no),
            "permit_reason": typed(self.permit_reason),
        }


class CallingOffForm(Form):
    """Why the fair will not be held."""

    reason = StringField(
        _("为什么取消"),
        [required(_("请写明原因。")), at_most(300)],
        description=_("会写进发给大家的短信，例如“道路施工”。"),
    )


def when(fair: Fair) -> dict[str, Any]:
    """Give a fair's day and times as WhenForm shows them."""
    starts, ends = fair.starts_at.astimezone(HERE), fair.ends_at.astimezone(HERE)
    return {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}


def as_typed(fair: Fair) -> dict[str, Any]:
    """Give a fair as FairForm shows it."""
    decide = fair.rain_decide_by
    same = ("kind", "title", "place", "address", "contact_name", "contact_phone", "audiences", "description")
    crowd = ("outdoor", "rain_plan", "expected_attendance", "permit_no", "emergency_plan", "capacity")
    return {
        **{name: getattr(fair, name) for name in (*same, "livestream_url", "online", *crowd)},
        **when(fair),
        "township": str(fair.township_id or ""),
        "rain_decide_by": decide.astimezone(HERE).replace(tzinfo=None) if decide else None,
    }


def for_market(market: Market, day: date) -> dict[str, Any]:
    """Give a first draft of a fair at `market` on `day`: the title, the place, the busiest hours of a market."""
    return {
        "kind": "market_fair",
        "title": str(_("%(name)s赶%(term)s招聘会", name=market.name, term=market.term)),
        "township": str(market.township_id),
        "place": str(_("%(name)s集市入口", name=market.name)),
        "day": day,
        "starts": time(8, 30),
        "ends": time(11, 30),
    }
