"""A school's timetable: from its classes, teachers and rooms to the planner's problem, and a plan back into sessions.

Sessions that lie on the plan's half-days and have not begun are part of it: pinned where they are, or planned anew
where the desk says so. Whatever else stands is in the way of the rest, and stays.
"""

from scheduling.plans.timetable.carrying import carry_out
from scheduling.plans.timetable.changes import locked, moved, room_closed, teacher_away, unlocked
from scheduling.plans.timetable.gathering import SHIFTS, ClassTerms, Terms, caught_up, gather
from scheduling.plans.timetable.standing import HALVES, slot_starts

__all__ = [
    "HALVES",
    "SHIFTS",
    "ClassTerms",
    "Terms",
    "carry_out",
    "caught_up",
    "gather",
    "locked",
    "moved",
    "room_closed",
    "slot_starts",
    "teacher_away",
    "unlocked",
]
