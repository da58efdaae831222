"""Linear programs by GLOP, behind one door: it can be cancelled, and gives the same answer every time."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from ortools.linear_solver.python.model_builder_helper import ModelBuilderHelper, ModelSolverHelper, SolveStatus

from scheduling.planning.solving import Cancelled

FREE = float("inf")
_POLL = 0.1  # seconds between two looks at `cancelled`


@dataclass(frozen=True)
class Optimum:
    """The best there is: the value of each column, and the price of each row (what one more of its limit would add)."""

    columns: list[float]
    prices: list[float]


@dataclass
class Program:
    """The greatest sum of worth x column, each row's sum within its limits. Columns and rows are known by number."""

    _model: ModelBuilderHelper = field(default_factory=ModelBuilderHelper)

    def column(self, low: float, high: float, worth: float = 0) -> int:
        """Add a column."""
        number = self._model.add_var()
        self._model.set_var_lower_bound(number, low)
        self._model.set_var_upper_bound(number, high)
        self._model.set_var_objective_coefficient(number, worth)
        return number

    def row(self, terms: Iterable[tuple[int, float]], low: float = -FREE, high: float = FREE) -> int:
        """Add a row: low <= the sum of factor x column <= high, where each column comes once."""
        number = self._model.add_linear_constraint()
        self._model.set_constraint_lower_bound(number, low)
        self._model.set_constraint_upper_bound(number, high)
        for column, factor in terms:
            self._model.add_term_to_constraint(number, column, factor)
        return number

    def maximise(self, cancelled: Cancelled, work: float) -> Optimum | None:
        """Solve it; None when it has no answer, is cancelled, or takes more than `work` (GLOP's counted seconds)."""
        self._model.set_maximize(True)
        solver = ModelSolverHelper("glop")
        solver.set_solver_specific_parameters(f"use_dual_simplex: true max_deterministic_time: {work}")
        over = threading.Event()

        def look() -> None:
            while not over.wait(_POLL):
                if cancelled():
                    solver.interrupt_solve()

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        try:
            solver.solve(self._model)
        finally:
            over.set()
            thread.join()
        if solver.status() != SolveStatus.OPTIMAL:
            return None
        return Optimum(list(solver.variable_values()), list(solver.dual_values()))
