"""What differs between two plans of a season, and what that costs those who were told the first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from scheduling.planning.season.facts import Facts, grouped, in_order
from scheduling.planning.season.problem import Plan, PlannedFair, Problem
from scheduling.planning.solving import Change, Term, say

WORDS = {
    "dropped": say("取消的场次"),
    "moved": say("改期的场次"),
    "added": say("新增的场次"),
    "van": say("换车的场次"),
    "reserve": say("换备用日的场次"),
    "staff": say("工作人员进出次数"),
    "enterprise": say("企业进出次数"),
}


def changes(problem: Problem, before: Plan, after: Plan) -> tuple[Change, ...]:
    """Give each difference, priced by `problem.prices`; a moved fair is called by the key it had."""
    return tuple(change for _, change in _differences(Facts(problem), before, after))


def prices(problem: Problem, before: Plan, after: Plan) -> tuple[Term, ...]:
    """Give what the differences cost by `problem.prices`, the value of a re-plan."""
    count = Counter(kind for kind, _ in _differences(Facts(problem), before, after))
    return tuple(Term(kind, words, int(getattr(problem.prices, kind)), count[kind]) for kind, words in WORDS.items())


def _differences(facts: Facts, before: Plan, after: Plan) -> Iterator[tuple[str, Change]]:
    """Give each change with the price it falls under."""
    old = {fair.candidate: fair for fair in before.fairs}
    new = {fair.candidate: fair for fair in after.fairs}
    gone, come = _by_town(facts, old.keys() - new.keys()), _by_town(facts, new.keys() - old.keys())
    for town in sorted(gone.keys() | come.keys()):
        for left, joined in zip_longest(gone[town], come[town]):
            yield _of_day(facts, left, joined)
    for key, was in old.items():
        if key in new:
            yield from _of_fair(facts, was, new[key])


def _by_town(facts: Facts, keys: set[str]) -> defaultdict[str, list[str]]:
    """Give candidates by town in order of day; each that is not in the problem stands alone, by its key."""
    known = sorted((facts.candidate[key] for key in keys if key in facts.candidate), key=in_order)
    towns = grouped([candidate.key for candidate in known], lambda key: facts.candidate[key].town)
    return defaultdict(list, {**towns, **{f"?{key}": [key] for key in keys - facts.candidate.keys()}})


def _of_day(facts: Facts, was: str | None, now: str | None) -> tuple[str, Change]:
    prices = facts.problem.prices
    if was and now:
        words = say("%(old)s改到%(new)s", old=facts.called(was), new=facts.called(now))
        return "moved", Change("moved", was, words, prices.moved)
    if was:
        return "dropped", Change("dropped", was, say("取消%(fair)s", fair=facts.called(was)), prices.dropped)
    return "added", Change("added", now or "", say("增加%(fair)s", fair=facts.called(now or "")), prices.added)


def _of_fair(facts: Facts, was: PlannedFair, now: PlannedFair) -> Iterator[tuple[str, Change]]:
    prices, key = facts.problem.prices, was.candidate
    called = facts.called(key)
    if was.van != now.van:
        words = say("%(fair)s由%(old)s换成%(new)s", fair=called, old=_van(facts, was.van), new=_van(facts, now.van))
        yield "van", Change("changed", key, words, prices.van)
    if (was.reserve, was.reserve_van) != (now.reserve, now.reserve_van):
        yield "reserve", Change("changed", key, say("%(fair)s换备用日", fair=called), prices.reserve)
    members = (
        ("staff", was.staff, now.staff, prices.staff),
        ("enterprise", was.enterprises, now.enterprises, prices.enterprise),
    )
    for kind, old, new, price in members:
        for member in sorted(set(old) - set(new)):
            words = say("%(fair)s去掉%(who)s", fair=called, who=facts.name(member))
            yield kind, Change("changed", key, words, price)
        for member in sorted(set(new) - set(old)):
            words = say("%(fair)s加上%(who)s", fair=called, who=facts.name(member))
            yield kind, Change("changed", key, words, price)


def _van(facts: Facts, van: str | None) -> str:
    return facts.name(van) if van else "不用车"
