"""What fairs can bring at most, as a sum over fairs: true for every choice of fairs, whatever the prices.

A limit that couples fairs is taken away and paid for instead (Lagrange): each member pays its prices where it goes and
earns the unused limits back. What is left falls apart into single fairs, and each takes whoever is worth most there.
Only whole numbers are added up, so a bound that rests on cuts has no rounding in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from scheduling.planning.season.facts import Facts
from scheduling.planning.season.pools import Pool, Size
from scheduling.planning.season.sharing import Prices


@dataclass(frozen=True)
class Cut:
    """At most `constant` plus, for each fair held, its `each`."""

    constant: int
    each: dict[str, int]


def worth_at_most(facts: Facts, pool: Pool, prices: Prices) -> Cut:
    """Bound the points of a pool from above, for any choice of fairs."""
    constant = pool.placed + _limits(pool, prices)
    for member, gains in pool.gains.items():
        price = prices.fair.get(member, 0)
        constant += max(accumulate((points - price for points in gains), initial=0))
    each = {}
    for candidate in facts.open:
        worth = pool.worth[candidate.key]
        priced = [
            (points + prices.fair.get(member, 0) - prices.of(pool, member, candidate.day), member in pool.leaders)
            for member, points in worth.items()
        ]
        each[candidate.key] = _best(priced, pool.sizes[candidate.key])
    return Cut(constant, each)


def missing_at_least(facts: Facts, pool: Pool, prices: Prices) -> Cut:
    """Bound the places left empty from below, for any choice of fairs (so fairs with a bound above 0 cannot be)."""
    each = {}
    for candidate in facts.open:
        size = pool.sizes[candidate.key]
        costs = [
            (prices.of(pool, member, candidate.day), member in pool.leaders) for member in pool.worth[candidate.key]
        ]
        # By duality, for one place or one leader counted (1) or not (0): what is asked, less what members fill cheaply.
        each[candidate.key] = max(
            place * size.least
            + leader * size.leaders
            - sum(max(0, place + leader * leads - cost) for cost, leads in costs)
            for place in (0, 1)
            for leader in (0, 1)
        )
    return Cut(-_limits(pool, prices), each)


def _limits(pool: Pool, prices: Prices) -> int:
    """Give what all limits are worth at these prices."""
    return sum(price * pool.left(*slot) for slot, price in prices.period.items()) + sum(prices.day.values())


def _best(priced: Iterable[tuple[int, bool]], size: Size) -> int:
    """Give the most points that a fair of this size can have: the best leaders it needs, then the best of the rest."""
    ranked = sorted(priced, reverse=True)
    leaders = [points for points, leads in ranked if leads]
    rest = sorted([points for points, leads in ranked if not leads] + leaders[size.leaders :], reverse=True)
    needed = max(0, size.least - size.leaders)
    wanted = max(0, size.most - size.leaders)
    return (
        sum(leaders[: size.leaders]) + sum(rest[:needed]) + sum(points for points in rest[needed:wanted] if points > 0)
    )
