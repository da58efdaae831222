"""Read a notice from left to right: a rule, its brackets, words that say nothing new, the next rule."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final
from unicodedata import normalize

from scheduling.planning.markets.errors import BadRule, UnreadableRule
from scheduling.planning.markets.reading import cycles, dates
from scheduling.planning.markets.reading.numerals import NUMERAL
from scheduling.planning.markets.reading.words import FILLER, calendar_word
from scheduling.planning.markets.rules import Rule
from scheduling.planning.markets.wording import INCLUDE_31_WORDS, LEAP_REPEATS_WORDS, SMALL_MONTH_WORDS

# The first phrase that fits wins: 三日一圩 is a cycle before 三日 is a date.
_PHRASES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Rule]], ...]] = (
    (cycles.DAILY, cycles.daily),
    (cycles.WEEKLY, cycles.weekly),
    (cycles.BRANCH, cycles.branch),
    (cycles.ANCHORED_CYCLE, cycles.interval),
    (cycles.CYCLE, cycles.interval),
    (cycles.PARITY, cycles.parity),
    (dates.YEARLY, dates.yearly),
    (dates.TAILS, dates.tails),
)
_REMARKS: Final[dict[str, dict[str, Any]]] = {
    **{words: {"small_month_policy": policy} for policy, words in SMALL_MONTH_WORDS.items()},
    INCLUDE_31_WORDS: {"include_31": True},
    LEAP_REPEATS_WORDS: {"leap_repeats": True},
}
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")


def parse_rule_text(text: str) -> tuple[Rule, ...]:
    """Read a market notice: 农历逢五；另农历二月初八古会 gives a LunarTail and an AnnualLunar, in that order.

    Without a calendar word Chinese digits are lunar and Arabic digits solar, as published tables have it; 农历 and 公历
    win. Brackets may repeat a rule in other words and must then agree with it. Nothing is guessed and nothing skipped:
    raises UnreadableRule, whose `part` is the first words that could not be read for certain.
    """
    spaced = re.sub(r"(?<=[\d日号])\s+(?=\d)", "、", normalize("NFKC", text).strip())
    rules = _read(re.sub(r"\s+", "", spaced))
    if not rules:
        raise UnreadableRule(text.strip())
    return rules


def _read(text: str) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    place, calendar = 0, ""
    while place < len(text):
        if rules and (brackets := _BRACKETS.match(text, place)):
            rules[-1] = _agreeing(rules[-1], brackets[1], calendar)
            place = brackets.end()
        elif phrase := _phrase(text, place):
            rule, said = phrase
            rules.append(rule)
            place, calendar = place + len(said), calendar_word(said)
        elif filler := FILLER.match(text, place):
            place = filler.end()
        else:
            raise UnreadableRule(_clause(text[place:]))
    return tuple(rules)


def _phrase(text: str, place: int) -> tuple[Rule, str] | None:
    """Return the rule that begins here and the words it took, or None when no phrase begins here."""
    for pattern, read in _PHRASES:
        if match := pattern.match(text, place):
            try:
                return read(match), match.group()
            except UnreadableRule:
                raise
            except BadRule as wrong:
                raise UnreadableRule(match.group(), wrong.key, **wrong.facts) from wrong
    return None


def _agreeing(rule: Rule, inside: str, calendar: str) -> Rule:
    """Return the rule with what its brackets add, or as it is when they only say it again (龙狗日, 年集)."""
    remarks = [_REMARKS.get(remark, {}) for remark in inside.split(",")]
    if all(remarks):
        changes = {name: value for remark in remarks for name, value in remark.items()}
        if changes.keys() <= {field.name for field in fields(rule)}:
            return replace(rule, **changes)
    said_again = _read(calendar + inside if re.match(NUMERAL, inside) else inside)
    if said_again not in ((), (rule,)):
        raise UnreadableRule(inside, "gloss_differs")
    return rule


def _clause(text: str) -> str:
    """Return the words up to the next stop, for the reader to see what was not understood."""
    return re.split(r"(?<!^)[;,。()]", text, maxsplit=1)[0]
