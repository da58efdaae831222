"""Desk rooms of plans: the pages that every kind shares, and each kind's own."""

from portal.desk.plans import airtime, booths, index, runs, season, timetable, versions

__all__ = ["airtime", "booths", "index", "runs", "season", "timetable", "versions"]
