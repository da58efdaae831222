"""Sentences a planner says: Chinese with facts in it, translated by whoever shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Sentence:
    """`text` is plain Chinese with %(name)s for each fact, and the key of the catalogue; `str()` speaks it.

    A fact that is an ISO date (2027-02-06) is spoken as a day: 2月6日（周六） in Chinese.
    """

    text: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def __str__(self) -> str:
        """Speak it in Chinese."""
        return self.text % {name: spoken(fact) for name, fact in self.facts}


Fact: TypeAlias = str | int | Sentence


def say(text: str, **facts: Fact | date) -> Sentence:
    """Make a sentence. Babel collects `text` (keyword `say`), so it must be a literal at the call."""
    return Sentence(text, tuple((name, _kept(fact)) for name, fact in facts.items()))


def spoken(fact: Fact) -> str:
    """Speak one fact in Chinese."""
    if isinstance(fact, str) and _ISO_DAY.fullmatch(fact):
        day = date.fromisoformat(fact)
        return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"
    return str(fact)


def _kept(fact: Fact | date) -> Fact:
    return fact.isoformat() if isinstance(fact, date) else fact
