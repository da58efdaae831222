"""Class sessions into times, rooms, teachers and stations.

`problem` has the rules and the objective in words. What the pages use stands here and costs nothing to import; `solve`
and `replan` are those of `planner`, which brings OR-Tools with it, and come when they are asked for.
"""

from importlib import import_module
from typing import Any

from scheduling.planning.timetable.calendar import calendar_grid, rotating_groups, slots_on
from scheduling.planning.timetable.changing import changes
from scheduling.planning.timetable.checking import breaches, moved
from scheduling.planning.timetable.drafting import at_random, greedy
from scheduling.planning.timetable.half_days import HALF_DAY_HOURS, HALVES, HERE, HalfDay, half_day_hours, half_days
from scheduling.planning.timetable.problem import (
    ITC2007,
    TRAINING,
    Activity,
    Ban,
    Grid,
    Group,
    Match,
    Meeting,
    Pin,
    Plan,
    Prices,
    Problem,
    Role,
    Room,
    Slot,
    Teacher,
    Weights,
    Wish,
)
from scheduling.planning.timetable.scoring import score

__all__ = [
    "HALF_DAY_HOURS",
    "HALVES",
    "HERE",
    "ITC2007",
    "TRAINING",
    "Activity",
    "Ban",
    "Grid",
    "Group",
    "HalfDay",
    "Match",
    "Meeting",
    "Pin",
    "Plan",
    "Prices",
    "Problem",
    "Role",
    "Room",
    "Slot",
    "Teacher",
    "Weights",
    "Wish",
    "at_random",
    "breaches",
    "calendar_grid",
    "changes",
    "greedy",
    "half_day_hours",
    "half_days",
    "moved",
    "replan",
    "rotating_groups",
    "score",
    "slots_on",
    "solve",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  a function of the planner
    """Give `solve` and `replan` when somebody solves."""
    if name in {"solve", "replan"}:
        return getattr(import_module("scheduling.planning.timetable.planner"), name)
    raise AttributeError(name)
