"""The season's hard rules once more, written from the text of `problem` alone: plain loops, nothing shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from scheduling.planning.season import Candidate, Plan, PlannedFair, Problem, Town, Van


class View:
    """A problem and a plan for it, with what the rules keep asking. Fairs on unknown candidates break `known` alone."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.candidates = {one.key: one for one in problem.candidates}
        self.towns = {one.key: one for one in problem.towns}
        self.vans = {one.key: one for one in problem.vans}
        self.staff = {one.key: one for one in problem.staff}
        self.enterprises = {one.key: one for one in problem.enterprises}
        self.fairs = [(self.candidates[one.candidate], one) for one in plan.fairs if one.candidate in self.candidates]
        self.days = [candidate.day for candidate, _ in self.fairs]

    def held(self, town: Town) -> list[date]:
        """Give the days of the town's fairs, in order."""
        return sorted(candidate.day for candidate, _ in self.fairs if candidate.town == town.key)

    def of(self, kind: str, key: str) -> list[date]:
        """Give the days of the fairs at which one of the staff, or an enterprise, is."""
        return [candidate.day for candidate, fair in self.fairs if key in getattr(fair, kind)]

    def served(self, van: Van) -> list[Candidate]:
        """Give the candidates that the van goes to, as a fair's van or as a reserve van, each once."""
        at = [candidate for candidate, fair in self.fairs if fair.van == van.key]
        kept = [self.candidates.get(fair.reserve or "") for _, fair in self.fairs if fair.reserve_van == van.key]
        return list({one.key: one for one in [*at, *kept] if one is not None}.values())


def monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)


def most(things: Iterable[object]) -> int:
    """Give how often the most frequent thing is there."""
    return max(Counter(things).values(), default=0)


def _known(view: View) -> Iterator[str]:
    kinds = {"candidate": view.candidates, "van": view.vans, "reserve": view.candidates, "reserve_van": view.vans}
    for fair in view.plan.fairs:
        single = all(getattr(fair, what) in {None, *known} for what, known in kinds.items())
        listed = set(fair.staff) <= view.staff.keys() and set(fair.enterprises) <= view.enterprises.keys()
        if not (single and listed) or most(fair.staff) > 1 or most(fair.enterprises) > 1:
            yield "known"
    if most(fair.candidate for fair in view.plan.fairs) > 1:
        yield "known"


def _season(view: View) -> Iterator[str]:
    if any(not view.problem.first <= day <= view.problem.last for day in view.days):
        yield "season"


def _gap(view: View) -> Iterator[str]:
    for town in view.problem.towns:
        days = [*([town.last_visit] if town.last_visit else []), *view.held(town)]
        if any((later - day).days < view.problem.pace.gap_days for day, later in pairwise(days)):
            yield "gap"


def _pace(view: View) -> Iterator[str]:
    pace = view.problem.pace
    if most(view.days) > pace.a_day:
        yield "pace.day"
    if most(map(monday, view.days)) > pace.a_week:
        yield "pace.week"
    if pace.season is not None and len(view.days) > pace.season:
        yield "pace.season"


def _towns(view: View) -> Iterator[str]:
    for town in view.problem.towns:
        held = len(view.held(town))
        if held < town.fairs_min:
            yield f"least:{town.key}"
        if town.fairs_max is not None and held > town.fairs_max:
            yield f"most:{town.key}"


def _campaigns(view: View) -> Iterator[str]:
    for one in view.problem.campaigns:
        towns = one.towns or view.towns
        held = [c for c, _ in view.fairs if one.first <= c.day <= one.last and c.town in towns]
        if len(held) < one.at_least:
            yield f"campaign:{one.key}"


def _locks(view: View) -> Iterator[str]:
    for lock in view.problem.locks:
        kept = any(
            fair.candidate == lock.candidate
            and lock.van in {None, fair.van}
            and set(lock.staff) <= set(fair.staff)
            and set(lock.enterprises) <= set(fair.enterprises)
            for _, fair in view.fairs
        )
        known = (
            lock.van in {None, *view.vans}
            and set(lock.staff) <= view.staff.keys()
            and set(lock.enterprises) <= view.enterprises.keys()
        )
        if not (kept and known):
            yield f"lock:{lock.candidate}"


