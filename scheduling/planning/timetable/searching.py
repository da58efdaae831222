"""How the best timetable is looked for: small ones whole, larger ones by steps while a bound is proven beside them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from scheduling.planning.solving import Cancelled, Limits, Progress, Status, Stopped, Watch, solver, total
from scheduling.planning.timetable.annealing import Arrays, cool, supports
from scheduling.planning.timetable.checking import breaches
from scheduling.planning.timetable.drafting import draft
from scheduling.planning.timetable.improving import Budget, Improving
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.modelling import Choices, constrain, counted, every_option, objective
from scheduling.planning.timetable.problem import Plan
from scheduling.planning.timetable.scoring import score
from scheduling.planning.timetable.staffing import staffed
from scheduling.planning.timetable.tempering import Tables

_SMALL = 4000  # choices that CP-SAT sees through as a whole
_PROOF = 1 / 3  # of one worker's time
_DRAFTS = 3
_MOVES_A_SECOND = 50_000  # of a limit: about a tenth of it
_MOVES_OF_WORK = 1_500_000  # that take as long as one unit of CP-SAT's work


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
    if _size(look) > _SMALL and supports(look):
        return _annealed(look, limits, watch=watch, cancelled=cancelled)
    plan = _begun(look, budget)
    if plan is None or _size(look) <= _SMALL:
        return _whole(look, plan, budget, watch)
    proof = _Proof(look, plan, budget)
    watch(Progress(total(score(look.problem, plan)), proof.bound, budget.gone))
    proof.run() if limits.workers == 1 else proof.start()
    improving = Improving(look, _tempered(look, plan, budget), limits.seed)
    while not budget.over() and proof.bound < improving.value:
        watch(Progress(improving.value, proof.bound, budget.gone))
        improving.step(budget)
    proof.over.set()
    bound = min(proof.bound, improving.value)
    if bound == improving.value:
        return Found(Status.OPTIMAL, Stopped.PROOF, improving.plan, bound)
    stopped = Stopped.CANCEL if cancelled() else Stopped.WORK if budget.work <= 0 else Stopped.CLOCK
    return Found(Status.FEASIBLE, stopped, improving.plan, bound)


def _annealed(look: Lookup, limits: Limits, *, watch: Watch, cancelled: Cancelled) -> Found:
    """Cool down from chance: for timetables that no model sees through, where only a cost of 0 proves itself."""
    arrays = Arrays(look)
    cooled = cool(arrays, limits, watch=watch, cancelled=cancelled)
    if cooled.cells is None:
        return Found(Status.UNKNOWN, cooled.stopped)
    status = Status.OPTIMAL if cooled.stopped is Stopped.PROOF else Status.FEASIBLE
    return Found(status, cooled.stopped, arrays.plan(cooled.cells), 0)


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


def _begun(look: Lookup, budget: Budget) -> Plan | None:
    """Draft a plan that keeps every rule, if possible one with its staff settled."""
    problem, seed = look.problem, budget.limits.seed
    for one in (staffed(look), problem):
        for number in range(_DRAFTS):
            plan = draft(one, seed + number, cancelled=budget.cancelled)
            if not breaches(one, plan):
                return plan
    return None


def _tempered(look: Lookup, plan: Plan, budget: Budget) -> Plan:
    """Give better times to a plan whose staff is settled; another stays as it is."""
    settled = staffed(look)
    if breaches(settled, plan):
        return plan
    moves = round(_MOVES_A_SECOND * budget.limits.seconds)
    budget.work -= moves / _MOVES_OF_WORK
    better = Tables(Lookup(settled)).tempered(plan, moves, budget.limits.seed, budget.cancelled)
    return min(better, plan, key=lambda one: total(score(look.problem, one)))


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
