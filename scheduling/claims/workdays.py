"""Days counted in workdays: pure, over the table of public holidays and make-up workdays."""

from __future__ import annotations

from datetime import date, timedelta

from scheduling.planning import lunar

_ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=60)  # no ten workdays take longer, whatever the holidays


def nth_after(day: date, number: int, holidays: lunar.Holidays) -> date:
    """Give the `number`-th workday after `day`, which itself does not count."""
    while number > 0:
        day += _ONE_DAY
        number -= not holidays.is_off(day)
    return day


def last_of(day: date, number: int, holidays: lunar.Holidays) -> date:
    """Give the last day of a time of `number` workdays that begins on `day`, which counts when it is one."""
    return nth_after(day - _ONE_DAY, number, holidays)
