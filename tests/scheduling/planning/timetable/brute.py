"""Every plan of a tiny timetable, one after the other: what is possible, and what is best, without a solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import permutations, product

from scheduling.planning.timetable import Activity, Meeting, Plan, Problem
from tests.scheduling.planning.timetable.checker import RULES, broken

PATIENCE = 2_500  # meetings tried before a problem counts as not tiny
LATE = ("meetings", "pin")  # a part of a plan may still lack what these ask for; it keeps every other rule
EARLY = tuple(rule for rule in RULES if rule not in LATE)

Kept = Callable[[str], bool]  # whether a rule must hold, by its key


class NotTiny(Exception):  # noqa: N818  no error: a test then looks at another problem
    """There is too much to try."""


def everything(key: str) -> bool:
    del key
    return True


def plans(problem: Problem, kept: Kept = everything) -> Iterator[Plan]:
    """Give every plan that keeps these rules, once each, its meetings in the grid and staffed. Raises NotTiny.

    An activity whose number of meetings is given up may have fewer, or as many as are pinned.
    """
    options = {one.key: _options(problem, one, kept) for one in problem.activities}
    tried = 0

    def extended(part: tuple[Meeting, ...], asked: tuple[Activity, ...]) -> Iterator[Plan]:
        nonlocal tried
        if len(part) == len(asked):
            if not any(map(kept, broken(problem, Plan(part), LATE))):
                yield Plan(part)
            return
        activity = asked[len(part)]
        mine = [one for one in part if one.activity == activity.key]
        for one in options[activity.key]:
            if mine and one.slot <= mine[-1].slot:
                continue
            tried += 1
            if tried > PATIENCE:
                raise NotTiny
            longer = (*part, replace(one, key=f"{activity.key}#{len(mine) + 1}"))
            if not any(map(kept, broken(problem, Plan(longer), EARLY))):
                yield from extended(longer, asked)

    for counts in product(*(_counts(problem, one, kept) for one in problem.activities)):
        asked = [one for one, count in zip(problem.activities, counts, strict=True) for _ in range(count)]
        yield from extended((), tuple(asked))


def _counts(problem: Problem, activity: Activity, kept: Kept) -> Iterable[int]:
    if kept(f"meetings:{activity.key}"):
        return (activity.meetings,)
    pinned = {pin.slot for pin in problem.pins if pin.activity == activity.key}
    return range(max(activity.meetings, len(pinned)) + 1)


def _options(problem: Problem, activity: Activity, kept: Kept) -> list[Meeting]:
    """Give every meeting that is right by itself. Whoever needs a room has one, even where it may be any."""
    grid = problem.grid
    slots = product(range(len(grid.days)), range(len(grid.periods)))
    rooms = [room.key for room in problem.rooms] if activity.rooms else [None]
    staffs = permutations([teacher.key for teacher in problem.teachers], len(activity.roles))
    found = [Meeting("", activity.key, slot, room, staff) for slot, room, staff in product(slots, rooms, staffs)]
    return [one for one in found if not any(map(kept, broken(problem, Plan((one,)), EARLY)))]


def least(problem: Problem, cost: Callable[[Plan], int]) -> int | None:
    """Give the least cost of any plan that keeps every rule, None where there is no plan. Raises NotTiny."""
    return min(map(cost, plans(problem)), default=None)
