"""The advert lint: what a job advert may not say, must justify, or could say better (domain.md §5). Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from scheduling.lint.words import SIMPLER, WAGE_RANGE, WORDS, Words

LEVELS = ("block", "ask", "hint")
_BREAKS = frozenset("，,。．.；;！!？?、：:\n\r…")  # where one clause ends; everything else that is no word is noise
_REACH = 24  # characters looked at before a match for what makes it harmless


@dataclass(frozen=True)
class Finding:
    """One place in a text. `phrase` is as it was typed, `text[start:end]`; `rule` a key of the rule behind it."""

    level: str
    phrase: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True)
class _Plain:
    """Text without disguise: `text[i]` stood at `places[i]`; `breaks` are the i before which a clause ended."""

    text: str
    places: tuple[int, ...]
    breaks: frozenset[int]


def plain(text: str) -> _Plain:
    """Take off the disguise: full-width, traditional characters, spaces and signs in between, invisible characters.

    A dash or wave before a digit and after a digit or 岁 stays, as "-": it makes a range.
    """
    kept: list[str] = []
    places: list[int] = []
    breaks: set[int] = set()
    dash = False
    for place, original in enumerate(text):
        for c in unicodedata.normalize("NFKC", original).casefold().translate(SIMPLER):
            if c.isalnum():
                if dash and c.isdigit() and (kept[-1].isdigit() or kept[-1] == "岁") and len(kept) not in breaks:
                    kept.append("-")
                    places.append(place)
                kept.append(c)
                places.append(place)
                dash = False
            elif (unicodedata.category(c) == "Pd" or c in "~〜−") and kept:
                dash = True
            elif original in _BREAKS and kept:
                breaks.add(len(kept))
    return _Plain("".join(kept), tuple(places), frozenset(breaks))


def findings(text: str) -> list[Finding]:
    """Find what the rules say of `text`, in reading order; of overlapping places the gravest rule's, grown together."""
    read = plain(text)
    spans: list[tuple[int, int, Words]] = []
    for words in WORDS:  # gravest first
        for start, end in _matches(read, words):
            low, high = start, end
            alike = [span for span in spans if span[0] < end and start < span[1]]
            if any(span[2].rule != words.rule for span in alike):
                continue
            for span in alike:
                spans.remove(span)
                low, high = min(low, span[0]), max(high, span[1])
            spans.append((low, high, words))
    spans.sort(key=lambda span: span[0])
    places = [(read.places[low], read.places[high - 1] + 1, words) for low, high, words in spans]
    return [Finding(words.level, text[start:end], words.rule, start, end) for start, end, words in places]


def _matches(read: _Plain, words: Words) -> list[tuple[int, int]]:
    """Give where `words` stands in earnest."""
    if words.rule == "wage" and WAGE_RANGE.search(read.text):  # 面议, but the range is told
        return []
    places = []
    for match in words.pattern.finditer(read.text):
        start, end = match.span()
        if words.unless_before and words.unless_before.search(read.text, max(0, start - _REACH), start):
            demanded = words.rule in {"deposit", "fee"} and _refused(read, end)
            if not demanded:
                continue
        if words.unless_after and words.unless_after.match(read.text, end):
            continue
        broken = sum(start < at < end for at in read.breaks)
        if broken and not words.across and broken < end - start - 1:  # 有保证，金牌: two words, not one written apart
            continue
        places.append((start, end))
    return places


def _refused(read: _Plain, end: int) -> bool:
    """Whether what looked like a promise is a threat: 不交押金不录用."""
    return end not in read.breaks and read.text.startswith(("不录", "不予", "不能", "不得", "不可", "不安排"), end)
