"""The advert lint: what a job advert may not say, must justify, or could say better (domain.md §5). Pure."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scheduling.lint.words import SIMPLER, WAGE_RANGE, WORDS, Words
from scheduling.refusals import AdvertBlocked

LEVELS = ("block", "ask", "hint")
_LINKS = frozenset("、：:")  # a list or a heading goes on behind them
_COMMAS = frozenset("，,")
_STOPS = frozenset("。．.；;！!？?\n\r…")
_BREAKS = _LINKS | _COMMAS | _STOPS  # where one clause ends; everything else that is no word is noise
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
    """Text without disguise: `text[i]` stood at `places[i]`; before i in `breaks` a clause ended, with which sign."""

    text: str
    places: tuple[int, ...]
    breaks: Mapping[int, str]

    @cached_property
    def _ends(self) -> list[int]:
        return sorted(self.breaks)

    def ends(self, start: int, until: int) -> list[int]:
        """Give where clauses ended from `start` on, before `until`."""
        return self._ends[bisect_left(self._ends, start) : bisect_left(self._ends, until)]

    def since(self, start: int) -> int:
        """Give where the clause begins that `start` stands in, a list being one; at most _REACH before it."""
        first = max(0, start - _REACH)
        return max((at for at in self.ends(first, start + 1) if self.breaks[at] not in _LINKS), default=first)

    def goes_on(self, end: int, until: int) -> bool:
        """Whether `text[end:until]` belongs to what ended at `end`: 押金，一律不收, but not 限女。不限学历."""
        signs = {self.breaks[at] for at in self.ends(end, until)} - _LINKS
        return signs <= _COMMAS and (not signs or until == len(self.text) or until in self.breaks)


def plain(text: str) -> _Plain:
    """Take off the disguise: full-width, traditional characters, spaces and signs in between, invisible characters.

    A dash or wave before a digit and after a digit or 岁 stays, as "-": it makes a range.
    """
    kept: list[str] = []
    places: list[int] = []
    breaks: dict[int, str] = {}
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
            elif original in _BREAKS and kept and breaks.get(len(kept), "、") not in _STOPS:
                breaks[len(kept)] = original
    return _Plain("".join(kept), tuple(places), breaks)


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


def require_lawful(text: str, *, field: str) -> None:
    """Raise AdvertBlocked(phrases, rule, field) for the first rule of law that a text for the public breaks."""
    blocked = [found for found in findings(text) if found.level == "block"]
    if blocked:
        alike = [" ".join(found.phrase.split()) for found in blocked if found.rule == blocked[0].rule]
        raise AdvertBlocked(phrases="、".join(dict.fromkeys(alike)), rule=blocked[0].rule, field=field)


def _matches(read: _Plain, words: Words) -> list[tuple[int, int]]:
    """Give where `words` stands in earnest."""
    if words.rule == "wage" and WAGE_RANGE.search(read.text):  # 面议, but the range is told
        return []
    places: list[tuple[int, int]] = []
    at = 0
    while match := words.pattern.search(read.text, at):
        start, end = match.span()
        ends = read.ends(start + 1, end)
        if ends and not words.across and len(ends) < end - start - 1:  # 有保证，金牌: two words, not one written apart
            at = end
        elif _harmless(read, words, start, end):  # 学历不限 限男: behind the first sign of it all may be in earnest
            at = start + 1
        else:
            places.append((start, end))
            at = end
    return places


def _harmless(read: _Plain, words: Words, start: int, end: int) -> bool:
    """Whether what stands before it or behind it takes the offence away: 不限男女, 投标保证金, 押金一律不收."""
    if words.unless_before and words.unless_before.search(read.text, read.since(start), start):
        demanded = words.rule in {"deposit", "fee"} and _refused(read, end)
        if not demanded:
            return True
    excuse = words.unless_after.match(read.text, end) if words.unless_after else None
    return excuse is not None and read.goes_on(end, excuse.end())


def _refused(read: _Plain, end: int) -> bool:
    """Whether what looked like a promise is a threat: 不交押金不录用."""
    return end not in read.breaks and read.text.startswith(("不录", "不予", "不能", "不得", "不可", "不安排"), end)
