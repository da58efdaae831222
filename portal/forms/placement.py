"""What people type after a class: who began to work where, what a call brought, lines of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.forms.base import Form, at_most, required
from portal.wording import choices
from scheduling import enterprises, followups
from scheduling.models import Enrolment, Enterprise, LabourNeed
from scheduling.models.placement import SOURCES, URGENCY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ELSEWHERE = ""
_WAGE = NumberRange(min=500, max=100_000, message=_("请填每月多少元，例如 4500。"))
_HEADS = NumberRange(min=1, max=100_000, message=_("请填人数，例如 12。"))


class StartersForm(Form):
    """Whom a company took on, from which day, at what wage."""

    people = SelectMultipleField(
        _("哪些人来上班了"),
        [required(_("请勾选至少一个人。"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    started_on = DateField(_("哪天上岗"), [required(_("请选日期。"))])
    wage = IntegerField(_("每月工资"), [Optional(), _WAGE], description=_("说好的月工资，计件的写平均数。"))

    def offer(self, people: Sequence[tuple[Enrolment, str]]) -> None:
        """Offer these people, each with the words she is called by."""
        self.people.choices = [SelectChoice(str(person.id), words) for person, words in people]


class PlacementForm(Form):
    """Where one person began to work: an enterprise of the county's list, or another employer."""

    enterprise = SelectField(_("在哪家单位"), [Optional()], description=_("本县的单位从这里选，会算进它的用工台账。"))
    employer = StringField(_("不在上面的，写单位名称"), [at_most(100)])
    started_on = DateField(_("哪天上岗"), [required(_("请选日期。"))])
    wage = IntegerField(_("每月工资"), [Optional(), _WAGE])

    def offer(self, firms: Sequence[Enterprise]) -> None:
        """Offer these enterprises."""
        self.enterprise.choices = [SelectChoice(ELSEWHERE, _("别的单位")), *_firms(firms)]


class CountedPlacementForm(PlacementForm):
    """The same at the desk, which may say on which line of the ledger she is counted."""

    need = SelectField(
        _("算在台账哪一条"),
        [Optional()],
        description=_("不选就按工种自动算。工种对不上的不会自动算，要算请在这里选。"),
    )

    def lines(self, needs: Sequence[LabourNeed]) -> None:
        """Offer these lines of the ledger."""
        told = [
            SelectChoice(
                str(one.no),
                _(
                    "%(no)s号 %(firm)s %(trade)s，缺%(gap)s人",
                    no=one.no,
                    firm=one.enterprise.name,
                    trade=one.trade,
                    gap=one.gap,
                ),
            )
            for one in needs
        ]
        self.need.choices = [SelectChoice("", _("按工种自动算")), *told]


class FollowUpForm(Form):
    """What a call brought. Where she works is asked only while nobody knows it."""

    answer = RadioField(
        _("电话里怎么说"), [required(_("请选一项。"))], choices=choices("followup.answer", *followups.ANSWERS)
    )
    wage = IntegerField(_("每月工资"), [Optional(), _WAGE], description=_("在上班的填。"))
    enterprise = SelectField(_("在哪家单位"), [Optional()], description=_("在上班、还没登记单位的填。"))
    employer = StringField(_("不在上面的，写单位名称"), [at_most(100)])
    started_on = DateField(_("哪天上岗"), [Optional()], description=_("填了单位和日期，就登记为已上岗。"))
    note = TextAreaField(_("备注"), [at_most(300)])

    def offer(self, firms: Sequence[Enterprise]) -> None:
        """Offer these enterprises."""
        self.enterprise.choices = [SelectChoice(ELSEWHERE, _("别的单位")), *_firms(firms)]


class UndoingForm(Form):
    """Why a placement is not true."""

    reason = StringField(
        _("为什么撤销"), [required(_("请写明原因。")), at_most(200)], description=_("例如“登错人”“没去上班”。")
    )


class NeedForm(Form):
    """One line of the ledger."""

    enterprise = SelectField(_("哪家单位"), [required(_("请选单位。"))])
    trade = StringField(_("什么工种"), [required(_("请填工种，例如“焊工”。")), at_most(40)])
    needed = IntegerField(_("要多少人"), [required(_("请填人数。")), _HEADS])
    hired_before = IntegerField(
        _("已经招到几人"),
        [Optional(), NumberRange(min=0, max=100_000, message=_("请填人数，没有填0。"))],
        description=_("登记这一条以前招到的。以后上岗的会自己加上。"),
    )
    source = RadioField(_("怎么知道的"), [required(_("请选一项。"))], choices=choices("need.source", *SOURCES))
    urgency = RadioField(_("急不急"), choices=choices("need.urgency", *URGENCY), default="normal")
    registered_on = DateField(_("登记日期"), [required(_("请选日期。"))])
    note = TextAreaField(_("备注"), [at_most(500)])

    def offer(self, firms: Sequence[Enterprise]) -> None:
        """Offer these enterprises."""
        self.enterprise.choices = [SelectChoice("", _("请选")), *_firms(firms)]

    def line(self) -> dict[str, Any]:
        """Give what the act takes."""
        return {
            "trade": self.trade.data,
            "needed": self.needed.data,
            "hired_before": self.hired_before.data or 0,
            "source": self.source.data,
            "urgency": self.urgency.data,
            "registered_on": self.registered_on.data,
            "note": self.note.data or "",
        }


class NeedClosingForm(Form):
    """How a line of the ledger ended."""

    on = DateField(_("哪天办结"), [required(_("请选日期。"))])
    how = TextAreaField(_("怎么办结的"), [at_most(200)], description=_("没招满就办结，一定要写原因。"))


def _firms(firms: Sequence[Enterprise]) -> list[SelectChoice]:
    return [SelectChoice(str(firm.id), firm.name) for firm in firms]


def place_told(form: PlacementForm | FollowUpForm, session: Session, county: str) -> dict[str, Any]:
    """Give where somebody works as the acts take it: an enterprise of the county, or an employer's name."""
    chosen = form.enterprise.data
    return {
        "enterprise": enterprises.find(session, county, UUID(chosen)) if chosen else None,
        "employer": form.employer.data or "",
        "started_on": form.started_on.data,
        "wage": form.wage.data,
    }
