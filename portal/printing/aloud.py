"""Figures as they are said: what a loudspeaker script (喊话稿) writes out, so that whoever reads it reads it right."""

from __future__ import annotations

import re
from datetime import date, time

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿")
_MOBILE, _GROUP, _SHORT = 11, 4, 6
_LONG = 5  # a run of this many digits is a number of something, not an amount: said digit by digit
_DAYPARTS = ((5, "凌晨"), (8, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
_QUARTER, _HALF = 15, 30

_YEAR = re.compile(r"(?<!\d)(\d{4})(?=年)")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?!\d)")
_RANGE = re.compile(r"(?<=\d)\s*[-–—~～]\s*(?=\d)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def number(value: int) -> str:
    """Say a number that is not counted with: 12 → 十二, 2 → 二, 4500 → 四千五百, 20500 → 两万零五百."""
    if value < 0:
        return "负" + number(-value)
    if value == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while value:
        value, group = divmod(value, 10_000)
        groups.append(group)
    said = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            continue
        if said and group < 1000:  # noqa: PLR2004  a place is empty between this and what was said before
            said += _DIGITS[0]
        said += _upto_9999(group) + (_MYRIADS[index] if index < len(_MYRIADS) else "万亿")
    said = said.removeprefix("一") if said.startswith("一十") else said
    return re.sub(r"^二(?=[千万亿])", "两", said)


def count(value: int) -> str:
    """Say how many there are, before a measure word: 2 → 两, 12 → 十二, 200 → 两百."""
    if value == 2:  # noqa: PLR2004  the one number that is said otherwise
        return "两"
    return re.sub(r"^二(?=百)", "两", number(value))


def _upto_9999(value: int) -> str:
    said, gap = "", False
    for place in range(len(_PLACES) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit:
            said += (_DIGITS[0] if gap and said else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return said


def digits(text: str) -> str:
    """Say digits one by one, a telephone's in groups with 幺 for one: 0990-1234567 → 零九九零，幺二三，四五六七."""
    parts = re.findall(r"\d+", text)
    said = [each for part in parts for each in _groups(part)]
    return "，".join("".join("幺" if digit == "1" else _DIGITS[int(digit)] for digit in each) for each in said)


def _groups(part: str) -> list[str]:
    if len(part) == _MOBILE:
        return [part[:3], part[3:7], part[7:]]
    if len(part) <= _SHORT:
        return [part]
    head = len(part) % _GROUP
    return [each for each in (part[:head], *(part[at : at + _GROUP] for at in range(head, len(part), _GROUP))) if each]


def clock(value: time, *, after: time | None = None) -> str:
    """Say a time of day: 8:30 → 上午八点半; with `after` the part of the day is said only where it is another."""
    part = _part(value)
    said = "" if after is not None and _part(after) == part else part
    return said + _hour(value.hour if value.hour <= 12 else value.hour - 12, value.minute)  # noqa: PLR2004


def _part(value: time) -> str:
    return next(words for until, words in _DAYPARTS if value.hour < until)


def _hour(hour: int, minute: int) -> str:
    said = f"{count(hour)}点"
    if minute == _HALF:
        return said + "半"
    if minute == _QUARTER:
        return said + "一刻"
    if not minute:
        return said
    return said + (f"零{number(minute)}分" if minute < 10 else f"{number(minute)}分")  # noqa: PLR2004


def day(value: date) -> str:
    """Say a day: 十一月二十五日，星期三."""
    return f"{number(value.month)}月{number(value.day)}日，星期{'一二三四五六日'[value.weekday()]}"


def text(words: str) -> str:
    """Say the figures in somebody's own words: years, times and ranges as such, long runs digit by digit."""
    words = _YEAR.sub(lambda found: "".join(_DIGITS[int(digit)] for digit in found[1]), words)
    words = _CLOCK.sub(lambda found: _hour(int(found[1]), int(found[2])), words)
    words = _RANGE.sub("到", words)
    return _FIGURE.sub(lambda found: _figure(found[0]), words)


def _figure(figure: str) -> str:
    whole, _point, rest = figure.partition(".")
    if not rest and (len(whole) > _LONG or (whole.startswith("0") and len(whole) > 1)):
        return digits(whole)
    said = number(int(whole))
    return said + (f"点{''.join(_DIGITS[int(digit)] for digit in rest)}" if rest else "")
