"""What all checks share: fairs beside their candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import TypeVar

from scheduling.planning.season.facts import Facts
from scheduling.planning.season.problem import Plan, PlannedFair
from scheduling.planning.season.things import Candidate

K = TypeVar("K", bound=Hashable)
Fairs = list[tuple[PlannedFair, Candidate]]


def lines(facts: Facts, plan: Plan) -> Fairs:
    """Give the plan's fairs beside their candidates; fairs on unknown candidates are left out."""
    return [(fair, facts.candidate[fair.candidate]) for fair in plan.fairs if fair.candidate in facts.candidate]


def keys(fairs: Fairs) -> tuple[str, ...]:
    """Give the fairs' keys."""
    return tuple(candidate.key for _, candidate in fairs)


def repeated(things: Iterable[K]) -> list[K]:
    """Give what is there more than once."""
    return [thing for thing, count in Counter(things).items() if count > 1]
