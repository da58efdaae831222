"""Files of people: read by what is in them, refused with a name before they take memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from scheduling import signups
from scheduling.refusals import (
    ListEmpty,
    ListHasFormulas,
    ListHeaderMissing,
    ListHeaderTwice,
    ListInflates,
    ListNotRead,
    ListOldExcel,
    ListProtected,
    ListTooLarge,
    ListTooLong,
    ListTooWide,
)
from tests.people_files import HEADING, person, repacked, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


def names(content: bytes) -> list[tuple[int, str]]:
    return [(line.number, line.cells["name"]) for line in signups.read(content).lines]


def csv(rows, encoding="utf-8", delimiter=",") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in [HEADING, *rows]).encode(encoding)


def test_people_are_read_with_the_number_of_their_row():
    lines = signups.read(xlsx([person(1), person(2)])).lines

    assert [line.number for line in lines] == [2, 3]
    assert lines[0].cells == {
        "name": "李1",
        "phone": "13600000001",
        "id_number": person(1)[2],
        "education": "初中",
        "category": "农村转移就业劳动者",
        "household": "柳河镇",
    }


def test_a_title_above_empty_rows_between_and_another_order_of_columns_do_not_matter():
    order = [5, 2, 0, 4, 3, 1]
    rows = [[row[at] for at in order] for row in [list(HEADING), person(1), person(2)]]
    rows = [["柳河镇报名花名册"], [], *rows[:2], [], ["", " "], rows[2]]

    assert names(xlsx(rows, plain=True)) == [(4, "李1"), (7, "李2")]
    assert names(xlsx([person(1)], title="二〇二六年冬季班报名表")) == [(3, "李1")]


@pytest.mark.parametrize(
    "heading",
    [
        ("学员姓名", "联系电话", "身份证号码", "文化程度"),
        ("姓　名", "手机", "公民身份号码（必填）", "学历*"),
        ("序号", "姓名", "性别", "电话", "身份证", "学历"),
    ],
)
def test_headings_may_be_said_otherwise(heading):
    values = {"姓名": "李1", "手": "13600000001", "电": "13600000001", "身份": person(1)[2], "学历": "初中"}
    values |= {"文化": "初中", "联系": "13600000001", "公民": person(1)[2], "学员": "李1", "姓": "李1"}
    row = [next((said for word, said in values.items() if cell.startswith(word)), "1") for cell in heading]

    line = signups.read(xlsx([list(heading), row], plain=True)).lines[0]

    assert (line.cells["name"], line.cells["phone"], line.cells["id_number"]) == ("李1", "13600000001", person(1)[2])


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", "\t")])
def test_text_files_are_read_whatever_office_wrote_them(encoding, delimiter):
    assert names(csv([person(1), person(2)], encoding, delimiter)) == [(2, "李1"), (3, "李2")]


def test_utf_16_as_excel_saves_unicode_text_is_read():
    assert names(csv([person(1)], "utf-16", "\t")) == [(2, "李1")]


def test_dates_numbers_and_hidden_rows_are_told_apart():
    rows = [person(1), person(2), person(3)]
    rows[0][0] = date(1990, 1, 1)
    rows[1][1] = 13600000002
    rows[1][2] = 990101199001010019

    lines = signups.read(xlsx(rows, hidden=[4])).lines

    assert [line.odd for line in lines] == [{"name": "date"}, {"phone": "number", "id_number": "number"}, {}]
    assert [line.hidden for line in lines] == [False, False, True]
    assert lines[1].cells["phone"] == "13600000002"


def test_the_empty_table_we_hand_out_is_read_and_has_nobody_in_it():
    with pytest.raises(ListEmpty):
        signups.read(signups.template())
    assert signups.template() == signups.template()


def test_a_filled_in_template_is_read():
    import io

    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(signups.template()))
    assert book.sheet_names == ["名单", "怎么填"]
    assert book.get_sheet_by_index(0).to_python()[0] == list(HEADING)


def test_programs_that_write_no_addresses_of_cells_and_text_in_the_cell_are_read():
    import re

    def change(name: str, part: bytes) -> bytes:
        if name != SHEET:
            return part
        texts = [*HEADING, *person(1)]
        plain = re.sub(rb' (r|spans)="[A-Z0-9:]+"', b"", part)
        return re.sub(
            rb'<c t="s"><v>(\d+)</v></c>',
            lambda cell: f'<c t="inlineStr"><is><t>{texts[int(cell[1])]}</t></is></c>'.encode(),
            plain,
        )

    assert names(repacked(xlsx([person(1)]), change)) == [(2, "李1")]


# What is refused


def bomb() -> bytes:
    """An .xlsx whose sheet is a gigabyte of spaces: about a megabyte packed."""
    return repacked(
        xlsx([person(1)]),
        lambda name, part: (
            part.replace(b"<sheetData>", b"<sheetData>" + b" " * 1_000_000_000) if name == SHEET else part
        ),
    )


def rows_of(count: int) -> bytes:
    """So many rows of one cell each, squeezed: what a hundred thousand rows look like."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>' for n in range(3, count))
    return repacked(
        xlsx([person(1)]),
        lambda name, part: part.replace(b"</sheetData>", cells.encode() + b"</sheetData>") if name == SHEET else part,
    )


