"""How the best timetable is looked for: small ones whole, larger ones by steps while a bound is proven beside them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from scheduling.planning.solving import Cancelled, Limits, Progress, Status, Stopped, Watch, solver, total
from scheduling.planning.timetable.checking import breaches
from scheduling.planning.timetable.drafting import draft
from scheduling.planning.timetable.improving import Budget, Improving
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.modelling import Choices, constrain, counted, every_option, objective
from scheduling.planning.timetable.problem import Plan
from scheduling.planning.timetable.scoring import score
from scheduling.planning.timetable.staffing import staffed

_SMALL = 4000  # choices that CP-SAT sees through as a whole
_PROOF = 1 / 3  # of one worker's time
_DRAFTS = 3


@dataclass(frozen=True)
class Found:
    """What a search came to: `bound` is what no plan can cost less than, None where nothing is known."""

    status: Status
    stopped: Stopped
    plan: Plan | None = None
    bound: int | None = None


def search(look: Lookup, limits: Limits, *, watch: Watch, cancelled: Cancelled) -> Found:
    """Look for the cheapest plan within the limits."""
    budget = Budget(limits, cancelled)
    plans = _drafts(look, limits.seed, budget)
    if not plans or _size(look) <= _SMALL:
        return _whole(look, plans[0] if plans else None, budget, watch)
    improving = Improving(look, plans[0], limits.seed)
    proof = _Proof(look, improving.plan, budget)
    if limits.workers == 1:
        proof.run()
    else:
        proof.start()
    while not budget.over() and proof.bound < improving.value:
        watch(Progress(improving.value, proof.bound, budget.gone))
        improving.step(budget)
    proof.over.set()
    bound = min(proof.bound, improving.value)
    if bound == improving.value:
        return Found(Status.OPTIMAL, Stopped.PROOF, improving.plan, bound)
    stopped = Stopped.CANCEL if cancelled() else Stopped.WORK if budget.work <= 0 else Stopped.CLOCK
    return Found(Status.FEASIBLE, stopped, improving.plan, bound)


def possible(look: Lookup, limits: Limits, cancelled: Cancelled) -> bool | None:
    """Say whether any plan keeps every hard rule; None where the limits came first."""
    if not breaches(look.problem, draft(look.problem, limits.seed, cancelled=cancelled)):
        return True
    if solver.run(counted(look).model, limits, cancelled=cancelled).status is Status.INFEASIBLE:
        return False
    choices = Choices(look, every_option(look))
    constrain(choices)
    status = solver.run(choices.model, limits, cancelled=cancelled).status
    return None if status is Status.UNKNOWN else status is not Status.INFEASIBLE


def _size(look: Lookup) -> int:
    return sum(1 + len(rooms) + sum(map(len, roles)) for rooms, roles in every_option(look).values())


def _drafts(look: Lookup, seed: int, budget: Budget) -> list[Plan]:
    """Give a few plans to begin from that keep every rule, the cheapest first."""
    problem, settled = look.problem, staffed(look)
    plans = (
        draft(one, seed + number, cancelled=budget.cancelled) for number in range(_DRAFTS) for one in (problem, settled)
    )
    return sorted((plan for plan in plans if not breaches(problem, plan)), key=lambda plan: total(score(problem, plan)))


def _whole(look: Lookup, plan: Plan | None, budget: Budget, watch: Watch) -> Found:
    """Solve the whole as one model."""
    choices = Choices(look, every_option(look))
    constrain(choices)
    choices.model.minimize(objective(choices))
    if plan is not None:
        choices.hint(plan)
    outcome = solver.run(
        choices.model, replace(budget.limits, seconds=budget.left), watch=watch, cancelled=budget.cancelled
    )
    if outcome.found:
        return Found(outcome.status, outcome.stopped, choices.read(outcome.solver.boolean_value), outcome.bound)
    if plan is None:
        return Found(outcome.status, outcome.stopped)
    if total(score(look.problem, plan)) == 0:  # no term is less
        return Found(Status.OPTIMAL, Stopped.PROOF, plan, 0)
    return Found(Status.FEASIBLE, outcome.stopped, plan, 0)


class _Proof(threading.Thread):
    """Proves, on one core, how little the times alone must cost: a bound for every plan."""

    def __init__(self, look: Lookup, plan: Plan, budget: Budget) -> None:
        super().__init__(daemon=True)
        self.look, self.plan, self.budget = look, plan, budget
        self.bound = 0  # no term is less
        self.over = threading.Event()

    def run(self) -> None:
        choices = counted(self.look)
        choices.model.minimize(objective(choices))
        choices.hint(self.plan)
        alone = self.budget.limits.workers == 1
        outcome = solver.run(
            choices.model,
            Limits(self.budget.left, self.budget.limits.seed, 1),
            watch=self._note,
            cancelled=lambda: self.over.is_set() or self.budget.cancelled(),
            parameters={
                "linearization_level": 2,
                "symmetry_level": 0,
                "max_deterministic_time": _PROOF * self.budget.work if alone else float("inf"),
            },
        )
        self.budget.work -= outcome.solver.deterministic_time
        if outcome.bound is not None:
            self.bound = max(self.bound, outcome.bound)

    def _note(self, progress: Progress) -> None:
        if self.budget.limits.workers > 1 and progress.bound is not None:
            self.bound = max(self.bound, progress.bound)
