"""The objective of a re-plan: what differs from the accepted plan, as little as can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scheduling.planning.season.choosing import NO_VAN, Choosing
from scheduling.planning.season.facts import Facts, grouped
from scheduling.planning.season.pools import Pool, Worth, enterprise_pool, matched, staff_pool
from scheduling.planning.season.problem import Plan, PlannedFair
from scheduling.planning.season.things import Candidate

_FAR_MORE = 10**6  # than all points that a pool can bring


def pools_of_changes(facts: Facts, accepted: Plan) -> tuple[Pool, Pool]:
    """Give staff and enterprises by price alone: who stays at a fair is worth the price, who joins costs it."""
    staff, guests = _staying(facts, accepted)
    return staff_pool(facts, staff, balance=0), enterprise_pool(facts, guests, need=0)


def pools_of_both(facts: Facts, accepted: Plan) -> tuple[Pool, Pool]:
    """Give them by price first, and among equal prices by the points of the season's objective."""
    staff, guests = _staying(facts, accepted)
    weights, matches = facts.problem.weights, matched(facts)
    homes = {person.key: person.home for person in facts.problem.staff}
    return (
        staff_pool(
            facts, lambda c, m: _FAR_MORE * staff(c, m) + weights.home * (homes[m] == c.town), balance=weights.balance
        ),
        enterprise_pool(facts, lambda c, m: _FAR_MORE * guests(c, m) + matches[m, c.town], need=weights.need),
    )


def add_changes(choosing: Choosing, accepted: Plan) -> None:
    """Add, as costs, the prices of fairs that are dropped, moved or added, of other vans, reserves and members."""
    facts, prices = choosing.facts, choosing.facts.problem.prices
    old = {fair.candidate: fair for fair in accepted.fairs}
    choosing.constant -= prices.dropped * sum(key not in facts.candidate for key in old)
    were = grouped((key for key in old if key in facts.candidate), lambda key: facts.candidate[key].town)
    for town in facts.town:
        _add_days(choosing, facts.by_town[town], were[town])
    for candidate in facts.open:
        if candidate.key in old:
            _add_fair(choosing, candidate, old[candidate.key])


def _add_days(choosing: Choosing, candidates: Collection[Candidate], were: Collection[str]) -> None:
    """Add a town's fairs dropped and added, of which pairs count as moved."""
    prices, model = choosing.facts.problem.prices, choosing.model
    stay = choosing.count(c for c in candidates if c.key in were)
    added = choosing.count(c for c in candidates if c.key not in were)
    moved = model.new_int_var(0, len(were), "")
    model.add(moved <= len(were) - stay)
    model.add(moved <= added)
    choosing.constant -= prices.dropped * len(were)
    choosing.objective.append((moved, prices.dropped + prices.added - prices.moved))
    for c in candidates:
        choosing.objective.append((choosing.held[c.key], prices.dropped if c.key in were else -prices.added))


def _add_fair(choosing: Choosing, candidate: Candidate, was: PlannedFair) -> None:
    """Add what a fair that stays pays for another van or reserve, and for members; who stays earns theirs back."""
    prices, held = choosing.facts.problem.prices, choosing.held[candidate.key]
    leaving = prices.staff * len(was.staff) + prices.enterprise * len(was.enterprises)
    choosing.objective.append((held, -leaving))
    if was.van or candidate.needs_van:
        choosing.objective.append((held, -prices.van))
        if (candidate.key, was.van) in choosing.trips:
            choosing.objective.append((choosing.trips[candidate.key, was.van or NO_VAN], prices.van))
    if was.reserve or candidate.exposed:
        choosing.objective.append((held, -prices.reserve))
        spare = choosing.spares.get((was.reserve or "", was.reserve_van or NO_VAN))
        if spare is not None and was.reserve in choosing.facts.reserves.get(candidate.key, ()):
            stays = choosing.model.new_bool_var("")
            choosing.model.add(stays <= held)
            choosing.model.add(stays <= spare)
            choosing.objective.append((stays, prices.reserve))


def _staying(facts: Facts, accepted: Plan) -> tuple[Worth, Worth]:
    """Give what it is worth, by price, to have one of the staff, and an enterprise, at a fair."""
    prices = facts.problem.prices
    staff = {fair.candidate: frozenset(fair.staff) for fair in accepted.fairs}
    guests = {fair.candidate: frozenset(fair.enterprises) for fair in accepted.fairs}

    def worth(were: Mapping[str, frozenset[str]], price: int) -> Worth:
        def priced(candidate: Candidate, member: str) -> int:
            if candidate.key not in were:
                return 0
            return price if member in were[candidate.key] else -price

        return priced

    return worth(staff, prices.staff), worth(guests, prices.enterprise)
