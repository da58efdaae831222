"""The cooling: how hot it begins, how it cools, how dear a broken rule is on the way; a run on each core."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import numpy as np

from scheduling.planning.solving import Cancelled, Limits, Progress, Stopped, Watch
from scheduling.planning.timetable.annealing.arrays import Arrays, cost
from scheduling.planning.timetable.annealing.kernel import BREACH, LONGEST, anneal
from scheduling.planning.timetable.annealing.shapes import Numbers
from scheduling.planning.timetable.drafting import draft

HOT, WARM, COLD = 40.0, 2.5, 0.12  # temperatures, in points
QUICK = 0.2  # of the time goes from hot to warm, where rules are sorted out; the rest from warm to cold
CHAINS = 100  # of 1024 moves
STEPS = 20_000  # between two looks at the clock, at whoever cancels, and at the rules still broken
STEPS_A_SECOND = 1_000_000  # of a limit, where work decides: what a slow and busy core does
DEAR = 100.0  # points for a broken rule while rules are sorted out
LEAST_DEAR, MOST_DEAR = 30.0, 400.0  # afterwards it follows the timetable:
DEARER, CHEAPER = 1.005, 0.998  # after each look, where rules are broken and where none is; so most looks find none
SPARE = 0.02  # of the time, kept for what comes after


@dataclass
class Cooling:
    """One cool-down from a random timetable; `least` and `best` are what it came to."""

    arrays: Arrays
    limits: Limits
    seed: int
    began: float
    cancelled: Cancelled
    best: Numbers = field(init=False)
    least: int = field(init=False)

    def __post_init__(self) -> None:
        given = self.arrays.given
        chance = np.random.default_rng(self.seed)
        cells = chance.permutation(given.cost.shape[1])[: len(given.activity)]
        self.state = self.arrays.state(cells.tolist(), int(chance.integers(1, 2**63)))
        self.best, self.least = self.state.cell.copy(), cost(given, self.state.cell)

    def run(self) -> None:
        """Cool down until the limit, or until nothing can be better."""
        given, current, dear, steps = self.arrays.given, self.least, DEAR, 0
        hot = True
        scratch = np.empty(LONGEST, np.int32), np.empty(LONGEST, np.int32)
        while (gone := self._gone(steps)) < 1 and self.least > 0 and not self.cancelled():
            if hot and gone >= QUICK:
                hot, before = False, current
                current = self._kept(current)
                dear = DEAR if current == before else MOST_DEAR
            heat = _heat(gone)
            current, self.least = anneal(
                given, self.state, self.best, current, self.least, STEPS, heat, round(dear), CHAINS, *scratch
            )
            steps += STEPS
            if gone > QUICK:
                dear = min(max(dear * (DEARER if current >= BREACH else CHEAPER), LEAST_DEAR), MOST_DEAR)

    def _kept(self, current: int) -> int:
        """Give what the timetable costs from which it cools on: a drafted one, where heat found none without a breach.

        A rule that is broken when it is no longer hot stays broken (1 run in 10 on the hardest of the public ones).
        """
        if self.least < BREACH:
            return current
        problem = self.arrays.look.problem
        cells = self.arrays.cells(draft(problem, self.seed, cancelled=self.cancelled))
        if cells is None or (drafted := cost(self.arrays.given, np.array(cells, np.int32))) >= self.least:
            return current
        self.state = self.arrays.state(cells, self.seed + 1)
        self.best, self.least = self.state.cell.copy(), drafted
        return drafted

    def _gone(self, steps: int) -> float:
        """Give the share of the limit that is gone: of the work with one worker, of the time with more."""
        by_clock = (time.monotonic() - self.began) / (self.limits.seconds * (1 - SPARE))
        if self.limits.workers > 1:
            return by_clock
        done = steps / (STEPS_A_SECOND * self.limits.seconds)
        return 1.0 if by_clock >= 1 else done


def _heat(gone: float) -> float:
    """Give the temperature when this share of the limit is gone: each part cools by equal ratios."""
    if gone < QUICK:
        return float(HOT * (WARM / HOT) ** (gone / QUICK))
    return float(WARM * (COLD / WARM) ** ((gone - QUICK) / (1 - QUICK)))


@dataclass(frozen=True)
class Cooled:
    """What came of it: the cells of the best timetable, or None where each still breaks a rule."""

    cells: list[int] | None
    stopped: Stopped


def cool(arrays: Arrays, limits: Limits, *, watch: Watch, cancelled: Cancelled) -> Cooled:
    """Cool down once on each core, from different chances; the best of them counts, the first of equals."""
    began = time.monotonic()
    runs = [Cooling(arrays, limits, limits.seed + 1000 * n, began, cancelled) for n in range(limits.workers)]
    threads = [threading.Thread(target=run.run, daemon=True) for run in runs]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        threads[0].join(0.5)
        least = min(run.least for run in runs)
        watch(Progress(least if least < BREACH else None, 0, time.monotonic() - began))
    best = min(runs, key=lambda run: run.least)
    if best.least == 0:
        stopped = Stopped.PROOF
    elif cancelled():
        stopped = Stopped.CANCEL
    else:
        by_work = limits.workers == 1 and time.monotonic() - began < limits.seconds * (1 - SPARE)
        stopped = Stopped.WORK if by_work else Stopped.CLOCK
    return Cooled(best.best.tolist() if best.least < BREACH else None, stopped)
