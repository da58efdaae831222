"""What a plan is worth, whoever made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduling.planning.booths.problem import Booth, Enterprise, Plan, Problem
from scheduling.planning.booths.queue import Ground
from scheduling.planning.solving import Sentence, Term, say


def score(problem: Problem, plan: Plan) -> tuple[Term, ...]:
    """Give the terms of the objective, as `problem` says them."""
    ground = Ground(problem)
    stands = [(ground.enterprises[key], ground.booths[number]) for key, number in plan.places.items()]
    ranks = [(enterprise, wishes_missed(enterprise, booth)) for enterprise, booth in stands]
    weights = problem.policy.weights
    return (
        Term("wish", say("志愿往后排的名次"), weights.wish, sum(e.care * n for e, n in ranks if n is not None)),
        Term("none", say("志愿都没排上"), weights.none, sum(e.care for e, n in ranks if n is None and e.wishes)),
        Term("zone", say("不在本行业分区"), weights.zone, sum(ground.out_of_zone(*s, hard=False) for s in stands)),
        Term("neighbours", _neighbour_words(problem), weights.neighbours, _beside(ground, plan)),
        Term("access", say("招残疾人的展位有台阶"), weights.access, sum(hard_to_reach(*stand) for stand in stands)),
    )


def points_alone(ground: Ground, enterprise: Enterprise, booth: Booth) -> int:
    """Give the points of an enterprise at a booth, whoever stands beside it."""
    weights, missed = ground.problem.policy.weights, wishes_missed(enterprise, booth)
    return (
        enterprise.care * (weights.wish * missed if missed is not None else weights.none * bool(enterprise.wishes))
        + weights.zone * ground.out_of_zone(enterprise, booth, hard=False)
        + weights.access * hard_to_reach(enterprise, booth)
    )


def wishes_missed(enterprise: Enterprise, booth: Booth) -> int | None:
    """Say how many of its wishes come before the first that the booth meets; None when it meets none."""
    return next((n for n, wish in enumerate(enterprise.wishes) if wish in {booth.number, booth.zone}), None)


def hard_to_reach(enterprise: Enterprise, booth: Booth) -> bool:
    """Whether disabled people it would hire can hardly come to it."""
    return enterprise.hires_disabled and not booth.accessible


def neighbours(problem: Problem) -> Iterator[tuple[int, int]]:
    """Give the numbers of neighbouring booths, each pair once, the lower column first."""
    at = {(booth.row, booth.column): booth.number for booth in problem.booths}
    for (row, column), number in at.items():
        if (row, column + 1) in at:
            yield number, at[row, column + 1]


def _beside(ground: Ground, plan: Plan) -> int:
    """Count the pairs of competitors side by side, or the rows more than one that a trade is spread over."""
    hiring = Counter((number, ground.enterprises[key].trade) for key, number in plan.places.items())
    trades = {trade for _, trade in hiring if trade}
    match ground.problem.policy.competitors:
        case "apart":
            return sum(hiring[a, trade] * hiring[b, trade] for a, b in neighbours(ground.problem) for trade in trades)
        case "together":
            return len({(ground.booths[booth].row, trade) for booth, trade in hiring if trade}) - len(trades)
    return 0


def _neighbour_words(problem: Problem) -> Sentence:
    return say("同工种多占的排数") if problem.policy.competitors == "together" else say("同工种挨着的对数")
