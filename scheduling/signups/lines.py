"""From rows of cells to lines about people: which column is which, and what a word in a cell means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduling.models.enrolment import EDUCATIONS
from scheduling.refusals import ListEmpty, ListHeaderMissing, ListHeaderTwice

COLUMNS = ("name", "phone", "id_number", "education", "category", "household", "order")
NEEDED = ("name", "phone", "id_number", "education")
_DEEPEST = 20  # rows among which the heading is looked for
_HEADINGS = {
    "name": ("姓名", "学员姓名", "名字", "学员", "报名人", "报名人姓名"),
    "phone": ("手机号", "手机号码", "手机", "电话", "电话号码", "联系电话", "联系方式", "学员手机号"),
    "id_number": ("身份证号", "身份证号码", "身份证", "证件号", "证件号码", "公民身份号码", "居民身份证号"),
    "education": ("学历", "文化程度", "文化", "最高学历"),
    "category": ("人员类别", "类别", "人员类型"),
    "household": ("户籍乡镇", "户籍所在乡镇", "户籍", "户口所在地", "户籍地", "户籍所在地", "乡镇"),
    "order": ("订单号", "用工订单号", "订单"),
}
_KEY_OF = {word: key for key, words in _HEADINGS.items() for word in words}
EDUCATION_WORDS = {
    **dict(
        zip(
            ("文盲或半文盲", "小学", "初中", "高中", "中专", "技工学校", "大学专科", "大学本科", "研究生"),
            EDUCATIONS,
            strict=True,
        )
    ),
    "文盲": "illiterate",
    "半文盲": "illiterate",
    "没上过学": "illiterate",
    "中学": "junior",
    "职高": "senior",
    "职业高中": "senior",
    "中等专科": "secondary",
    "技校": "technical",
    "中技": "technical",
    "专科": "college",
    "大专": "college",
    "高职": "college",
    "本科": "bachelor",
    "大学": "bachelor",
    "硕士": "master",
    "博士": "master",
    "不清楚": "unsure",
}
CATEGORY_WORDS = {
    "农村转移就业劳动者": "rural",
    "农村劳动者": "rural",
    "农民": "rural",
    "脱贫(贫困)家庭子女": "out_of_poverty",
    "脱贫家庭子女": "out_of_poverty",
    "脱贫户": "out_of_poverty",
    "脱贫": "out_of_poverty",
    "毕业年度高校毕业生": "graduate",
    "高校毕业生": "graduate",
    "未继续升学应届初高中毕业生": "school_leaver",
    "城镇登记失业人员": "unemployed",
    "登记失业人员": "unemployed",
    "失业人员": "unemployed",
    "符合条件的企业职工": "employee",
    "企业职工": "employee",
    "不清楚": "unsure",
    "": "unsure",
}


@dataclass(frozen=True)
class Cell:
    """What a cell says, as text; `odd` is `date` or `number` when the spreadsheet kept it as one."""

    text: str = field(repr=False)
    odd: str


@dataclass(frozen=True)
class Raw:
    """A row as it stands in the file, counted from 1."""

    number: int
    cells: Sequence[Cell] = field(repr=False)
    hidden: bool


@dataclass(frozen=True)
class Line:
    """One person as handed in: what each column says. `odd` names the columns a spreadsheet kept as date or number."""

    number: int
    cells: Mapping[str, str] = field(repr=False)
    odd: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False

    def kept(self) -> list[object]:
        """Give this as JSON values, for a sealed draft and for the digest."""
        return [self.number, dict(self.cells), dict(self.odd), self.hidden]


@dataclass(frozen=True)
class Sheet:
    """The people of a file, and in which column each thing stands: letters, as a spreadsheet names them."""

    lines: Sequence[Line]
    columns: Mapping[str, int]


def line(kept: Sequence[Any]) -> Line:
    """Make a Line of what `kept` gave."""
    number, cells, odd, hidden = kept
    return Line(number, cells, odd, hidden)


def sheet(rows: Sequence[Raw]) -> Sheet:
    """Find the heading among the first rows, and give the people below it; titles and notes above it are passed over.

    Raises ListEmpty, ListHeaderMissing(columns), ListHeaderTwice(columns).
    """
    if not rows:
        raise ListEmpty
    place, columns = _heading(rows)
    lines = [_line(row, columns) for row in rows[place + 1 :]]
    lines = [one for one in lines if any(one.cells.values()) or one.odd]
    if not lines:
        raise ListEmpty
    return Sheet(lines, columns)


def plain(text: str) -> str:
    """Give a word as it is compared: half-width, without spaces, stars and the quotation mark Excel hides."""
    return re.sub(r"[\s*＊'‘’]", "", unicodedata.normalize("NFKC", text))


def _heading(rows: Sequence[Raw]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(rows[:_DEEPEST]):
        found: dict[str, int] = {}
        twice = ""
        for column, cell in enumerate(row.cells):
            key = _KEY_OF.get(re.sub(r"\(.*?\)", "", plain(cell.text)))
            if key and key in found:
                twice = key
            elif key:
                found[key] = column
        if twice and len(found) > 1:
            raise ListHeaderTwice(columns=twice)
        if len(found) > len(best[1]):
            best = place, found
    missing = [key for key in NEEDED if key not in best[1]]
    if missing:
        raise ListHeaderMissing(columns=",".join(missing))
    return best


def _line(row: Raw, columns: Mapping[str, int]) -> Line:
    cells = {key: row.cells[at] for key, at in columns.items() if at < len(row.cells)}
    return Line(
        row.number,
        {key: " ".join(cell.text.split()) for key, cell in cells.items()},
        {key: cell.odd for key, cell in cells.items() if cell.odd},
        row.hidden,
    )
