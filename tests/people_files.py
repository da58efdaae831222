"""Files of people for tests: as a village office would hand them in, with what goes wrong in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from tests.factories import id_number

HEADING = ("姓名", "手机号", "身份证号", "学历", "人员类别", "户籍乡镇")


def person(n: int) -> list[Any]:
    """The n-th villager, as text cells."""
    return [f"李{n}", f"136{n:08d}", number_of(n), "初中", "农村转移就业劳动者", "柳河镇"]


def number_of(n: int) -> str:
    """An ID number of her own for each n below 20,000: `id_number` has a thousand for each birthday."""
    return id_number(n % 1000, date(1980 + n // 1000, 1, 1))


def xlsx(rows: Sequence[Sequence[Any]], *, hidden: Sequence[int] = (), title: str = "", plain: bool = False) -> bytes:
    """Write rows below their heading; a date becomes a date cell, a number a number cell. `hidden`: row numbers."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet("名单"), book.add_format({"num_format": "yyyy-mm-dd"})
        first = 0
        if title:
            sheet.merge_range(0, 0, 0, 5, title)
            first = 1
        for number, row in enumerate(rows if plain else [HEADING, *rows], first):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, column, value)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write(number, column, value)
        for number in hidden:
            sheet.set_row(number - 1, None, None, {"hidden": True})
    return packed.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write an .xlsx anew with some parts changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", compress) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return packed.getvalue()
