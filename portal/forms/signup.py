"""What is asked of whoever hands in a list of people: a file or a table, who hands it in, that everybody agreed."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.forms.base import Form, at_most, required, ruled
from scheduling import identity, signups
from scheduling.signups import Line

FIRST, MOST = 5, 20  # rows of the table on the page
CELLS = ("name", "phone", "id_number", "education", "category", "household")


def _chosen(_form: Any, field: Any) -> None:  # noqa: ANN401  WTForms' own
    """Want a file with something in it."""
    if not field.data or not field.data.filename:
        raise ValidationError(_("请选一个文件。"))


class HandedInForm(Form):
    """Who hands the list in, and what everybody on it agreed to."""

    agent_name = StringField(_("交名单的人"), [required(_("请填您的姓名。")), at_most(60), ruled(identity.name)])
    agent_phone = TelField(
        _("手机号"),
        [required(_("请填您的手机号。")), at_most(20), ruled(identity.phone)],
        description=_("办完给您发一条短信；学员有事也打这个号。"),
    )
    consent = BooleanField(_("名单上每个人本人都同意报名"), [required(_("请勾选“名单上每个人本人都同意报名”。"))])
    commitment = BooleanField(
        _("情况属实，学员符合条件，会按时上课"), [required(_("请勾选“情况属实，学员符合条件，会按时上课”。"))]
    )

    def handed_in(self) -> dict[str, Any]:
        """Give what the act takes."""
        return {
            "agent_name": self.agent_name.data,
            "agent_phone": self.agent_phone.data,
            "consent": bool(self.consent.data),
            "commitment": bool(self.commitment.data),
        }


class FileForm(HandedInForm):
    """A file with people."""

    file = FileField(_("名单文件"), [_chosen], description=_("Excel（.xlsx）或CSV，不超过2MB，最多1000人。"))

    def content(self) -> bytes:
        """Give the bytes that were chosen, and one more than we take so that too many are seen."""
        return bytes(self.file.data.read(signups.MOST_BYTES + 1))


class ImportForm(Form):
    """What to do when some rows are wrong."""

    how = RadioField(
        _("有错的行怎么办？"),
        [required(_("请选一个。"))],
        choices=[
            SelectChoice("right", _("先报对的，错的以后再交")),
            SelectChoice("all", _("一个也不报，等全改对了再报")),
        ],
        default="right",
    )


class TableForm(HandedInForm):
    """Up to twenty people typed on one page; the cells are plain fields `name-3` beside WTForms' own."""

    def rows(self, typed: Any) -> int:  # noqa: ANN401  the request's form
        """Say how many rows are on the page: five more when that was asked for, never more than MOST."""
        told = typed.get("rows", "")
        rows = int(told) if told.isdecimal() and len(told) <= 3 else FIRST  # noqa: PLR2004  three digits
        return max(FIRST, min(MOST, rows + (FIRST if "more" in typed else 0)))

    def cells(self, typed: Any) -> list[dict[str, str]]:  # noqa: ANN401  the request's form
        """Give what was typed in each row, empty ones too."""
        return [
            {name: typed.get(f"{name}-{row}", "").replace("\x00", "")[:200] for name in CELLS}
            for row in range(self.rows(typed))
        ]


def lines(cells: list[dict[str, str]]) -> list[Line]:
    """Give the rows in which somebody was written down, numbered from 1 as on the page."""
    own = ("name", "phone", "id_number", "household")
    return [Line(number, row) for number, row in enumerate(cells, 1) if any(row[name].strip() for name in own)]
