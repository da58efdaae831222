"""The members of a pool shared out over the fairs that are held: the best there is, and its prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from scheduling.planning.season.facts import Facts
from scheduling.planning.season.linear import FREE, Program
from scheduling.planning.season.pools import Pool
from scheduling.planning.solving import Cancelled

ENOUGH_WORK = 30.0  # counted seconds; sharing out takes a fraction of one
_HALF = 0.5

Slot = tuple[str, date]  # a member and a day, or the first day of a period


@dataclass
class Prices:
    """What places cost. Any prices make a true cut; good ones make a sharp one.

    `fair[member]` is one fair of the member, by what its next would add; `period` and `day` are one place of its limit
    in a period, and its only place on a day.
    """

    fair: dict[str, int] = field(default_factory=dict)
    period: dict[Slot, int] = field(default_factory=dict)
    day: dict[Slot, int] = field(default_factory=dict)

    def of(self, pool: Pool, member: str, day: date) -> int:
        """Give what it costs, besides `fair`, to have the member at a fair on the day."""
        return self.period.get((member, pool.period(day)), 0) + self.day.get((member, day), 0)


@dataclass(frozen=True)
class Shared:
    """Who is where, beside those locked, and at what prices. `missing` counts places that nobody can fill."""

    members: dict[str, list[str]]
    prices: Prices
    missing: int = 0


def share(facts: Facts, pool: Pool, held: Collection[str], cancelled: Cancelled) -> Shared | None:
    """Share the pool out over the candidates `held`. Where places must stay empty, share out to have fewest of them.

    None only when cancelled.
    """
    best = _flow(facts, pool, held, cancelled, elastic=False)
    return best or _flow(facts, pool, held, cancelled, elastic=True)


def _flow(facts: Facts, pool: Pool, held: Collection[str], cancelled: Cancelled, *, elastic: bool) -> Shared | None:
    """Write the flow as a linear program; its corners are whole. `elastic`: nothing counts but places left empty."""
    program = Program()
    at: dict[tuple[str, str], int] = {}
    of_member, of_period, of_day = defaultdict(list), defaultdict(list), defaultdict(list)
    empty: list[int] = []
    for key in held:
        day, size, worth = facts.candidate[key].day, pool.sizes[key], pool.worth[key]
        here = []
        for member, points in worth.items():
            column = at[key, member] = program.column(0, 1, 0 if elastic else points)
            here.append(column)
            of_member[member].append((column, 1))
            of_period[member, pool.period(day)].append((column, 1))
            of_day[member, day].append((column, 1))
        leading = [at[key, member] for member in worth if member in pool.leaders]
        for columns, low, high in ((here, size.least, size.most), (leading, size.leaders, FREE)):
            spare = [program.column(0, FREE, -1)] if elastic else []
            empty += spare
            program.row([(column, 1) for column in columns + spare], low, high if not elastic else FREE)
    fair_rows = {} if elastic else {m: add_gains(program, pool.gains[m], columns) for m, columns in of_member.items()}
    period_rows = {slot: program.row(columns, high=pool.left(*slot)) for slot, columns in of_period.items()}
    day_rows = {
        slot: program.row(columns, high=1) for slot, columns in of_day.items() if len(columns) > 1 and pool.once_a_day
    }
    optimum = program.maximise(cancelled, ENOUGH_WORK)
    if optimum is None:
        return None
    members: dict[str, list[str]] = {key: [] for key in held}
    for (key, member), column in at.items():
        if optimum.columns[column] > _HALF:
            members[key].append(member)

    def prices(rows: dict[Slot, int]) -> dict[Slot, int]:
        return {slot: price for slot, row in rows.items() if (price := max(0, round(optimum.prices[row])))}

    # Who is nowhere has the price at which a first fair adds nothing: so the cut is exact for what is held now.
    fair = {member: gains[0] for member, gains in pool.gains.items() if gains}
    fair |= {member: round(optimum.prices[row]) for member, row in fair_rows.items()}
    missing = round(sum(optimum.columns[column] for column in empty))
    return Shared(members, Prices(fair, prices(period_rows), prices(day_rows)), missing)


def add_gains(program: Program, gains: Iterable[int], columns: list[tuple[int, int]]) -> int:
    """Add the falling gains of a member's fairs, and give the row that says how many fairs those are."""
    steps = [(program.column(0, len(list(run)), points), 1) for points, run in groupby(gains)]
    return program.row([*steps, *((column, -factor) for column, factor in columns)], 0, 0)
