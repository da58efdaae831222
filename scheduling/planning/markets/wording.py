"""A rule in Chinese, in words that `parse_rule_text` reads back to the same rule."""

from collections.abc import Iterable

from scheduling.planning.lunar import ANIMALS, BRANCHES, DAY_NAMES, MONTH_NAMES
from scheduling.planning.markets.rules import (
    AnnualLunar,
    AnnualSolar,
    Branch,
    Calendar,
    Daily,
    Interval,
    LunarTail,
    Parity,
    RangeLunar,
    Rule,
    SmallMonth,
    SolarTail,
    Weekly,
    WhichDays,
)

CALENDAR_WORDS = {Calendar.LUNAR: "农历", Calendar.SOLAR: "公历"}
PARITY_WORDS = {WhichDays.EVEN: "双日", WhichDays.ODD: "单日"}
SMALL_MONTH_WORDS = {
    SmallMonth.SKIP: "小月停",
    SmallMonth.LAST_DAY: "小月逢最后一天",
    SmallMonth.NEXT_FIRST: "小月顺延到下月初一",
}
INCLUDE_31_WORDS = "含31日"
LEAP_REPEATS_WORDS = "闰月同办"
_TAILS = "十一二三四五六七八九"
_WEEKDAYS = " 一二三四五六日"


def describe_all(rules: Iterable[Rule]) -> str:
    """Return the rules of a market in one line: 农历逢五；每年农历二月初八. Empty for a market without rules."""
    return "；".join(describe(rule) for rule in rules)


def describe(rule: Rule) -> str:
    """Return the rule in Chinese, such as 农历逢三、六、九; what is not the default is said in brackets."""
    return _sentence(rule) + _remarks(rule)


def _sentence(rule: Rule) -> str:  # noqa: C901, PLR0911  one line for each of the ten kinds
    match rule:
        case LunarTail(tails=tails):
            return "农历逢" + "、".join(_TAILS[tail] for tail in tails)
        case SolarTail(tails=tails):
            return "公历逢" + "、".join(str(tail or 10) for tail in tails)
        case Weekly(weekdays=weekdays):
            return "每" + "、".join(f"周{_WEEKDAYS[weekday]}" for weekday in weekdays)
        case Branch(branches=branches):
            return f"赶{branches}日（{''.join(ANIMALS[BRANCHES.index(branch)] for branch in branches)}日）"
        case Parity(calendar=calendar, parity=parity):
            return CALENDAR_WORDS[calendar] + PARITY_WORDS[parity]
        case Interval(anchor=anchor, every=every):
            return f"自{anchor.isoformat()}起每{every}天"
        case Daily():
            return "天天"
        case AnnualLunar(month=month, day=day, span=span):
            return f"每年农历{MONTH_NAMES[month - 1]}{DAY_NAMES[day - 1]}{_lasting(span)}"
        case AnnualSolar(month=month, day=day, span=span):
            return f"每年公历{month}月{day}日{_lasting(span)}"
        case RangeLunar():
            return _range(rule)
    raise NotImplementedError(rule)


def _range(rule: RangeLunar) -> str:
    to_month = MONTH_NAMES[rule.to_month - 1] if rule.to_month else ""
    return f"每年农历{MONTH_NAMES[rule.month - 1]}{DAY_NAMES[rule.first - 1]}至{to_month}{DAY_NAMES[rule.last - 1]}"


def _lasting(span: int) -> str:
    return f"起{span}天" if span > 1 else ""


def _remarks(rule: Rule) -> str:
    remarks = []
    match rule:
        case LunarTail(small_month_policy=policy) if policy is not SmallMonth.SKIP:
            remarks.append(SMALL_MONTH_WORDS[policy])
        case SolarTail(include_31=True):
            remarks.append(INCLUDE_31_WORDS)
        case AnnualLunar(small_month_policy=policy, leap_repeats=leap_repeats):
            if policy is not SmallMonth.LAST_DAY:
                remarks.append(SMALL_MONTH_WORDS[policy])
            if leap_repeats:
                remarks.append(LEAP_REPEATS_WORDS)
    return f"（{'，'.join(remarks)}）" if remarks else ""
