"""A good timetable made better: a few classes at a time are planned anew around all others (large neighbourhoods).

Each step is a small model of CP-SAT. In most steps the classes keep to the teachers and rooms they have, so that almost
only times are open; in the others everything of theirs is.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from random import Random

from scheduling.planning.solving import Limits, Status, solver, total
from scheduling.planning.timetable.budgets import Budget
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.modelling import Choices, Options, constrain, every_option, narrowed, objective
from scheduling.planning.timetable.problem import Plan
from scheduling.planning.timetable.scoring import score

_OVERHEAD = 0.1  # work that a step costs before the solver begins
_SLOW = 2  # the relaxation takes twice the time that its work is counted as
_WIDE = 0.3  # of the steps leave teachers and rooms open too
_BETTER = 0.5  # of the steps want a cheaper plan; the others take one that costs the same, to get about
_EVEN = 2.0  # points of excess that every class is drawn as if it had
_FEW = 4  # families that are enough to take some of them at a time
_PARAMETERS: dict[str, object] = {
    "max_deterministic_time": 0.25,
    "linearization_level": 2,  # the whole relaxation: pairs of half-days are seen at once (420 to 366 points in 10 s)
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
}


class Improving:
    """The cheapest timetable so far, and steps to a cheaper one, which several threads may take at once."""

    def __init__(self, look: Lookup, plan: Plan, seed: int) -> None:
        self.look, self.plan, self.chance = look, plan, Random(seed)
        self.value = total(score(look.problem, plan))
        self.spent = 0.0  # work
        self.options = every_option(look)
        families = look.families()
        self.unit = families if len(set(families.values())) >= _FEW else {key: n for n, key in enumerate(families)}
        self.units = sorted(set(self.unit.values()))
        self.size = {False: 3.0, True: 1.0}  # units that a step plans anew, by whether it is wide
        self._lock = threading.Lock()

    def step(self, budget: Budget, excess: Mapping[str, int]) -> None:
        """Plan some classes anew, and take what is found; `excess` says which activities cost more than they need."""
        with self._lock:
            begun, value = self.plan, self.value
            wide, better, seed = (
                self.chance.random() < _WIDE,
                self.chance.random() < _BETTER,
                self.chance.randrange(2**31),
            )
            chosen = self._chosen(round(self.size[wide]), excess)
            options = self.options if wide else self._staying()
        choices = Choices(self.look, narrowed(options, begun, lambda held: self.unit[held[0]] in chosen))
        constrain(choices)
        cost = objective(choices)
        choices.model.minimize(cost)
        choices.model.add(cost <= value - better)
        choices.hint(begun)
        outcome = solver.run(
            choices.model, Limits(budget.left, seed, 1), cancelled=budget.cancelled, parameters=_PARAMETERS
        )
        work = _OVERHEAD + _SLOW * outcome.solver.deterministic_time
        found = choices.read(outcome.solver.boolean_value) if outcome.found else begun
        worth = total(score(self.look.problem, found))
        with self._lock:
            self.spent += work
            budget.work -= work
            settled = outcome.status in {Status.OPTIMAL, Status.INFEASIBLE}
            self.size[wide] = min(max(1.0, self.size[wide] * (1.1 if settled else 0.9)), len(self.units))
            if self.plan is begun or worth < self.value:  # else another thread has come as far meanwhile
                self.plan, self.value = found, worth

    def _chosen(self, count: int, excess: Mapping[str, int]) -> set[int]:
        """Draw so many units, those that cost more than they need more often."""
        weight = dict.fromkeys(self.units, _EVEN)
        for key, points in excess.items():
            weight[self.unit[key]] += points
        chosen: set[int] = set()
        while len(chosen) < min(count, len(self.units)):
            left = [unit for unit in self.units if unit not in chosen]
            chosen.update(self.chance.choices(left, [weight[unit] for unit in left]))
        return chosen

    def _staying(self) -> Options:
        """Give the options in which every activity keeps to the rooms and teachers it has now."""
        rooms: dict[str, set[str | None]] = defaultdict(set)
        teachers: dict[tuple[str, int], set[str]] = defaultdict(set)
        for one in self.plan.meetings:
            rooms[one.activity].add(one.room)
            for number, teacher in enumerate(one.teachers):
                teachers[one.activity, number].add(teacher)
        staying: Options = {}
        for (activity, slot), (homes, roles) in self.options.items():
            mine = tuple(room for room in homes if room in rooms[activity])
            staff = tuple(
                tuple(teacher for teacher in role if teacher in teachers[activity, number])
                for number, role in enumerate(roles)
            )
            if mine and all(staff):
                staying[activity, slot] = mine, staff
        return staying
