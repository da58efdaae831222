"""Phrases that number days: tails of the month (逢三六九) and dates of the year (二月初八)."""

import re
from datetime import date
from typing import Final

from scheduling.planning.markets.errors import UnreadableRule
from scheduling.planning.markets.reading.numerals import NUMERAL, is_chinese, lunar_month_from, number_from
from scheduling.planning.markets.reading.words import CALENDAR, MARKET, calendar_of
from scheduling.planning.markets.rules import AnnualLunar, AnnualSolar, Calendar, LunarTail, RangeLunar, SolarTail

_NUMBER = f"{NUMERAL}(?![天月年])"
_BETWEEN = "(?:[日号]?[、,/.+和及与](?:每?逢)?|[日号]?每?逢|[日号])"
TAILS: Final = re.compile(
    f"(?P<lead>(?:每个?月的?|每?逢|赶|{CALENDAR}的?)*)(?P<days>{_NUMBER}(?:{_BETWEEN}{_NUMBER})*[日号]?)"
)

_MONTH = r"(?:[正冬腊]|[一二三四五六七八九十]{1,2}|\d{1,2})"
YEARLY: Final = re.compile(
    f"(?:每?逢|每年的?)*{CALENDAR}?(?:的|每年)?(?P<month>{_MONTH})月(?P<day>{NUMERAL})[日号]?"
    f"(?:[至到~—-]+(?:(?P<to_month>{_MONTH})月)?(?P<to>{NUMERAL})[日号]?"
    f"|(?:,?(?:起|会期|为期|连续)+(?P<span>{NUMERAL})[天日]))?"
    f"(?:,?(?:天天|每天|日日)都?[有逢赶]?{MARKET}?)?"
)

_TEN = 10
_LEAP_YEAR, _COMMON_YEAR = 2000, 2001


def tails(match: re.Match[str]) -> LunarTail | SolarTail:
    """农历逢三六九, 逢3、8, 每月3日、13日、23日, 2/12/22.

    After 逢 a number to ten is a tail. A date (初三, 每月3日, 3.8) is that day alone, so dates must list a tail's every
    day before they are a rule.
    """
    lead, days = match["lead"], match["days"]
    meeting = "逢" in match.group()
    numerals = re.findall(NUMERAL, days)
    calendar = _calendar(match.group(), numerals)
    numbers = [number for numeral in numerals for number in _numbers(numeral)]
    if len(numbers) == 1 and not (meeting or "赶" in lead or "月" in lead):  # a lone 十 may be anything
        raise UnreadableRule(match.group())
    as_dates = "月" in lead or re.search("[./]", days) or (re.search("[日号]", days) and not is_chinese(numerals[0]))
    dated = "初" in days or (as_dates and not meeting)
    if dated or max(numbers) > _TEN:
        ends, include_31 = _whole_series(set(numbers), match.group())
    else:
        ends, include_31 = {number % 10 for number in numbers}, False
    if calendar is Calendar.SOLAR:
        return SolarTail(tuple(ends), include_31)
    if include_31:
        raise UnreadableRule(match.group(), "days_incomplete")
    return LunarTail(tuple(ends))


def yearly(match: re.Match[str]) -> AnnualLunar | AnnualSolar | RangeLunar:
    """农历二月初八古会, 四月初八起三天, 腊月廿三至廿九天天有集, 10月1日至7日."""
    said = {name: text for name, text in match.groupdict().items() if text}
    calendar = _calendar(match.group(), [text for name, text in said.items() if name != "span"])
    month_from = number_from if calendar is Calendar.SOLAR else lunar_month_from
    values: dict[str, int] = {}
    for name, text in said.items():
        value = month_from(text) if "month" in name else number_from(text)
        if value is None:
            raise UnreadableRule(match.group())
        values[name] = value
    if calendar is Calendar.SOLAR:
        span = _days_through(values, match.group()) if "to" in values else values.get("span", 1)
        return AnnualSolar(values["month"], values["day"], span)
    if "to" in values:
        return RangeLunar(values["month"], values["day"], values["to"], values.get("to_month"))
    return AnnualLunar(values["month"], values["day"], values.get("span", 1))


def _calendar(part: str, numerals: list[str]) -> Calendar:
    """Return the calendar: as named, otherwise lunar for Chinese digits and solar for Arabic ones."""
    scripts = {is_chinese(numeral) for numeral in numerals}
    if named := calendar_of(part):
        return named
    if len(scripts) > 1:
        raise UnreadableRule(part, "mixed_digits")
    return Calendar.LUNAR if scripts.pop() else Calendar.SOLAR


def _numbers(numeral: str) -> list[int]:
    """Return the number of one numeral, or those of a run such as 三六九. 十五 is fifteen, 五十 five and ten."""
    whole = number_from(numeral)
    if whole is None and "十" in numeral[:-1]:  # 十一六: eleven and six, or ten, one and six
        raise UnreadableRule(numeral)
    numbers = [whole] if whole is not None else [number_from(digit) for digit in numeral]
    known = [number for number in numbers if number is not None]
    if known != numbers:
        raise UnreadableRule(numeral)
    return known


def _whole_series(days: set[int], part: str) -> tuple[set[int], bool]:
    """Return the tails whose every day is listed (3, 13, 23), and whether 31 is listed beside 1, 11, 21."""
    ends = {day % 10 for day in days}
    series = {day for end in ends for day in ((end, end + 10, end + 20) if end else (10, 20, 30))}
    if not series <= days <= series | {31}:
        raise UnreadableRule(part, "days_incomplete")
    return ends, days > series


def _days_through(values: dict[str, int], part: str) -> int:
    """Return how many days a solar fair lasts, which must not depend on the year."""
    begin, end = (values["month"], values["day"]), (values.get("to_month", values["month"]), values["to"])
    try:
        spans = {
            (date(year + (end < begin), *end) - date(year, *begin)).days + 1 for year in (_LEAP_YEAR, _COMMON_YEAR)
        }
    except ValueError:
        raise UnreadableRule(part) from None
    if len(spans) > 1:
        raise UnreadableRule(part)
    return spans.pop()
