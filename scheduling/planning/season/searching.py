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
from scheduling.planning.season.pricing import Mixture, mixed, mixed_in, mixture_prices
from scheduling.planning.season.problem import Plan
from scheduling.planning.season.sharing import Prices, Shared, share
from scheduling.planning.solving import Cancelled, Limits, Progress, Status, Stopped, Watch, gap, solver

_CHOICE_SHARE = 0.3  # of the time that is left goes into one choice
_LESSON_SECONDS = 1.5e-5  # for each member and market day, counted where work and not the clock decides
_FINER = 0.1  # of the gap that is known is how exactly the next choice is made
_FIRST_GAP = 0.03  # stands for it when none is known yet
_PARAMETERS: dict[str, object] = {"num_workers": 1, "linearization_level": 2}  # the bound is in the linear program


@dataclass
class Search:
    """A search for the plan with the greatest `value`. `begun` are plans that keep every rule, to begin with."""

    facts: Facts
    choosing: Choosing
    pools: tuple[Pool, Pool]  # staff, enterprises
    value: Callable[[Plan], int]
    limits: Limits
    watch: Watch
    cancelled: Cancelled
    began: float = field(default_factory=time.monotonic)  # when the planner was asked
    begun: list[Plan] = field(default_factory=list)
    prefers: Plan = field(default_factory=Plan)
    best: Plan | None = None
    best_value: int | None = None
    bound: int | None = None
    _counted: float = 0.0

    def run(self) -> tuple[Status, Stopped]:
        """Search until proven, out of time or cancelled; what is found is in `best` and `bound`."""
        self._count_lesson()
        for plan in self.begun:
            self._keep(plan)
        cuts = [worth_at_most(self.facts, pool, Prices()) for pool in self.pools]
        for number, cut in enumerate(cuts):
            self.choosing.bound(number, cut)
        self.choosing.maximise()
        mixture = mixed(self.begun)
        chosen: Plan | None = None
        while (stopped := self._stopped()) is None:
            self._learn_from(mixture)
            before, outcome = chosen, self._choose()
            if outcome.status is Status.INFEASIBLE:
                return Status.INFEASIBLE, Stopped.PROOF
            if outcome.found:
                chosen = self.choosing.read(outcome.solver, self.prefers)
                mixture = mixed_in(mixture, chosen)
                self._learn(chosen)
                if chosen == before and outcome.value == outcome.bound and not self._proven():
                    stopped = Stopped.WORK  # nothing more to learn
                    break
        if self.best is None:
            return Status.UNKNOWN, stopped
        if self.bound is None:
            self.bound = self.choosing.at_most(cuts)
        return (Status.OPTIMAL, Stopped.PROOF) if self._proven() else (Status.FEASIBLE, stopped)

    def _learn_from(self, mixture: Mixture) -> None:
        """Bound what the pools can bring by the prices of a mixture of plans."""
        for number, pool in enumerate(self.pools):
            prices = mixture_prices(self.facts, pool, mixture, self.cancelled) if mixture else None
            if prices is not None:
                self.choosing.bound(number, worth_at_most(self.facts, pool, prices))

    def _choose(self) -> solver.Outcome:
        """Choose days and vans, the best by all that is known, and not more exactly than pays as yet."""
        clock = max(0.0, self.limits.seconds - self._elapsed())
        known = gap(self.best_value, self.bound)
        finer = _FINER * (_FIRST_GAP if known is None else known)
        outcome = solver.run(
            self.choosing.model,
            replace(self.limits, seconds=max(self._left() * _CHOICE_SHARE, min(1.0, self._left()))),
            watch=lambda progress: self._tell(progress.bound),
            cancelled=self.cancelled,
            parameters={**_PARAMETERS, "max_time_in_seconds": clock, "relative_gap_limit": finer},
        )
        self._counted += outcome.solver.response_proto.deterministic_time / solver.WORK_A_SECOND
        if outcome.bound is not None:
            self.bound = outcome.bound if self.bound is None else min(self.bound, outcome.bound)
        return outcome

    def _learn(self, chosen: Plan) -> None:
        """Share members out over the fairs chosen; keep the plan if it is the best, and what it teaches in any case."""
        held = [fair.candidate for fair in chosen.fairs]
        self._count_lesson()
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
        return time.monotonic() - self.began

    def _count_lesson(self) -> None:
        self._counted += _LESSON_SECONDS * len(self.facts.open) * len(self.facts.names)


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
