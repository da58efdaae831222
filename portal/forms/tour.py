"""What is asked about a tour of a van: its name, day, van and stops."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from portal.filters import clock
from portal.forms.base import Form, at_most, required
from portal.forms.fair import CheckboxesField
from scheduling.models import Fair, Van


class StopsForm(Form):
    """Where the van stops; the order is that of the hours."""

    stops = CheckboxesField(_("停哪几站"), description=_("按时间先后走，一辆车不能同时在两站。"))

    def with_stops(self, fairs: Iterable[Fair]) -> Self:
        """Offer the stops of that day."""
        self.stops.choices = [
            SelectChoice(fair.slug, f"{clock(fair.starts_at)}–{clock(fair.ends_at)} {fair.title}，{fair.place}")
            for fair in sorted(fairs, key=lambda fair: fair.starts_at)
        ]
        return self


class TourForm(StopsForm):
    """A new tour."""

    name = StringField(_("叫什么"), [required(_("请起个名字，例如“北线”。")), at_most(60)])
    day = DateField(_("哪天"), [required(_("请选日期。"))])
    van = SelectField(_("哪辆车"), [required(_("请选一辆车。"))])

    def with_vans(self, vans: Iterable[Van]) -> Self:
        """Offer these vans."""
        self.van.choices = [SelectChoice(str(van.id), van.name) for van in vans]
        return self
