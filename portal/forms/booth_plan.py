"""What the desk types about who stands where: the policy, what each enterprise wishes, changes by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Any, Self

from flask_babel import gettext as __
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, ValidationError

from portal.filters import speak
from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from portal.forms.overlap import Overlapping
from portal.wording import choices
from scheduling import booths
from scheduling.models import BoothRequest, Enterprise
from scheduling.planning.booths import problem as planned

_SPLIT = re.compile(r"[\s、，,；;]+")


class PolicyForm(Form):
    """How this fair wants it."""

    preset = RadioField(_("更看重什么"), default="balanced")
    competitors = RadioField(_("招同一工种的单位"), choices=choices("booth.competitors"), default="apart")
    more = CheckboxesField(_("还没报名、有岗位在招的单位"))

    def offer(self, others: Iterable[Enterprise]) -> Self:
        """Offer the weights we know, and enterprises that have not asked for a booth."""
        self.preset.choices = [SelectChoice(key, speak(each.words)) for key, each in planned.PRESETS.items()]
        self.more.choices = [SelectChoice(str(each.id), each.name) for each in others]
        return self

    def policy(self, zones: Iterable[planned.Zoning]) -> planned.Policy:
        """Give what was chosen."""
        weights = planned.PRESETS[self.preset.data].weights
        return planned.Policy(zones=tuple(zones), competitors=self.competitors.data, weights=weights)


class RowForm(Form):
    """One row among many on a page; the page's own form has the token."""

    class Meta(Form.Meta):
        """The page's form has the token."""

        csrf = False


class RequestForm(RowForm):
    """What one enterprise wants of its booth."""

    comes = BooleanField(_("参加"), default=True)
    wishes = StringField(
        _("想要哪里"), [at_most(100)], description=_("按先后写，例如“3、5、制造区”，最多5个。没有就不填。")
    )
    power = BooleanField(_("要用电"))
    access = BooleanField(_("要无台阶"))
    invited = BooleanField(_("必须有展位"))
    kind = SelectField(_("哪种展位"))
    tables = IntegerField(
        _("几张桌子"),
        [required(_("请填桌数。")), NumberRange(min=1, max=9, message=_("请填1到9之间的整数。"))],
        default=1,
    )

    def offer(self, numbers: Collection[int], zones: Collection[str]) -> Self:
        """Let booths be wished for by their numbers, corners by their names."""
        self.kind.choices = [SelectChoice("", __("都行")), *choices("booth.kind")]
        self.known = {str(number) for number in numbers} | set(zones)
        return self

    def validate_wishes(self, _field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse a booth or a corner that this fair does not have."""
        for wish in self.wished():
            if wish not in self.known:
                raise ValidationError(__("这场没有“%(wish)s”：请写展位号或分区名。", wish=wish))
        if len(self.wished()) > planned.MOST_WISHES:
            raise ValidationError(__("最多写%(most)s个。", most=planned.MOST_WISHES))

    def wished(self) -> list[str]:
        """Give the wishes, best first, without the word for booth behind a number; ３ is 3."""
        plain = unicodedata.normalize("NFKC", self.wishes.data or "")
        return [wish.removesuffix("号") for wish in _SPLIT.split(plain) if wish]

    def told(self) -> dict[str, Any]:
        """Give what the act takes."""
        same = {name: self[name].data for name in ("power", "access", "invited", "kind", "tables")}
        return {**same, "wishes": self.wished()}


class ApplicationForm(Overlapping, RequestForm):
    """What an enterprise asks for itself; whether it must have a booth is not its to say."""

    comes = None
    invited = None

    def told(self) -> dict[str, Any]:
        """Give what the act takes."""
        same = {name: self[name].data for name in ("power", "access", "kind", "tables")}
        return {**same, "wishes": self.wished()}


class ZoningForm(RowForm):
    """Where one industry stands."""

    zone = SelectField(_("分区"))
    hard = BooleanField(_("只许在这里"))

    def offer(self, zones: Collection[str]) -> Self:
        """Offer the corners of this fair."""
        self.zone.choices = [SelectChoice("", __("不分")), *(SelectChoice(zone, zone) for zone in zones)]
        return self


class StallForm(Form):
    """Another booth for an enterprise, by hand."""

    enterprise = SelectField(_("哪家单位"))
    booth = SelectField(_("改到哪个展位"), coerce=int, description=_("已有单位的，两家对换。"))
    lock = BooleanField(_("定下来，以后重排也不动"), default=True)
    anyway = BooleanField(_("知道有冲突，还是这样改"))

    def offer(self, problem: planned.Problem, plan: planned.Plan) -> Self:
        """Offer every enterprise and every booth, with who stands there."""
        names = {each.key: each.name for each in problem.enterprises}
        places = plan.places
        at = {number: names[key] for key, number in places.items()}
        self.enterprise.choices = [
            SelectChoice(
                key, __("%(name)s，现在%(number)s号", name=name, number=places[key]) if key in places else name
            )
            for key, name in names.items()
        ]
        self.booth.choices = [
            SelectChoice(
                booth.number, __("%(number)s号 %(who)s", number=booth.number, who=at.get(booth.number, __("空")))
            )
            for booth in problem.booths
        ]
        return self


class StallChangeForm(Form):
    """What happened after a plan was accepted."""

    what = RadioField(_("出了什么变化"), choices=choices("booth.change"), default="booth")
    booth = SelectField(_("哪个展位"), coerce=int)
    enterprise = SelectField(_("哪家单位"))

    def offer(self, problem: planned.Problem) -> Self:
        """Offer what could fail."""
        self.booth.choices = [
            SelectChoice(each.number, __("%(number)s号", number=each.number)) for each in problem.booths
        ]
        self.enterprise.choices = [SelectChoice(each.key, each.name) for each in problem.enterprises]
        return self


class FittingsForm(Form):
    """What some booths, numbered in a row, are like."""

    first = IntegerField(_("从几号"), [required(_("请填起始号。")), NumberRange(min=1, message=_("请填展位号。"))])
    last = IntegerField(_("到几号"), [required(_("请填末号。")), NumberRange(min=1, message=_("请填展位号。"))])
    zone = StringField(_("哪个分区"), [at_most(40)], description=_("例如“制造区”。不分区就不填。"))
    tables = IntegerField(
        _("几张桌子"),
        [required(_("请填桌数。")), NumberRange(min=1, max=9, message=_("请填1到9之间的整数。"))],
        default=1,
    )
    power = BooleanField(_("有电源"))
    accessible = BooleanField(_("无台阶，轮椅进得来"))

    def told(self) -> booths.Fittings:
        """Give what the act takes."""
        return booths.Fittings(
            zone=(self.zone.data or "").strip(),
            power=self.power.data,
            tables=self.tables.data,
            accessible=self.accessible.data,
        )

    def validate_last(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse a range that runs backwards."""
        if self.first.data is not None and field.data is not None and field.data < self.first.data:
            raise ValidationError(__("末号不能小于起始号。"))

    def validate_zone(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse a name that would read like a booth's number, or like two."""
        if (field.data or "").isdigit() or len(_SPLIT.split((field.data or "").strip())) > 1:
            raise ValidationError(__("分区名不能只有数字，也不能有空格、顿号。"))


def as_typed(row: BoothRequest | None) -> dict[str, Any]:
    """Give a request as RequestForm shows it; an enterprise with a booking and no request wishes for nothing."""
    if row is None:
        return {}
    same = {name: getattr(row, name) for name in ("power", "access", "invited", "kind", "tables")}
    return {**same, "wishes": "、".join(row.wishes)}
