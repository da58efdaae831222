"""What people type about examinations and certificates: a sitting, its scores as a table, numbers of certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, IntegerField, StringField, TimeField
from wtforms.validators import NumberRange, Optional

from portal.clock import HERE
from portal.forms.base import Form, at_most, required, ruled
from scheduling import identity
from scheduling.exams import PARTS, Outcome, Score
from scheduling.models import Enrolment, Exam, ExamSeat

_POINTS = NumberRange(min=0, max=100, message=_("请填0到100的分数。"))


class ExamForm(Form):
    """When and where a sitting is, and who examines."""

    day = DateField(_("哪天考"), [required(_("请选日期。"))])
    starts = TimeField(_("几点开始"), [required(_("请填时间，例如 9:00。"))])
    place = StringField(_("在哪里考"), [required(_("请写地点。")), at_most(120)])
    examiner = StringField(
        _("谁来考评"),
        [required(_("请写明谁来考评。")), at_most(60), ruled(identity.name)],
        description=_("教过这个班的老师不能当考评员（考培分离）。"),
    )

    def sitting(self) -> dict[str, Any]:
        """Give what the act takes."""
        starts_at = datetime.combine(self.day.data, self.starts.data, HERE)
        return {"starts_at": starts_at, "place": self.place.data, "examiner": self.examiner.data}


def sitting_as_typed(exam: Exam) -> dict[str, Any]:
    """Give what ExamForm shows of a sitting."""
    here = exam.starts_at.astimezone(HERE)
    return {"day": here.date(), "starts": here.time(), "place": exam.place, "examiner": exam.examiner}


class ScoresForm(Form):
    """The scores of a sitting as a table. The cells are added by `scores_form`, named by seat number."""

    def told(self, seats: Sequence[ExamSeat]) -> dict[int, Score]:
        """Give what was typed, by seat number."""
        return {seat.number: score_typed(self, f"_{seat.number}") for seat in seats}

    def row(self, number: int) -> dict[str, Any]:
        """Give the cells of one seat: theory and practice (None: passed before), absent, note."""
        cells = {part: self._fields.get(f"{part}_{number}") for part in PARTS}
        return {**cells, "absent": self[f"absent_{number}"], "note": self[f"note_{number}"]}


def scores_form(seats: Sequence[ExamSeat], stands: Mapping[UUID, Outcome]) -> ScoresForm:
    """Make the form for these seats with what is written already; parts passed at a sitting before have no cell."""
    cells: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for seat in seats:
        name, number, before = seat.enrolment.jobseeker.name, seat.number, stands.get(seat.enrolment_id)
        if before is None or "theory" not in before.passed:
            cells[f"theory_{number}"] = IntegerField(_("%(name)s的理论分", name=name), [Optional(), _POINTS])
        if before is None or "practice" not in before.passed:
            cells[f"practice_{number}"] = IntegerField(_("%(name)s的实操分", name=name), [Optional(), _POINTS])
        cells[f"absent_{number}"] = BooleanField(_("%(name)s缺考", name=name))
        cells[f"note_{number}"] = StringField(_("%(name)s的备注", name=name), [at_most(100)])
        data |= {f"{key}_{number}": getattr(seat, key) for key in (*PARTS, "absent", "note")}
    made: ScoresForm = type("ScoresForm", (ScoresForm,), cells)(data=data)
    return made


class CorrectionForm(Form):
    """Another score for somebody whose scores are final, and why."""

    theory = IntegerField(_("理论分"), [Optional(), _POINTS])
    practice = IntegerField(_("实操分"), [Optional(), _POINTS])
    absent = BooleanField(_("缺考"))
    note = StringField(_("备注"), [at_most(100)])
    reason = StringField(
        _("为什么改"),
        [required(_("请写明原因。")), at_most(200)],
        description=_("例如“登分时看错行”，会记进操作记录。"),
    )


def score_typed(form: Form, end: str = "") -> Score:
    """Give one score out of a form's cells."""
    cells = {name: form._fields[f"{name}{end}"].data for name in PARTS if f"{name}{end}" in form._fields}
    return Score(**cells, absent=form[f"absent{end}"].data, note=form[f"note{end}"].data or "")


class IssueForm(Form):
    """Which day stands on the certificates."""

    on = DateField(_("证书上写哪一天"), [required(_("请选日期。"))])


class RevocationForm(Form):
    """Why a certificate is revoked."""

    reason = StringField(
        _("为什么作废"), [required(_("请写明原因。")), at_most(200)], description=_("例如“姓名写错，另发新证”。")
    )


class NumbersForm(Form):
    """Numbers another body gave, as a table. The cells are added by `numbers_form`, named by the place in the line."""

    on = DateField(_("发证日期"), [required(_("请选日期。"))])

    def told(self, people: Sequence[Enrolment]) -> list[tuple[Enrolment, str]]:
        """Give who has a number now, with it."""
        typed = [(person, self[f"number_{person.place}"].data or "") for person in people]
        return [(person, number) for person, number in typed if number.strip()]


def numbers_form(people: Sequence[Enrolment], **data: Any) -> NumbersForm:  # noqa: ANN401  fields
    """Make the form for these people."""
    cells = {
        f"number_{person.place}": StringField(_("%(name)s的证号", name=person.jobseeker.name), [at_most(40)])
        for person in people
    }
    made: NumbersForm = type("NumbersForm", (NumbersForm,), cells)(data=data)
    return made


class LookUpForm(Form):
    """The number and the name on a certificate that somebody wants to check."""

    number = StringField(
        _("证书编号"), [required(_("请填证书上的编号。")), at_most(40)], description=_("证书下方的一串数字。")
    )
    name = StringField(_("证书上的姓名"), [required(_("请填姓名。")), at_most(60)])
