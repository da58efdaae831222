"""Attendance (考勤): what scans mean, the marks of trainees as in the paper book, and the book typed afterwards."""

from scheduling.attendance.marks import CAME, LEAVES, Leave, Mark, Tally, marks
from scheduling.attendance.paper import MARKS, enter
from scheduling.attendance.readings import (
    FAULTS,
    Presence,
    Reading,
    Times,
    Verdict,
    bookings_at,
    counting,
    of_class,
    of_fair,
    of_session,
    standing,
    verdict,
    verdict_of,
)
from scheduling.attendance.sheets import Sheet, of_trainee, sheet

__all__ = [
    "CAME",
    "FAULTS",
    "LEAVES",
    "MARKS",
    "Leave",
    "Mark",
    "Presence",
    "Reading",
    "Sheet",
    "Tally",
    "Times",
    "Verdict",
    "bookings_at",
    "counting",
    "enter",
    "marks",
    "of_class",
    "of_fair",
    "of_session",
    "of_trainee",
    "sheet",
    "standing",
    "verdict",
    "verdict_of",
]
