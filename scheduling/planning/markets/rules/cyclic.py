"""Rules that go round without looking at months: weekdays, branches, every few days, every day."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from scheduling.planning.lunar import branch_of
from scheduling.planning.markets import fields
from scheduling.planning.markets.rules.base import Rule


@dataclass(frozen=True)
class Weekly(Rule):
    """每周六、周日: ISO weekdays, 1 Monday to 7 Sunday."""

    kind: ClassVar[str] = "weekly"
    weekdays: tuple[int, ...] = field(metadata=fields.numbers(1, 7))

    def holds_on(self, day: date) -> bool:
        """See Rule."""
        return day.isoweekday() in self.weekdays


@dataclass(frozen=True)
class Branch(Rule):
    """赶辰戌日: days of those branches. Two that lie six apart meet every 6 days, three every 4 (空三赶四)."""

    kind: ClassVar[str] = "branch"
    branches: str = field(metadata=fields.branches())

    def holds_on(self, day: date) -> bool:
        """See Rule."""
        return branch_of(day) in self.branches


@dataclass(frozen=True)
class Interval(Rule):
    """自2026-01-01起每3天. The anchor is the first market: 起 says that there was none by this rule before it."""

    kind: ClassVar[str] = "interval"
    anchor: date = field(metadata=fields.civil_date())
    every: int = field(metadata=fields.number(1, 366))

    def holds_on(self, day: date) -> bool:
        """See Rule."""
        since = (day - self.anchor).days
        return since >= 0 and since % self.every == 0


@dataclass(frozen=True)
class Daily(Rule):
    """天天, 常集."""

    kind: ClassVar[str] = "daily"

    def holds_on(self, day: date) -> bool:  # noqa: ARG002  every day is the same to it
        """See Rule."""
        return True
