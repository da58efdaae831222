"""Desk rooms of plans: the pages that every kind shares, and each kind's own."""

from portal.desk.plans import index, runs, season, versions

__all__ = ["index", "runs", "season", "versions"]
