"""Why no plan can be: a smallest set of rules that cannot hold together, and what would make a plan possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scheduling.planning.solving.words import Sentence, say


@dataclass(frozen=True)
class Rule:
    """One hard rule of a problem, by a key that is unique in it, in words a planner understands."""

    key: str
    words: Sentence


@dataclass(frozen=True)
class Remedy:
    """Rules that would have to be given up, together, for a plan to exist."""

    gives_up: tuple[str, ...]
    words: Sentence


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all hold, none of which can be left out of the set (`proven`), and ways out, shortest first."""

    rules: tuple[Rule, ...]
    remedies: tuple[Remedy, ...] = ()
    proven: bool = True


Feasible = Callable[[frozenset[str]], bool | None]
"""Whether a plan exists when just these rules must hold; None when the check ran out of time."""

_ORDERS = 3  # looked for from this many sides, the smallest kept


def explain(rules: Sequence[Rule], feasible: Feasible) -> Conflict:
    """Find a conflict among `rules`, which together are infeasible; what is not a rule is taken as given.

    QuickXplain (Junker 2004) from a few orders, the smallest core kept: each rule in it is needed. A check that runs
    out of time counts as feasible, so a core is always really infeasible, but then not `proven` minimal.
    """
    unsure: list[frozenset[str]] = []
    seen: dict[frozenset[str], bool] = {}

    def possible(kept: frozenset[str]) -> bool:
        if kept not in seen:
            found = feasible(kept)
            if found is None:
                unsure.append(kept)
            seen[kept] = found is not False
        return seen[kept]

    keys = [rule.key for rule in rules]
    core: list[str] | None = None
    for order in _orders(keys):
        candidate = _core(order, possible)
        if core is None or len(candidate) < len(core):
            core = candidate
        if len(core) <= 1:
            break
    by_key = {rule.key: rule for rule in rules}
    conflict = Conflict(tuple(rule for rule in rules if rule.key in set(core or ())))
    conflict = replace(conflict, remedies=_remedies(conflict, keys, by_key, possible))
    return replace(conflict, proven=not unsure)


def _orders(keys: list[str]) -> list[list[str]]:
    """Give a few orders to look from: as given, backwards, and from the middle."""
    middle = len(keys) // 2
    return [keys, keys[::-1], keys[middle:] + keys[:middle]][:_ORDERS]


def _core(keys: list[str], possible: Callable[[frozenset[str]], bool]) -> list[str]:
    """Give an infeasible subset of `keys` (infeasible together) of which every member is needed."""

    def search(ground: frozenset[str], fresh: bool, left: list[str]) -> list[str]:  # noqa: FBT001  Junker's own shape
        if fresh and not possible(ground):
            return []
        if len(left) == 1:
            return left
        half = len(left) // 2
        first, second = left[:half], left[half:]
        needed = search(ground | frozenset(first), bool(first), second)
        return search(ground | frozenset(needed), bool(needed), first) + needed

    return search(frozenset(), True, keys) if keys else []  # noqa: FBT003


def _remedies(
    conflict: Conflict, keys: list[str], by_key: dict[str, Rule], possible: Callable[[frozenset[str]], bool]
) -> tuple[Remedy, ...]:
    """Say which single rule of the core to give up; where none is enough, which rules together."""
    everything = frozenset(keys)
    alone = [rule for rule in conflict.rules if possible(everything - {rule.key})]
    if alone:
        return tuple(Remedy((rule.key,), _give_up(rule.words)) for rule in alone)
    given: list[str] = []
    while not possible(everything - frozenset(given)):
        left = [key for key in keys if key not in given]
        core = _core(left, possible)
        if not core:  # what is given without any rule is already too much
            return ()
        given.append(core[-1])
    needed = [key for key in given if not possible(everything - (frozenset(given) - {key}))]
    words = "；".join(str(by_key[key].words) for key in needed)
    return (Remedy(tuple(needed), say("要同时放宽这几条：%(rules)s", rules=words)),)


def _give_up(words: Sentence) -> Sentence:
    return say("放宽这一条就能排：%(rule)s", rule=words)
