"""CP-SAT behind one door: limits, seed, progress and cancel are the same for every planner."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from scheduling.planning.solving.answers import Status, Stopped
from scheduling.planning.solving.limits import Cancelled, Limits, Progress, Watch, never, unwatched

WORK_A_SECOND = 0.4
"""CP-SAT's deterministic seconds that one worker is sure to do in a second of this project's machine.

Measured by `benchmarks/planning.py --work`; set low, so that the work and not the clock ends a solve.
"""
_POLL = 0.1  # seconds between two looks at `cancelled`
_NEARLY = 1e-6

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.UNKNOWN,
}


@dataclass(frozen=True)
class Outcome:
    """How a model was solved. `solver` gives the variables' values when there is a plan."""

    status: Status
    stopped: Stopped
    solver: cp_model.CpSolver
    value: int | None
    bound: int | None

    @property
    def found(self) -> bool:
        """Whether there is a plan to read."""
        return self.status in {Status.OPTIMAL, Status.FEASIBLE}


class _Telling(cp_model.CpSolverSolutionCallback):
    """Notes each better solution for whoever watches."""

    def __init__(self) -> None:
        super().__init__()
        self.best: float | None = None
        self.floor: float | None = None

    def on_solution_callback(self) -> None:
        self.best, self.floor = self.objective_value, self.best_objective_bound


def run(
    model: cp_model.CpModel,
    limits: Limits,
    *,
    watch: Watch = unwatched,
    cancelled: Cancelled = never,
    parameters: dict[str, object] | None = None,
) -> Outcome:
    """Solve `model` within `limits`; `parameters` are CP-SAT's own, for a planner that knows better.

    A parameter that is a list is added to. `watch` is told twice a second from another thread; `cancelled` is asked
    ten times a second, and the best plan so far is returned when it says yes. Raises ValueError for a model that
    CP-SAT calls invalid.
    """
    solver = _solver(limits, parameters or {})
    telling = _Telling()
    bounds: list[float] = []
    solver.best_bound_callback = bounds.append
    over, asked = threading.Event(), threading.Event()
    began = time.monotonic()

    def look() -> None:
        ticks = 0
        while not over.wait(_POLL):
            ticks += 1
            if cancelled():
                asked.set()
                solver.stop_search()
            if ticks % 5 == 0:
                bound = bounds[-1] if bounds else telling.floor
                watch(Progress(_whole(telling.best), _whole(bound), time.monotonic() - began))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        code = solver.solve(model, telling)
    finally:
        over.set()
        thread.join()
    if code not in _STATUS:
        raise ValueError(model.validate() or solver.status_name(code))
    return _outcome(model, solver, _STATUS[code], asked=asked.is_set(), limits=limits)


def feasible(model: cp_model.CpModel, limits: Limits) -> bool | None:
    """Say whether the model has any solution at all; None when the limits came first."""
    status = run(model, limits).status
    return None if status is Status.UNKNOWN else status is not Status.INFEASIBLE


def after(limits: Limits, outcome: Outcome) -> Limits:
    """Give what is left of the limits after a run: with one worker by counted work, so that it is always the same."""
    work = outcome.solver.response_proto.deterministic_time / WORK_A_SECOND
    spent = work if limits.workers == 1 else outcome.solver.wall_time
    return replace(limits, seconds=max(limits.seconds - spent, 0.0))


def _solver(limits: Limits, parameters: dict[str, object]) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = limits.seed
    solver.parameters.num_workers = limits.workers
    solver.parameters.max_time_in_seconds = limits.seconds
    if limits.workers == 1:
        solver.parameters.max_deterministic_time = limits.seconds * WORK_A_SECOND
    for name, value in parameters.items():
        if isinstance(value, list):
            getattr(solver.parameters, name).extend(value)
        else:
            setattr(solver.parameters, name, value)
    return solver


def _outcome(
    model: cp_model.CpModel, solver: cp_model.CpSolver, status: Status, *, asked: bool, limits: Limits
) -> Outcome:
    found = status in {Status.OPTIMAL, Status.FEASIBLE}
    value = round(solver.objective_value) if found and model.has_objective() else None
    bound = None
    if found and model.has_objective():
        least = model.proto.objective.scaling_factor >= 0  # CP-SAT keeps a maximum as a negated minimum
        best = solver.best_objective_bound
        bound = math.ceil(best - _NEARLY) if least else math.floor(best + _NEARLY)
    if status in {Status.OPTIMAL, Status.INFEASIBLE}:
        stopped = Stopped.PROOF
    elif asked:
        stopped = Stopped.CANCEL
    else:
        stopped = Stopped.CLOCK if limits.workers > 1 or solver.wall_time >= limits.seconds else Stopped.WORK
    return Outcome(status, stopped, solver, value, bound)


def _whole(number: float | None) -> int | None:
    """Give the number as points; None for none yet, or one without an end."""
    return None if number is None or not math.isfinite(number) else round(number)
