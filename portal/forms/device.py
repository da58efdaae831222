"""What is chosen and typed about phones at the gate, and by people who walk in from the market."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.filters import day, local
from portal.forms.base import Form, at_most, required, ruled
from scheduling import identity
from scheduling.gate import saved


class InvitationForm(Form):
    """Which events a phone shall scan."""

    scope = SelectMultipleField(
        _("扫哪几场"),
        [required(_("请至少选一场。"))],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def chosen(self) -> list[str]:
        """Give the scopes that are ticked, whatever they say."""
        return self.scope.data or []

    def offer(self, events: Mapping[str, tuple[str, datetime, datetime]]) -> InvitationForm:
        """Offer these events, by scope: fairs with their hour, classes, which run for weeks, with their days."""
        self.scope.choices = [(scope, f"{title}，{_when(scope, *times)}") for scope, (title, *times) in events.items()]
        return self


def _when(scope: str, start: datetime, end: datetime) -> str:
    return local(start) if scope.startswith("fair/") else f"{day(start)}–{day(end)}"


class ClosingForm(Form):
    """Why a gate is closed though phones still hold something."""

    reason = StringField(_("为什么现在收口"), [at_most(300)], description=_("手机都传完了就不用填。"))


def _chosen(_form: Any, field: Any) -> None:  # noqa: ANN401  WTForms' own
    """Want a file to be chosen."""
    if not field.data or not field.data.filename:
        raise ValidationError(_("请选一个文件。"))


class FileForm(Form):
    """A file that a phone at the gate saved."""

    file = FileField(
        _("手机存的文件"), [_chosen], description=_("手机上点“更多”、“存成文件”得到的，名字像songgang-….json。")
    )

    def content(self) -> bytes:
        """Give the bytes that were chosen, and one more than we take so that too many are seen."""
        return bytes(self.file.data.read(saved.MOST_BYTES + 1))


class TakingForm(Form):
    """That the file just looked at is taken in."""

    digest = HiddenField()


class HereForm(Form):
    """What somebody says of herself who walks in; nothing of it must be said."""

    id = HiddenField(default=lambda: str(uuid4()))
    name = StringField(_("姓名"), [at_most(60)])
    phone = StringField(_("手机号"), [Optional(), at_most(20), ruled(identity.phone)])
    trade = StringField(_("想找什么活"), [at_most(40)])
