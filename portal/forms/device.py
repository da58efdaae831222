"""What is chosen and typed about phones at the gate, and by people who walk in from the market."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.filters import local
from portal.forms.base import Form, at_most, required, ruled
from scheduling import identity


class InvitationForm(Form):
    """Which events a phone shall scan."""

    scope = SelectMultipleField(
        _("扫哪几场"),
        [required(_("请至少选一场。"))],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, events: Mapping[str, tuple[str, datetime, datetime]]) -> InvitationForm:
        """Offer these events, by scope."""
        self.scope.choices = [(scope, f"{title}，{local(start)}") for scope, (title, start, _end) in events.items()]
        return self


class ClosingForm(Form):
    """Why a gate is closed though phones still hold something."""

    reason = StringField(_("为什么现在收口"), [at_most(300)], description=_("手机都传完了就不用填。"))


class HereForm(Form):
    """What somebody says of herself who walks in; nothing of it must be said."""

    id = HiddenField(default=lambda: str(uuid4()))
    name = StringField(_("姓名"), [at_most(60)])
    phone = StringField(_("手机号"), [Optional(), at_most(20), ruled(identity.phone)])
    trade = StringField(_("想找什么活"), [at_most(40)])
