"""Every plan of a tiny season: what is possible, and what is best, without a solver.

Once the fairs are chosen, vans with reserve days, staff and enterprises do not ask about each other: neither a rule nor
a term names two of the three. So the three are tried one after the other, not all together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product

from scheduling.planning.season import Candidate, Plan, PlannedFair, Problem
from tests.scheduling.planning.season import checker
from tests.scheduling.planning.season.checker import broken

Kept = Callable[[str], bool]  # whether a rule must hold, by its key
Worth = Callable[[Plan], dict[str, int]]  # points of a plan by what they are for

PATIENCE = 50_000  # parts of plans tried before a problem counts as not tiny
PARTS = {"van": checker.OF_VANS, "staff": checker.OF_STAFF, "enterprises": checker.OF_ENTERPRISES}
EARLY = {"gap", "season", "pace.day", "pace.week", "pace.season"}  # rules that another fair never mends
TERMS = {  # of the objective and of a re-plan, by the part that decides them
    "fairs": {"reach", "wait", "longest", "moved", "dropped", "added"},
    "van": {"travel", "van", "reserve"},
    "staff": {"balance", "home", "staff"},
    "enterprises": {"need", "match", "wish", "enterprise"},
}


class NotTiny(Exception):  # noqa: N818  no error: a test then looks at another problem
    """There is too much to try."""


class Tries:
    """What is left of the patience. Raises NotTiny when it is used up."""

    def __init__(self) -> None:
        self.left = PATIENCE

    def one(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise NotTiny


def everything(key: str) -> bool:
    del key
    return True


def possible(problem: Problem, kept: Kept = everything) -> bool:
    """Whether any plan keeps these rules (`known` always). Raises NotTiny."""
    tries = Tries()
    return any(
        all(any(True for _ in _ways(problem, part, chosen, kept, tries)) for part in PARTS)
        for chosen in _choices(problem, kept, tries)
    )


def best(problem: Problem, worth: Worth) -> int | None:
    """Give the most points of any plan that keeps every rule, None where there is no plan. Raises NotTiny."""
    tries = Tries()
    found = (_best_of(problem, chosen, worth, tries) for chosen in _choices(problem, everything, tries))
    return max((value for value in found if value is not None), default=None)


def _best_of(problem: Problem, chosen: tuple[Candidate, ...], worth: Worth, tries: Tries) -> int | None:
    """Give the best with these fairs: the best of each part, added up."""
    bare = Plan(tuple(PlannedFair(one.key) for one in chosen))
    whole = _worth(worth(bare), "fairs")
    for part in PARTS:
        values = [_worth(worth(plan), part) for plan in _ways(problem, part, chosen, everything, tries)]
        if not values:
            return None
        whole += max(values)
    return whole


def _worth(values: dict[str, int], part: str) -> int:
    return sum(value for key, value in values.items() if key in TERMS[part])


def _choices(problem: Problem, kept: Kept, tries: Tries) -> Iterator[tuple[Candidate, ...]]:
    """Give every set of candidates that keeps the rules of fairs, and what locks and bans say of fairs."""
    problem = _only(problem, "fairs")
    rules = (*checker.OF_FAIRS, *checker.OF_PLANNERS)

    def extended(chosen: tuple[Candidate, ...], left: tuple[Candidate, ...]) -> Iterator[tuple[Candidate, ...]]:
        tries.one()
        plan = Plan(tuple(PlannedFair(one.key) for one in chosen))
        wrong = set(filter(kept, broken(problem, plan, rules)))
        if wrong & EARLY:
            return
        if not left:
            if not wrong:
                yield chosen
            return
        yield from extended((*chosen, left[0]), left[1:])
        yield from extended(chosen, left[1:])

    return extended((), problem.candidates)


def _ways(problem: Problem, part: str, chosen: tuple[Candidate, ...], kept: Kept, tries: Tries) -> Iterator[Plan]:
    """Give every way to fill one part of these fairs that keeps the rules of the part."""
    problem = _only(problem, part)
    options = [_options(problem, part, candidate, chosen, kept) for candidate in chosen]

    def extended(plan: Plan) -> Iterator[Plan]:
        tries.one()
        if any(map(kept, broken(problem, plan, PARTS[part]))):
            return
        if len(plan.fairs) == len(chosen):
            yield plan
            return
        for fair in options[len(plan.fairs)]:
            yield from extended(Plan((*plan.fairs, fair)))

    return extended(Plan())


def _options(
    problem: Problem, part: str, candidate: Candidate, chosen: tuple[Candidate, ...], kept: Kept
) -> list[PlannedFair]:
    """Give every filling of one fair that is right by itself."""
    if part == "van":
        vans = [None, *(van.key for van in problem.vans)]
        free = [None, *(one.key for one in problem.candidates if one not in chosen)] if kept("reserve") else [None]
        found = [
            PlannedFair(candidate.key, van, reserve=day, reserve_van=spare)
            for van, day, spare in product(vans, free, vans)
        ]
    else:
        keys = [one.key for one in getattr(problem, part)]
        found = [PlannedFair(candidate.key, **{part: some}) for some in _subsets(keys)]
    rules = (*PARTS[part], *checker.OF_PLANNERS)
    about = {f"lock:{one.key}" for one in problem.candidates if one is not candidate}
    return [fair for fair in found if not any(map(kept, broken(problem, Plan((fair,)), rules) - about))]


def _only(problem: Problem, part: str) -> Problem:
    """Leave of locks and bans what they say of one part; that a fair is held, or not, stays with every part."""
    names = {"van", "staff", "enterprises"} - {part}
    locks = tuple(replace(lock, **{name: None if name == "van" else () for name in names}) for lock in problem.locks)
    bans = [(ban, replace(ban, **{"vans" if name == "van" else name: () for name in names})) for ban in problem.bans]
    return replace(problem, locks=locks, bans=tuple(cut for ban, cut in bans if ban.whole_day or not cut.whole_day))


def _subsets(keys: list[str]) -> Iterable[tuple[str, ...]]:
    return (some for size in range(len(keys) + 1) for some in combinations(keys, size))
