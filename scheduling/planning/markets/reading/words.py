"""Words that mean the same from place to place, and words that say nothing about the day."""

import re
from typing import Final

from scheduling.planning.markets.rules import Calendar

CALENDAR: Final = "(?:农历|阴历|旧历|夏历|公历|阳历|新历|西历)"
_LUNAR_WORDS: Final = ("农历", "阴历", "旧历", "夏历")

# 集 in the north, 场 in Sichuan and Guizhou, 圩 or 墟 in Guangdong and Guangxi, 街 in Yunnan, 闹子 in south Hunan
MARKET: Final = "(?:集市|大集|年集|物资交流大?会|交流会|古会|庙会|大会|集|场|圩|墟|街子|街|闹子|会)"

FILLER: Final = re.compile(
    f"(?:逢|赶|开|有|为|是|设|成)?{MARKET}(?:期|日|天|市)?|另外?|还有|以及|并且?|加|和|及|有|为|是|都|每年|[;,。、:+]"
)


def calendar_word(text: str) -> str:
    """Return the first 农历 or 公历 (or a word for them) in the text, or nothing."""
    found = re.search(CALENDAR, text)
    return found.group() if found else ""


def calendar_of(text: str) -> Calendar | None:
    """Return the calendar the text names, or None when it names none."""
    word = calendar_word(text)
    if not word:
        return None
    return Calendar.LUNAR if word in _LUNAR_WORDS else Calendar.SOLAR
