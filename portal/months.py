"""A month as components/calendar.html lays it out: its weeks, and what each day is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

from scheduling.planning import lunar

ONE_DAY = timedelta(days=1)
Mark = tuple[str, str | None, str]
Marks = list[Mark]


def read_day(text: str) -> date | None:
    """Read a day from the address; None for none, nonsense, or a day no lunar calendar vouches for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if lunar.FIRST_DAY <= day < lunar.LAST_DAY else None


def read_month(text: str) -> date | None:
    """Read a month (2027-02) from the address and give its first day; None for nonsense and beyond 1902–2099."""
    first = read_day(f"{text}-01")
    return first if first and lunar.FIRST_DAY.year < first.year < lunar.LAST_DAY.year else None


def before(first: date) -> str:
    """Give the month before as an address names it."""
    return f"{first - ONE_DAY:%Y-%m}"


def after(first: date) -> date:
    """Give the first day of the month after."""
    return (first + 31 * ONE_DAY).replace(day=1)


def weeks(first: date) -> list[list[date]]:
    """Give the weeks that touch the month, Monday first, with the neighbours' days that fill them."""
    number = (first.weekday() + (after(first) - first).days + 6) // 7
    return [[first + ONE_DAY * (day + 7 * week - first.weekday()) for day in range(7)] for week in range(number)]


def laid_out(first: date, holidays: lunar.Holidays, marks: Callable[[date], Marks]) -> list[list[SimpleNamespace]]:
    """Give the month in weeks as the component shows it; days of other months have no marks."""
    return [
        [_cell(day, holidays, marks(day) if day.month == first.month else []) for day in week] for week in weeks(first)
    ]


def week(first: date, holidays: lunar.Holidays, marks: Callable[[date], Marks]) -> list[SimpleNamespace]:
    """Give the seven days from `first`, a Monday, as the component shows them."""
    return [_cell(first + ONE_DAY * n, holidays, marks(first + ONE_DAY * n)) for n in range(7)]


def _cell(day: date, holidays: lunar.Holidays, marks: Marks) -> SimpleNamespace:
    published = holidays.on(day)
    return SimpleNamespace(
        day=day,
        lunar=lunar.lunar_day(day).short,
        festival=lunar.festival(day),
        holiday=published.name if published and not published.works else None,
        works=published.works if published else None,
        marks=marks,
    )
