"""Desk rooms: the timetable of a school's classes."""

from portal.desk.plans.timetable import inputs, meetings, showing

__all__ = ["inputs", "meetings", "showing"]
