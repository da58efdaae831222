"""The school door."""

from portal.school import attendance, classes, filings, leaves, rollcalls, timetable
from portal.school.door import pages

__all__ = ["attendance", "classes", "filings", "leaves", "pages", "rollcalls", "timetable"]
