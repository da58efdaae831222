"""A problem looked at from the sides that planning needs: by town, by day, by week; who could go where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from scheduling.planning.season.problem import Problem
from scheduling.planning.season.things import Candidate, Town, Van
from scheduling.planning.solving import Sentence, say

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
ONE_DAY = timedelta(days=1)


@dataclass
class Fixed:
    """All that the locks on one candidate ask for, together."""

    vans: set[str] = field(default_factory=set)
    staff: set[str] = field(default_factory=set)
    enterprises: set[str] = field(default_factory=set)


class Facts:
    """The problem's things by key, and what follows from single rules. `open` days are those that may have a fair.

    `loose` are rules that need not hold, by key, for `relaxing`: those that are not written as data in the problem.
    """

    def __init__(self, problem: Problem, loose: frozenset[str] = frozenset()) -> None:
        self.problem = problem
        self.loose = loose
        self.names = {
            **{van.key: van.name for van in problem.vans},
            **{person.key: person.name for person in problem.staff},
            **{firm.key: firm.name for firm in problem.enterprises},
        }
        self.town: dict[str, Town] = {town.key: town for town in problem.towns}
        self.candidate: dict[str, Candidate] = {candidate.key: candidate for candidate in problem.candidates}
        self.banned = {ban.candidate for ban in problem.bans if ban.whole_day}
        self.locked = _locked(problem)
        ordered = sorted(problem.candidates, key=in_order)
        self.open = [
            c
            for c in ordered
            if c.key not in self.banned and (problem.first <= c.day <= problem.last or "season" in loose)
        ]
        self.by_town = grouped(self.open, lambda c: c.town)
        self.by_day = grouped(self.open, lambda c: c.day)
        self.by_week = grouped(self.open, lambda c: monday(c.day))
        no_van: defaultdict[str, set[str]] = defaultdict(set)
        for ban in problem.bans:
            no_van[ban.candidate].update(ban.vans)
        self.minutes: dict[str, dict[str, int]] = {
            c.key: {
                van.key: minutes
                for van in problem.vans
                if (minutes := reach(van, c)) is not None and van.key not in no_van[c.key]
            }
            for c in problem.candidates
        }
        alternatives = grouped([c for c in ordered if c.key not in self.banned], lambda c: c.town)
        self.reserves: dict[str, list[str]] = {
            c.key: [other.key for other in alternatives[c.town] if 0 < (other.day - c.day).days <= days]
            for days in [problem.pace.reserve_days]
            for c in self.open
            if c.exposed
        }

    def locked_at(self, candidate: str) -> Fixed:
        """Give what is locked to the candidate, nothing if nothing is."""
        return self.locked.get(candidate, Fixed())

    def called(self, candidate: str) -> Sentence | str:
        """Give words for a candidate's fair: its town and day; an unknown one is called by its key."""
        known = self.candidate.get(candidate)
        if known is None:
            return candidate
        return say("%(town)s%(day)s", town=self.town[known.town].name, day=known.day)

    def name(self, key: str) -> str:
        """Give the name of a van, a person or an enterprise; an unknown one is called by its key."""
        return self.names.get(key, key)

    def start(self, town: Town) -> date:
        """Give the day a town's first wait begins."""
        return town.last_visit or self.problem.first - ONE_DAY

    def curious(self, town: Town) -> int:
        """Give the people that each day of waiting adds to the town's next fair."""
        measures = self.problem.measures
        return town.population * measures.turnout_permille // (1000 * measures.recovers_days)

    def wait_counted(self, town: Town, before: date | None, day: date) -> int:
        """Give the days of waiting that count as reach for a fair on `day`, when the last one was on `before`."""
        whole = self.problem.measures.recovers_days
        since = before or town.last_visit
        return whole if since is None else min((day - since).days, whole)


def reach(van: Van, candidate: Candidate) -> int | None:
    """Give the minutes for the van to the candidate; None when it is too far or the van is away that day."""
    minutes = dict(van.minutes).get(candidate.town)
    if minutes is None or minutes > van.range_minutes or candidate.day in van.unavailable:
        return None
    return minutes


def monday(day: date) -> date:
    """Give the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def month(day: date) -> date:
    """Give the first of the day's month."""
    return day.replace(day=1)


def in_order(candidate: Candidate) -> tuple[date, str]:
    """Give what candidates, and the fairs of a plan, are sorted by."""
    return candidate.day, candidate.key


def grouped(things: Iterable[T], key: Callable[[T], K]) -> defaultdict[K, list[T]]:
    """Give the things by key, in the order they came."""
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return groups


def _locked(problem: Problem) -> dict[str, Fixed]:
    locked: dict[str, Fixed] = {}
    for lock in problem.locks:
        fixed = locked.setdefault(lock.candidate, Fixed())
        fixed.vans.update([lock.van] if lock.van else [])
        fixed.staff.update(lock.staff)
        fixed.enterprises.update(lock.enterprises)
    return locked
