"""What people type about how a fair went: the desk's figures, the company's own booth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from portal.forms.base import Form, at_most, required
from portal.forms.fair import NUMBER, typed
from portal.wording import choices, word
from scheduling import fairs
from scheduling.models import BoothReport, FairFigure, FairNote
from scheduling.results import Proposal


class FiguresForm(Form):
    """All figures of a fair, each with where it comes from, and what no figure says. The figures are added below."""

    weather = StringField(_("天气"), [at_most(60)], description=_("例如“阴，8℃，下午小雨”。"))
    remark = TextAreaField(_("备注"), [at_most(1000)])

    def told(self) -> dict[str, tuple[int, str] | None]:
        """Give every figure by name as (value, source), None for one left empty."""
        return {
            name: (self[name].data, self[f"{name}_source"].data) if self[name].data is not None else None
            for name in fairs.FIGURES
        }

    def rows(self) -> list[tuple[Any, Any]]:
        """Give the two fields of each figure, in our order."""
        return [(self[name], self[f"{name}_source"]) for name in fairs.FIGURES]


def _source(form: FiguresForm, field: Any) -> None:  # noqa: ANN401  WTForms' own
    """Want to know where a figure comes from."""
    if form[field.name.removesuffix("_source")].data is not None and not field.data:
        raise ValidationError(_("请选怎么来的。"))


for _name in fairs.FIGURES:
    setattr(FiguresForm, _name, IntegerField(choices("figure", _name)[0].label, [Optional(), NUMBER]))
    _label = _("%(figure)s怎么来的", figure=choices("figure", _name)[0].label)
    _sources = [SelectChoice("", _("请选")), *choices("figure.source", *fairs.SOURCES)]
    setattr(FiguresForm, f"{_name}_source", SelectField(_label, [_source], choices=_sources))


def figures_as_typed(
    figures: Iterable[FairFigure], proposed: Mapping[str, Proposal], note: FairNote | None
) -> dict[str, Any]:
    """Give what FiguresForm shows: figures written down, else what is known already, for the clerk to look over."""
    shown: dict[str, tuple[int, str]] = {name: (each.value, each.source) for name, each in proposed.items()}
    shown |= {row.name: (row.value, row.source) for row in figures}
    values = {name: value for name, (value, _source) in shown.items()}
    sources = {f"{name}_source": source for name, (_value, source) in shown.items()}
    return {**values, **sources, "weather": note.weather if note else "", "remark": note.remark if note else ""}


def said(key: str, facts: Mapping[str, int]) -> str:
    """Say one trouble with figures as a sentence with its numbers."""
    return word(key, "trouble") % facts


class FinishForm(Form):
    """That the figures stand."""


class ReopeningForm(Form):
    """Why finished results are opened again."""

    reason = StringField(
        _("为什么要重新打开"), [required(_("请写明原因。")), at_most(300)], description=_("例如“企业补报了录用人数”。")
    )


class BoothReportForm(Form):
    """What came of a company's own booth."""

    intent_people = IntegerField(
        _("有几个人有意向"),
        [required(_("请填数字，没有填0。")), NUMBER],
        description=_("双方都愿意再谈的人，一个人只算一次。"),
    )
    intent_times = IntegerField(
        _("一共几人次"),
        [required(_("请填数字，没有填0。")), NUMBER],
        description=_("一个人看中两个岗位，算2次。"),
    )
    hired_on_site = IntegerField(
        _("现场定下几个人"), [required(_("请填数字，没有填0。")), NUMBER], description=_("当场说好来上班的。")
    )

    def told(self) -> dict[str, int]:
        """Give what was typed as the act takes it."""
        return {
            "intent_people": self.intent_people.data,
            "intent_times": self.intent_times.data,
            "hired_on_site": self.hired_on_site.data,
        }


def report_as_typed(row: BoothReport | None) -> dict[str, int]:
    """Give what a company said as BoothReportForm shows it."""
    names = ("intent_people", "intent_times", "hired_on_site")
    return {name: getattr(row, name) for name in names} if row else {}


def note_told(form: FiguresForm) -> tuple[str, str]:
    """Give the weather and the remark."""
    return typed(form.weather), typed(form.remark)
