"""The empty table to fill in: text columns, so that no spreadsheet turns an ID number into a number."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

from scheduling.models.enrolment import EDUCATIONS
from scheduling.signups.lines import CATEGORY_WORDS, EDUCATION_WORDS

ROWS = 1_000
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  whenever it is made: xlsxwriter takes none with a zone
_HEADINGS = (("姓名", 12), ("手机号", 16), ("身份证号", 24), ("学历", 14), ("人员类别", 30), ("户籍乡镇", 16))
_NOTES = (
    "一个人写一行，写在“名单”那一页，从第2行开始。最多1000行。",
    "姓名：写身份证上的名字。",
    "手机号：11位。没有手机的，填家里人的。",
    "身份证号：18位，最后一位可能是X。这一列已设成文本，请直接输入，不要改成数字。",
    "学历：{educations}。不清楚的写“不清楚”。",
    "人员类别：{categories}。拿不准就空着。",
    "户籍乡镇：例如“柳河镇”，可以空着。",
    "不要写公式，不要设密码，存成.xlsx。填错的行会告诉您在哪一格、怎么改，不会只导进去一半。",
)


def template() -> bytes:
    """Give the file; the same bytes each time."""
    educations = [next(word for word, key in EDUCATION_WORDS.items() if key == had) for had in EDUCATIONS]
    first = {key: word for word, key in reversed(CATEGORY_WORDS.items()) if word}
    categories = [word for word in CATEGORY_WORDS if word and first[CATEGORY_WORDS[word]] == word]
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        people, notes = book.add_worksheet("名单"), book.add_worksheet("怎么填")
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        for column, (words, width) in enumerate(_HEADINGS):
            people.set_column(column, column, width, text)
            people.write_string(0, column, words, head)
        people.freeze_panes(1, 0)
        people.data_validation(1, 3, ROWS, 3, {"validate": "list", "source": [*educations, "不清楚"]})
        people.data_validation(1, 4, ROWS, 4, {"validate": "list", "source": categories})
        notes.set_column(0, 0, 90, book.add_format({"text_wrap": True}))
        for row, words in enumerate(_NOTES):
            said = words.format(educations="、".join(educations), categories="、".join(categories))
            notes.write_string(row, 0, said)
    return packed.getvalue()
