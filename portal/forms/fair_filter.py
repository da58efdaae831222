"""What people pick of fairs: filters of the public list, the month and the calendars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import SearchField
from wtforms.fields.choices import SelectChoice

from portal.forms.base import Form
from portal.forms.fair import CheckboxesField
from portal.wording import choices
from scheduling import fairs
from scheduling.models import Campaign, Township


class FairFilter(Form):
    """Which fairs the public list shows: any of what is ticked in a group, and all groups at once."""

    class Meta(Form.Meta):
        """Reading needs no token."""

        csrf = False

    q = SearchField(_("名称、地点"))
    township = CheckboxesField(_("乡镇"))
    kind = CheckboxesField(_("哪种招聘会"), choices=choices("fair.kind"))
    way = CheckboxesField(_("线上、线下"), choices=choices("fair.way", *fairs.WAYS))
    audience = CheckboxesField(_("优先面向"), choices=choices("audience"))
    campaign = CheckboxesField(_("哪个活动"))

    def offering(self, townships: Iterable[Township], campaigns: Iterable[Campaign]) -> Self:
        """Offer these townships and campaigns."""
        self.township.choices = [SelectChoice(each.code, each.name) for each in townships]
        self._campaigns = {each.key: each for each in campaigns}
        self.campaign.choices = [SelectChoice(key, campaign_name(each)) for key, each in self._campaigns.items()]
        return self

    def chosen(self) -> dict[str, list[str]]:
        """Give the words, and the keys ticked in each group; what is none of the choices is left out."""
        words = " ".join((self.q.data or "").split())[:60]
        return {"q": [words] if words else []} | {
            field.name: [choice.value for choice in field.choices if choice.value in (field.data or ())]
            for field in self._groups()
        }

    def _groups(self) -> tuple[CheckboxesField, ...]:
        return self.township, self.kind, self.way, self.audience, self.campaign

    def campaigns(self) -> list[Campaign]:
        """Give the campaigns that are offered."""
        return list(self._campaigns.values())

    def filters(self) -> fairs.Filters:
        """Give what is ticked as the acts take it."""
        chosen = self.chosen()
        return {
            "words": " ".join(chosen["q"]),
            "townships": chosen["township"],
            "kinds": chosen["kind"],
            "ways": chosen["way"],
            "audiences": chosen["audience"],
            "campaigns": [self._campaigns[key] for key in chosen["campaign"]],
        }

    def words(self) -> list[str]:
        """Give what is asked in words, in the order of the groups."""
        return [f"“{words}”" for words in self.chosen()["q"]] + [
            str(choice.label)
            for field in self._groups()
            for choice in field.choices
            if choice.value in (field.data or ())
        ]


def campaign_name(campaign: Campaign) -> str:
    """Give a campaign's name with its year, and whether its days are only an example."""
    year = str(campaign.first.year)
    name = campaign.name if year in campaign.name else f"{campaign.name} {year}"
    return str(_("%(name)s（示例）", name=name)) if campaign.sample else name
