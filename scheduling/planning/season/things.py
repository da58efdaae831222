"""What a season is planned from: towns, market days, vans, staff, enterprises. Keys are the caller's own words.

Every day is a civil date in Asia/Shanghai. Lists are tuples, so that a problem can be kept as JSON and compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Town:
    """A township. `seekers` says how many people there look for work in a trade; one not listed counts as none."""

    key: str
    name: str
    population: int
    last_visit: date | None = None  # the last fair before the season; None: never
    seekers: tuple[tuple[str, int], ...] = ()
    fairs_min: int = 0
    fairs_max: int | None = None


@dataclass(frozen=True)
class Candidate:
    """One market day of one town: a fair may be held on it, and what it would then need.

    An `exposed` fair stands in the open and must have a reserve day in case of rain.
    """

    key: str
    town: str
    day: date
    market: str = ""  # the market's own name, for people to read
    exposed: bool = False
    needs_van: bool = True
    staff_min: int = 6
    staff_max: int = 10
    leaders_min: int = 1
    enterprises_min: int = 8
    enterprises_max: int = 20


@dataclass(frozen=True)
class Van:
    """A van. `minutes` is one way to a town, by town key; a town not listed cannot be reached."""

    key: str
    name: str
    minutes: tuple[tuple[str, int], ...]
    range_minutes: int
    unavailable: tuple[date, ...] = ()


@dataclass(frozen=True)
class Staff:
    """One of the bureau's people. `rest_weekdays` are 1 (Monday) to 7; `leads` says who may lead a fair (带队)."""

    key: str
    name: str
    home: str | None = None  # a town's key
    rest_weekdays: tuple[int, ...] = ()
    max_days_a_week: int = 3
    unavailable: tuple[date, ...] = ()
    leads: bool = False


@dataclass(frozen=True)
class Enterprise:
    """An enterprise that comes to fairs. `needs` is how many people it still lacks in each trade."""

    key: str
    name: str
    needs: tuple[tuple[str, int], ...] = ()
    prefers: tuple[str, ...] = ()  # towns' keys
    max_a_month: int = 4
    unavailable: tuple[date, ...] = ()

    @property
    def need(self) -> int:
        """How many people it lacks in all."""
        return sum(people for _, people in self.needs)
