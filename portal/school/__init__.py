"""The school door."""

from portal.school import attendance, classes, leaves, rollcalls, timetable
from portal.school.door import pages

__all__ = ["attendance", "classes", "leaves", "pages", "rollcalls", "timetable"]
