"""One teacher for each role of an activity and one room for all its meetings: most of a timetable, decided at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.problem import Activity, Problem, Slot


def staffed(look: Lookup) -> Problem:
    """Give the problem with one teacher left for each role and one room for each activity, loads as even as can be.

    A plan for it is a plan for the whole problem; that it has none proves nothing.
    """
    load: Counter[str] = Counter()
    settled: dict[str, Activity] = {}
    for activity in sorted(look.problem.activities, key=lambda one: -one.meetings * len(one.roles)):
        times = look.times(activity)
        chosen: list[str] = []
        for role in activity.roles:
            free = (key for key in look.fillers(role) if key not in chosen)
            chosen += _least(load, free, {key: one.unavailable for key, one in look.teacher.items()}, activity, times)
        able = [room for room in activity.rooms if any(room in look.homes(activity, slot) for slot in times)]
        rooms = _least(load, able, {key: one.unavailable for key, one in look.room.items()}, activity, times)
        roles = activity.roles
        if len(chosen) == len(roles):
            roles = tuple(replace(role, teachers=(key,)) for role, key in zip(roles, chosen, strict=True))
        settled[activity.key] = replace(activity, roles=roles, rooms=tuple(rooms) or activity.rooms)
    return replace(look.problem, activities=tuple(settled[activity.key] for activity in look.problem.activities))


def _least(
    load: Counter[str],
    keys: Iterable[str],
    unavailable: dict[str, frozenset[Slot]],
    activity: Activity,
    times: tuple[Slot, ...],
) -> list[str]:
    """Give the key with the least load for the times it is free, and load it; none where there is none."""

    def strain(key: str) -> float:
        return (load[key] + activity.meetings) / (1 + sum(slot not in unavailable[key] for slot in times))

    best = min(keys, key=strain, default=None)
    if best is None:
        return []
    load[best] += activity.meetings
    return [best]
