"""From markets and holidays to candidates: the lunar lore stays with the markets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduling.planning.lunar import Holidays
from scheduling.planning.markets import Market, market_days
from scheduling.planning.season.things import Candidate

SPRING_FESTIVAL = "春节"


@dataclass(frozen=True)
class TownMarket:
    """A market of a town. `like` is what a fair there needs; its key and day are filled in for each market day."""

    town: str
    market: Market
    like: Candidate


def candidates_of(
    markets: Iterable[TownMarket],
    first: date,
    last: date,
    *,
    holidays: Holidays | None = None,
    closed_for: Collection[str] = (SPRING_FESTIVAL,),
    closed_days: Collection[date] = (),
) -> tuple[Candidate, ...]:
    """Give every market day from `first` to `last` (both included), by day, then town, as a candidate.

    Left out: days off that `holidays` names in `closed_for` (the 春节 closure), and `closed_days`. A key is
    `town@2027-02-06`; a town's second market on one day is left out, for there is one fair in a town on a day.
    Raises OutsideCalendar outside 1901-2100.
    """
    found: dict[str, Candidate] = {}
    for place in markets:
        for day in market_days(place.market, first, last):
            if day in closed_days or (holidays and _closed(holidays, day, closed_for)):
                continue
            key = f"{place.town}@{day}"
            found.setdefault(key, replace(place.like, key=key, town=place.town, day=day))
    return tuple(sorted(found.values(), key=lambda candidate: (candidate.day, candidate.key)))


def makeup_days(holidays: Holidays, first: date, last: date) -> tuple[date, ...]:
    """Give the weekend days from `first` to `last` that are worked as published: `Problem.makeup`."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if (holiday := holidays.on(day)) and holiday.works)


def _closed(holidays: Holidays, day: date, closed_for: Collection[str]) -> bool:
    holiday = holidays.on(day)
    return holiday is not None and not holiday.works and holiday.name in closed_for
