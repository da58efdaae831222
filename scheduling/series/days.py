"""The days of a series: what a rule gives between two dates, and which of them are holidays.

Days are civil dates in Asia/Shanghai.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from scheduling import markets
from scheduling.models import Market
from scheduling.planning import lunar
from scheduling.planning import markets as planning
from scheduling.refusals import DaysInDisorder, TooManyDays

MOST = 120  # days somebody can still look through
_SPRING = "春节"


@dataclass(frozen=True)
class Pattern:
    """By what a series goes: a rule, or a market's own days, from `first` to `last`, both included."""

    first: date
    last: date
    rule: planning.Rule | None = None
    market: Market | None = None  # without a rule: its days

    def as_params(self) -> dict[str, Any]:
        """Give the rule as it is kept."""
        return {"kind": "market"} if self.rule is None else {"kind": self.rule.kind, **self.rule.as_params()}

    def days(self) -> list[date]:
        """Give every day of the pattern. Raises DaysInDisorder, OutsideTheCalendar, TooManyDays(number, most)."""
        if self.last < self.first:
            raise DaysInDisorder
        markets.require_known(self.first, self.last)
        if self.rule is not None:
            found = planning.market_days(planning.Market(rules=(self.rule,)), self.first, self.last)
        else:
            found = markets.days(self.market, self.first, self.last) if self.market else []
        if len(found) > MOST:
            raise TooManyDays(number=len(found), most=MOST)
        return found


@dataclass(frozen=True)
class SeriesDay:
    """One day a series could have. `off` names the holiday it falls on; such a day is left out unless asked for."""

    day: date
    off: str = ""


def candidates(session: Session, county: str, pattern: Pattern) -> list[SeriesDay]:
    """Give the days of the pattern in order, each with its holiday. Raises what `Pattern.days` does.

    A weekend worked instead of a holiday is an ordinary day. Where a year's holidays are not published, 春节 is still
    named: it is known for ever.
    """
    found = pattern.days()
    if not found:
        return []
    published = markets.holidays(session, county, found[0], found[-1])
    known = markets.holidays(session, county, date(found[0].year, 1, 1), date(found[-1].year, 12, 31))
    return [SeriesDay(day, _off(day, published, known=known.known(day.year))) for day in found]


def _off(day: date, holidays: lunar.Holidays, *, known: bool) -> str:
    published = holidays.on(day)
    if published is not None:
        return "" if published.works else published.name
    return _SPRING if not known and _is_spring_festival(day) else ""


def _is_spring_festival(day: date) -> bool:
    """Say whether the law itself gives the day off: 除夕 to 正月初三 (《全国年节及纪念日放假办法》, 2024)."""
    eve = lunar.lunar_day(day + timedelta(days=1))
    here = lunar.lunar_day(day)
    return (eve.month, eve.day, eve.leap) == (1, 1, False) or (here.month == 1 and not here.leap and here.day <= 3)  # noqa: PLR2004
