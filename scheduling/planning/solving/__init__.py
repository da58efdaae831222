"""What every planner stands on: limits, answers that prove themselves, sentences, conflicts, CP-SAT behind one door.

A planner is a package beside this one, and each has the same shape:

- `Problem` and `Plan`: frozen dataclasses, all that is given and all that is decided; `codec` writes them as JSON.
- `solve(problem, limits, *, watch, cancelled)`: an `Answer[Plan]` with value, bound, gap, terms, and a reason for each
  decision; for a problem that no plan can satisfy, the `Conflict`.
- `replan(problem, accepted, limits, ...)`: the same with the fewest (weighted) changes to what was accepted.
- `breaches(problem, plan)`: each hard rule that a plan breaks, in words; empty for a plan that may be used.
- `score(problem, plan)`: the terms of the objective, whoever made the plan.
- `changes(problem, before, after)`: what differs between two plans, in words, at the prices of `problem`.
- `greedy(problem)` and `at_random(problem, seed)`: what a plan is measured against.
"""

from scheduling.planning.solving.answers import Answer, Breach, Change, Reason, Status, Stopped, Term, gap, total
from scheduling.planning.solving.conflicts import Conflict, Remedy, Rule, explain
from scheduling.planning.solving.limits import Cancelled, Limits, Progress, Watch, never, unwatched
from scheduling.planning.solving.words import Fact, Sentence, say, spoken

__all__ = [
    "Answer",
    "Breach",
    "Cancelled",
    "Change",
    "Conflict",
    "Fact",
    "Limits",
    "Progress",
    "Reason",
    "Remedy",
    "Rule",
    "Sentence",
    "Status",
    "Stopped",
    "Term",
    "Watch",
    "explain",
    "gap",
    "never",
    "say",
    "spoken",
    "total",
    "unwatched",
]
