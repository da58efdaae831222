"""Files of people: .xlsx or .csv, told by what is in them and not by their names; bounded before anything is parsed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from scheduling.refusals import (
    ListHasFormulas,
    ListNotRead,
    ListOldExcel,
    ListProtected,
    ListTooLarge,
    ListTooLong,
    ListTooWide,
)
from scheduling.signups.lines import Cell, Raw, Sheet, sheet
from scheduling.signups.packed import Package
from scheduling.signups.scanning import MOST_COLUMNS, letters, scan

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 1_000  # people at once
ABOVE = 20  # rows that may stand above the people: a title, notes, the heading
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ZIP = b"PK\x03\x04"
_PARTS = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_MORE = ("xl/styles.xml", "xl/sharedStrings.xml")


def read(content: bytes) -> Sheet:
    """Read a list of people.

    Raises ListTooLarge(most), ListOldExcel, ListProtected, ListNotRead, ListInflates, ListTooLong(most),
    ListTooWide(most), ListHasFormulas(cell), ListHeaderMissing(columns), ListHeaderTwice(columns), ListEmpty.
    """
    if len(content) > MOST_BYTES:
        raise ListTooLarge(most=MOST_BYTES // 1024 // 1024)
    if content.startswith(_OLE):
        raise ListProtected if _ENCRYPTED in content else ListOldExcel
    rows = _xlsx(content) if content.startswith(_ZIP) else list(_csv(content))
    found = sheet(rows)
    if len(found.lines) > MOST_ROWS:
        raise ListTooLong(most=MOST_ROWS)
    return found


def _xlsx(content: bytes) -> list[Raw]:
    """Look the sheet through, then let calamine read the values out of a clean package with nothing else in it."""
    package = Package(content)
    name = package.first_sheet()
    found = scan(package, name, most_rows=MOST_ROWS, above=ABOVE)
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w") as packed:
        for part in (*_PARTS, *(part for part in _MORE if part in package), name):
            packed.writestr(part, package.part(part))
    try:
        clean.seek(0)
        book = CalamineWorkbook.from_filelike(clean)
        values = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError):
        raise ListNotRead from None
    return [
        Raw(number, [_cell(value) for value in row], hidden=number in found.hidden)
        for number, row in enumerate(values, 1)
        if number in found.filled
    ]


def _cell(value: object) -> Cell:
    """Make a value text; what a spreadsheet did to it is told apart."""
    if isinstance(value, date | time | timedelta):
        return Cell("", "date")
    if isinstance(value, float) and not isinstance(value, bool):
        whole = value.is_integer()
        return Cell(str(int(value)) if whole else repr(value), "number")
    if isinstance(value, int) and not isinstance(value, bool):
        return Cell(str(value), "number")
    return Cell("" if value is None else str(value), "")


def _csv(content: bytes) -> Iterator[Raw]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t，", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    filled = 0
    try:
        for number, row in enumerate(islice(rows, 20_000), 1):
            while row and not row[-1].strip():
                row.pop()
            if not row:
                continue
            filled += 1
            if filled > MOST_ROWS + ABOVE:
                raise ListTooLong(most=MOST_ROWS)
            if len(row) > MOST_COLUMNS:
                raise ListTooWide(most=MOST_COLUMNS)
            for column, value in enumerate(row, 1):
                if value.lstrip().startswith("="):
                    raise ListHasFormulas(cell=f"{letters(column)}{number}")
            yield Raw(number, [Cell(value, "") for value in row], hidden=False)
    except csv.Error:
        raise ListNotRead from None


def _decoded(content: bytes) -> str:
    """Give the text: UTF-8, UTF-16 with its mark, or GB 18030 as Excel in China writes. Raises ListNotRead."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text) or text.lstrip().startswith(("<", "%PDF-", "{\\rtf")):  # pages, not tables
            raise ListNotRead
        return text
    raise ListNotRead
