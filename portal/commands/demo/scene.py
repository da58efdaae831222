"""What every part of the loader needs: where rows go, what day it is, who acts for the bureau, a seeded chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from portal.clock import HERE
from scheduling.models import Account
from scheduling.seals import Keyring

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OPENS, _LATEST, _CLOSES = time(7), time(18), time(22)  # the county town has a night market
_LEAST = timedelta(hours=4)


@dataclass(frozen=True)
class Scene:
    """The county around `now` (aware). Days are counted from today, in Asia/Shanghai."""

    session: Session
    county: str
    keys: Keyring
    now: datetime
    desk: Account
    gate: Account
    chance: Random  # seeded: the same county every time

    @property
    def today(self) -> date:
        """Today's date in the county."""
        return self.now.astimezone(HERE).date()

    def day(self, days: int) -> date:
        """Give the date so many days from today; past ones are negative."""
        return self.today + timedelta(days=days)

    def at(self, day: date | int, clock: str) -> datetime:
        """Give a time of the county's clock, as `8:30`, on a date or so many days from today."""
        hours, minutes = clock.split(":")
        return datetime.combine(day if isinstance(day, date) else self.day(day), time(int(hours), int(minutes)), HERE)

    def ago(self, days: int, clock: str = "10:00") -> datetime:
        """Give a time that is over: of that clock on a day past, plus some minutes; today's is a moment ago."""
        then = self.at(-days, clock) + timedelta(minutes=self.chance.randrange(50))
        return min(then, self.now - timedelta(minutes=1))

    def running(self) -> tuple[datetime, datetime]:
        """Give the hours of today's fair: from an hour ago for four more hours, within the market's hours."""
        here = self.now.astimezone(HERE)
        hour = here.replace(minute=0, second=0, microsecond=0)
        first, latest = (datetime.combine(self.today, edge, HERE) for edge in (_OPENS, _LATEST))
        starts = min(max(hour - timedelta(hours=1), first), latest)
        ends = max(hour + _LEAST + timedelta(hours=1), starts + _LEAST)
        return starts, min(ends, datetime.combine(self.today, _CLOSES, HERE))
