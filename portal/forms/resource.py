"""What the desk types about what a season is planned with: vans and staff."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, ValidationError

from portal.forms.base import Form, at_most, required, ruled
from portal.forms.fair import CheckboxesField
from portal.wording import choices
from scheduling import identity
from scheduling.models import StaffMember, Township, Van

MINUTES = NumberRange(min=1, max=600, message=_("请填1到600之间的整数。"))
_SPLIT = re.compile(r"[\s、，,；;]+")


class DaysField(TextAreaField):  # type: ignore[misc]  # WTForms has no types
    """Several days, typed one after another."""

    def _value(self) -> str:
        given: Any = self.data  # text as typed, or the days that stand
        return "\n".join(given) if isinstance(given, list) else given or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed until it is checked."""
        self.data = valuelist[0] if valuelist else ""

    def post_validate(self, form: Any, validation_stopped: Any) -> None:  # noqa: ANN401, ARG002  WTForms' own
        """Refuse what is no day."""
        for word in self._words():
            try:
                date.fromisoformat(word)
            except ValueError:
                raise ValidationError(str(_("看不懂“%(word)s”，请按 2027-03-01 这样写。")) % {"word": word}) from None

    def days(self) -> list[date]:
        """Give the days."""
        return [date.fromisoformat(word) for word in self._words()]

    def _words(self) -> list[str]:
        return [word for word in _SPLIT.split(self._value()) if word]


class VanForm(Form):
    """One van; a field for each town is added by `with_townships`."""

    name = StringField(_("叫什么"), [required(_("请填名称，例如“1号大篷车”。")), at_most(60)])
    range_minutes = IntegerField(
        _("单程最远开多久"), [required(_("请填分钟数，例如 90。")), MINUTES], description=_("再远的乡镇就不派它去。")
    )
    unavailable = DaysField(_("哪几天不能用"), description=_("年检、维修。一行一天，例如 2027-03-01。"))
    minutes = TextAreaField(
        _("到各乡镇单程几分钟"),
        [required(_("请写到各乡镇的分钟数。"))],
        description=_("一行一个，例如“柳河镇 25”。没写的乡镇去不了。"),
    )

    def with_townships(self, townships: Iterable[Township]) -> Self:
        """Let the towns be named as people name them."""
        self.codes = {town.name: town.code for town in townships}
        return self

    def validate_minutes(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Refuse a town that is none, and minutes that are no number."""
        for line in filter(None, map(str.strip, (field.data or "").splitlines())):
            name, _space, minutes = line.rpartition(" ") if " " in line else _numbered(line)
            if name.strip() not in self.codes or not minutes.isdecimal() or not 0 < int(minutes) <= MINUTES.max:
                raise ValidationError(str(_("看不懂“%(line)s”，请按“柳河镇 25”这样写。")) % {"line": line})

    def told(self) -> dict[str, Any]:
        """Give what was typed as the act takes it."""
        lines = filter(None, map(str.strip, self.minutes.data.splitlines()))
        pairs = [line.rpartition(" ") if " " in line else _numbered(line) for line in lines]
        return {
            "name": self.name.data,
            "range_minutes": self.range_minutes.data,
            "minutes": {self.codes[name.strip()]: int(minutes) for name, _space, minutes in pairs},
            "unavailable": self.unavailable.days(),
        }


class StaffForm(Form):
    """One of the bureau's people."""

    name = StringField(_("姓名"), [required(_("请填姓名。")), at_most(60), ruled(identity.name)])
    township = SelectField(_("住在哪个乡镇"))
    leads = BooleanField(_("能带队"))
    rest_weekdays = CheckboxesField(_("每周哪几天休息"), choices=choices("rest.weekday"))
    max_days_a_week = IntegerField(
        _("一周最多下乡几天"),
        [required(_("请填天数。")), NumberRange(min=0, max=7, message=_("请填0到7之间的整数。"))],
        default=3,
    )
    unavailable = DaysField(_("哪几天请假"), description=_("一行一天，例如 2027-03-01。"))

    def with_townships(self, townships: Iterable[Township]) -> Self:
        """Offer these townships, or none."""
        self.township.choices = [
            SelectChoice("", _("不在本县住")),
            *(SelectChoice(str(t.id), t.name) for t in townships),
        ]
        return self

    def told(self) -> dict[str, Any]:
        """Give what was typed as the act takes it."""
        return {
            "name": self.name.data,
            "township_id": UUID(self.township.data) if self.township.data else None,
            "leads": self.leads.data,
            "rest_weekdays": [int(day) for day in self.rest_weekdays.data or ()],
            "max_days_a_week": self.max_days_a_week.data,
            "unavailable": self.unavailable.days(),
        }


def van_as_typed(van: Van, townships: Iterable[Township]) -> dict[str, Any]:
    """Give a van as VanForm shows it."""
    lines = [f"{town.name} {van.minutes[town.code]}" for town in townships if town.code in van.minutes]
    return {
        "name": van.name,
        "range_minutes": van.range_minutes,
        "unavailable": van.unavailable,
        "minutes": "\n".join(lines),
    }


def staff_as_typed(member: StaffMember) -> dict[str, Any]:
    """Give somebody as StaffForm shows them."""
    same = ("name", "leads", "rest_weekdays", "max_days_a_week", "unavailable")
    return {**{name: getattr(member, name) for name in same}, "township": str(member.township_id or "")}


def _numbered(line: str) -> tuple[str, str, str]:
    """Split 柳河镇25 before its number."""
    name = line.rstrip("0123456789")
    return name, "", line[len(name) :]
