"""The run of show of a livestream. `problem` says every rule; the package has the shape that `solving` describes."""

from scheduling.planning.airtime.baselines import at_random, greedy
from scheduling.planning.airtime.changing import announced, changes
from scheduling.planning.airtime.checking import breaches
from scheduling.planning.airtime.live import Dropped, Overrun, live, reflow, without
from scheduling.planning.airtime.planning import replan, solve
from scheduling.planning.airtime.problem import (
    PRESETS,
    Host,
    Item,
    Lock,
    Plan,
    Preset,
    Prices,
    Problem,
    Request,
    Segment,
    Show,
    Speaker,
    Weights,
    Window,
)
from scheduling.planning.airtime.scoring import score

__all__ = [
    "PRESETS",
    "Dropped",
    "Host",
    "Item",
    "Lock",
    "Overrun",
    "Plan",
    "Preset",
    "Prices",
    "Problem",
    "Request",
    "Segment",
    "Show",
    "Speaker",
    "Weights",
    "Window",
    "announced",
    "at_random",
    "breaches",
    "changes",
    "greedy",
    "live",
    "reflow",
    "replan",
    "score",
    "solve",
    "without",
]
