"""What already stands for a place, an enterprise, a teacher, a room or a trainee: looked at before anything is booked.

A diary is true for as long as nobody else can write into it. So whoever books first holds the row that everybody holds
who could take the same thing: the county for places (`hold_places`), the enterprise itself, the school for its
teachers and rooms (`hold_premises`), the person (`hold_trainee`).
"""

from scheduling.diaries.classes import hold_premises, hold_trainee, of_room, of_teacher, of_trainee, require_lesson
from scheduling.diaries.diary import Diary
from scheduling.diaries.fairs import hold_places, of_enterprise, of_place

__all__ = [
    "Diary",
    "hold_places",
    "hold_premises",
    "hold_trainee",
    "of_enterprise",
    "of_place",
    "of_room",
    "of_teacher",
    "of_trainee",
    "require_lesson",
]
