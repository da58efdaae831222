"""What is typed to get a link to a private calendar."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from portal.forms.base import Form, at_most
from scheduling.models import Row


def new_key() -> str:
    """Give what tells one form from another."""
    return secrets.token_hex(16)


class LinkForm(Form):
    """Whose calendar, and what the link is called. `key` makes the same form sent twice one link."""

    subject = SelectField(_("谁的日历"))
    label = StringField(
        _("给这个链接起个名"), [at_most(30)], description=_("例如“我的手机”。以后停用时好认，可以不填。")
    )
    key = HiddenField(default=new_key, validators=[Regexp("^[0-9a-f]{32}$")])

    def offering(self, subjects: Sequence[tuple[Row, str]]) -> Self:
        """Offer the calendars of these, each with what it is called; of one alone nothing is asked."""
        self.subject.choices = [SelectChoice(row.id.hex, words) for row, words in subjects]
        if len(subjects) == 1:
            self.subject.data = subjects[0][0].id.hex
        return self
