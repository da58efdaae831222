"""Plans made by simple rules, fair after fair: as by hand, or at random. What a solved plan is measured against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from random import Random

from scheduling.planning.season.checking import breaches
from scheduling.planning.season.facts import Facts, in_order, monday
from scheduling.planning.season.pools import Pool, pools
from scheduling.planning.season.problem import Plan, PlannedFair, Problem
from scheduling.planning.season.things import Candidate

Order = Callable[[list[tuple[int, str]]], list[str]]  # from costs and keys, the keys in the order they are tried


def greedy(problem: Problem) -> Plan | None:
    """Plan as by hand: first what is locked or asked for, then day by day the town where most people wait longest.

    The nearest free van goes, and as many as are needed of those who add most; places left are filled at the end. None
    when the plan then breaks a rule.
    """
    facts = Facts(problem)
    draft = _Draft(facts, lambda costs: [key for _, key in sorted(costs)])
    draft.add_asked(facts.open)
    for day in facts.by_day.values():
        for candidate in sorted(day, key=draft.waiting, reverse=True):
            draft.add(candidate)
    return draft.sound()


def at_random(problem: Problem, seed: int) -> Plan | None:
    """Plan first what is locked or asked for, then whatever fits, in random order. None when that breaks a rule."""
    facts, chance = Facts(problem), Random(seed)
    draft = _Draft(facts, lambda costs: chance.sample([key for _, key in costs], len(costs)))
    days = chance.sample(facts.open, len(facts.open))
    draft.add_asked(days)
    for candidate in days:
        draft.add(candidate)
    return draft.sound()


class _Draft:
    """A plan in the making that does nothing forbidden."""

    def __init__(self, facts: Facts, order: Order) -> None:
        self.facts = facts
        self.order = order
        self.pools = pools(facts)
        self.fairs: dict[str, PlannedFair] = {}
        self.held: list[Candidate] = []
        self.trips: set[tuple[str, date]] = set()  # a van and a day
        self.reserves: dict[str, str | None] = {}  # a reserve day and its van
        self.members: dict[str, list[list[str]]] = {}  # of each fair, by pool
        self.busy: set[tuple[int, str, date]] = set()  # a pool, a member, a day
        self.used = [Counter[tuple[str, date]]() for _ in self.pools]  # fairs of a member in a period
        self.had = [Counter[str]() for _ in self.pools]  # fairs of a member
        self.joined = [Counter[str]() for _ in self.pools]  # members of a fair, beside those locked

    def add_asked(self, days: list[Candidate]) -> None:
        """Add what is locked; then, from `days` in order, what campaigns and towns ask for."""
        for candidate in self.facts.open:
            if candidate.key in self.facts.locked:
                self.add(candidate)
        problem = self.facts.problem
        for campaign in problem.campaigns:
            self._add_some([c for c in days if campaign.counts(c.town, c.day)], campaign.at_least)
        for town in problem.towns:
            self._add_some([c for c in days if c.town == town.key], town.fairs_min)

    def add(self, candidate: Candidate) -> bool:
        """Add a fair on the candidate, with whoever comes first; False where that cannot be."""
        if not self._may(candidate):
            return False
        van = self._free_van(candidate, self.facts.locked_at(candidate.key).vans) if candidate.needs_van else None
        if candidate.needs_van and van is None:
            return False
        reserve = self._reserve(candidate) if candidate.exposed else (None, None)
        chosen = [self._needed(number, pool, candidate) for number, pool in enumerate(self.pools)]
        if reserve is None or None in chosen:
            return False
        self._book(candidate, van, reserve, [members or [] for members in chosen])
        return True

    def waiting(self, candidate: Candidate) -> tuple[int, str]:
        """Give the people of the town times the days they have waited."""
        town = self.facts.town[candidate.town]
        before = [c.day for c in self.held if c.town == candidate.town and c.day < candidate.day]
        return town.population * (candidate.day - max(before, default=self.facts.start(town))).days, candidate.key

    def sound(self) -> Plan | None:
        """Fill the places left with whoever adds something, and give the plan, if it breaks no rule."""
        for candidate in self.held:
            for number, pool in enumerate(self.pools):
                places = pool.sizes[candidate.key].most - self.joined[number][candidate.key]
                adding = [member for member, points in self._ranked(number, pool, candidate) if points > 0]
                self._join(number, candidate, adding[:places])
        fairs = []
        for candidate in sorted(self.held, key=in_order):
            staff, enterprises = (tuple(sorted(members)) for members in self.members[candidate.key])
            fairs.append(replace(self.fairs[candidate.key], staff=staff, enterprises=enterprises))
        plan = Plan(tuple(fairs))
        return None if breaches(self.facts.problem, plan) else plan

    def _add_some(self, days: list[Candidate], least: int) -> None:
        missing = least - sum(candidate.key in self.fairs for candidate in days)
        for candidate in days:
            if missing <= 0:
                break
            missing -= self.add(candidate)

    def _may(self, candidate: Candidate) -> bool:
        """Say whether the day is free for a fair."""
        pace, town = self.facts.problem.pace, self.facts.town[candidate.town]
        here = [c.day for c in self.held if c.town == candidate.town]
        known = here + ([town.last_visit] if town.last_visit else [])
        return (
            candidate.key not in self.fairs
            and candidate.key not in self.reserves
            and all(abs((candidate.day - day).days) >= pace.gap_days for day in known)
            and (town.fairs_max is None or len(here) < town.fairs_max)
            and sum(c.day == candidate.day for c in self.held) < pace.a_day
            and sum(monday(c.day) == monday(candidate.day) for c in self.held) < pace.a_week
            and (pace.season is None or len(self.held) < pace.season)
        )

    def _free_van(self, candidate: Candidate, locked: Iterable[str] = ()) -> str | None:
        minutes = self.facts.minutes[candidate.key]
        fit = [(minutes[van], van) for van in minutes if not locked or van in locked]
        return next((van for van in self.order(fit) if (van, candidate.day) not in self.trips), None)

    def _reserve(self, candidate: Candidate) -> tuple[str, str | None] | None:
        """Give the first reserve day that can be kept, with its van."""
        for key in self.facts.reserves[candidate.key]:
            day = self.facts.candidate[key]
            if key in self.fairs or key in self.facts.locked:
                continue
            if key in self.reserves or not day.needs_van:
                return key, self.reserves.get(key)
            if van := self._free_van(day):
                return key, van
        return None

    def _ranked(self, number: int, pool: Pool, candidate: Candidate) -> list[tuple[str, int]]:
        """Give who could come to the candidate's fair too, in the order they are tried, with the points they add."""
        period = pool.period(candidate.day)
        adds = {
            member: worth + pool.gains[member][self.had[number][member]]
            for member, worth in pool.worth[candidate.key].items()
            if self.used[number][member, period] < pool.left(member, period)
            and (number, member, candidate.day) not in self.busy
        }
        return [(member, adds[member]) for member in self.order([(-points, member) for member, points in adds.items()])]

    def _needed(self, number: int, pool: Pool, candidate: Candidate) -> list[str] | None:
        """Give the leaders and as many members as the fair needs at least; None for too few."""
        size = pool.sizes[candidate.key]
        ranked = [member for member, _ in self._ranked(number, pool, candidate)]
        chosen = [member for member in ranked if member in pool.leaders][: size.leaders]
        enough = len(chosen) == size.leaders
        chosen += [member for member in ranked if member not in chosen][: max(0, size.least - len(chosen))]
        return chosen if enough and size.least <= len(chosen) <= size.most else None

    def _book(
        self,
        candidate: Candidate,
        van: str | None,
        reserve: tuple[str | None, str | None],
        chosen: list[list[str]],
    ) -> None:
        key, spare = reserve
        if van:
            self.trips.add((van, candidate.day))
        if key:
            self.reserves[key] = spare
            if spare:
                self.trips.add((spare, self.facts.candidate[key].day))
        self.held.append(candidate)
        self.fairs[candidate.key] = PlannedFair(candidate.key, van, reserve=key, reserve_van=spare)
        fixed = self.facts.locked_at(candidate.key)
        self.members[candidate.key] = [sorted(fixed.staff), sorted(fixed.enterprises)]
        for number, members in enumerate(chosen):
            self._join(number, candidate, members)

    def _join(self, number: int, candidate: Candidate, members: list[str]) -> None:
        self.members[candidate.key][number] += members
        self.joined[number][candidate.key] += len(members)
        self.had[number].update(members)
        self.used[number].update((member, self.pools[number].period(candidate.day)) for member in members)
        self.busy.update((number, member, candidate.day) for member in members)
