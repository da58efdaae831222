"""First prices: a whole season looked at roughly, in which a fair may be held by half.

Fairs of one town in one span of days are taken together, and members counted by town. The linear program of that is
small, and its prices make the first cuts so sharp that few more are needed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from scheduling.planning.season.choosing import Choosing
from scheduling.planning.season.facts import grouped
from scheduling.planning.season.linear import FREE, Optimum, Program
from scheduling.planning.season.pools import Pool
from scheduling.planning.season.sharing import Prices, Slot
from scheduling.planning.solving import Cancelled

_UNBOUNDED = 2**62  # CP-SAT's own infinity is a little more


@dataclass
class _Rows:
    """Where a pool's prices are found: rows of members' fairs, and of their limits in a span of these periods."""

    fairs: dict[str, int] = field(default_factory=dict)
    limits: dict[Slot, int] = field(default_factory=dict)
    periods: defaultdict[Slot, set[date]] = field(default_factory=lambda: defaultdict(set))


def first_prices(choosing: Choosing, pools: tuple[Pool, ...], cancelled: Cancelled, work: float) -> list[Prices] | None:
    """Give prices for each pool; None when there is no such plan, or `cancelled`, or more than `work` is needed."""
    program = Program()
    _relaxed(program, choosing)
    rows = [_members(program, choosing, pool) for pool in pools]
    optimum = program.maximise(cancelled, work)
    if optimum is None:
        return None
    return [_prices(found, optimum) for found in rows]


def _relaxed(program: Program, choosing: Choosing) -> None:
    """Copy the model of days and vans; column and variable have the same number."""
    worth: Counter[int] = Counter()
    for variable, factor in choosing.objective:
        worth[variable.index] += factor
    for number, variable in enumerate(choosing.model.proto.variables):
        program.column(variable.domain[0], variable.domain[1], worth[number])
    for constraint in choosing.model.proto.constraints:
        if not constraint.has_linear():  # only one that says there is no plan at all
            continue
        linear = constraint.linear
        low, high = linear.domain[0], linear.domain[1]
        factors: Counter[int] = Counter()
        for column, factor in zip(linear.vars, linear.coeffs, strict=True):
            factors[column] += factor
        program.row(
            factors.items(),
            -FREE if low < -_UNBOUNDED else low,
            FREE if high > _UNBOUNDED else high,
        )


def _members(program: Program, choosing: Choosing, pool: Pool) -> _Rows:
    """Add the pool, counted by town and span."""
    rows = _Rows()
    of_member: dict[str, list[tuple[int, float]]] = defaultdict(list)
    of_span: dict[Slot, list[tuple[int, float]]] = defaultdict(list)
    for (_, span), candidates in grouped(choosing.facts.open, lambda c: (c.town, pool.coarse(c.day))).items():
        held = {candidate.key: choosing.held[candidate.key].index for candidate in candidates}
        there: list[tuple[int, float]] = []
        for member in sorted({member for key in held for member in pool.worth[key]}):
            where = [candidate for candidate in candidates if member in pool.worth[candidate.key]]
            column = program.column(0, len(where), max(pool.worth[candidate.key][member] for candidate in where))
            program.row([(column, 1), *((held[candidate.key], -1) for candidate in where)], high=0)
            there.append((column, 1))
            of_member[member].append((column, -1))
            of_span[member, span].append((column, 1))
            rows.periods[member, span].update(pool.period(candidate.day) for candidate in where)
        program.row([*there, *((column, -pool.sizes[key].least) for key, column in held.items())], low=0)
        program.row([*there, *((column, -pool.sizes[key].most) for key, column in held.items())], high=0)
    for member, columns in of_member.items():
        steps = [(program.column(0, len(list(run)), points), 1) for points, run in groupby(pool.gains[member])]
        rows.fairs[member] = program.row([*steps, *columns], 0, 0)
    for (member, span), columns in of_span.items():
        places = sum(pool.left(member, period) for period in rows.periods[member, span])
        rows.limits[member, span] = program.row(columns, high=places)
    return rows


def _prices(rows: _Rows, optimum: Optimum) -> Prices:
    """Read the prices; a limit of a span has its price in each period of the span."""
    return Prices(
        {member: round(optimum.prices[row]) for member, row in rows.fairs.items()},
        {
            (member, period): max(0, round(optimum.prices[row]))
            for (member, span), row in rows.limits.items()
            for period in rows.periods[member, span]
        },
    )
