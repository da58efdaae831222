"""Class sessions into times, rooms, teachers and stations.

`problem` has the rules and the objective in words. What the pages use stands here and costs nothing to import; whoever
solves imports `planner`, which brings OR-Tools with it.
"""

from scheduling.planning.timetable.calendar import calendar_grid, rotating_groups, slots_on
from scheduling.planning.timetable.half_days import CLASS_HOUR, HALF_DAY_HOURS, HALVES, HERE, HalfDay, half_days
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

__all__ = [
    "CLASS_HOUR",
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
    "calendar_grid",
    "half_days",
    "rotating_groups",
    "slots_on",
]
