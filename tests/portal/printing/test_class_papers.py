"""The papers of a class's filing as a reader has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.factories import id_number
from tests.portal.printing.prints import edges
from tests.scheduling.filed import a_class, promise, written

A4, A4_ACROSS = (210, 297), (297, 210)


@pytest.fixture
def training_class(session):
    """A class with everything its filing wants."""
    made = a_class(session)
    written(session, made)
    promise(session, made)
    return made


def of(row, what: str) -> str:
    return f"/desk/classes/{row.slug}/filing/{what}.pdf"


SAID = {
    "application": [
        "职业技能培训开班申请表",
        "培训单位青禾县第",
        "班主任周班主任",
        "培训人数3人",
        "1.安全用电8",
        "魏师傅",
        "电工教材",
    ],
    "roster": ["花名册", "赵明1", "女", "**************", "36", "13600000001", "共3人"],
    "timetable": ["课程表", "第1周", "12月7日周一", "上午", "8:30–11:30", "魏师傅", "焊接车间", "共24次课，96课时"],
    "teachers": ["师资表", "魏师傅", "焊工", "理论、实操", "学历", "职称"],
    "scheme": ["考核方案", "理论闭卷，实操现场。", "60分合格", "考培分离"],
    "promises": ["机构承诺书", "学员承诺书", "赵明2", "2026年11月23日周一在系统里作出"],
}


@pytest.mark.parametrize("what", SAID)
def test_a_paper_says_what_the_form_asks(desk, printed, training_class, what):
    made = printed(desk.get(of(training_class, what)))
    if folder := os.environ.get("SONGGANG_LOOK"):
        Path(folder, f"{what}.pdf").write_bytes(made.data)

    assert [words for words in SAID[what] if words not in made.text] == []
    assert made.sizes[0] == (A4_ACROSS if what in {"roster", "timetable"} else A4)
    assert (made.tagged, edges(made)) == (True, [])
    assert not [n for n in range(1, 4) if id_number(n) in made.text]
