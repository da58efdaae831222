"""What no timetable can cost less than.

Every term counts by activity or by group, or grows faster than the parts it is made of (`overload`, `overflow`). So the
least that each family of activities (a class and its groups) costs by itself, added up, is a bound; and so is the least
that the times of all cost together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduling.planning.solving import Cancelled, Limits, Status, solver, total
from scheduling.planning.timetable.budgets import Budget
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.modelling import counted, objective
from scheduling.planning.timetable.problem import Match, Plan, Problem
from scheduling.planning.timetable.scoring import score

_FIRST = 0.3  # work on each part at first
_MORE = 3  # times as much when its turn comes again


@dataclass
class _Part:
    """A family, or the whole: what it costs at least, and the work that its next turn is worth."""

    look: Lookup
    least: int = 0  # no term is less
    work: float = _FIRST


class Proof:
    """A bound that grows step by step, each step with more work on one part that is not settled."""

    def __init__(self, look: Lookup) -> None:
        families = look.families()
        numbers = sorted(set(families.values()))
        self.families = [
            _Part(Lookup(_alone(look.problem, {key for key in families if families[key] == number})))
            for number in (numbers if len(numbers) > 1 else ())
        ]
        self.whole = _Part(look)
        self.waiting = [*self.families, self.whole]
        self.spent = 0.0  # work

    @property
    def bound(self) -> int:
        """What is proven so far."""
        return max(self.whole.least, sum(family.least for family in self.families))

    def excess(self, plan: Plan) -> dict[str, int]:
        """Give for each activity by how much its family costs more in the plan than it must, as far as is known."""
        over: dict[str, int] = {}
        for family in self.families:
            mine = Plan(tuple(one for one in plan.meetings if one.activity in family.look.activity))
            over |= dict.fromkeys(family.look.activity, total(score(family.look.problem, mine)) - family.least)
        return over

    def step(self, budget: Budget, cancelled: Cancelled) -> None:
        """Work on the part whose turn it is."""
        one = self.waiting.pop(0)
        choices = counted(one.look)
        choices.model.minimize(objective(choices))
        outcome = solver.run(
            choices.model,
            Limits(budget.left, budget.limits.seed, 1),
            cancelled=cancelled,
            parameters={"max_deterministic_time": one.work, "linearization_level": 2, "symmetry_level": 0},
        )
        work = outcome.solver.deterministic_time
        self.spent += work
        budget.work -= work
        one.work *= _MORE
        if outcome.bound is not None:
            one.least = max(one.least, outcome.bound)
        if outcome.status is not Status.OPTIMAL:
            self.waiting.append(one)


def _alone(problem: Problem, keys: set[str]) -> Problem:
    """Give the problem of one family's activities."""

    def about(what: Match) -> bool:
        return what.activity is None or what.activity in keys

    return replace(
        problem,
        activities=tuple(one for one in problem.activities if one.key in keys),
        pins=tuple(pin for pin in problem.pins if pin.activity in keys),
        bans=tuple(ban for ban in problem.bans if about(ban.what)),
        wishes=tuple(wish for wish in problem.wishes if about(wish.what)),
    )
