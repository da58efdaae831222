"""The booth plan as a CP-SAT model.

Who gets a booth is known beforehand (`Ground.seated`), so the model only says where: an assignment, whose linear
relaxation is nearly whole. What is said of neighbours is said of trades and not of enterprises, which keeps it small.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TypeAlias

from ortools.sat.python import cp_model

from scheduling.planning.booths.problem import Plan
from scheduling.planning.booths.queue import Ground
from scheduling.planning.booths.scoring import neighbours, points_alone
from scheduling.planning.solving import Cancelled, Limits, Status, Stopped, Watch, never, solver, unwatched

PARAMETERS: dict[str, object] = {
    "subsolvers": ["max_lp"],  # instead of what more workers would begin with
    "linearization_level": 2,
    "symmetry_level": 0,
    "cp_model_probing_level": 0,
}
"""Every row in the linear relaxation: that proves the optimum in a second where the default is not done after 20."""

Points: TypeAlias = cp_model.LinearExpr | int


@dataclass(frozen=True)
class Found:
    """The best plan that was found, and what is proven of it."""

    status: Status
    stopped: Stopped
    plan: Plan
    bound: int


class Model:
    """The variables, the objectives, and how a solution is read."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.cp = ground, cp_model.CpModel()
        self.at = {
            (key, booth): self.cp.new_bool_var(f"{key} at {booth}")
            for key in ground.seated
            for booth in ground.suiting[key]
        }
        self._once_each()

    def points(self) -> Points:
        """Give the objective, adding to the model what it counts."""
        enterprises, booths = self.ground.enterprises, self.ground.booths
        alone = [
            points_alone(self.ground, enterprises[key], booths[number]) * here
            for (key, number), here in self.at.items()
        ]
        return sum(alone) + self.ground.problem.policy.weights.neighbours * self._beside()

    def moves(self, told: Plan) -> Points:
        """Give how many stand elsewhere than they were told."""
        stays = [self.at[place] for place in told.places.items() if place in self.at]
        return sum(key in self.ground.seated for key in told.places) - sum(stays)

    def best(self, first: Plan, limits: Limits, *, watch: Watch = unwatched, cancelled: Cancelled = never) -> Found:
        """Give the best plan, beginning from the `first`, which it is when nothing was found in time."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools gives it no types
        places = set(first.places.items())
        for place, here in self.at.items():
            self.cp.add_hint(here, place in places)
        outcome = solver.run(self.cp, limits, watch=watch, cancelled=cancelled, parameters=PARAMETERS)
        if not outcome.found:
            return Found(Status.FEASIBLE, outcome.stopped, first, bound=0)
        chosen = dict(place for place, here in self.at.items() if outcome.solver.boolean_value(here))
        return Found(outcome.status, outcome.stopped, self.ground.plan(chosen), outcome.bound or 0)

    def _once_each(self) -> None:
        mine, its = defaultdict(list), defaultdict(list)
        for (key, booth), here in self.at.items():
            mine[key].append(here)
            its[booth].append(here)
        for heres in mine.values():
            self.cp.add_exactly_one(heres)
        for heres in its.values():
            self.cp.add_at_most_one(heres)

    def _beside(self) -> Points:
        match self.ground.problem.policy.competitors:
            case "apart":
                return self._pairs()
            case "together":
                return self._rows()
        return 0

    def _pairs(self) -> Points:
        """Give the pairs of neighbours that are competitors."""
        hiring: dict[int, dict[str, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
        for (key, booth), here in self.at.items():
            hiring[booth][self.ground.enterprises[key].trade].append(here)
        pairs = []
        for a, b in neighbours(self.ground.problem):
            for trade in sorted(hiring[a].keys() & hiring[b].keys() - {""}):
                pairs.append(self.cp.new_bool_var(f"{trade} at {a} and {b}"))
                self.cp.add(sum(hiring[a][trade]) + sum(hiring[b][trade]) <= 1 + pairs[-1])
        return sum(pairs)

    def _rows(self) -> Points:
        """Give the rows that each trade is spread over, less one."""
        inside: dict[tuple[str, int], dict[str, list[cp_model.IntVar]]] = {}
        for (key, number), here in self.at.items():
            place = self.ground.enterprises[key].trade, self.ground.booths[number].row
            inside.setdefault(place, {}).setdefault(key, []).append(here)
        used = {place: self.cp.new_bool_var(f"{place[0]} in row {place[1]}") for place in inside if place[0]}
        sizes = Counter(booth.row for booth in self.ground.problem.booths)
        for place, row_used in used.items():
            for heres in inside[place].values():
                self.cp.add(sum(heres) <= row_used)
            room = min(sizes[place[1]], len(inside[place]))
            self.cp.add(sum(here for heres in inside[place].values() for here in heres) <= room * row_used)
        trades = Counter(self.ground.enterprises[key].trade for key in self.ground.seated)
        del trades[""]
        for trade, count in trades.items():  # this holds anyway; said, it makes the bound better
            rows = [row for each, row in used if each == trade]
            self.cp.add(sum(used[trade, row] for row in rows) >= 1)
            self.cp.add(sum(sizes[row] * used[trade, row] for row in rows) >= count)
        return sum(used.values()) - len(trades)
