"""How the best timetable is looked for: small ones whole, larger ones by steps towards a plan and towards a bound."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from scheduling.planning.solving import Cancelled, Limits, Progress, Status, Stopped, Watch, solver, total
from scheduling.planning.timetable.annealing import Arrays, cool, supports
from scheduling.planning.timetable.budgets import Budget
from scheduling.planning.timetable.checking import breaches
from scheduling.planning.timetable.drafting import draft
from scheduling.planning.timetable.improving import Improving
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.modelling import Choices, constrain, counted, every_option, objective
from scheduling.planning.timetable.problem import Plan
from scheduling.planning.timetable.proving import Proof
from scheduling.planning.timetable.scoring import score
from scheduling.planning.timetable.staffing import staffed

_SMALL = 4000  # choices that CP-SAT sees through as a whole
_PROOF = 0.15  # of all work
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
    if _size(look) > _SMALL and supports(look):
        return _annealed(look, limits, watch=watch, cancelled=cancelled)
    plan = _begun(look, budget)
    if plan is None or _size(look) <= _SMALL:
        return _whole(look, plan, budget, watch)
    return _by_steps(look, plan, budget, watch)


def _by_steps(look: Lookup, plan: Plan, budget: Budget, watch: Watch) -> Found:
    """Let each worker take step after step: some prove a bound, most look for a cheaper plan."""
    limits = budget.limits
    proof, improving = Proof(look), Improving(look, plan, limits.seed)
    watch(Progress(improving.value, proof.bound, budget.gone))
    proving = threading.Lock()

    def over() -> bool:
        return budget.over() or proof.bound >= improving.value

    def proved() -> bool:
        """Take a step of the proof, where its turn has come and no other thread is at it."""
        if not proving.acquire(blocking=False):
            return False
        try:
            due = proof.waiting and proof.spent <= _PROOF * (proof.spent + improving.spent)
            if due:
                proof.step(budget, over)
            return bool(due)
        finally:
            proving.release()

    def work() -> None:
        while not over():
            if not proved():
                improving.step(budget, proof.excess(improving.plan))
            watch(Progress(improving.value, proof.bound, budget.gone))

    with ThreadPoolExecutor(limits.workers) as pool:
        for done in [pool.submit(work) for _ in range(limits.workers)]:
            done.result()
    bound = min(proof.bound, improving.value)
    if bound == improving.value:
        return Found(Status.OPTIMAL, Stopped.PROOF, improving.plan, bound)
    stopped = Stopped.CANCEL if budget.cancelled() else Stopped.WORK if budget.work <= 0 else Stopped.CLOCK
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
