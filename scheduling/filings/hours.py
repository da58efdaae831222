"""课时 a day: the same sum for the filing of a class and for what looks odd in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from scheduling.planning.timetable import HERE


class Lesson(Protocol):
    """What is asked of a session: when it begins (aware), its 课时, its rotating party (0: everybody)."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def hours(self) -> int:
        """How many 课时 it counts."""

    @property
    def party(self) -> int:
        """Which rotating part of the class comes; 0: all of it."""


def by_day(lessons: Iterable[Lesson]) -> dict[date, int]:
    """Give the most 课时 one trainee has on each day in Shanghai: of rotating parties, the one that has most."""
    taught: defaultdict[date, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for each in lessons:
        taught[each.starts_at.astimezone(HERE).date()][each.party] += each.hours
    return {
        day: parties.get(0, 0) + max((hours for party, hours in parties.items() if party), default=0)
        for day, parties in sorted(taught.items())
    }
