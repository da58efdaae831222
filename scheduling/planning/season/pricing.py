"""Prices by a mixture of plans: what members cost when a market day is held by half, because half the plans hold it.

Prices from one plan alone know nothing of the days it leaves out. A mixture knows nearly all days, so its cuts are
sharp everywhere; fairs of one town in one span of days are taken together, which keeps its linear program small.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from scheduling.planning.season.facts import Facts, grouped
from scheduling.planning.season.linear import Program
from scheduling.planning.season.pools import Pool
from scheduling.planning.season.problem import Plan
from scheduling.planning.season.sharing import ENOUGH_WORK, Prices, Slot, add_gains
from scheduling.planning.solving import Cancelled

_NEW = 0.4  # of a mixture is the newest plan

Mixture = Mapping[str, float]  # candidates, and which share of the plans holds them


def mixed(plans: list[Plan]) -> Mixture:
    """Mix plans in equal shares."""
    held = Counter(fair.candidate for plan in plans for fair in plan.fairs)
    return {key: count / len(plans) for key, count in held.items()}


def mixed_in(mixture: Mixture, plan: Plan) -> Mixture:
    """Give the mixture with a new plan in it."""
    held = {fair.candidate for fair in plan.fairs}
    old = 1 - _NEW if mixture else 0
    return {key: old * mixture.get(key, 0) + (1 - old) * (key in held) for key in [*mixture, *(held - mixture.keys())]}


def mixture_prices(facts: Facts, pool: Pool, mixture: Mixture, cancelled: Cancelled) -> Prices | None:
    """Give the prices of a pool shared out over a mixture; None when there is no such sharing out, or cancelled."""
    program = Program()
    of_member: dict[str, list[tuple[int, int]]] = defaultdict(list)
    of_span: dict[Slot, list[tuple[int, int]]] = defaultdict(list)
    held = [candidate for candidate in facts.open if mixture.get(candidate.key, 0) > 0]
    for (_, span), fairs in grouped(held, lambda c: (c.town, pool.coarse(c.day))).items():
        there = []
        for member in sorted({member for fair in fairs for member in pool.worth[fair.key]}):
            where = [fair.key for fair in fairs if member in pool.worth[fair.key]]
            points = max(pool.worth[key][member] for key in where)
            column = program.column(0, sum(mixture[key] for key in where), points)
            there.append((column, 1))
            of_member[member].append((column, 1))
            of_span[member, span].append((column, 1))
        least = sum(mixture[fair.key] * pool.sizes[fair.key].least for fair in fairs)
        program.row(there, least, sum(mixture[fair.key] * pool.sizes[fair.key].most for fair in fairs))
    fair_rows = {member: add_gains(program, pool.gains[member], columns) for member, columns in of_member.items()}
    periods = grouped(sorted({pool.period(fair.day) for fair in held}), pool.coarse)
    span_rows = {
        (member, span): program.row(columns, high=sum(pool.left(member, period) for period in periods[span]))
        for (member, span), columns in of_span.items()
    }
    optimum = program.maximise(cancelled, ENOUGH_WORK)
    if optimum is None:
        return None
    return Prices(
        {member: round(optimum.prices[row]) for member, row in fair_rows.items()},
        {
            (member, period): max(0, round(optimum.prices[row]))
            for (member, span), row in span_rows.items()
            for period in periods[span]
        },
    )
