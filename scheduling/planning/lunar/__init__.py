"""The calendar a county lives by: lunar days, stems and branches, festivals, public holidays.

Every date here is a civil date in Asia/Shanghai, from 1901-01-01 to 2100-12-31.
"""

from scheduling.planning.lunar.branches import ANIMALS, BRANCHES, STEMS, animal_of, branch_of, stem_branch, zodiac
from scheduling.planning.lunar.days import (
    DAY_NAMES,
    FIRST_DAY,
    LAST_DAY,
    MONTH_NAMES,
    LunarDay,
    NoSuchLunarDay,
    OutsideCalendar,
    lunar_day,
    month_length,
    month_start,
    solar_day,
)
from scheduling.planning.lunar.festivals import festival
from scheduling.planning.lunar.grid import CalendarDay, month_grid
from scheduling.planning.lunar.holidays import UNPUBLISHED, Holiday, Holidays, published_holidays

__all__ = [
    "ANIMALS",
    "BRANCHES",
    "DAY_NAMES",
    "FIRST_DAY",
    "LAST_DAY",
    "MONTH_NAMES",
    "STEMS",
    "UNPUBLISHED",
    "CalendarDay",
    "Holiday",
    "Holidays",
    "LunarDay",
    "NoSuchLunarDay",
    "OutsideCalendar",
    "animal_of",
    "branch_of",
    "festival",
    "lunar_day",
    "month_grid",
    "month_length",
    "month_start",
    "published_holidays",
    "solar_day",
    "stem_branch",
    "zodiac",
]
