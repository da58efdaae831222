"""Timetables by compiled simulated annealing, for problems in which every rule is about one time and rooms are free.

Curriculum-based course timetabling (ITC-2007) is of this kind. It finds good timetables and proves nothing but that a
cost of 0 cannot be beaten. `arrays.supports` says which problems it takes.
"""

from scheduling.planning.timetable.annealing.arrays import Arrays, supports
from scheduling.planning.timetable.annealing.cooling import Cooled, cool

__all__ = ["Arrays", "Cooled", "cool", "supports"]
