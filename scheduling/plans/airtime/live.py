"""While a show is on air: what has been aired stays as it was, and the rest is planned again from now on."""

from __future__ import annotations

from dataclasses import replace

from scheduling.planning.airtime import problem as given


def on_air(plan: given.Plan, minute: int) -> given.Item | None:
    """Give the item that has begun last by this minute of the show; None before the first."""
    return next((item for item in reversed(plan.items) if item.start <= minute), None)


def over(problem: given.Problem, plan: given.Plan, minute: int, *, more: int, longer: int = 0) -> given.Problem:
    """Say that what is on air takes `more` minutes more than planned, and the show may end `longer` minutes later."""
    aired = _aired(plan, minute)
    if aired:
        aired[-1] = replace(aired[-1], end=aired[-1].end + more)
    return _from_now_on(problem, aired, minute, longer)


def gone(problem: given.Problem, plan: given.Plan, minute: int, *, key: str, longer: int = 0) -> given.Problem:
    """Say that an enterprise which has not been on air yet will not be; one that has been stays as it was."""
    aired = _aired(plan, minute)
    if key in {item.key for item in aired}:
        return _from_now_on(problem, aired, minute, longer)
    left = replace(
        problem,
        requests=tuple(
            replace(request, follows="" if request.follows == key else request.follows)
            for request in problem.requests
            if request.key != key
        ),
        locks=tuple(lock for lock in problem.locks if lock.key != key),
    )
    return _from_now_on(left, aired, minute, longer)


def _aired(plan: given.Plan, minute: int) -> list[given.Item]:
    return [item for item in plan.items if item.start <= minute]


def _from_now_on(problem: given.Problem, aired: list[given.Item], minute: int, longer: int) -> given.Problem:
    """Take what was aired as a fact, with its job numbers; locks of what has been aired have had their time."""
    keys = {item.key for item in aired}
    return replace(
        problem,
        show=replace(problem.show, length=problem.show.length + longer),
        aired=tuple(aired),
        now=max([0, minute, *(item.end for item in aired)]),
        locks=tuple(lock for lock in problem.locks if lock.key not in keys),
    )
