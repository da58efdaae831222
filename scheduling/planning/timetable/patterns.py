"""On how many days at least the groups of one class must come, whatever the days.

Forget which day is which: a day is then a pattern, a few sets of activities that can be at the same time. How often
each pattern is used is a small whole-number program, which sees at once what a model of slots has to search for: that
the second group has nothing to do while the first is in the workshop.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, combinations_with_replacement
from math import comb

from ortools.sat.python import cp_model

from scheduling.planning.solving import Limits, solver
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.problem import Activity

_MOST_TOGETHER, _MOST_PATTERNS = 64, 3000  # beyond these it is not worth the while
_LIMITS = Limits(seconds=2.0)


def least_trips(look: Lookup) -> int:
    """Give a number of days of groups, added up, that no timetable can do with less; 0 where it is too much to tell."""
    activities = [activity for activity in look.problem.activities if activity.meetings]
    together = _together(look, activities)
    periods = len(look.grid.periods)
    if len(together) > _MOST_TOGETHER or comb(len(together) + periods - 1, periods) > _MOST_PATTERNS:
        return 0
    patterns = [
        Counter(activity.key for some in day for activity in some)
        for day in combinations_with_replacement(together, periods)
    ]
    model = cp_model.CpModel()
    used = [(model.new_int_var(0, len(look.grid.days), ""), one) for one in patterns if _allowed(look, one)]
    for activity in activities:
        model.add(sum(one[activity.key] * days for days, one in used) == activity.meetings)
    model.minimize(sum(len(_groups(look, one)) * days for days, one in used))
    return solver.run(model, _LIMITS).bound or 0


def _together(look: Lookup, activities: list[Activity]) -> list[tuple[Activity, ...]]:
    """Give the sets of activities of which any two can be at the same time, or more of them than anybody wants."""
    free = {
        frozenset((one.key, other.key)) for one, other in combinations(activities, 2) if not _collide(look, one, other)
    }
    found: list[tuple[Activity, ...]] = [()]
    for activity in activities:
        found += [
            (*some, activity) for some in found if all(frozenset((one.key, activity.key)) in free for one in some)
        ]
        if len(found) > _MOST_TOGETHER:
            break
    return found


def _collide(look: Lookup, one: Activity, other: Activity) -> bool:
    """Say whether two activities can never be at the same time: for a group, or for the only room of both."""
    if set(one.groups) & set(other.groups):
        return True
    rooms = {*one.rooms, *other.rooms}
    if not one.rooms or not other.rooms or len(rooms) > 1:
        return False
    alone = not one.stations or not other.stations
    return alone or one.stations + other.stations > look.room[rooms.pop()].stations


def _groups(look: Lookup, pattern: Counter[str]) -> set[str]:
    return {group for key in pattern for group in look.activity[key].groups}


def _allowed(look: Lookup, pattern: Counter[str]) -> bool:
    """Say whether the limits of activities and groups for a day let the pattern be."""
    attended: Counter[str] = Counter()
    for key, times in pattern.items():
        attended.update(dict.fromkeys(set(look.activity[key].groups), times))
    limited: list[tuple[int, int | None]] = [
        *((times, look.activity[key].max_per_day) for key, times in pattern.items()),
        *((times, look.group[key].max_per_day) for key, times in attended.items()),
    ]
    return all(most is None or times <= most for times, most in limited)
