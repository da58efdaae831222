"""What already stands for a place, enterprise, van, staff member, teacher, room or trainee: seen before booking.

A diary is true for as long as nobody else can write into it. So whoever books first holds the row that everybody holds
who could take the same thing: the county for places, vans and staff (`hold_places`), the enterprise itself, the school
for its teachers and rooms (`hold_premises`), the person (`hold_trainees`). What somebody has of her own at that time
(`own`) is only shown to her: it holds nothing.
"""

from scheduling.diaries import own
from scheduling.diaries.busy import busy, busy_days
from scheduling.diaries.classes import hold_premises, hold_trainees, of_room, of_teacher, of_trainees, require_lesson
from scheduling.diaries.diary import Diary
from scheduling.diaries.fairs import hold_places, of_enterprise, of_place, of_staff, of_van
from scheduling.diaries.standing import Bookable, hold, ours

__all__ = [
    "Bookable",
    "Diary",
    "busy",
    "busy_days",
    "hold",
    "hold_places",
    "hold_premises",
    "hold_trainees",
    "of_enterprise",
    "of_place",
    "of_room",
    "of_staff",
    "of_teacher",
    "of_trainees",
    "of_van",
    "ours",
    "own",
    "require_lesson",
]
