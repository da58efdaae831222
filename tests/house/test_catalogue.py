"""The English catalogue is complete: every Chinese sentence has one, with the same facts in it."""

from __future__ import annotations

import io
import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from portal import paths

ROOT = paths.PORTAL.parent
ENGLISH = paths.TRANSLATIONS / "en" / "LC_MESSAGES"
SAY = tuple(f"scheduling/{each}/**.py" for each in ("planning", "filings", "risks"))  # sentences with facts in them
METHODS = [("portal/**.py", "python"), *((each, "python") for each in SAY), ("templates/**.html", "jinja2")]
FACT = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def sentences() -> set[str]:
    """Give every sentence the code and the templates say."""
    options = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    keywords = {"_": None, "__": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "say": None}
    found = extract_from_dir(ROOT, METHODS, options, keywords)
    return {each[2] if isinstance(each[2], str) else each[2][0] for each in found}


@pytest.fixture(scope="module")
def catalogue():
    """The English catalogue."""
    with (ENGLISH / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_every_sentence_is_in_the_catalogue_and_no_other(catalogue):
    assert {message.id for message in catalogue if message.id} == sentences()


def test_every_sentence_has_its_english(catalogue):
    assert [message.id for message in catalogue if message.id and (not message.string or message.fuzzy)] == []


def test_the_english_names_the_same_facts(catalogue):
    assert [m.id for m in catalogue if sorted(FACT.findall(m.id or "")) != sorted(FACT.findall(m.string or ""))] == []


def test_the_english_holds_no_chinese(catalogue):
    allowed = {"中文"}
    assert [m.id for m in catalogue if m.id and m.id not in allowed and re.search(r"[\u4e00-\u9fff]", m.string)] == []


def test_the_compiled_catalogue_is_the_written_one(catalogue):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)

    with (ENGLISH / "messages.mo").open("rb") as file:
        assert {m.id: m.string for m in read_mo(file) if m.id} == {m.id: m.string for m in catalogue if m.id}
