"""Invented people: names, phones beginning 160, ID numbers of a region that does not exist with a valid check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
_GIVEN = (  # two characters each
    "桂芳建国小燕志强春梅海涛秀兰永刚玉珍文博丽娟国栋雪莲大勇红霞子豪巧云明亮"
    "淑华立新晓东金凤长河欣怡俊杰二妮庆丰美玲守业婷婷满仓改改宏伟爱莲少华银环铁柱"
)
_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]  # GB 11643-1999
_OLDEST, _YOUNGEST = date(1968, 3, 2), date(2007, 1, 20)


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    phone: str
    id_number: str


def crowd(count: int) -> list[Person]:
    """Give the first `count` of our people, always the same."""
    step = (_YOUNGEST - _OLDEST) // 257
    names = zip(
        cycle(_SURNAMES), cycle(re.findall("..", _GIVEN)), strict=False
    )  # 30 and 37: no pair comes again before 1,110
    return [
        Person(surname + given, f"1600100{number:04d}", id_number(_OLDEST + step * (number * 61 % 257), number))
        for number, (surname, given) in enumerate(islice(names, count), 1)
    ]


def id_number(born: date, serial: int) -> str:
    """Make the ID number of somebody born that day; region 990101 is nowhere."""
    head = f"990101{born:%Y%m%d}{serial % 1000:03d}"
    return head + "10X98765432"[sum(int(c) * w for c, w in zip(head, _WEIGHTS, strict=True)) % 11]
