"""The first half of a season: which market days, with which vans and reserve days. Members are shared out afterwards.

The model keeps every rule about days and vans, and of the rules about members what can be said without naming any.
It is linear throughout, so that `pricing` can look at it with its whole numbers relaxed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ortools.sat.python import cp_model

from scheduling.planning.season.cuts import Cut
from scheduling.planning.season.facts import Facts, grouped
from scheduling.planning.season.pools import Pool
from scheduling.planning.season.problem import Plan, PlannedFair
from scheduling.planning.season.things import Candidate

NO_VAN = ""
_POINTS = 10**12  # more than any objective

Trip = tuple[str, str]  # a candidate and a van


def added(variables: list[cp_model.IntVar], factors: list[int] | None = None) -> cp_model.LinearExpr:
    """Give the sum of the variables, each times its factor (one, where none are given)."""
    return cp_model.LinearExpr.weighted_sum(variables, factors or [1] * len(variables))


class Choosing:
    """A model of days and vans. `held` has a variable for each open candidate, `trips` and `spares` for each trip."""

    def __init__(self, facts: Facts, pools: tuple[Pool, ...]) -> None:
        self.facts = facts
        self.model = cp_model.CpModel()
        self.objective: list[tuple[cp_model.IntVar, int]] = []
        self.constant = 0
        self.held = {candidate.key: self.model.new_bool_var("") for candidate in facts.open}
        self.trips = self._trips()
        self.spares = self._spares()
        self.shares = [self.model.new_int_var(-_POINTS, _POINTS, "") for _ in pools]
        self._days()
        self._vans()
        self._asked()
        for pool in pools:
            self._members(pool)

    def maximise(self) -> None:
        """Say what is wanted: the terms in `objective`, and what the pools share out."""
        variables = [variable for variable, _ in self.objective] + self.shares
        factors = [factor for _, factor in self.objective] + [1] * len(self.shares)
        self.model.maximize(added(variables, factors) + self.constant)

    def count(self, candidates: Iterable[Candidate]) -> cp_model.LinearExpr:
        """Give how many of the candidates are held."""
        return added([self.held[candidate.key] for candidate in candidates])

    def bound(self, pool: int, cut: Cut) -> None:
        """Let the pool's share be at most the cut."""
        self.model.add(self.shares[pool] <= self._over(cut))

    def at_most(self, cuts: Iterable[Cut]) -> int:
        """Give a bound without looking for it: all that brings points at its most, whatever the rules say."""
        best = [max(factor * int(value) for value in variable.proto.domain) for variable, factor in self.objective]
        shared = [cut.constant + sum(max(0, points) for points in cut.each.values()) for cut in cuts]
        return self.constant + sum(best) + sum(shared)

    def forbid_missing(self, cut: Cut) -> None:
        """Leave out all choices of fairs for which members are missing."""
        self.model.add(self._over(cut) <= 0)

    def read(self, solver: cp_model.CpSolver, prefers: Plan) -> Plan:
        """Give the fairs chosen, without members. Of several reserve days the preferred plan's, or the first."""
        preferred = {(fair.candidate, fair.reserve, fair.reserve_van) for fair in prefers.fairs}
        vans = {key: van for (key, van), variable in self.trips.items() if solver.boolean_value(variable)}
        spare = {key: van for (key, van), variable in self.spares.items() if solver.boolean_value(variable)}
        fairs = []
        for candidate in self.facts.open:
            if not solver.boolean_value(self.held[candidate.key]):
                continue
            fair = PlannedFair(candidate.key, vans.get(candidate.key))
            if candidate.exposed:
                free = [(key, spare[key] or None) for key in self.facts.reserves[candidate.key] if key in spare]
                key, van = next((one for one in free if (candidate.key, *one) in preferred), free[0])
                fair = replace(fair, reserve=key, reserve_van=van)
            fairs.append(fair)
        return Plan(tuple(fairs))

    def _over(self, cut: Cut) -> cp_model.LinearExpr:
        each = [cut.each[key] for key in self.held]
        return added(list(self.held.values()), each) + cut.constant

    def _trips(self) -> dict[Trip, cp_model.IntVar]:
        return {
            (candidate.key, van): self.model.new_bool_var("")
            for candidate in self.facts.open
            if candidate.needs_van or "van.one" in self.facts.loose
            for van in self.facts.minutes[candidate.key]
        }

    def _spares(self) -> dict[Trip, cp_model.IntVar]:
        """Give a variable for each reserve day that a fair could have, by van."""
        days = sorted({key for reserves in self.facts.reserves.values() for key in reserves})
        return {
            (key, van): self.model.new_bool_var("")
            for key in days
            for van in (self.facts.minutes[key] if self.facts.candidate[key].needs_van else [NO_VAN])
        }

    def _days(self) -> None:
        facts, pace = self.facts, self.facts.problem.pace
        for day in facts.by_day.values():
            self.model.add(self.count(day) <= pace.a_day)
        for week in facts.by_week.values():
            self.model.add(self.count(week) <= pace.a_week)
        if pace.season is not None:
            self.model.add(self.count(facts.open) <= pace.season)
        for key, candidates in () if "gap" in facts.loose else facts.by_town.items():
            visit = facts.town[key].last_visit
            for number, candidate in enumerate(candidates):
                close = [c for c in candidates[number:] if (c.day - candidate.day).days < pace.gap_days]
                if len(close) > 1:
                    self.model.add(self.count(close) <= 1)
                if visit and (candidate.day - visit).days < pace.gap_days:
                    self.model.add(self.held[candidate.key] == 0)

    def _vans(self) -> None:
        facts = self.facts
        trips = grouped(self.trips, lambda trip: trip[0])
        spares = grouped(self.spares, lambda trip: trip[0])
        for candidate in facts.open:
            going = added([self.trips[trip] for trip in trips[candidate.key]])
            if "van.one" in facts.loose:
                self.model.add(going <= self.held[candidate.key])
            elif candidate.needs_van:
                self.model.add(going == self.held[candidate.key])
            if candidate.exposed:
                kept = [self.spares[trip] for key in facts.reserves[candidate.key] for trip in spares[key]]
                self.model.add(added(kept) >= self.held[candidate.key])
        for key, own in spares.items():  # a reserve day has one van, and no fair
            self.model.add(added([*(self.spares[trip] for trip in own), *self._if_open(key)]) <= 1)

        def van_and_day(trip: Trip) -> tuple[str, date]:
            return trip[1], facts.candidate[trip[0]].day

        busy = grouped(self.trips, van_and_day)
        waiting = grouped((trip for trip in self.spares if trip[1] != NO_VAN), van_and_day)
        for slot in {**busy, **waiting}:
            if f"van.trip:{slot[0]}" in facts.loose:
                continue
            trips_then = [self.trips[trip] for trip in busy[slot]] + [self.spares[trip] for trip in waiting[slot]]
            self.model.add(added(trips_then) <= 1)

    def _if_open(self, candidate: str) -> list[cp_model.IntVar]:
        return [self.held[candidate]] if candidate in self.held else []

    def _asked(self) -> None:
        """Keep locks, campaigns, and each town's least and most fairs."""
        facts = self.facts
        for key, fixed in facts.locked.items():
            if key not in self.held:
                self.model.add_bool_or([])
                continue
            self.model.add(self.held[key] == 1)
            for van in sorted(fixed.vans):
                self.model.add(self.trips[key, van] == 1) if (key, van) in self.trips else self.model.add_bool_or([])
        for campaign in facts.problem.campaigns:
            self.model.add(self.count(c for c in facts.open if campaign.counts(c.town, c.day)) >= campaign.at_least)
        for town in facts.problem.towns:
            self.model.add(self.count(facts.by_town[town.key]) >= town.fairs_min)
            if town.fairs_max is not None:
                self.model.add(self.count(facts.by_town[town.key]) <= town.fairs_max)

    def _members(self, pool: Pool) -> None:
        """Hold no fair that could not find members, nor more on a day or in a period than all members together fill."""
        facts = self.facts
        if not pool.possible:
            self.model.add_bool_or([])
        for candidate in facts.open:
            if not pool.fits(candidate.key):
                self.model.add(self.held[candidate.key] == 0)
        for day in facts.by_day.values():
            if pool.once_a_day:
                there = {member for candidate in day for member in pool.worth[candidate.key]}
                self._enough(pool, day, len(there), len(there & pool.leaders))
        for period, candidates in grouped(facts.open, lambda c: pool.period(c.day)).items():
            days = pool.days_in(candidates)
            filled = {member: min(pool.left(member, period), days[member]) for member in days}
            leading = sum(places for member, places in filled.items() if member in pool.leaders)
            self._enough(pool, candidates, sum(filled.values()), leading)

    def _enough(self, pool: Pool, candidates: list[Candidate], places: int, leading: int) -> None:
        held = [self.held[candidate.key] for candidate in candidates]
        sizes = [pool.sizes[candidate.key] for candidate in candidates]
        self.model.add(added(held, [size.least for size in sizes]) <= places)
        if any(size.leaders for size in sizes):
            self.model.add(added(held, [size.leaders for size in sizes]) <= leading)
