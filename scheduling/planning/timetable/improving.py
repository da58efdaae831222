"""A good timetable made better: a few classes at a time are planned anew around all others (large neighbourhoods).

Each step is a small model solved by CP-SAT. In most steps the classes keep the teachers and rooms they have, so that
almost only times are open; in some, everything of theirs is.
"""

from __future__ import annotations

import time
from random import Random

from scheduling.planning.solving import Cancelled, Limits, Status, solver, total
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.modelling import Choices, Held, Options, constrain, every_option, narrowed, objective
from scheduling.planning.timetable.problem import Plan
from scheduling.planning.timetable.scoring import score
from scheduling.planning.timetable.staffing import staffed

_STEP = 0.5  # work for one step
_OVERHEAD = 0.1  # work that a step costs before the solver begins
_FEW = 4  # families that are enough to take some of them at a time


class Budget:
    """What is left of a solve's limits: work with one worker, time in any case."""

    def __init__(self, limits: Limits, cancelled: Cancelled) -> None:
        self.cancelled = cancelled
        self.began = time.monotonic()
        self.limits = limits
        self.work = limits.seconds * solver.WORK_A_SECOND if limits.workers == 1 else float("inf")

    @property
    def gone(self) -> float:
        """The seconds gone by."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """The seconds left."""
        return max(0.0, self.limits.seconds - self.gone)

    def over(self) -> bool:
        """Say whether to stop."""
        return self.work <= 0 or self.left <= 0 or self.cancelled()


class Improving:
    """The best timetable so far, and steps to a better one."""

    def __init__(self, look: Lookup, plan: Plan, seed: int) -> None:
        self.look, self.plan, self.chance = look, plan, Random(seed)
        self.value = total(score(look.problem, plan))
        self.everything = every_option(look)
        self.settled = every_option(Lookup(staffed(look)))
        families = look.families()
        self.unit = families if len(set(families.values())) >= _FEW else {key: n for n, key in enumerate(families)}
        self.units = sorted(set(self.unit.values()))
        self.size = {False: 3.0, True: 2.0}

    def step(self, budget: Budget) -> None:
        """Plan some classes anew, and take what is found if it is not worse."""
        wide = self.chance.random() < 1 / 4
        count = min(len(self.units), max(1, round(self.size[wide])))
        chosen = set(self.chance.sample(self.units, count))
        options = self.everything if wide else self._settled()
        choices = Choices(self.look, narrowed(options, self.plan, lambda held: self.unit[held[0]] in chosen))
        constrain(choices)
        choices.model.minimize(objective(choices))
        choices.hint(self.plan)
        outcome = solver.run(
            choices.model,
            Limits(budget.left, self.chance.randrange(2**31), 1),
            cancelled=budget.cancelled,
            parameters={"max_deterministic_time": _STEP, "symmetry_level": 0},
        )
        budget.work -= _OVERHEAD + outcome.solver.deterministic_time
        self.size[wide] *= 1.1 if outcome.status is Status.OPTIMAL else 0.9
        if outcome.found:
            plan = choices.read(outcome.solver.boolean_value)
            value = total(score(self.look.problem, plan))
            if value <= self.value:
                self.plan, self.value = plan, value

    def _settled(self) -> Options:
        """Give the options with the staff that was settled on at first, and whom and what the plan has now."""
        options = dict(self.settled)
        for one in self.plan.meetings:
            held: Held = (one.activity, one.slot)
            rooms, roles = options.get(held, ((), ((),) * len(one.teachers)))
            staff = zip(roles, one.teachers, strict=True)
            options[held] = (
                tuple(dict.fromkeys((*rooms, one.room))),
                tuple(tuple(dict.fromkeys((*role, teacher))) for role, teacher in staff),
            )
        return {held: options[held] for held in self.everything if held in options}
