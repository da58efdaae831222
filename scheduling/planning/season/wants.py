"""What is asked of a season: its pace, campaigns, what is fixed or forbidden, how it is measured and weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True)
class Pace:
    """How densely fairs may follow one another, over the whole county and in one town."""

    gap_days: int = 10  # between two fairs in one town, at least 1
    a_day: int = 2
    a_week: int = 6  # Monday to Sunday
    season: int | None = None
    reserve_days: int = 14  # a reserve day lies at most so many days after its fair


@dataclass(frozen=True)
class Campaign:
    """A campaign such as 春风行动 that asks for fairs between two days, in these towns (none named: in any)."""

    key: str
    name: str
    first: date
    last: date
    at_least: int
    towns: tuple[str, ...] = ()

    def counts(self, town: str, day: date) -> bool:
        """Say whether a fair in the town on the day counts for the campaign."""
        return self.first <= day <= self.last and (not self.towns or town in self.towns)


@dataclass(frozen=True)
class Lock:
    """Announced, or decided by a planner: this market day has a fair, and who is named here is at it."""

    candidate: str
    van: str | None = None
    staff: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ban:
    """Overruled by a planner: who is named here is not at this fair. Nobody named: no fair and no reserve that day."""

    candidate: str
    vans: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()
    called_off: bool = False  # no planner's word: there is no market that day any more

    @property
    def whole_day(self) -> bool:
        """Whether the ban is on the market day itself."""
        return not (self.vans or self.staff or self.enterprises)


@dataclass(frozen=True)
class Measures:
    """Figures by which a plan is measured; a county sets its own."""

    turnout_permille: int = 20  # of a town's people come to a fair there after a long wait
    recovers_days: int = 42  # until a town's interest is whole again after a fair
    patience_days: int = 30  # a wait up to this is nothing to complain of
    returns_percent: tuple[int, ...] = (100, 80, 65, 50, 40, 30, 25, 20, 15, 10)  # never rising


@dataclass(frozen=True)
class Weights:
    """Points for each unit of a term, none negative; `wait`, `longest`, `balance` and `travel` are costs."""

    reach: int = 2
    need: int = 10
    match: int = 3
    wish: int = 40
    wait: int = 20
    longest: int = 100
    balance: int = 2
    home: int = 30
    travel: int = 3


@dataclass(frozen=True)
class Prices:
    """What a re-plan pays for each difference from the accepted plan. A move costs no more than dropping and adding."""

    dropped: int = 100
    moved: int = 60
    added: int = 30
    van: int = 8
    reserve: int = 2
    staff: int = 3
    enterprise: int = 5


PRESETS: Mapping[str, Weights] = MappingProxyType(
    {
        "均衡": Weights(),
        "先缺工": Weights(reach=1, need=25, match=8, wish=60),
        "先久等": Weights(wait=80, longest=400),
        "少跑路": Weights(balance=4, home=80, travel=12),
    }
)
