"""The rules and costs of a run of show once more, written from the text of `problem` alone: plain loops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from scheduling.planning.airtime import Host, Item, Plan, Problem, Request, Segment, Speaker, Window

COMPANY = "company"
Kept = Callable[[str], bool]  # whether a rule must hold, by its key


def everything(key: str) -> bool:
    del key
    return True


class View:
    """A problem and a plan for it, with what the rules keep asking."""

    def __init__(self, problem: Problem, plan: Plan, kept: Kept = everything) -> None:
        self.problem, self.show, self.plan, self.kept = problem, problem.show, plan, kept
        self.requests = {one.key: one for one in problem.requests}
        self.segments = {one.key: one for one in problem.show.segments}
        self.speakers = {one.key: one for one in problem.speakers}
        self.hosts = {one.key: one for one in problem.show.hosts}
        self.aired = {item.key for item in problem.aired}
        self.items = plan.items
        self.open = [item for item in plan.items if item.key not in self.aired]  # whom the rules bind
        self.slots = [item for item in plan.items if item.kind == COMPANY]
        self.buffer = problem.show.buffer if kept("buffer") else 0

    def is_open(self, *items: Item) -> bool:
        """Whether one of them is still to be decided."""
        return not all(item.key in self.aired for item in items)

    def request(self, item: Item) -> Request | None:
        return self.requests.get(item.key)

    def speaks(self, person: str, item: Item) -> bool:
        request = self.request(item)
        return request is not None and person in request.speakers

    def free(self, item: Item) -> int:
        """The minute from which the next item may start."""
        return item.end + (self.buffer if item.kind == COMPANY else 0)


def unknown(problem: Problem, plan: Plan) -> bool:
    segments = {one.key: one.kind for one in problem.show.segments}
    kinds = {one.key: COMPANY for one in problem.requests} | segments
    named = [*(item.key for item in plan.items), *plan.left_out]
    right = all(item.kind == kinds.get(item.key) for item in plan.items)
    return sorted(named) != sorted(kinds) or not right or not segments.keys().isdisjoint(plan.left_out)


def _air(view: View) -> bool:
    left = [view.requests[key] for key in view.plan.left_out]
    return any(not one.optional and view.kept(f"air:{one.key}") for one in left)


def _minutes(view: View) -> bool:
    for item in view.open:
        request = view.request(item)
        least, most = (request.least, request.wanted) if request else (view.segments[item.key].minutes,) * 2
        if not least <= item.end - item.start <= most:
            return True
    return False


def _sequence(view: View) -> bool:
    if any(max(a.start, a.end) > b.start for a, b in pairwise(view.items) if view.is_open(a, b)):
        return True
    segments = [view.segments[item.key] for item in view.open if item.kind != COMPANY]
    given = [one for one in view.show.segments if one in segments]
    if segments != sorted(given, key=lambda one: one.after):
        return True
    aired_slots = sum(item.key in view.aired for item in view.slots)
    before = 0
    for item in view.items:
        if item.kind == COMPANY:
            before += 1
        elif item.key not in view.aired and before != _place(view, view.segments[item.key], aired_slots):
            return True
    return False


def _place(view: View, segment: Segment, aired_slots: int) -> int:
    """Tell how many enterprises come before the segment."""
    return max(min(segment.after, len(view.slots)), aired_slots)


def _buffer(view: View) -> bool:
    return any(
        a.end <= b.start < view.free(a) for a, b in pairwise(view.items) if a.kind == COMPANY and view.is_open(b)
    )


def _length(view: View) -> bool:
    return view.kept("length") and any(item.end > view.show.length for item in view.open)


def _now(view: View) -> bool:
    return any(item.start < view.problem.now for item in view.open)


def _window(view: View) -> bool:
    for item in view.open:
        request = view.request(item)
        people: list[Speaker | Host | None] = [view.hosts.get(item.host)]
        if request is not None:
            people += [view.speakers[key] for key in request.speakers]
        if any(away(item, one.windows) and view.kept(f"window:{one.key}") for one in people if one):
            return True
        segment = view.segments.get(item.key)
        if segment is not None and view.kept(f"start:{segment.key}"):
            latest = item.start if segment.latest is None else segment.latest
            if not segment.earliest <= item.start <= latest:
                return True
    return False


def away(item: Item, windows: tuple[Window, ...]) -> bool:
    return bool(windows) and not any(one.start <= item.start and item.end <= one.end for one in windows)


def _trade(view: View) -> bool:
    trades = [(item, view.requests[item.key].trade) for item in view.slots]
    return view.kept("trade") and any(
        bool(one) and one == other and view.is_open(a, b) for (a, one), (b, other) in pairwise(trades)
    )


def _roles(view: View) -> bool:
    return any(
        item.host not in view.hosts or (view.kept("roles") and view.speaks(item.host, item)) for item in view.open
    )


def _rest(view: View) -> bool:
    return any(view.kept(f"rest:{host.key}") and _tired(view, host) for host in view.show.hosts)


def _tired(view: View, host: Host) -> bool:
    return any(item.end - began > host.stretch and view.is_open(item) for began, item in stretches(view, host))


def stretches(view: View, host: Host) -> Iterator[tuple[int, Item]]:
    """Give each item that the host is on air in, and when the stretch began that it belongs to."""
    began, ended = 0, None
    for item in sorted(view.items, key=lambda item: item.start):
        if item.host == host.key or (view.kept("roles") and view.speaks(host.key, item)):
            if ended is None or item.start >= ended + host.rest:
                began = item.start
            ended = item.end
            yield began, item


def _lock(view: View) -> bool:
    at = {item.key: item for item in view.items}
    for lock in view.problem.locks:
        start = "" if lock.start is None else lock.start
        if lock.key in view.aired or not view.kept(f"lock:{lock.key}:{start}:{lock.host or ''}"):
            continue
        item = at.get(lock.key)
        if item is None or lock.start not in {None, item.start} or lock.host not in {None, item.host}:
            return True
    return False


def _numbers(view: View) -> bool:
    return numbered(view.problem, view.items) != view.items


def numbered(problem: Problem, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Give the items that are not aired their job numbers."""
    jobs = {one.key: one.jobs for one in problem.requests}
    announced = {one.key: one.announced for one in problem.requests}
    aired = {item.key for item in problem.aired}
    following = max([problem.show.last_number, *(item.last_number for item in problem.aired)]) + 1
    given = []
    for item in items:
        if item.key in aired:
            given.append(item)
            continue
        first, count = 0, jobs.get(item.key, 0)
        if count:
            first = announced[item.key] or following
            following += 0 if announced[item.key] else count
        given.append(replace(item, first_number=first, last_number=first + count - 1 if count else 0))
    return tuple(given)


