"""Every plan of a tiny timetable, one after the other: what is possible, and what is best, without a solver."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import permutations, product

from scheduling.planning.timetable import Activity, Meeting, Plan, Problem
from tests.scheduling.planning.timetable.checker import RULES, broken

PATIENCE = 20_000  # meetings tried before a problem counts as not tiny
LATE = ("meetings", "pin")  # a part of a plan may still lack what these ask for; it keeps every other rule


class NotTiny(Exception):  # noqa: N818  no error: a test then looks at another problem
    """There is too much to try."""


def plans(problem: Problem, rules: Collection[str] = tuple(RULES)) -> Iterator[Plan]:
    """Give every plan with the meetings asked for that keeps `rules`, once each. Raises NotTiny."""
    early = [rule for rule in rules if rule not in LATE]
    asked = [activity for activity in problem.activities for _ in range(activity.meetings)]
    options = {one.key: _options(problem, one, early) for one in problem.activities if one.meetings}
    tried = 0

    def extended(part: tuple[Meeting, ...]) -> Iterator[Plan]:
        nonlocal tried
        if len(part) == len(asked):
            if not broken(problem, Plan(part), [rule for rule in rules if rule == "pin"]):
                yield Plan(part)
            return
        activity = asked[len(part)]
        last = part[-1] if part and part[-1].activity == activity.key else None
        for one in options[activity.key]:
            if last and one.slot <= last.slot:
                continue
            tried += 1
            if tried > PATIENCE:
                raise NotTiny
            number = 1 + sum(met.activity == activity.key for met in part)
            longer = (*part, Meeting(f"{activity.key}#{number}", one.activity, one.slot, one.room, one.teachers))
            if not broken(problem, Plan(longer), early):
                yield from extended(longer)

    return extended(())


def _options(problem: Problem, activity: Activity, early: list[str]) -> list[Meeting]:
    """Give every meeting that breaks no rule alone: with a rule given up, it may be in any room, with anybody."""
    grid = problem.grid
    slots = list(product(range(len(grid.days)), range(len(grid.periods))))
    rooms = [None, *(room.key for room in problem.rooms)]
    staffs = list(permutations([teacher.key for teacher in problem.teachers], len(activity.roles)))
    found = [Meeting("", activity.key, slot, room, staff) for slot, room, staff in product(slots, rooms, staffs)]
    return [one for one in found if not broken(problem, Plan((one,)), early)]


def least(problem: Problem, cost: Callable[[Plan], int]) -> int | None:
    """Give the least cost of any plan that keeps every rule, None where there is no plan. Raises NotTiny."""
    return min(map(cost, plans(problem)), default=None)
