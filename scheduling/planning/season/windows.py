"""Reach and waits of towns in the model of days, without naming pairs of fairs.

A wait is counted day by day: a day on which a town has waited longer than its people's patience is one with no fair in
so many days before it. Each such count looks at fairs in one stretch of days, which makes rows with consecutive ones;
programs of such rows have whole corners, and that is why the bound is good.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations, pairwise

from scheduling.planning.season.choosing import Choosing
from scheduling.planning.season.facts import ONE_DAY
from scheduling.planning.season.things import Candidate, Town

Stretch = tuple[Candidate, ...]


def add_score(choosing: Choosing) -> None:
    """Add the objective's terms of days and vans: reach, wait, longest, travel."""
    facts, weights = choosing.facts, choosing.facts.problem.weights
    for town in facts.problem.towns:
        _add_reach(choosing, town, weights.reach * facts.curious(town))
        _add_wait(choosing, town, weights.wait)
    if weights.longest:
        _add_longest(choosing, weights.longest)
    for (candidate, van), trip in choosing.trips.items():
        choosing.objective.append((trip, -weights.travel * facts.minutes[candidate][van]))


def _add_reach(choosing: Choosing, town: Town, points: int) -> None:
    """Count the days that are still new to the next fair: few enough after a fair before, and a fair comes."""
    facts, model = choosing.facts, choosing.model
    whole = facts.problem.measures.recovers_days
    fairs = facts.by_town[town.key]
    days: Counter[tuple[Stretch | None, Stretch]] = Counter()
    for day in _days(choosing, town):
        coming = tuple(fair for fair in fairs if fair.day >= day)
        fresh = town.last_visit and (day - town.last_visit).days <= whole
        days[None if fresh else _before(fairs, day, whole), coming] += 1
    if town.last_visit is None:
        days[None, tuple(fairs)] += whole
    for (before, coming), count in days.items():
        counted = model.new_bool_var("")
        model.add(choosing.count(coming) >= counted)
        if before is not None:
            model.add(choosing.count(before) >= counted)
        choosing.objective.append((counted, points * count))


def _add_wait(choosing: Choosing, town: Town, points: int) -> None:
    """Count the days beyond patience: those with no fair in so many days before."""
    patience = choosing.facts.problem.measures.patience_days
    start = choosing.facts.start(town)
    days = Counter(
        _before(choosing.facts.by_town[town.key], day, patience)
        for day in _days(choosing, town)
        if (day - start).days > patience
    )
    for before, count in days.items():
        counted = choosing.model.new_bool_var("")
        choosing.model.add(choosing.count(before) + counted >= 1)
        choosing.objective.append((counted, -points * count))


def _add_longest(choosing: Choosing, points: int) -> None:
    """Bound the longest wait from below: by what no plan can shorten, and by each stretch that may have no fair."""
    facts = choosing.facts
    stops: dict[str, list[date]] = {
        town.key: [facts.start(town), *(fair.day for fair in facts.by_town[town.key]), facts.problem.last]
        for town in facts.problem.towns
    }
    least = max(((b - a).days for days in stops.values() for a, b in pairwise(days)), default=0)
    most = max(((days[-1] - days[0]).days for days in stops.values()), default=0)
    longest = choosing.model.new_int_var(least, most, "")
    for town, days in stops.items():
        for (i, a), (j, b) in combinations(enumerate(days), 2):
            if (more := (b - a).days - least) > 0:
                between = choosing.count(facts.by_town[town][i : j - 1])
                choosing.model.add(longest + more * between >= least + more)
    choosing.objective.append((longest, -points))


def _days(choosing: Choosing, town: Town) -> list[date]:
    """Give the days on which a town waits: after its start, until the end of the season."""
    start = choosing.facts.start(town)
    return [start + number * ONE_DAY for number in range(1, (choosing.facts.problem.last - start).days + 1)]


def _before(fairs: list[Candidate], day: date, days: int) -> Stretch:
    """Give the fairs on the `days` days before a day."""
    return tuple(fair for fair in fairs if 0 < (day - fair.day).days <= days)