def _bans(view: View) -> Iterator[str]:
    for ban in view.problem.bans:
        here = [fair for _, fair in view.fairs if fair.candidate == ban.candidate]
        reserved = [fair for _, fair in view.fairs if fair.reserve == ban.candidate]
        if ban.candidate not in view.candidates:
            continue
        if (
            (ban.whole_day and (here or reserved))
            or any(fair.van in ban.vans for fair in here)
            or any(fair.reserve_van in ban.vans for fair in reserved)
            or any({*fair.staff, *fair.enterprises} & {*ban.staff, *ban.enterprises} for fair in here)
        ):
            yield f"ban:{ban.candidate}"


def _van_one(view: View) -> Iterator[str]:
    if any((fair.van is not None) != candidate.needs_van for candidate, fair in view.fairs):
        yield "van.one"


def _vans(view: View) -> Iterator[str]:
    for van in view.problem.vans:
        served, minutes = view.served(van), dict(van.minutes)
        if any(minutes.get(one.town, van.range_minutes + 1) > van.range_minutes for one in served):
            yield f"van.range:{van.key}"
        if any(one.day in van.unavailable for one in served):
            yield f"van.away:{van.key}"
        if most(one.day for one in served) > 1:
            yield f"van.trip:{van.key}"


def _reserve(view: View) -> Iterator[str]:
    taken = {fair.candidate for _, fair in view.fairs}
    vans: dict[str, set[str | None]] = {}
    for candidate, fair in view.fairs:
        if not _reserved(view, candidate, fair, taken):
            yield "reserve"
        if fair.reserve is not None:
            vans.setdefault(fair.reserve, set()).add(fair.reserve_van)
    if any(len(named) > 1 for named in vans.values()):
        yield "reserve"


def _reserved(view: View, candidate: Candidate, fair: PlannedFair, taken: set[str]) -> bool:
    if not candidate.exposed:
        return fair.reserve is None and fair.reserve_van is None
    reserve = view.candidates.get(fair.reserve or "")
    return (
        reserve is not None
        and reserve.town == candidate.town
        and 1 <= (reserve.day - candidate.day).days <= view.problem.pace.reserve_days
        and reserve.key not in taken
        and (fair.reserve_van is not None) == reserve.needs_van
    )


def _staff_here(view: View) -> Iterator[str]:
    for candidate, fair in view.fairs:
        if not candidate.staff_min <= len(fair.staff) <= candidate.staff_max:
            yield "staff.size"
        leaders = [key for key in fair.staff if key in view.staff and view.staff[key].leads]
        if len(leaders) < candidate.leaders_min:
            yield "staff.leader"


def _staff_days(view: View) -> Iterator[str]:
    for one in view.problem.staff:
        days = view.of("staff", one.key)
        if any(day.isoweekday() in one.rest_weekdays and day not in view.problem.makeup for day in days):
            yield "staff.rest"
        if set(days) & set(one.unavailable):
            yield "staff.away"
        if most(days) > 1:
            yield "staff.twice"
        if most(map(monday, days)) > one.max_days_a_week:
            yield "staff.week"


def _enterprises_here(view: View) -> Iterator[str]:
    for candidate, fair in view.fairs:
        if not candidate.enterprises_min <= len(fair.enterprises) <= candidate.enterprises_max:
            yield "enterprise.size"


def _enterprises_days(view: View) -> Iterator[str]:
    for one in view.problem.enterprises:
        days = view.of("enterprises", one.key)
        if set(days) & set(one.unavailable):
            yield "enterprise.away"
        if most(days) > 1:
            yield "enterprise.twice"
        if most((day.year, day.month) for day in days) > one.max_a_month:
            yield "enterprise.month"


Rule = Callable[[View], Iterator[str]]

OF_FAIRS: tuple[Rule, ...] = (_known, _season, _gap, _pace, _towns, _campaigns)
OF_VANS: tuple[Rule, ...] = (_van_one, _vans, _reserve)
OF_STAFF: tuple[Rule, ...] = (_staff_here, _staff_days)
OF_ENTERPRISES: tuple[Rule, ...] = (_enterprises_here, _enterprises_days)
OF_PLANNERS: tuple[Rule, ...] = (_locks, _bans)
RULES = OF_FAIRS + OF_VANS + OF_STAFF + OF_ENTERPRISES + OF_PLANNERS


def broken(problem: Problem, plan: Plan, among: Iterable[Rule] = RULES) -> set[str]:
    """Give the keys of the rules that the plan breaks, of those asked for."""
    view = View(problem, plan)
    return {key for rule in among for key in rule(view)}
