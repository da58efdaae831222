"""Plan a season: which market days get a fair, with which van, staff and enterprises. `problem` states every rule."""

from scheduling.planning.season.days import TownMarket, candidates_of, makeup_days
from scheduling.planning.season.problem import Plan, PlannedFair, Problem
from scheduling.planning.season.things import Candidate, Enterprise, Staff, Town, Van
from scheduling.planning.season.wants import PRESETS, Ban, Campaign, Lock, Measures, Pace, Weights

__all__ = [
    "PRESETS",
    "Ban",
    "Campaign",
    "Candidate",
    "Enterprise",
    "Lock",
    "Measures",
    "Pace",
    "Plan",
    "PlannedFair",
    "Problem",
    "Staff",
    "Town",
    "TownMarket",
    "Van",
    "Weights",
    "candidates_of",
    "makeup_days",
]
