"""A livestream's run of show: from rows to the planner's problem and back, by hand, and while it is on air."""

from scheduling.plans.airtime.hand import locked, moved, unlocked
from scheduling.plans.airtime.live import gone, on_air, over
from scheduling.plans.airtime.rows import SEGMENTS, Setup, carry_out, gather, minute, moment

__all__ = [
    "SEGMENTS",
    "Setup",
    "carry_out",
    "gather",
    "gone",
    "locked",
    "minute",
    "moment",
    "moved",
    "on_air",
    "over",
    "unlocked",
]
