"""Calendars: what the rules refuse."""

from scheduling.refusals.base import Refusal


class CalendarLinksFull(Refusal):
    """As many links to one calendar stand as may. Facts: most."""