def sheet_with(cells: str) -> bytes:
    return repacked(
        xlsx([person(1)]),
        lambda name, part: part.replace(b"</sheetData>", cells.encode() + b"</sheetData>") if name == SHEET else part,
    )


def with_formula() -> bytes:
    row = person(1)
    row[2] = '="990101"&"199001010019"'
    return xlsx([person(2), row])


def shouted() -> bytes:
    """One text of thirty thousand characters in every cell of a thousand rows."""
    return xlsx([["字" * 30_000] * 40 for _ in range(900)])


REFUSED = {
    "formula": (with_formula, ListHasFormulas, {"cell": "C3"}),
    "formula in csv": (lambda: csv([['="9901"', *person(1)[1:]]]), ListHasFormulas, {"cell": "A2"}),
    "2 MB and more": (lambda: b"PK\x03\x04" + b"\0" * 10 * 1024 * 1024, ListTooLarge, {"most": 2}),
    "100,000 rows": (lambda: rows_of(100_000), ListTooLong, {"most": 1000}),
    "1,001 people": (lambda: xlsx([person(n) for n in range(1001)]), ListTooLong, {"most": 1000}),
    "100,000 rows of csv": (lambda: csv([["a", "b"]] * 100_000), ListTooLong, {"most": 1000}),
    "a row far below": (
        lambda: sheet_with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        ListTooLong,
        {"most": 1000},
    ),
    "a column far right": (lambda: sheet_with('<row r="3"><c r="XFD3"><v>1</v></c></row>'), ListTooWide, {"most": 40}),
    "old .xls": (lambda: OLE + b"\0" * 4096, ListOldExcel, {}),
    "password": (lambda: OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), ListProtected, {}),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ListNotRead, {}),
    "a web page called .xls": ("<html><table><tr><td>姓名</td></tr></table></html>".encode, ListNotRead, {}),
    "a printed page of plain letters": (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".strip, ListNotRead, {}),
    "a text of WordPad": (rb"{\rtf1\ansi \u22995?\u21517?}".strip, ListNotRead, {}),
    "half a file": (lambda: xlsx([person(1)])[:3000], ListNotRead, {}),
    "another zip": (lambda: _zip({"word/document.xml": b"<w/>"}), ListNotRead, {}),
    "no sheet in it": (lambda: _zip({"xl/workbook.xml": b"<workbook/>"}), ListNotRead, {}),
    "nothing": (lambda: b"", ListEmpty, {}),
    "an empty sheet": (lambda: xlsx([], plain=True), ListEmpty, {}),
    "a heading only": (lambda: xlsx([]), ListEmpty, {}),
    "no heading": (
        lambda: xlsx([person(1), person(2)], plain=True),
        ListHeaderMissing,
        {"columns": "name,phone,id_number,education"},
    ),
    "no column of phones": (
        lambda: xlsx([["姓名", "身份证号", "学历"], ["李1", person(1)[2], "初中"]], plain=True),
        ListHeaderMissing,
        {"columns": "phone"},
    ),
    "two columns of phones": (
        lambda: xlsx([["姓名", "手机号", "身份证号", "学历", "联系电话"]], plain=True),
        ListHeaderTwice,
        {"columns": "phone"},
    ),
    "one text everywhere": (shouted, ListInflates, {}),
    "entities": (
        lambda: repacked(
            xlsx([person(1)]),
            lambda name, part: (
                b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + part.split(b"?>", 1)[1] if name == SHEET else part
            ),
        ),
        ListNotRead,
        {},
    ),
    "another way to squeeze": (
        lambda: repacked(xlsx([person(1)]), lambda _name, part: part, compress=zipfile.ZIP_LZMA),
        ListNotRead,
        {},
    ),
    "very many parts": (
        lambda: _zip({"xl/workbook.xml": b"", **{f"xl/media/{n}.png": b"" for n in range(2001)}}),
        ListInflates,
        {},
    ),
}


def _zip(parts: dict[str, bytes]) -> bytes:
    import io

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return packed.getvalue()


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_a_list_is_refused_by_name(case):
    made, refusal, facts = REFUSED[case]

    with pytest.raises(refusal) as refused:
        signups.read(made())

    assert refused.value.facts == facts


PROBE = """
import json, resource, sys
from scheduling import signups
from scheduling.refusals import Refusal
content = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    signups.read(content)
    said = "read"
except Refusal as refusal:
    said = type(refusal).__name__
print(json.dumps([said, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024]))
"""


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (bomb, "ListInflates"),
        (lambda: rows_of(100_000), "ListTooLong"),
        (shouted, "ListInflates"),
        (lambda: xlsx([person(n) for n in range(1000)]), "read"),
    ],
    ids=["bomb", "100,000 rows", "one text everywhere", "1,000 people"],
)
def test_reading_takes_less_than_a_hundred_megabytes(made, said):
    home = Path(__file__).parents[2]
    content = made()
    assert len(content) < 2 * 1024 * 1024

    answer = subprocess.run(
        [sys.executable, "-c", PROBE], input=content, capture_output=True, cwd=home, env={**os.environ}, check=True
    )

    outcome, megabytes = json.loads(answer.stdout)
    assert outcome == said
    assert megabytes < 100
