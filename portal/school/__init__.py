"""The school door."""

from portal.school import attendance, busy, calendars, classes, filings, graduates, leaves, rollcalls, timetable
from portal.school.door import pages

__all__ = [
    "attendance",
    "busy",
    "calendars",
    "classes",
    "filings",
    "graduates",
    "leaves",
    "pages",
    "rollcalls",
    "timetable",
]
