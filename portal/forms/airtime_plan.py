"""What the desk types about a run of show: hosts, segments, each enterprise's minutes; changes by hand and on air."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.clock import HERE
from portal.filters import speak
from portal.forms.airtime import Speaking
from portal.forms.base import Form, at_most, required
from portal.forms.booth_plan import RowForm
from portal.forms.fair import CheckboxesField
from portal.wording import choices
from scheduling.models import Enterprise, LiveRequest, Vacancy
from scheduling.planning.airtime import problem as planned
from scheduling.plans.airtime import SEGMENTS, Setup

_MINUTES = NumberRange(min=0, max=240, message=_("请填0到240之间的分钟数。"))
_AT_LEAST_ONE = NumberRange(min=1, max=240, message=_("请填1到240之间的分钟数。"))
WHERE = ("start", "middle", "end")
HOSTS = 3


class SetupForm(Form):
    """The show as a whole."""

    preset = RadioField(_("更看重什么"), default="balanced")
    buffer = IntegerField(
        _("两家之间留几分钟"),
        [required(_("请填分钟数，不留填0。")), _MINUTES],
        default=1,
        description=_("换人、调话筒用。"),
    )
    more = CheckboxesField(_("再请哪几家"))

    def offer(self, others: Iterable[Enterprise]) -> Self:
        """Offer the weights we know, and enterprises that have not asked to be on air."""
        self.preset.choices = [SelectChoice(key, speak(each.words)) for key, each in planned.PRESETS.items()]
        self.more.choices = [SelectChoice(str(each.id), each.name) for each in others]
        return self


class HostForm(RowForm):
    """Somebody who leads the show; a row without a name is nobody."""

    name = StringField(_("主播"), [at_most(60)])
    stretch = IntegerField(_("最多连着播"), [Optional(), _AT_LEAST_ONE], default=60)
    rest = IntegerField(_("歇多久"), [Optional(), _MINUTES], default=5)


class SegmentForm(RowForm):
    """A part of the show that is no enterprise's; no minutes, no such part."""

    minutes = IntegerField(_("几分钟"), [Optional(), _MINUTES])
    where = SelectField(_("放在哪里"), choices=choices("live.where"))


class OnAirForm(Speaking, RowForm):
    """What one enterprise wants."""

    comes = BooleanField(_("上直播"), default=True)
    speaker = StringField(_("谁来讲"), [required(_("请填谁来讲。")), at_most(60)])
    wanted = IntegerField(_("想讲几分钟"), [required(_("请填分钟数。")), _AT_LEAST_ONE], default=12)
    least = IntegerField(_("最少几分钟"), [required(_("请填分钟数。")), _AT_LEAST_ONE], default=8)
    free_from = TimeField(_("几点以后能来"), [Optional()])
    free_until = TimeField(_("几点以前要走"), [Optional()])
    wish = SelectField(_("先后"), choices=choices("live.wish"))
    optional = BooleanField(_("时间不够可以不上"))
    jobs = CheckboxesField(_("介绍哪些岗位"))

    ASKED: tuple[str, ...] = ("speaker", "wanted", "least", "wish", "optional")


class ItemForm(Form):
    """An item of the show put elsewhere by hand."""

    item = SelectField(_("哪一项"))
    place = SelectField(_("放到第几个"), coerce=int)
    host = SelectField(_("谁主持"))
    lock = BooleanField(_("定下来，以后重排也不动"), default=True)
    anyway = BooleanField(_("知道有冲突，还是这样改"))

    def offer(self, problem: planned.Problem, plan: planned.Plan, names: dict[str, str]) -> Self:
        """Offer every item and every place of it."""
        self.item.choices = [SelectChoice(item.key, names[item.key]) for item in plan.items]
        self.place.choices = [
            SelectChoice(place, _("第%(place)s个，现在是%(name)s", place=place, name=names[item.key]))
            for place, item in enumerate(plan.items, 1)
        ]
        self.host.choices = [SelectChoice(host.key, host.name) for host in problem.show.hosts]
        return self


class LiveChangeForm(Form):
    """What happened on air."""

    more = IntegerField(_("超时几分钟"), [Optional(), _MINUTES])
    gone = SelectField(_("哪家不来了"))
    longer = IntegerField(_("下播最多推迟几分钟"), [Optional(), _MINUTES], default=0)

    def offer(self, coming: Iterable[tuple[str, str]]) -> Self:
        """Offer the enterprises that are still to come."""
        self.gone.choices = [SelectChoice("", _("都来")), *(SelectChoice(key, name) for key, name in coming)]
        return self

    def validate_gone(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Ask for something to have happened."""
        if not field.data and not self.more.data:
            raise ValidationError(_("请填超时几分钟，或选哪家不来了。"))


def as_typed(row: LiveRequest | None, firm: Enterprise, shown: Iterable[Vacancy]) -> dict[str, Any]:
    """Give a request as OnAirForm shows it; who has not asked is shown with the first draft of one."""
    if row is None:
        return {"speaker": firm.contact_name, "jobs": [str(card.no) for card in shown]}
    same = {name: getattr(row, name) for name in ("speaker", "wanted", "least", "wish", "optional", "jobs")}
    times = {
        name: moment.astimezone(HERE).time().replace(tzinfo=None) if moment else None
        for name, moment in (("free_from", row.free_from), ("free_until", row.free_until))
    }
    return {**same, **times}


def setup(form: SetupForm, hosts: Iterable[HostForm], segments: dict[str, SegmentForm], firms: int) -> Setup:
    """Give the show that was typed, of so many enterprises."""
    after = {"start": 0, "middle": firms // 2, "end": firms}
    return Setup(
        hosts=tuple(
            planned.Host(row.name.data.strip(), row.name.data.strip(), row.stretch.data or 240, row.rest.data or 0)
            for row in hosts
            if (row.name.data or "").strip()
        ),
        segments=tuple(
            planned.Segment(kind, kind, segments[kind].minutes.data, after[segments[kind].where.data])
            for kind in SEGMENTS
            if segments[kind].minutes.data
        ),
        buffer=form.buffer.data,
        weights=planned.PRESETS[form.preset.data].weights,
    )
