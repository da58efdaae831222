"""The search: choose days and vans, share out members, learn what they cost, choose again (Benders' decomposition).

Every choice is made against cuts that are true for all plans, so its bound holds for all plans too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from scheduling.planning.season.choosing import Choosing
from scheduling.planning.season.cuts import missing_at_least, worth_at_most
from scheduling.planning.season.facts import Facts
from scheduling.planning.season.pools import Pool
from scheduling.planning.season.pricing import first_prices
from scheduling.planning.season.problem import Plan
from scheduling.planning.season.sharing import Prices, Shared, share
from scheduling.planning.solving import Cancelled, Limits, Progress, Status, Stopped, Watch, solver

_PRICING_SHARE = 0.3  # of the time may go into first prices
_CHOICE_SHARE = 0.3  # of the time that is left goes into one choice
_PRICING_SECONDS, _SHARING_SECONDS = 3e-5, 6e-6  # for each member and market day, counted where work decides
_PARAMETERS: dict[str, object] = {"num_workers": 1, "linearization_level": 2}  # the bound is in the linear program


@dataclass
class Search:
    """A search for the plan with the greatest `value`; `best` may begin with one that keeps every rule."""

    facts: Facts
    choosing: Choosing
    pools: tuple[Pool, Pool]  # staff, enterprises
    value: Callable[[Plan], int]
    limits: Limits
    watch: Watch
    cancelled: Cancelled
    prefers: Plan = field(default_factory=Plan)
    best: Plan | None = None
    best_value: int | None = None
    bound: int | None = None
    _began: float = field(default_factory=time.monotonic)
    _counted: float = 0.0

    def run(self, *, priced: bool = True) -> tuple[Status, Stopped]:
        """Search until proven, out of time or cancelled; what is found is in `best` and `bound`.

        `priced`: look at the season roughly first, which pays where the objective has much to weigh.
        """
        if self.best is not None:
            self.best_value = self.value(self.best)
            self._tell()
        self._first_cuts(priced=priced)
        self.choosing.maximise()
        chosen: Plan | None = None
        while (stopped := self._stopped()) is None:
            before = chosen
            outcome = self._choose()
            if outcome.status is Status.INFEASIBLE:
                return Status.INFEASIBLE, Stopped.PROOF
            if outcome.found:
                chosen = self.choosing.read(outcome.solver, self.prefers)
                self._learn(chosen)
                if chosen == before and outcome.status is Status.OPTIMAL and not self._proven():
                    stopped = Stopped.WORK  # nothing more to learn
                    break
        if self.best is None:
            return Status.UNKNOWN, stopped
        return (Status.OPTIMAL if self._proven() else Status.FEASIBLE), stopped

    def _first_cuts(self, *, priced: bool) -> None:
        """Learn from the season looked at roughly, or else from the plan it begins with."""
        prices = None
        if priced:
            prices = first_prices(self.choosing, self.pools, self.cancelled, self._left() * _PRICING_SHARE)
            self._count(_PRICING_SECONDS)
        for number, pool in enumerate(self.pools):
            self.choosing.bound(number, worth_at_most(self.facts, pool, prices[number] if prices else Prices()))
        if self.best is not None and prices is None:
            self._learn(self.best)

    def _choose(self) -> solver.Outcome:
        """Choose days and vans, the best by all that is known."""
        if self.best is not None:
            self.choosing.hint(self.best)
        clock = max(0.0, self.limits.seconds - self._elapsed())
        outcome = solver.run(
            self.choosing.model,
            replace(self.limits, seconds=max(self._left() * _CHOICE_SHARE, min(1.0, self._left()))),
            watch=lambda progress: self._tell(progress.bound),
            cancelled=self.cancelled,
            parameters={**_PARAMETERS, "max_time_in_seconds": clock},
        )
        self._counted += outcome.solver.response_proto.deterministic_time / solver.WORK_A_SECOND
        if outcome.bound is not None:
            self.bound = outcome.bound if self.bound is None else min(self.bound, outcome.bound)
        return outcome

    def _learn(self, chosen: Plan) -> None:
        """Share members out over the fairs chosen; keep the plan if it is the best, and what it teaches in any case."""
        held = [fair.candidate for fair in chosen.fairs]
        self._count(_SHARING_SECONDS)
        shares: list[Shared] = []
        for number, pool in enumerate(self.pools):
            shared = share(self.facts, pool, held, self.cancelled)
            if shared is None:
                return
            if shared.missing:
                self.choosing.forbid_missing(missing_at_least(self.facts, pool, shared.prices))
            else:
                self.choosing.bound(number, worth_at_most(self.facts, pool, shared.prices))
                shares.append(shared)
        if len(shares) == len(self.pools):
            self._keep(_with_members(self.facts, chosen, shares))

    def _keep(self, plan: Plan) -> None:
        value = self.value(plan)
        if self.best_value is None or value > self.best_value:
            self.best, self.best_value = plan, value
            self._tell()

    def _tell(self, bound: int | None = None) -> None:
        known = [number for number in (self.bound, bound) if number is not None]
        self.watch(Progress(self.best_value, min(known, default=None), self._elapsed()))

    def _proven(self) -> bool:
        return self.bound is not None and self.best_value is not None and self.best_value >= self.bound

    def _stopped(self) -> Stopped | None:
        if self._proven():
            return Stopped.PROOF
        if self.cancelled():
            return Stopped.CANCEL
        if self._elapsed() >= self.limits.seconds:
            return Stopped.CLOCK
        return Stopped.WORK if self._left() <= 0 else None

    def _left(self) -> float:
        """Give the seconds left: counted work with one worker, the clock's with more."""
        return self.limits.seconds - (self._counted if self.limits.workers == 1 else self._elapsed())

    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def _count(self, seconds: float) -> None:
        members = len(self.facts.problem.staff) + len(self.facts.problem.enterprises)
        self._counted += seconds * members * len(self.facts.open)


def filled(facts: Facts, pools: tuple[Pool, Pool], plan: Plan, cancelled: Cancelled) -> Plan | None:
    """Share the pools out anew over the plan's fairs; None when cancelled."""
    held = [fair.candidate for fair in plan.fairs]
    shares = [shared for pool in pools if (shared := share(facts, pool, held, cancelled))]
    return _with_members(facts, plan, shares) if len(shares) == len(pools) else None


def _with_members(facts: Facts, plan: Plan, shares: list[Shared]) -> Plan:
    """Put those locked and those shared out into the fairs."""
    staff, enterprises = (shared.members for shared in shares)
    fairs = []
    for fair in plan.fairs:
        fixed = facts.locked_at(fair.candidate)
        fairs.append(
            replace(
                fair,
                staff=tuple(sorted(fixed.staff.union(staff[fair.candidate]))),
                enterprises=tuple(sorted(fixed.enterprises.union(enterprises[fair.candidate]))),
            )
        )
    return Plan(tuple(fairs))
