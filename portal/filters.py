"""How values look on a page: local times, days, money, masks."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from flask import Flask
from flask_babel import get_locale, gettext

from portal.clock import HERE
from portal.wording import word
from scheduling import booths, identity
from scheduling.planning import lunar, solving
from scheduling.planning.solving import Fact, Sentence

LEAST_SHARE = 0.001
_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _english() -> bool:
    return str(get_locale() or "zh").startswith("en")


def day(value: date | datetime) -> str:
    """11月23日 周一 / Mon 23 Nov, in Shanghai."""
    if isinstance(value, datetime):
        value = value.astimezone(HERE).date()
    if _english():
        return f"{_WEEKDAYS['en'][value.weekday()]} {value.day} {_MONTHS[value.month - 1]}"
    return f"{value.month}月{value.day}日 周{_WEEKDAYS['zh'][value.weekday()]}"


def full_day(value: date | datetime) -> str:
    """2026年11月23日 周一 / Mon 23 Nov 2026, in Shanghai."""
    if isinstance(value, datetime):
        value = value.astimezone(HERE).date()
    return f"{day(value)} {value.year}" if _english() else f"{value.year}年{day(value)}"


def clock(value: datetime | time) -> str:
    """8:30, in Shanghai."""
    if isinstance(value, datetime):
        value = value.astimezone(HERE).time()
    return f"{value.hour}:{value.minute:02d}"


def local(value: datetime) -> str:
    """11月23日 周一 8:30, in Shanghai."""
    return f"{day(value)} {clock(value)}"


def lunar_day(value: date | datetime) -> str:
    """十月十五, the festival beside it when there is one; nothing for a day no published calendar knows."""
    if isinstance(value, datetime):
        value = value.astimezone(HERE).date()
    if not lunar.FIRST_DAY <= value <= lunar.LAST_DAY:
        return ""
    named = lunar.festival(value)
    return lunar.lunar_day(value).name + (f" {named}" if named else "")


def iso(value: datetime) -> str:
    """2026-11-23T08:30+08:00, for machines: what `<time datetime>` says beside what people read."""
    return value.astimezone(HERE).isoformat(timespec="minutes")


def wage(vacancy: object) -> str:
    """3500–5500, or 面议 when the advert names none."""
    low, high = getattr(vacancy, "wage_low", None), getattr(vacancy, "wage_high", None)
    if low is None and high is None:
        return "Negotiable" if _english() else "面议"
    return f"{low}–{high}" if low != high else f"{low}"


def code(value: str) -> str:
    """482109375 → 482 109 375: short codes are read aloud in threes."""
    return " ".join(value[i : i + 3] for i in range(0, len(value), 3))


def speak(sentence: Sentence) -> str:
    """Say a planner's sentence in the reader's language, with the facts in it; ISO dates are said as days."""
    words: str = gettext(sentence.text)
    return words % {name: _fact(fact) for name, fact in sentence.facts}


def _fact(fact: Fact) -> str:
    if isinstance(fact, Sentence):
        return speak(fact)
    return day(date.fromisoformat(fact)) if isinstance(fact, str) and _ISO_DAY.fullmatch(fact) else str(fact)


def gap(answer: solving.Answer[Any]) -> str:
    """Say how far a plan is from the best there could be, as a sentence; nothing where nothing is known."""
    if answer.value is not None and answer.value == answer.bound:
        return str(gettext("已证明是最好的"))
    share = distance(answer.value, answer.bound)
    return share and str(gettext("离可能的最好%(share)s", share=share))


def distance(value: int | None, bound: int | None) -> str:
    """Say in a word or two how far `value` is from `bound`, which nothing can beat."""
    share = solving.gap(value, bound)
    if share is None:
        return ""
    if share == 0:
        return str(gettext("不差"))
    if share < LEAST_SHARE:
        return str(gettext("最多差千分之一"))
    return str(gettext("最多差%(share)s", share=f"{share:.1%}"))


def install(app: Flask) -> None:
    """Give the templates our filters."""
    app.jinja_env.filters.update(
        day=day,
        full_day=full_day,
        clock=clock,
        lunar=lunar_day,
        local=local,
        iso=iso,
        wage=wage,
        code=code,
        word=word,
        speak=speak,
        squares=booths.squares,
        gap=gap,
        distance=distance,
        masked_name=identity.masked_name,
        masked_phone=identity.masked_phone,
    )
