"""Attendance (考勤): what scans mean, the marks of trainees as in the paper book, and the book typed afterwards."""

from scheduling.attendance.marks import CAME, LEAVES, Leave, Mark, Tally, marks
from scheduling.attendance.meanings import (
    FAULTS,
    Reading,
    Verdict,
    conflicts,
    counting,
    inside,
    standing,
    verdict,
    verdicts,
)
from scheduling.attendance.paper import MARKS, enter
from scheduling.attendance.readings import (
    Presence,
    Times,
    at,
    bookings_at,
    of_class,
    of_fair,
    of_holders,
    of_session,
    verdict_of,
)
from scheduling.attendance.sheets import Sheet, of_trainee, sheet
from scheduling.attendance.timing import early

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
    "at",
    "bookings_at",
    "conflicts",
    "counting",
    "early",
    "enter",
    "inside",
    "marks",
    "of_class",
    "of_fair",
    "of_holders",
    "of_session",
    "of_trainee",
    "sheet",
    "standing",
    "verdict",
    "verdict_of",
    "verdicts",
]
