"""Numbers as market notices write them: 三, 初八, 廿三, 二十三, 两, 12."""

from scheduling.planning.lunar import DAY_NAMES, MONTH_NAMES

_ONES = "一二三四五六七八九"

# One number or one run of tails; possessive, so that the 二 of 二月 is never split off a run before it.
NUMERAL = r"(?:初?[一二两三四五六七八九十廿卅]++|\d{1,3}+(?!\d))"

_NUMBERS = (
    {ones: number for number, ones in enumerate(f"{_ONES}十", start=1)}
    | {name: number for number, name in enumerate(DAY_NAMES, start=1)}
    | {f"二十{ones}": number for number, ones in enumerate(_ONES, start=21)}
    | {"两": 2, "廿": 20, "卅": 30, "卅一": 31, "三十一": 31}
)
_MONTHS = {name.removesuffix("月"): number for number, name in enumerate(MONTH_NAMES, start=1)} | {
    "一": 1,
    "十一": 11,
    "十二": 12,
}


def number_from(text: str) -> int | None:
    """Return the number that 12, 十二, 廿三 or 初八 names, or None when it is no single number (三六九)."""
    return int(text) if text.isdecimal() else _NUMBERS.get(text)


def lunar_month_from(text: str) -> int | None:
    """Return the month that 正, 二, 冬, 十二, 腊 or 12 names (without 月), or None."""
    return int(text) if text.isdecimal() else _MONTHS.get(text)


def is_chinese(text: str) -> bool:
    """Say whether the number is written with Chinese digits, which on a market notice means the lunar calendar."""
    return not text.isdecimal()
