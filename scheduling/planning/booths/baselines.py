"""Plans by simple rules: what the planner is measured against, and what it begins from."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator

from scheduling.planning.booths.problem import Plan, Problem
from scheduling.planning.booths.queue import Ground, make_room
from scheduling.planning.booths.scoring import neighbours, points_alone

Places = dict[str, int]


def greedy(problem: Problem) -> Plan | None:
    """Let each take the booth that is best for it, going down the queue; None when no plan can be."""
    ground = Ground(problem)
    beside = _beside(problem)
    apart = problem.policy.weights.neighbours if problem.policy.competitors == "apart" else 0

    def best_first(key: str, settled: Places) -> Iterable[int]:
        enterprise = ground.enterprises[key]
        trades = {number: ground.enterprises[other].trade for other, number in settled.items()}
        rivals = {number for number, trade in trades.items() if trade == enterprise.trade != ""}
        points = {
            number: points_alone(ground, enterprise, ground.booths[number]) + apart * len(rivals & beside[number])
            for number in ground.suiting[key]
        }
        return sorted(points, key=lambda number: (points[number], number))

    return _settled(ground, list(ground.seated), best_first)


def at_random(problem: Problem, seed: int) -> Plan | None:
    """Give each a booth by chance that leaves one for everybody else; None when no plan can be."""
    ground, chance = Ground(problem), random.Random(seed)
    order = sorted(ground.seated)
    chance.shuffle(order)

    def any_first(key: str, _: Places) -> Iterable[int]:
        return chance.sample(ground.suiting[key], len(ground.suiting[key]))

    return _settled(ground, order, any_first)


def _settled(ground: Ground, order: list[str], choices: Callable[[str, Places], Iterable[int]]) -> Plan | None:
    """Let each in `order` take the first of its choices that leaves a booth for everybody else."""
    if not ground.possible:
        return None
    places, settled = dict(ground.seated), Places()
    for key in order:
        places = next(_taking(ground, key, choices(key, settled), places, settled))
        settled[key] = places[key]
    return ground.plan(settled)


def _taking(ground: Ground, key: str, booths: Iterable[int], places: Places, settled: Places) -> Iterator[Places]:
    """Give everybody's places once `key` has one of these booths, where the others find one too."""
    for booth in booths:
        holder = next((other for other, number in places.items() if number == booth), key)
        if holder in settled:
            continue
        taken = {other: number for other, number in places.items() if other not in {holder, key}} | {key: booth}
        if holder == key or make_room(holder, ground.suiting, taken, kept={*settled, key}):
            yield taken


def _beside(problem: Problem) -> dict[int, set[int]]:
    beside: dict[int, set[int]] = {booth.number: set() for booth in problem.booths}
    for a, b in neighbours(problem):
        beside[a].add(b)
        beside[b].add(a)
    return beside
