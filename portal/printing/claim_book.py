"""A class's subsidy claim as a workbook (XLSX): a line a trainee, the sum as a number, how each amount came about.

What people typed is written as text and never as a formula, whatever it begins with. ID numbers show the last four
unless whole ones are given; then every page says who took them out, when and what for.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import xlsxwriter
from flask_babel import force_locale
from flask_babel import gettext as _

from portal.filters import local
from portal.wording import word
from scheduling import claims
from scheduling.models import Certificate, SubsidyClaim, TrainingClass

_HIDDEN = "*" * 14
_WIDTHS = (6, 14, 24, 16, 26, 10, 10, 22, 26)


def claim_book(
    training_class: TrainingClass,
    claim: SubsidyClaim,
    certificates: Mapping[UUID, Certificate],
    *,
    numbers: Mapping[UUID, str] | None = None,
    watermark: str = "",
    now: datetime,
) -> bytes:
    """Give the workbook, in Chinese. `numbers` are whole ID numbers by enrolment id, `watermark` who took them out."""
    with force_locale("zh"):
        return _made(training_class, claim, certificates, numbers=numbers or {}, watermark=watermark, now=now)


def _made(
    training_class: TrainingClass,
    claim: SubsidyClaim,
    certificates: Mapping[UUID, Certificate],
    *,
    numbers: Mapping[UUID, str],
    watermark: str,
    now: datetime,
) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": training_class.title, "created": now.astimezone(UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet(_("补贴申报"))
    bold, struck = book.add_format({"bold": True}), book.add_format({"font_strikeout": True})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    if watermark:
        sheet.set_header(f"&C&16{watermark.replace('&', '&&')}")
        sheet.set_footer(f"&C{watermark.replace('&', '&&')}")
    school = training_class.school.name if training_class.school else ""
    sheet.write_string(0, 0, _("%(title)s 培训补贴申报表", title=training_class.title), bold)
    sheet.write_string(1, 0, _("培训机构：%(school)s", school=school))
    sheet.write_string(2, 0, watermark or _("%(when)s导出", when=local(now)))
    heads = _("序号 姓名 身份证号 户籍乡镇 证书编号 课时 金额（元） 怎么算的 备注").split(" ")
    for column, head in enumerate(heads):
        sheet.write_string(4, column, head, bold)
    sheet.freeze_panes(5, 0)
    row = 5
    for row, line in enumerate(claim.lines, 5):
        person, look = line.enrolment, struck if line.struck_at else None
        held = certificates.get(person.id)
        words = (
            person.jobseeker.name,
            numbers.get(person.id, _HIDDEN + person.id_last4),
            person.household,
            held.number if held else "",
        )
        sheet.write_number(row, 0, row - 4)
        for column, text in enumerate(words, 1):
            sheet.write_string(row, column, text, look)
        sheet.write_number(row, 5, training_class.course.total_hours)
        sheet.write_number(row, 6, 0 if line.struck_at else line.yuan)
        sheet.write_string(row, 7, word(line.why, "claim.why"))
        sheet.write_string(row, 8, _("已剔除：%(why)s", why=line.struck_why) if line.struck_at else "")
    sheet.write_string(row + 1, 1, _("合计"), bold)
    sheet.write_number(row + 1, 6, claims.total(claim.lines), bold)
    book.close()
    return file.getvalue()
