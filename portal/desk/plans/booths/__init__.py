"""Desk rooms: allocating the booths of a fair."""

from portal.desk.plans.booths import inputs, showing, stalls

__all__ = ["inputs", "showing", "stalls"]
