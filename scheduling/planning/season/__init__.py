"""Plan a season: which market days get a fair, with which van, staff and enterprises.

`problem` states every rule and term in words; the package has the shape that `solving` describes. `solve` and `replan`
bring OR-Tools with them, and come when they are asked for.
"""

from typing import TYPE_CHECKING

from scheduling.planning.season.changing import changes
from scheduling.planning.season.checking import breaches
from scheduling.planning.season.days import TownMarket, candidates_of, makeup_days
from scheduling.planning.season.drafting import at_random, greedy
from scheduling.planning.season.explaining import reasons
from scheduling.planning.season.problem import Plan, PlannedFair, Problem
from scheduling.planning.season.scoring import score
from scheduling.planning.season.things import Candidate, Enterprise, Staff, Town, Van
from scheduling.planning.season.wants import PRESETS, Ban, Campaign, Lock, Measures, Pace, Prices, Weights
from scheduling.planning.solving.later import later

if TYPE_CHECKING:
    from scheduling.planning.season.planner import replan, solve

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
    "Prices",
    "Problem",
    "Staff",
    "Town",
    "TownMarket",
    "Van",
    "Weights",
    "at_random",
    "breaches",
    "candidates_of",
    "changes",
    "greedy",
    "makeup_days",
    "reasons",
    "replan",
    "score",
    "solve",
]

__getattr__ = later(__name__, {"solve": "planner", "replan": "planner"})
