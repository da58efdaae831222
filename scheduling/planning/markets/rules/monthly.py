"""Rules read off the number of the day in its month, lunar or solar."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from scheduling.planning.lunar import LunarDay, lunar_day, month_length
from scheduling.planning.markets import fields
from scheduling.planning.markets.rules.base import Rule

_SHORT_MONTH = 29
_THIRTY_FIRST = 31


class SmallMonth(StrEnum):
    """What becomes of 三十 in a lunar month of 29 days. No published rule is known, so each market chooses."""

    SKIP = "skip"
    LAST_DAY = "last_day"
    NEXT_FIRST = "next_first"


class Calendar(StrEnum):
    """Which calendar numbers the day."""

    LUNAR = "lunar"
    SOLAR = "solar"


class WhichDays(StrEnum):
    """Odd days (单日) or even days (双日)."""

    ODD = "odd"
    EVEN = "even"


@dataclass(frozen=True)
class LunarTail(Rule):
    """农历逢三、六、九: lunar days that end in one of the tails, 0 being 初十, 二十 and 三十.

    A leap month is a month like any other: people meet every few days, whatever the month is called.
    """

    kind: ClassVar[str] = "lunar_tail"
    tails: tuple[int, ...] = field(metadata=fields.numbers(0, 9))
    small_month_policy: SmallMonth = field(default=SmallMonth.SKIP, metadata=fields.choice(SmallMonth))

    def _settle(self) -> None:
        if 0 not in self.tails:  # nobody waits for 三十
            self._keep("small_month_policy", SmallMonth.SKIP)

    def holds_on(self, day: date) -> bool:
        """See Rule. Raises OutsideCalendar."""
        lunar = lunar_day(day)
        return lunar.day % 10 in self.tails or (0 in self.tails and self._stands_in_for_30(day, lunar))

    def _stands_in_for_30(self, day: date, lunar: LunarDay) -> bool:
        match self.small_month_policy:
            case SmallMonth.SKIP:
                return False
            case SmallMonth.LAST_DAY:
                return lunar.day == _SHORT_MONTH == month_length(lunar.year, lunar.month, leap=lunar.leap)
            case SmallMonth.NEXT_FIRST:
                return lunar.day == 1 and lunar_day(day - timedelta(days=1)).day == _SHORT_MONTH


@dataclass(frozen=True)
class SolarTail(Rule):
    """公历逢3、6、9: solar days that end in one of the tails, 0 being 10, 20 and 30; February has no 30.

    31 ends in 1 but comes the day before the 1st, so it counts only with `include_31`.
    """

    kind: ClassVar[str] = "solar_tail"
    tails: tuple[int, ...] = field(metadata=fields.numbers(0, 9))
    include_31: bool = field(default=False, metadata=fields.flag())

    def _settle(self) -> None:
        if 1 not in self.tails:
            self._keep("include_31", value=False)

    def holds_on(self, day: date) -> bool:
        """See Rule."""
        if day.day == _THIRTY_FIRST:
            return self.include_31
        return day.day % 10 in self.tails


@dataclass(frozen=True)
class Parity(Rule):
    """农历双日, 公历单日. Odd days meet twice running where a month of odd length ends: that is what 单日 says."""

    kind: ClassVar[str] = "parity"
    calendar: Calendar = field(metadata=fields.choice(Calendar))
    parity: WhichDays = field(metadata=fields.choice(WhichDays))

    def holds_on(self, day: date) -> bool:
        """See Rule. Raises OutsideCalendar for the lunar calendar."""
        number = day.day if self.calendar is Calendar.SOLAR else lunar_day(day).day
        return (number % 2 == 1) == (self.parity is WhichDays.ODD)
