"""What is kept under a key is never shown as one."""

import ast
from itertools import chain
from pathlib import Path

import scheduling
from portal.wording import WORDS
from scheduling.models import Base

SOURCES = sorted(Path(scheduling.__file__).parent.rglob("*.py"))


def test_every_deed_has_words():
    calls = chain.from_iterable(ast.walk(ast.parse(path.read_text())) for path in SOURCES)
    named = {
        each.value
        for call in calls
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"deeds.record", "_changed"}
        for each in call.args
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }

    assert sorted(named - set(WORDS["deed"])) == []


def test_what_a_deed_is_about_is_a_table():
    assert sorted(set(WORDS["deed.about"]) - set(Base.metadata.tables)) == []
