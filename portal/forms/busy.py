"""What is asked about other calendars: a file, and a place that has one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.forms.base import Form, at_most, required
from scheduling import busy
from scheduling.models import Township


def _chosen(_form: Any, field: Any) -> None:  # noqa: ANN401  WTForms' own
    """Want a file."""
    if not field.data or not field.data.filename:
        raise ValidationError(_("请选一个文件。"))


class CalendarFileForm(Form):
    """A calendar as another program hands it out."""

    file = FileField(
        _("日历文件（.ics）"), [_chosen], description=_("Outlook、谷歌、苹果日历都能导出。不超过1MB，最多2000条。")
    )

    def content(self) -> bytes:
        """Give the bytes that were chosen, and one more than we take so that too many are seen."""
        return bytes(self.file.data.read(busy.MOST_BYTES + 1))


class TickedForm(Form):
    """Which lines are taken in: plain checkboxes beside WTForms' own, for there may be two thousand."""

    def wanted(self, typed: Any, reading: busy.Reading) -> set[int]:  # noqa: ANN401  the request's form
        """Give the numbers of the periods that were ticked, without those of an event left out whole."""
        left_out = {reading.periods[number].uid for number in _numbers(typed.getlist("skip"), reading)}
        ticked = _numbers(typed.getlist("keep"), reading)
        return {number for number in ticked if reading.periods[number].uid not in left_out}

    def dropped(self, typed: Any) -> set[UUID]:  # noqa: ANN401  the same
        """Give the ids of the times to be struck."""
        found = set()
        for text in typed.getlist("drop"):
            try:
                found.add(UUID(text))
            except ValueError:  # nothing that our page sent
                continue
        return found


class VenueForm(Form):
    """A place that has a calendar of its own."""

    name = StringField(
        _("场地叫什么"),
        [required(_("请填名称，例如“县体育馆”。")), at_most(100)],
        description=_("和招聘会“地点”一栏的写法一样，空格不算。"),
    )
    township = SelectField(_("在哪个乡镇"))

    def with_townships(self, townships: Iterable[Township]) -> Self:
        """Offer these townships, or none."""
        nowhere = SelectChoice("", _("没写乡镇"))
        self.township.choices = [nowhere, *(SelectChoice(str(t.id), t.name) for t in townships)]
        return self

    def township_id(self) -> UUID | None:
        """Give the township's id, or None."""
        return UUID(self.township.data) if self.township.data else None


def _numbers(texts: list[str], reading: busy.Reading) -> set[int]:
    most = len(reading.periods)
    return {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 6 and int(text) < most}  # noqa: PLR2004  digits
