"""Class sessions into times, rooms, teachers and stations."""

from scheduling.planning.timetable.half_days import CLASS_HOUR, HALF_DAY_HOURS, HALVES, HERE, HalfDay, half_days

__all__ = ["CLASS_HOUR", "HALF_DAY_HOURS", "HALVES", "HERE", "HalfDay", "half_days"]
