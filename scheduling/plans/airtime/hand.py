"""A run of show changed by hand. Nothing is asked of the rules here: `breaches` says what they think."""

from __future__ import annotations

from dataclasses import replace

from scheduling.planning.airtime import problem as given


def moved(problem: given.Problem, plan: given.Plan, key: str, place: int, host: str) -> given.Plan:
    """Put an item at another place of the show (from 1), with this host; what comes after moves up behind it.

    Where an enterprise is moved, segments stay after as many enterprises as before. Items before the change keep their
    times; all later ones follow each other without a gap. Job numbers that were not announced go by the new order.
    """
    item = next(each for each in plan.items if each.key == key)
    others = [each for each in plan.items if each.key != key]
    order = [*others[: place - 1], replace(item, host=host), *others[place - 1 :]]
    if item.kind == given.COMPANY:
        order = _around_segments(problem, order)
    first = next((n for n, (a, b) in enumerate(zip(order, plan.items, strict=True)) if a.key != b.key), len(order))
    timed: list[given.Item] = []
    for number, each in enumerate(order):
        start = each.start if number < first else _next_start(problem, timed)
        timed.append(replace(each, start=start, end=start + each.minutes))
    return replace(plan, items=_numbered(problem, timed))


def locked(problem: given.Problem, plan: given.Plan, key: str) -> given.Problem:
    """Lock an item of `plan` to its start and host, for every later run."""
    locks = [given.Lock(item.key, item.start, item.host) for item in plan.items if item.key == key]
    return replace(problem, locks=(*unlocked(problem, key).locks, *locks))


def unlocked(problem: given.Problem, key: str) -> given.Problem:
    """Let later runs decide about an item."""
    return replace(problem, locks=tuple(lock for lock in problem.locks if lock.key != key))


def _around_segments(problem: given.Problem, order: list[given.Item]) -> list[given.Item]:
    """Let the segments come after as many enterprises as the show says, whatever the order of these."""
    companies = [item for item in order if item.kind == given.COMPANY]
    items = {item.key: item for item in order}
    segments = [segment for segment in problem.show.segments if segment.key in items]
    return [
        item
        for place in range(len(companies) + 1)
        for item in (
            *(items[segment.key] for segment in segments if min(segment.after, len(companies)) == place),
            *companies[place : place + 1],
        )
    ]


def _next_start(problem: given.Problem, timed: list[given.Item]) -> int:
    if not timed:
        return problem.now
    return timed[-1].end + (problem.show.buffer if timed[-1].kind == given.COMPANY else 0)


def _numbered(problem: given.Problem, items: list[given.Item]) -> tuple[given.Item, ...]:
    """Give the job numbers in the order of the show to those whose numbers were not announced."""
    requests = {request.key: request for request in problem.requests}
    following, numbered = problem.show.last_number + 1, []
    for item in items:
        request = requests.get(item.key)
        if request and request.jobs and not request.announced:
            last = following + request.jobs - 1
            item = replace(item, first_number=following, last_number=last)  # noqa: PLW2901  the same item, numbered
            following = last + 1
        numbered.append(item)
    return tuple(numbered)
