"""While the show is on air: what has been aired is a fact, and the rest is planned again with the fewest changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduling.planning.airtime.planning import replan
from scheduling.planning.airtime.problem import Item, Plan, Problem
from scheduling.planning.solving import Answer, Cancelled, Limits, Watch, never, unwatched


@dataclass(frozen=True)
class Overrun:
    """What is on air takes this many minutes more than planned."""

    minutes: int


@dataclass(frozen=True)
class Dropped:
    """An enterprise does not come, or breaks off now."""

    enterprise: str


def reflow(
    problem: Problem,
    plan: Plan,
    at_minute: int,
    happened: Overrun | Dropped,
    limits: Limits,
    *,
    watch: Watch = unwatched,
    cancelled: Cancelled = never,
) -> Answer[Plan]:
    """Give the rest of the show from `at_minute` on, after what happened, with the fewest changes (`replan`)."""
    return replan(live(problem, plan, at_minute, happened), plan, limits, watch=watch, cancelled=cancelled)


def live(problem: Problem, plan: Plan, at_minute: int, happened: Overrun | Dropped) -> Problem:
    """Give the problem as it stands at a minute of the show, after what happened; `plan` is what is being aired."""
    aired = [item for item in plan.items if item.start <= at_minute]
    on_air = aired[-1] if aired and aired[-1].end > at_minute else None
    if on_air is not None and isinstance(happened, Overrun):
        aired[-1] = replace(on_air, end=on_air.end + happened.minutes)
    elif isinstance(happened, Dropped):
        if on_air is not None and on_air.key == happened.enterprise:
            aired[-1] = replace(on_air, end=at_minute)
        elif happened.enterprise not in {item.key for item in aired}:
            problem = without(problem, plan, happened.enterprise)
    return _from_here(problem, aired, at_minute)


def without(problem: Problem, plan: Plan, enterprise: str) -> Problem:
    """Give the problem without an enterprise; what came after it in the plan still comes after the same ones."""
    place = next((n for n, item in enumerate(plan.companies, start=1) if item.key == enterprise), None)
    return replace(
        problem,
        show=replace(
            problem.show,
            segments=tuple(
                replace(segment, after=segment.after - 1) if place and segment.after >= place else segment
                for segment in problem.show.segments
            ),
        ),
        requests=tuple(
            replace(request, follows="") if request.follows == enterprise else request
            for request in problem.requests
            if request.key != enterprise
        ),
        locks=tuple(lock for lock in problem.locks if lock.key != enterprise),
    )


def _from_here(problem: Problem, aired: list[Item], minute: int) -> Problem:
    free = max([minute, *(item.end for item in aired)])
    return replace(problem, aired=tuple(aired), now=free)
