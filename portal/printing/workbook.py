"""A fair's results as a workbook (XLSX): every figure with where it came from, for the yearly tables of the bureau.

What people typed is written as text and never as a formula, whatever it begins with.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter
from flask_babel import force_locale
from flask_babel import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from portal.filters import full_day, local
from portal.wording import word
from scheduling import fairs
from scheduling.gate.heads import Heads
from scheduling.models import Booking, BoothReport, Fair, FairFigure, FairNote

LONGEST = 32_000  # characters; a cell holds 32,767
_LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Results:
    """What stands in the workbook: figures as written down, what companies said, what does not add up."""

    fair: Fair
    figures: Sequence[FairFigure]
    note: FairNote | None
    reports: Sequence[tuple[Booking, BoothReport | None]]
    troubles: Sequence[str]
    heads: Heads


class Sheet:
    """One sheet, written from above to below; text stays text."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, widths: Sequence[int]) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.row = 0
        self.plain, self.head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        self.quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def add(self, *cells: str | int | None, head: bool = False) -> None:
        """Write one row; None leaves a cell empty."""
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self.sheet.write_number(self.row, column, cell)
            elif cell:
                self.sheet.write_string(self.row, column, cell[:LONGEST], self._look(cell, head=head))
        self.row += 1

    def _look(self, text: str, *, head: bool) -> Format:
        """Give the look of a text; one that looks like a formula keeps its mark as text when it is copied on."""
        if text.startswith(_LIKE_FORMULAS):
            return self.quoted
        return self.head if head else self.plain


def results_book(told: Results, *, now: datetime) -> bytes:
    """Give the workbook, in Chinese: the figures first, the companies' words and what does not add up behind."""
    with force_locale("zh"):
        return _made(told, now)


def _made(told: Results, now: datetime) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": told.fair.title, "created": now.astimezone(UTC).replace(tzinfo=None)})
    _figures(Sheet(book, _("结果"), (22, 14, 14, 24)), told)
    _visitors(Sheet(book, _("现场人数"), (30, 12, 60)), told)
    _companies(Sheet(book, _("各家自己报的"), (8, 34, 12, 12, 12, 14)), told)
    _troubles(Sheet(book, _("核对"), (80,)), told)
    book.close()
    return file.getvalue()


def _figures(sheet: Sheet, told: Results) -> None:
    fair = told.fair
    sheet.add(fair.title, head=True)
    finish = fair.finish
    stands = _("%(when)s办结", when=local(finish.at)) if finish else _("还没办结，数字可能再改")
    for name, text in (
        (_("类型"), str(word(fair.kind, "fair.kind"))),
        (_("时间"), f"{full_day(fair.starts_at)} {local(fair.starts_at)}–{local(fair.ends_at)}"),
        (_("地点"), fair.place),
        (_("乡镇"), fair.township.name if fair.township else _("全县")),
        (_("天气"), told.note.weather if told.note else ""),
        (_("备注"), told.note.remark if told.note else ""),
        (_("状态"), stands),
    ):
        sheet.add(name, text)
    sheet.add()
    sheet.add(_("项目"), _("数字"), _("怎么来的"), _("什么时候记的"), head=True)
    sheet.sheet.freeze_panes(sheet.row, 0)
    written = {row.name: row for row in told.figures}
    for name in fairs.FIGURES:
        row, called = written.get(name), str(word(name, "figure"))
        if row is None:
            sheet.add(called, None, _("没填"))
        else:
            sheet.add(called, row.value, str(word(row.source, "figure.source")), local(row.at))


def _visitors(sheet: Sheet, told: Results) -> None:
    """Write the people who came, by the ways they were counted, and their sum, which says what is not added."""
    heads = told.heads
    sheet.add(_("怎么来的"), _("人数"), _("说明"), head=True)
    for name, number, text in (
        (_("预约了、凭码进场"), heads.ticketed, ""),
        (_("没预约、工作人员登记"), heads.registered, ""),
        (_("没登记：自己签到"), heads.own, _("和下一行取多的那个，一个人不算两次")),
        (_("没登记：门口按人头数"), heads.tapped, ""),
        (_("合计"), heads.total, ""),
        (_("重复、没有再算"), heads.twice, _("凭码或登记过，又登记、签到的")),
    ):
        sheet.add(name, number, text)


def _companies(sheet: Sheet, told: Results) -> None:
    heads = (_("展位"), _("单位"), _("状态"), _("意向人数"), _("意向人次"), _("现场录用人数"))
    sheet.add(*heads, head=True)
    sheet.sheet.freeze_panes(1, 0)
    for booking, said in told.reports:
        figures = (said.intent_people, said.intent_times, said.hired_on_site) if said else (_("还没报"), None, None)
        status = str(word(booking.status, "booking.status"))
        sheet.add(booking.booth.number, booking.enterprise.name, status, *figures)


def _troubles(sheet: Sheet, told: Results) -> None:
    sheet.add(_("对不上的地方"), head=True)
    for sentence in told.troubles or (_("各项数字对得上。"),):
        sheet.add(sentence)
