"""A season: from the county's rows to the planner's problem, changing a plan by hand, and drafts of fairs out of it."""

from scheduling.plans.season.carrying import CarriedOut, carry_out, duties
from scheduling.plans.season.gathering import NEEDS, Terms, gather, refreshed
from scheduling.plans.season.hands import decided, dropped, put, touched

__all__ = [
    "NEEDS",
    "CarriedOut",
    "Terms",
    "carry_out",
    "decided",
    "dropped",
    "duties",
    "gather",
    "put",
    "refreshed",
    "touched",
]
