"""Who stands where at a fair. `problem` says every rule; the package has the shape that `solving` describes."""

from scheduling.planning.booths.baselines import at_random, greedy
from scheduling.planning.booths.changing import announced, changes
from scheduling.planning.booths.checking import breaches
from scheduling.planning.booths.planning import replan, solve
from scheduling.planning.booths.problem import (
    PRESETS,
    Booth,
    Enterprise,
    Plan,
    Policy,
    Preset,
    Prices,
    Problem,
    Stand,
    Weights,
    Zoning,
)
from scheduling.planning.booths.scoring import score

__all__ = [
    "PRESETS",
    "Booth",
    "Enterprise",
    "Plan",
    "Policy",
    "Preset",
    "Prices",
    "Problem",
    "Stand",
    "Weights",
    "Zoning",
    "announced",
    "at_random",
    "breaches",
    "changes",
    "greedy",
    "replan",
    "score",
    "solve",
]
