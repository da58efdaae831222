"""Tours of vans: what the rules refuse."""

from scheduling.refusals.base import Refusal


class TourKnown(Refusal):
    """There is another tour of that name on that day. Facts: name, day."""


class NoStops(Refusal):
    """A tour without a stop goes nowhere."""


class NotAStop(Refusal):
    """That fair is no stop of a van on that day, or called off. Facts: title."""


class StopElsewhere(Refusal):
    """The stop belongs to another tour. Facts: title, tour."""


class StopsOverlap(Refusal):
    """One van cannot be at two stops at once. Facts: first, second (titles)."""
