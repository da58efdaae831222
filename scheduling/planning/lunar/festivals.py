"""Traditional festivals, worked out. Whether people have the day off is another matter: see `holidays`."""

from datetime import date, timedelta
from functools import cache

from borax.calendars.lunardate import TermUtils

from scheduling.planning.lunar.days import lunar_day

_BY_LUNAR_DAY = {
    (1, 1): "春节",
    (1, 15): "元宵",
    (5, 5): "端午",
    (7, 7): "七夕",
    (8, 15): "中秋",
    (9, 9): "重阳",
    (12, 8): "腊八",
    (12, 23): "小年",  # as in the north; much of the south keeps it on 腊月廿四
}
_LAST_MONTH, _SHORTEST_MONTH = 12, 29


def festival(day: date) -> str | None:
    """Return the traditional festival on a civil date in Asia/Shanghai, or None. Raises OutsideCalendar.

    A leap month repeats no festival. 除夕 is the day before 春节, so 腊月廿九 in a short month. 清明 is the solar term.
    """
    lunar = lunar_day(day)
    if day == _qingming(day.year):
        return "清明"
    if lunar.leap:
        return None
    if lunar.month == _LAST_MONTH and lunar.day >= _SHORTEST_MONTH and lunar_day(day + timedelta(days=1)).day == 1:
        return "除夕"
    return _BY_LUNAR_DAY.get((lunar.month, lunar.day))


@cache
def _qingming(year: int) -> date:
    day: date = TermUtils.nth_term_day(year, term_name="清明")
    return day
