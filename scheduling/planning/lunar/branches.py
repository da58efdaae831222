"""The sixty-day cycle of stems and branches, which needs no table: it has never been broken."""

from datetime import date

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ANIMALS = "鼠牛虎兔龙蛇马羊猴鸡狗猪"

_JULIAN_DAY_OF_ORDINAL_0 = 1_721_425


def branch_of(day: date) -> str:
    """Return the day's branch, 子 to 亥, for a civil date in Asia/Shanghai (a day begins at midnight)."""
    return BRANCHES[(_julian_day(day) + 1) % 12]


def animal_of(day: date) -> str:
    """Return the animal of the day's branch: 辰 and 戌 days are the 龙狗日 of a market notice."""
    return ANIMALS[(_julian_day(day) + 1) % 12]


def stem_branch(day: date) -> str:
    """Return the day's stem and branch, 甲子 to 癸亥, for a civil date in Asia/Shanghai."""
    return STEMS[(_julian_day(day) + 9) % 10] + branch_of(day)


def zodiac(lunar_year: int) -> str:
    """Return the animal of a lunar year (`lunar_day(day).year`), which changes at Spring Festival: 2026 is 马."""
    return ANIMALS[(lunar_year - 4) % 12]


def _julian_day(day: date) -> int:
    return day.toordinal() + _JULIAN_DAY_OF_ORDINAL_0
