"""Every run of a tiny show, item by item: what is possible, and what is best, without a solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from scheduling.planning.airtime import Item, Plan, Problem
from tests.scheduling.planning.airtime.checker import COMPANY, Kept, View, breaking, everything, numbered, stretches

ALONE = ("minutes", "length", "now", "window", "roles", "lock")  # rules of an item by itself
TOGETHER = ("sequence", "buffer", "trade", "rest")  # broken by a beginning, they are broken by the whole
WHOLE = ("air", "lock")
PATIENCE = 5_000  # beginnings looked at before a show counts as not tiny

Cost: TypeAlias = tuple[int, ...]


class NotTiny(Exception):  # noqa: N818  no error: a test then looks at another show
    """There is too much to try."""


def least(
    problem: Problem, cost: Callable[[Plan], Cost], kept: Kept = everything, *, shortest: bool = False
) -> Cost | None:
    """Give the least cost of any plan that keeps these rules, None where there is no plan. Raises NotTiny.

    A beginning costs no more than what it becomes. Of two that leave the same to be decided, from the same moment and
    with everybody as tired, the dearer one is not gone on with. `shortest`: slots last no longer than they must.
    """
    options = _options(problem, kept, shortest=shortest)
    everybody = {one.key for one in problem.requests}
    segments = {one.key for one in problem.show.segments}
    best: Cost | None = None
    seen: dict[object, Cost] = {}
    tried = 0

    def go_on(items: tuple[Item, ...]) -> None:
        nonlocal best, tried
        tried += 1
        if tried > PATIENCE:
            raise NotTiny
        beginning = Plan(items)
        so_far = cost(beginning)
        view = View(problem, beginning, kept)
        if (best is not None and so_far >= best) or breaking(view, TOGETHER):
            return
        left = _left(view)
        if left in seen and seen[left] <= so_far:
            return
        seen[left] = so_far
        on_air = {item.key for item in items}
        if segments <= on_air:
            whole = Plan(numbered(problem, items), tuple(sorted(everybody - on_air)))
            if not breaking(View(problem, whole, kept), WHOLE):
                best = cost(whole) if best is None else min(best, cost(whole))
        free = view.free(items[-1]) if items else 0
        for item in options:
            if item.start >= free and item.key not in on_air:
                go_on((*items, item))

    go_on(problem.aired)
    return best


def possible(problem: Problem, kept: Kept) -> bool | None:
    """Whether there is a plan that keeps these rules; None where there is too much to try.

    A plan whose slots are cut to their least keeps every rule that it kept, so only such plans are tried.
    """
    try:
        return least(problem, lambda _: (), kept, shortest=True) is not None
    except NotTiny:
        return None


def _left(view: View) -> object:
    """Tell what a beginning leaves to be decided, and all that bears on it."""
    last = view.items[-1] if view.items else None
    tired = []
    for host in view.show.hosts:
        for began, item in list(stretches(view, host))[-1:]:
            if last and item.end + host.rest > last.end:
                tired.append((host.key, began, item.end))
    return (
        frozenset(item.key for item in view.items),
        last and (last.end, last.kind, last.host),
        tuple(view.requests[item.key].trade for item in view.slots[-1:]),
        tuple(tired),
    )


def _options(problem: Problem, kept: Kept, *, shortest: bool) -> list[Item]:
    """Give every item that is right by itself, the earliest and longest first."""
    minutes = {(one.key, one.kind): [one.minutes] for one in problem.show.segments}
    for one in problem.requests:
        lengths = range(one.wanted, one.least - 1, -1)
        minutes[one.key, COMPANY] = [one.least] if shortest else list(lengths)
    options = [
        Item(key, kind, start, start + length, host.key)
        for start in range(problem.now, _horizon(problem, kept))
        for (key, kind), lengths in minutes.items()
        for length in lengths
        for host in problem.show.hosts
    ]
    alone = {
        key: replace(problem, locks=tuple(lock for lock in problem.locks if lock.key == key)) for key, _ in minutes
    }
    return [one for one in options if not breaking(View(alone[one.key], Plan((one,)), kept), ALONE)]


def _horizon(problem: Problem, kept: Kept) -> int:
    """Give a minute from which nothing need start: after the last that is told in minutes, all can follow at once."""
    show = problem.show
    if kept("length"):
        return show.length
    told = [show.length, problem.now, *(item.end for item in problem.aired)]
    told += [max(one.earliest, one.latest or 0) for one in show.segments]
    told += [window.end for one in (*problem.speakers, *show.hosts) for window in one.windows]
    told += [lock.start for lock in problem.locks if lock.start is not None]
    pause = max([show.buffer, *(host.rest for host in show.hosts)])
    asked = [one.least for one in problem.requests] + [one.minutes for one in show.segments]
    return max(told) + sum(asked) + pause * len(asked)
