"""What an enterprise types to be on air (直播时段)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.clock import HERE
from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from portal.forms.overlap import Overlapping
from portal.wording import choices
from scheduling.models import Enterprise, Fair, LiveRequest, Vacancy

_MINUTES = NumberRange(min=1, max=60, message=_("请填1到60之间的分钟数。"))


class Speaking:
    """What every form about air time does: offer vacancies, look over the minutes and the hours, tell them."""

    ASKED: tuple[str, ...] = ("speaker", "wanted", "least", "wish")

    def offer(self, cards: Iterable[Vacancy]) -> Self:
        """Offer these vacancies."""
        self.jobs.choices = [  # type: ignore[attr-defined]  # the form's own field
            SelectChoice(str(card.no), _("%(title)s，招%(number)s人", title=card.title, number=card.headcount))
            for card in cards
        ]
        return self

    def validate_least(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse a least above what is wanted."""
        wanted = self.wanted.data  # type: ignore[attr-defined]
        if field.data and wanted and field.data > wanted:
            raise ValidationError(_("最少不能比想讲的还多。"))

    def validate_free_until(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse to leave before coming."""
        since = self.free_from.data  # type: ignore[attr-defined]
        if field.data and since and field.data <= since:
            raise ValidationError(_("走的时间要晚于来的时间。"))

    def told(self, fair: Fair) -> dict[str, Any]:
        """Give what the act takes; times are of the show's day."""
        typed = self.data  # type: ignore[attr-defined]
        day = fair.starts_at.astimezone(HERE).date()
        times = {
            name: datetime.combine(day, typed[name], HERE) if typed[name] else None
            for name in ("free_from", "free_until")
        }
        return {**{name: typed[name] for name in self.ASKED}, **times, "jobs": list(typed["jobs"] or ())}


class AirTimeForm(Overlapping, Speaking, Form):
    """Who speaks, for how long, when she can, and about which jobs."""

    speaker = StringField(
        _("谁来讲"), [required(_("请填谁来讲。")), at_most(60)], description=_("写姓名和职务，例如“钱经理”。")
    )
    wanted = IntegerField(_("想讲几分钟"), [required(_("请填分钟数。")), _MINUTES], default=12)
    least = IntegerField(
        _("最少几分钟"),
        [required(_("请填分钟数。")), _MINUTES],
        default=8,
        description=_("一家一般8到15分钟，企业多时可能排不满。"),
    )
    wish = RadioField(_("想排在前面还是后面"), choices=choices("live.wish"), default="")
    free_from = TimeField(_("几点以后能来"), [Optional()], description=_("不填就是开播就能来。"))
    free_until = TimeField(_("几点以前要走"), [Optional()], description=_("不填就是能等到下播。"))
    jobs = CheckboxesField(
        _("介绍哪些岗位"),
        [required(_("请至少选一个岗位。"))],
        description=_("只列审核通过的岗位。主播照审核通过的内容念。"),
    )


def as_typed(row: LiveRequest | None, firm: Enterprise, approved: Iterable[Vacancy]) -> dict[str, Any]:
    """Give a request as the form shows it; who has not asked gets a first draft with all its jobs."""
    if row is None:
        return {"speaker": firm.contact_name, "jobs": [str(card.no) for card in approved]}
    same = {name: getattr(row, name) for name in ("speaker", "wanted", "least", "wish", "jobs")}
    times = {
        name: moment.astimezone(HERE).time().replace(tzinfo=None) if moment else None
        for name, moment in (("free_from", row.free_from), ("free_until", row.free_until))
    }
    return {**same, **times}
