"""What is left of a solve's limits."""

from __future__ import annotations

import time

from scheduling.planning.solving import Cancelled, Limits, solver


class Budget:
    """Counted work where there is one worker, so that every machine does the same; seconds in any case."""

    def __init__(self, limits: Limits, cancelled: Cancelled) -> None:
        self.limits, self.cancelled = limits, cancelled
        self.began = time.monotonic()
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
