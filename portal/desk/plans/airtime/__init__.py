"""Desk rooms: the run of show of a livestream, before and while it is on air."""

from portal.desk.plans.airtime import inputs, items, live, showing

__all__ = ["inputs", "items", "live", "showing"]
