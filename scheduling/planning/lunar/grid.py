"""One month laid out in weeks, as a calendar rendered on the server needs it."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from scheduling.planning.lunar.days import LunarDay, lunar_day
from scheduling.planning.lunar.festivals import festival
from scheduling.planning.lunar.holidays import Holiday, Holidays


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One cell: the civil date, its lunar day, the festival if any, what was published for it if anything."""

    day: date
    lunar: LunarDay
    festival: str | None
    holiday: Holiday | None

    @property
    def label(self) -> str:
        """The small line under the number: the festival, otherwise the lunar day."""
        return self.festival or self.lunar.short


def month_grid(year: int, month: int, holidays: Holidays | None = None) -> tuple[tuple[CalendarDay | None, ...], ...]:
    """Return the weeks of a solar month, Monday first; None stands where a week belongs to another month.

    Raises OutsideCalendar outside 1901-2100.
    """
    holidays = holidays or Holidays()
    return tuple(
        tuple(_cell(date(year, month, number), holidays) if number else None for number in week)
        for week in Calendar().monthdayscalendar(year, month)
    )


def _cell(day: date, holidays: Holidays) -> CalendarDay:
    return CalendarDay(day, lunar_day(day), festival(day), holidays.on(day))
