"""While a show is on air: what has been aired stays as it was, and the rest is planned again from now on."""

from __future__ import annotations

from dataclasses import replace

from scheduling.planning import airtime as given

BEFORE = -1  # the minute before the show's first: nothing has been aired


def on_air(plan: given.Plan, minute: int) -> given.Item | None:
    """Give the item that has begun last by this minute of the show; None before the first."""
    return next((item for item in reversed(plan.items) if item.start <= minute), None)


def now_that(
    happened: given.Overrun | given.Dropped, problem: given.Problem, plan: given.Plan, minute: int, *, longer: int = 0
) -> given.Problem:
    """Give the problem of the rest of the show after what happened; it may end `longer` minutes later."""
    told = given.live(problem, plan, max(minute, BEFORE), happened)
    return replace(told, show=replace(told.show, length=told.show.length + longer))
