"""Why a market day was not taken: what planners ask first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduling.planning.season.facts import Facts, monday
from scheduling.planning.season.pools import Pool, pools
from scheduling.planning.season.problem import Plan
from scheduling.planning.season.scoring import fair_days
from scheduling.planning.season.things import Candidate
from scheduling.planning.solving import Reason, Sentence, say


def declined(facts: Facts, plan: Plan) -> Iterator[Reason]:
    """Say of each market day of the season without a fair what stands in its way, or that others are worth more."""
    asking = _Asking(facts, plan)
    held = {fair.candidate for fair in plan.fairs}
    for candidate in facts.problem.candidates:
        if candidate.key not in held and facts.problem.first <= candidate.day <= facts.problem.last:
            says = tuple(asking.obstacles(candidate)) or (say("能排，但没有别的日子划算"),)
            yield Reason(candidate.key, says)


class _Asking:
    """A plan, and what it leaves for one fair more."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.facts = facts
        self.staff, self.enterprises = pools(facts)
        self.days = fair_days(facts, plan)
        self.held = [facts.candidate[fair.candidate] for fair in plan.fairs]
        self.goes = {(fair.van, facts.candidate[fair.candidate].day): fair.candidate for fair in plan.fairs if fair.van}
        self.keeps = {fair.reserve: fair.candidate for fair in plan.fairs if fair.reserve}
        self.waits = {
            (fair.reserve_van, facts.candidate[fair.reserve].day): fair.candidate
            for fair in plan.fairs
            if fair.reserve and fair.reserve_van
        }
        self.at = [
            {candidate.key: getattr(fair, kind) for fair, candidate in zip(plan.fairs, self.held, strict=True)}
            for kind in ("staff", "enterprises")
        ]

    def obstacles(self, candidate: Candidate) -> Iterator[Sentence]:
        """Give what stands in the way of a fair on the candidate, the plan being as it is."""
        if candidate.key in self.facts.banned:
            yield say("已定这一天不办")
            return
        yield from self._days(candidate)
        yield from self._vans(candidate)
        yield from self._members(candidate)

    def _days(self, candidate: Candidate) -> Iterator[Sentence]:
        pace, town = self.facts.problem.pace, self.facts.town[candidate.town]
        visits = [*([town.last_visit] if town.last_visit else []), *self.days[candidate.town]]
        for day in visits:
            if abs((candidate.day - day).days) < pace.gap_days:
                yield say(
                    "离本乡镇%(day)s那场只有%(days)s天，至少要隔%(gap)s天",
                    day=day,
                    days=abs((candidate.day - day).days),
                    gap=pace.gap_days,
                )
        if town.fairs_max is not None and len(self.days[candidate.town]) >= town.fairs_max:
            yield say("本乡镇已排满%(count)s场", count=town.fairs_max)
        if sum(other.day == candidate.day for other in self.held) >= pace.a_day:
            yield say("当天已排满%(count)s场", count=pace.a_day)
        if sum(monday(other.day) == monday(candidate.day) for other in self.held) >= pace.a_week:
            yield say("这一周已排满%(count)s场", count=pace.a_week)
        if pace.season is not None and len(self.held) >= pace.season:
            yield say("整季已排满%(count)s场", count=pace.season)
        if candidate.key in self.keeps:
            yield say("留作%(fair)s的雨天备用日", fair=self.facts.called(self.keeps[candidate.key]))

    def _vans(self, candidate: Candidate) -> Iterator[Sentence]:
        """Say where each van is, when none is free."""
        if not candidate.needs_van:
            return
        reasons = [self._not_free(van.key, candidate) for van in self.facts.problem.vans]
        if None not in reasons:
            yield from (reason for reason in reasons if reason) if reasons else [say("没有车")]

    def _not_free(self, van: str, candidate: Candidate) -> Sentence | None:
        slot, name = (van, candidate.day), self.facts.name(van)
        if van not in self.facts.minutes[candidate.key]:
            return say("%(van)s跑不到或当天不能出车", van=name)
        if slot in self.goes:
            return say("%(van)s当天去%(fair)s", van=name, fair=self.facts.called(self.goes[slot]))
        if slot in self.waits:
            return say("%(van)s当天留给%(fair)s备用", van=name, fair=self.facts.called(self.waits[slot]))
        return None

    def _members(self, candidate: Candidate) -> Iterator[Sentence]:
        free = self._free(self.staff, self.at[0], candidate)
        if len(free) < candidate.staff_min:
            yield say("当天有空的人员只有%(count)s人，要%(least)s人", count=len(free), least=candidate.staff_min)
        elif len(free & self.staff.leaders) < candidate.leaders_min:
            yield say("当天没有够数的带队人员")
        free = self._free(self.enterprises, self.at[1], candidate)
        if len(free) < candidate.enterprises_min:
            yield say("当天能来的企业只有%(count)s家，要%(least)s家", count=len(free), least=candidate.enterprises_min)

    def _free(self, pool: Pool, at: dict[str, tuple[str, ...]], candidate: Candidate) -> set[str]:
        """Give the members that could still be at one fair more, on the candidate's day."""
        period = pool.period(candidate.day)
        used: Counter[str] = Counter()
        same_day: set[str] = set()
        for other in self.held:
            if pool.period(other.day) == period:
                used.update(at[other.key])
            if other.day == candidate.day:
                same_day.update(at[other.key])
        return {m for m in pool.worth[candidate.key] if used[m] < pool.limit[m]} - same_day
