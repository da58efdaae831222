"""Phrases for what goes round: weekdays, branches and their animals, every few days, odd and even, every day."""

import re
from datetime import date
from typing import Final

from scheduling.planning.lunar import ANIMALS, BRANCHES
from scheduling.planning.markets.errors import UnreadableRule
from scheduling.planning.markets.reading.numerals import NUMERAL, number_from
from scheduling.planning.markets.reading.words import CALENDAR, MARKET, calendar_of
from scheduling.planning.markets.rules import Branch, Calendar, Daily, Interval, Parity, Weekly, WhichDays

DAILY: Final = re.compile(f"天天|每天|每日|日日|全年|常年?有?{MARKET}")

PARITY: Final = re.compile(f"(?:每?逢)?{CALENDAR}?(?:每月)?(?:每?逢)?(?P<which>双|单|偶数?|奇数?)[日号天]?")

_WEEK = "(?:周|星期|礼拜)"
_WEEKDAY = r"(?:[一二三四五六日天末](?![月十]|天一)|[1-7](?!\d))"
_AND = "[、/和及与至到~-]"
# After 周六: 日, 、日 or 、7 without the week word, or 、周日 with it
_NEXT_WEEKDAY = f"(?:{_AND}?(?![1-7]){_WEEKDAY}|{_AND}{_WEEKDAY}|(?:{_AND}|,)?(?:每|逢)*{_WEEK}{_WEEKDAY})"
WEEKLY: Final = re.compile(f"(?:每|逢)*(?:双休日|{_WEEK}{_WEEKDAY}{_NEXT_WEEKDAY}*)")
_WEEKDAYS: Final = {name: (number,) for number, name in enumerate("一二三四五六日", start=1)} | {
    "天": (7,),
    "末": (6, 7),
    "双休日": (6, 7),
}

_NAMES = f"[{BRANCHES}](?:[、和]?[{BRANCHES}])*|[{ANIMALS}](?:[、和属]?[{ANIMALS}])*"
BRANCH: Final = re.compile(
    f"(?:(?:空.赶(?P<skipping>.)|(?P<every>{NUMERAL})[天日]一{MARKET}),?)?"
    f"(?:每|逢|赶|属)*(?P<names>{_NAMES})(?P<days>[日天]|(?=[,;(]|$))?"
)

_CYCLE = f"(?:每{NUMERAL}[天日](?:一?{MARKET})?|{NUMERAL}[天日]一{MARKET}|每?隔一?[天日](?:一?{MARKET})?)"
_ANCHOR = r"[自从]?(?P<anchor>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:起|开始)"
ANCHORED_CYCLE: Final = re.compile(f"{_ANCHOR},?(?P<cycle>{_CYCLE})")
CYCLE: Final = re.compile(rf"(?P<cycle>{_CYCLE})(?:[,(]*{_ANCHOR}(?:,?(?P<again>{_CYCLE}))?\)?)?")


def daily(_: re.Match[str]) -> Daily:
    """天天, 常集."""
    return Daily()


def parity(match: re.Match[str]) -> Parity:
    """农历双日, 公历单日. Without a calendar word it is lunar: the words are Chinese, as 三六九 are."""
    if len(match.group()) == 1:  # a lone 双 may be anything
        raise UnreadableRule(match.group())
    which = WhichDays.EVEN if match["which"][0] in "双偶" else WhichDays.ODD
    return Parity(calendar_of(match.group()) or Calendar.LUNAR, which)


def weekly(match: re.Match[str]) -> Weekly:
    """每周六、周日; 星期一至星期五; 周末."""
    days: list[int] = []
    through = False
    for word in re.findall(f"双休日|[至到~-]|{_WEEKDAY}", match.group()):
        if word in "至到~-":
            through = True
            continue
        named = (int(word),) if word.isdecimal() else _WEEKDAYS[word]
        while through and days[-1] != named[0]:
            days.append(days[-1] % 7 + 1)
        days.extend(named)
        through = False
    return Weekly(tuple(days))


def branch(match: re.Match[str]) -> Branch:
    """赶辰戌日, 龙狗日, 空三赶四，赶丑巳酉日. The cycle must be the one that the branches make."""
    names = re.sub("[、和属]", "", match["names"])
    places = sorted({(BRANCHES if name in BRANCHES else ANIMALS).index(name) for name in names})
    lone, for_sale = len(places) == 1 and not match["days"], names[0] in ANIMALS and match["days"] is None
    if lone or for_sale:  # a town called 马, a 牛马集 where they are sold
        raise UnreadableRule(match.group())
    cycle = match["skipping"] or match["every"]
    gaps = {(after - before) % 12 or 12 for before, after in zip(places, [*places[1:], places[0]], strict=True)}
    if cycle and gaps != {number_from(cycle)}:
        raise UnreadableRule(match.group(), "cycle_differs")
    return Branch("".join(BRANCHES[place] for place in places))


def interval(match: re.Match[str]) -> Interval:
    """三天一集（自2026-01-01起每3天）, 自2026年1月1日起隔天. Without its first day a cycle could be any of several."""
    said = match.groupdict()
    if said["anchor"] is None:
        raise UnreadableRule(match.group(), "no_anchor")
    everies = {_every(cycle) for cycle in (said["cycle"], said.get("again")) if cycle}
    if len(everies) > 1:
        raise UnreadableRule(match.group(), "gloss_differs")
    try:
        year, month, day = (int(number) for number in re.findall(r"\d+", said["anchor"]))
        return Interval(date(year, month, day), everies.pop())
    except ValueError:
        raise UnreadableRule(match.group()) from None


def _every(cycle: str) -> int:
    if "隔" in cycle:  # 隔一天 leaves one day out
        return 2
    numeral = re.findall(NUMERAL, cycle)[0]
    every = number_from(numeral)
    if every is None:
        raise UnreadableRule(cycle)
    return every
