"""The lint held to domain.md §5: every phrase it must block, in every disguise, and how often it cries wolf.

`lint_clean.txt` has 260 sentences as adverts of a county would have them, written to be clean and full of the forbidden
characters where they are harmless. Read for the first time, before the lint was mended, the first 200 raised 4 false
alarms at block level and 4 of asking; after that was mended, 60 new ones raised 3 and 3. Now none is left; the figures
of a first reading are what a bureau should expect of adverts nobody has seen.
"""

from itertools import product
from pathlib import Path
from unicodedata import normalize

import pytest

from scheduling.lint import findings
from scheduling.lint.words import SIMPLER

BLOCKED = [
    "限男", "限女", "男性优先", "女士优先", "形象气质女", "已婚已育", "未婚优先", "无乙肝", "大小三阳", "仅限汉族",
    "信仰", "押金", "保证金", "扣押身份证", "收服装费", "培训费后返还",
]  # fmt: skip
BY_HAND = {  # as somebody in Hong Kong or Taipei would write them
    "限男": "限男", "限女": "限女", "男性优先": "男性優先", "女士优先": "女士優先", "形象气质女": "形象氣質女",
    "已婚已育": "已婚已育", "未婚优先": "未婚優先", "无乙肝": "無乙肝", "大小三阳": "大小三陽", "仅限汉族": "僅限漢族",
    "信仰": "信仰", "押金": "押金", "保证金": "保證金", "扣押身份证": "扣押身分證", "收服装费": "收服裝費",
    "培训费后返还": "培訓費後返還",
}  # fmt: skip
ASKED = {  # what needs a reason, the same way
    "限本地户口": "限本地戶口", "35岁以下": "３５歲以下", "身高": "身高", "属相": "屬相", "星座": "星座",
    "985/211": "９８５／２１１", "面议": "面議", "日入过千": "日入過千", "高薪轻松": "高薪輕鬆",
}  # fmt: skip
BETWEEN = [" ", "\u3000", "·", "*", "-", "/", ".", "，", "、", "|", "_", "~", "…", "(", "❤", "\u200b", "\u00ad", "\n"]
CLEAN = (Path(__file__).with_name("lint_clean.txt")).read_text(encoding="utf-8").splitlines()


def said(text):
    return [(found.level, found.rule) for found in findings(text)]


def variants(forms):
    """Give each simplified character with the others that are read as it: {"优": ["優"], ...}."""
    found = {}
    for other, plain in forms:
        found.setdefault(plain, []).append(other)
    return found


TRADITIONAL = variants((chr(other), chr(plain)) for other, plain in SIMPLER.items())
COMPATIBLE = variants(  # Kangxi radicals, CJK compatibility ideographs, full-width signs
    (chr(code), normalize("NFKC", chr(code)))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0xFF01, 0xFF5F))
)


def disguised(phrase, forms):
    """Give the phrase in every other form its characters have, itself left out."""
    every = product(*[[character, *forms.get(character, [])] for character in phrase])
    return [form for form in map("".join, every) if form != phrase]


@pytest.mark.parametrize("phrase", BLOCKED)
def test_every_phrase_is_blocked_plain_and_within_a_sentence(phrase):
    assert {level for level, _rule in said(phrase)} == {"block"}
    assert "block" in {level for level, _rule in said(f"本厂招工，{phrase}，月薪4000元。")}


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("phrase", BLOCKED)
def test_every_phrase_is_blocked_with_spaces_and_signs_between(phrase, between):
    assert said(between.join(phrase)) == said(phrase)


@pytest.mark.parametrize("phrase", [*BLOCKED, *ASKED])
def test_every_traditional_form_the_table_gives_is_read_alike(phrase):
    wrong = [form for form in disguised(phrase, TRADITIONAL) if said(form) != said(phrase)]

    assert wrong == []


@pytest.mark.parametrize(("phrase", "typed"), [*BY_HAND.items(), *ASKED.items()])
def test_every_traditional_form_written_by_hand_is_read_alike(phrase, typed):
    assert said(typed) == said(phrase)
    assert said(" ".join(typed)) == said(phrase)


def test_every_phrase_has_been_written_by_hand_and_the_table_knows_each_of_its_characters():
    pairs = [pair for phrase, typed in BY_HAND.items() for pair in zip(phrase, typed, strict=True)]
    changed = {other for plain, other in pairs if plain != other}

    assert list(BY_HAND) == BLOCKED
    assert {other for other in changed if ord(other) not in SIMPLER} == {
        "分"
    }  # 身分證 is another word, not another form


@pytest.mark.parametrize("phrase", [*BLOCKED, *ASKED])
def test_every_full_width_and_compatibility_form_is_read_alike(phrase):
    forms = disguised(phrase, COMPATIBLE)
    every = "".join(COMPATIBLE.get(character, [character])[0] for character in phrase)

    assert [form for form in [*forms[:500], every] if said(form) != said(phrase)] == []


@pytest.mark.parametrize("phrase", BLOCKED)
def test_all_disguises_at_once_hide_nothing(phrase):
    typed = "\u200b　".join(TRADITIONAL.get(character, [character])[0] for character in phrase)

    assert said(f"【急聘】{typed}！") == said(phrase)


def test_clean_sentences_are_two_hundred_and_more_and_no_two_alike():
    assert len(CLEAN) >= 200
    assert len(set(CLEAN)) == len(CLEAN)
    for harmless in ("投标保证金", "不限男女", "押运", "女装", "男士理发师傅", "已婚未婚均可"):
        assert any(harmless in sentence for sentence in CLEAN), harmless


def test_clean_sentences_raise_no_false_alarm():
    alarms = [(found.level, found.phrase, sentence) for sentence in CLEAN for found in findings(sentence)]
    figures = {level: sum(alarm[0] == level for alarm in alarms) for level in ("block", "ask", "hint")}

    print(f"{len(CLEAN)} clean sentences, false alarms: {figures}")  # noqa: T201  the figure of issue 4
    assert (figures, alarms) == ({"block": 0, "ask": 0, "hint": 0}, [])


@pytest.mark.parametrize("sentence", CLEAN[::20])
@pytest.mark.parametrize("phrase", BLOCKED)
def test_a_clean_sentence_around_it_excuses_nothing(phrase, sentence):
    assert "block" in {level for level, _rule in said(f"{sentence}{phrase}。{sentence}")}