RULES: dict[str, Callable[[View], bool]] = {
    "air": _air,
    "minutes": _minutes,
    "sequence": _sequence,
    "buffer": _buffer,
    "length": _length,
    "now": _now,
    "window": _window,
    "trade": _trade,
    "roles": _roles,
    "rest": _rest,
    "lock": _lock,
    "numbers": _numbers,
}


def broken(problem: Problem, plan: Plan) -> set[str]:
    """Give the rules that the plan breaks; where it breaks `known` or `aired` the others say nothing."""
    if unknown(problem, plan):
        return {"known"}
    if plan.items[: len(problem.aired)] != problem.aired:
        return {"aired"}
    return breaking(View(problem, plan), RULES)


def breaking(view: View, rules: Iterable[str]) -> set[str]:
    return {rule for rule in rules if RULES[rule](view)}


def known_numbers(problem: Problem, accepted: Plan) -> Problem:
    """Give the problem in which the job numbers of the accepted plan are announced."""
    given = {item.key: item for item in accepted.items if item.first_number}
    asked = []
    for one in problem.requests:
        if one.key in given:
            item = given[one.key]
            enough = one.jobs <= item.last_number - item.first_number + 1
            asked.append(replace(one, announced=item.first_number if enough else 0))
        else:
            asked.append(one)
    last = max([problem.show.last_number, *(item.last_number for item in accepted.items)])
    return replace(problem, requests=tuple(asked), show=replace(problem.show, last_number=last))
