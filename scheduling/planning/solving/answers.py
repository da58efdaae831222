"""What a planner answers: a plan with its proof, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from scheduling.planning.solving.conflicts import Conflict
from scheduling.planning.solving.words import Sentence

P = TypeVar("P")


class Status(StrEnum):
    """How an answer stands."""

    OPTIMAL = "optimal"  # no plan is better, proven
    FEASIBLE = "feasible"  # a plan that breaks no hard rule; `bound` says how far a better one could be
    INFEASIBLE = "infeasible"  # no plan can keep every hard rule, proven; `conflict` says which ones
    UNKNOWN = "unknown"  # nothing found and nothing proven before it was stopped


class Stopped(StrEnum):
    """What ended a solve."""

    PROOF = "proof"
    WORK = "work"  # the counted work: the same on every machine
    CLOCK = "clock"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Term:
    """One line of the objective: `amount` of something, each worth `weight` points (negative: a cost)."""

    key: str
    words: Sentence
    weight: int
    amount: int

    @property
    def value(self) -> int:
        """The points of this line."""
        return self.weight * self.amount


@dataclass(frozen=True)
class Reason:
    """Why one decision is as it is: `about` is the decision's key in the plan."""

    about: str
    says: tuple[Sentence, ...]


@dataclass(frozen=True)
class Breach:
    """A hard rule that a plan breaks: which rule, which decisions, in words (who, what, when)."""

    rule: str
    about: tuple[str, ...]
    words: Sentence


@dataclass(frozen=True)
class Change:
    """A difference between two plans: what happened to which decision, its price in a re-plan, in words."""

    kind: str  # added, dropped, moved, changed
    about: str
    words: Sentence
    price: int = 0


@dataclass(frozen=True)
class Answer(Generic[P]):
    """A plan and what is known of it. `value` and `bound` are points; `sense` says whether more or less is better."""

    status: Status
    sense: str  # "min" or "max"
    stopped: Stopped
    plan: P | None = None
    value: int | None = None
    bound: int | None = None
    terms: tuple[Term, ...] = ()
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()  # of a re-plan: what differs from the accepted plan
    conflict: Conflict | None = None

    @property
    def gap(self) -> float | None:
        """How far the value may be from the best there is, as a share of the value; None where nothing is known."""
        return gap(self.value, self.bound)

    def why(self, about: str) -> tuple[Sentence, ...]:
        """Say why a decision is as it is; empty for one that is not in the plan."""
        return tuple(line for reason in self.reasons if reason.about == about for line in reason.says)


def gap(value: int | None, bound: int | None) -> float | None:
    """Give |value - bound| as a share of |value|, 0.0 when they are equal."""
    if value is None or bound is None:
        return None
    return 0.0 if value == bound else abs(value - bound) / max(abs(value), 1)


def total(terms: Iterable[Term]) -> int:
    """Add the terms up."""
    return sum(term.value for term in terms)
