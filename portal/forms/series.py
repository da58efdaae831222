"""What the desk types about a series of fairs, and about the same fair on another day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.forms.base import required
from portal.forms.fair import CheckboxesField, FairForm, WhenForm, typed
from portal.wording import choices
from scheduling import series
from scheduling.models import BoothPolicy, Market
from scheduling.planning import markets as planning
from scheduling.refusals import NotFound
from scheduling.series import SeriesDay

# What the rule is and what its fairs share: while this stands as it was shown, the days that were ticked hold.
_SHOWN = ("goes_by", "weekdays", "calendar", "tails", "market", "first", "last")


class SeriesForm(FairForm):
    """A rule, two dates, and everything the fairs share. The days come with the second look at it."""

    day = reason_not_market_day = rain_decide_by = permit_no = None  # each fair's own

    goes_by = SelectField(_("按什么排"), choices=choices("series.goes_by"))
    weekdays = CheckboxesField(_("每周哪几天"), choices=choices("rest.weekday"))
    calendar = SelectField(_("按哪个历"), choices=choices("series.calendar"))
    tails = CheckboxesField(_("逢几"), choices=choices("series.tail"))
    market = SelectField(_("跟着哪个集"))
    first = DateField(_("从哪天"), [required(_("请选日期。"))])
    last = DateField(_("到哪天"), [required(_("请选日期。"))])
    skip_holidays = BooleanField(_("放假不办"), default=True)
    booths = IntegerField(
        _("每场排多少个展位"),
        [Optional(), NumberRange(min=1, max=300, message=_("请填1到300之间的整数。"))],
        description=_("不填就以后再排。"),
    )
    policy = SelectField(_("展位规则"))
    days = CheckboxesField(_("排哪几天"), validate_choice=False)
    seen = HiddenField()

    def validate_weekdays(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Want a weekday where weekdays are what it goes by."""
        if self.goes_by.data == "weekly" and not field.data:
            raise ValidationError(_("请勾选星期几。"))

    def validate_tails(self, field: Any) -> None:  # noqa: ANN401
        """Want a number where numbers are what it goes by."""
        if self.goes_by.data == "monthly" and not field.data:
            raise ValidationError(_("请勾选逢几。"))

    def validate_market(self, field: Any) -> None:  # noqa: ANN401
        """Want a market where a market is what it goes by."""
        if self.goes_by.data == "market" and not field.data:
            raise ValidationError(_("请选一个集。"))

    def offering(self, markets: Iterable[Market], policies: Iterable[BoothPolicy]) -> Self:
        """Offer these markets and booth policies."""
        self._markets = {each.slug: each for each in markets}
        self._policies = {each.name: each for each in policies}
        self.market.choices = [
            SelectChoice("", _("请选")),
            *(SelectChoice(slug, f"{each.name} {each.rule_text}") for slug, each in self._markets.items()),
        ]
        self.policy.choices = [SelectChoice("", _("不限，谁先订谁得")), *map(SelectChoice, self._policies)]
        return self

    def pattern(self) -> series.Pattern:
        """Give the days as the act takes them. Raises NotFound for a market that is none of those offered."""
        first, last = self.first.data, self.last.data
        if self.goes_by.data == "market":
            market = self._markets.get(self.market.data)
            if market is None:
                raise NotFound
            return series.Pattern(first, last, market=market)
        numbers = [int(key) for key in (self.weekdays if self.goes_by.data == "weekly" else self.tails).data]
        if self.goes_by.data == "weekly":
            return series.Pattern(first, last, rule=planning.Weekly(tuple(numbers)))
        rule = planning.LunarTail if self.calendar.data == "lunar" else planning.SolarTail
        return series.Pattern(first, last, rule=rule(tuple(numbers)))

    def shape(self) -> series.Shape:
        """Give what the fairs share."""
        return series.Shape(
            kind=self.kind.data,
            title=typed(self.title),
            place=typed(self.place),
            starts=self.starts.data,
            ends=self.ends.data,
            township_id=self.township_id(),
            booths=self.booths.data or 0,
            policy=self._policies.get(self.policy.data),
        )

    def shown(self) -> str:
        """Say by what the days were shown, for the page that shows them to send back."""
        return "|".join(str(self[name].data) for name in _SHOWN)

    def with_days(self, found: list[SeriesDay], words: Any) -> Self:  # noqa: ANN401  how a day is said
        """Offer these days; on the first look all are ticked but holidays, later what was ticked stays."""
        again = self.seen.data == self.shown()
        self.days.choices = [SelectChoice(each.day.isoformat(), words(each)) for each in found]
        if not again:
            left_out = self.skip_holidays.data
            self.days.data = [each.day.isoformat() for each in found if not (each.off and left_out)]
        self.seen.data = self.shown()
        return self

    def chosen_days(self) -> list[date]:
        """Give the days that are ticked; what is no day is passed over."""
        ticked = set(self.days.data or ())
        return [
            date.fromisoformat(key) for key in sorted(ticked) if key in {choice.value for choice in self.days.choices}
        ]


class CopyForm(WhenForm):
    """Another day for the same fair."""
