"""A livestream's run of show: from rows to the planner's problem and back, by hand, and while it is on air."""

from scheduling.plans.airtime.hand import locked, moved, unlocked
from scheduling.plans.airtime.live import now_that, on_air
from scheduling.plans.airtime.rows import SEGMENTS, Setup, carry_out, gather, minute, moment

__all__ = [
    "SEGMENTS",
    "Setup",
    "carry_out",
    "gather",
    "locked",
    "minute",
    "moment",
    "moved",
    "now_that",
    "on_air",
    "unlocked",
]
