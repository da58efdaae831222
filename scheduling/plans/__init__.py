"""Plans: what is given, runs in the background, versions, the one that is carried out."""

from scheduling.plans.drafting import accept, open_plan, revise, save_by_hand
from scheduling.plans.planners import announced, answer_of, planner, problem_of, worth_of
from scheduling.plans.reading import (
    about,
    accepted,
    find,
    find_run,
    find_version,
    latest_run,
    of_county,
    open_runs,
    versions,
)
from scheduling.plans.running import ask, cancel, conclude, fail, keep, lease, waiting

__all__ = [
    "about",
    "accept",
    "accepted",
    "announced",
    "answer_of",
    "ask",
    "cancel",
    "conclude",
    "fail",
    "find",
    "find_run",
    "find_version",
    "keep",
    "latest_run",
    "lease",
    "of_county",
    "open_plan",
    "open_runs",
    "planner",
    "problem_of",
    "revise",
    "save_by_hand",
    "versions",
    "waiting",
    "worth_of",
]
