"""Why there is no run of show: which rules cannot hold together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduling.planning.airtime.baselines import shortest
from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.model import Model
from scheduling.planning.airtime.problem import Lock, Person, Problem, Show
from scheduling.planning.solving import Conflict, Limits, Remedy, Rule, Sentence, explain, say

_CHECK = Limits(seconds=20.0, seed=1, workers=1)
_ENDLESS = 10_000  # minutes


def conflict(problem: Problem) -> Conflict:
    """Say which rules cannot hold together, and ways out; `problem` says which they are and what is given."""

    def feasible(kept: frozenset[str]) -> bool | None:
        easier = relaxed(problem, kept)
        return shortest(easier) is not None or Model(Ground(easier)).feasible(_CHECK)

    rules = tuple(_rules(problem))
    found = explain(rules, feasible)
    on_air = {rule.key for rule in found.rules if rule.key.startswith("air:")}
    if on_air and not any(on_air.intersection(remedy.gives_up) for remedy in found.remedies):
        everything_else = frozenset(rule.key for rule in rules if not rule.key.startswith("air:"))
        return replace(found, remedies=(*found.remedies, *_cuts(problem, everything_else)))
    return found


def _cuts(problem: Problem, kept: frozenset[str]) -> Iterator[Remedy]:
    """Say who could be cut, when one of them is not enough: as few as possible."""
    model = Model(Ground(relaxed(problem, kept)))
    model.cp.maximize(sum(part.used for part in model.places))
    plan = model.best(None, _CHECK).plan
    if plan is not None:
        cut = [request for request in problem.requests if request.key in plan.left_out and not request.optional]
        names = "、".join(request.name for request in cut)
        yield Remedy(tuple(f"air:{request.key}" for request in cut), say("这几家这次不上就能排：%(who)s", who=names))


def relaxed(problem: Problem, kept: frozenset[str]) -> Problem:
    """Give the problem in which only the rules that are `kept` must hold, of those that may be given up."""
    hosts = {host.key for host in problem.show.hosts}

    def person(key: str) -> str:
        return key if "roles" in kept or key not in hosts else f"{key} who speaks"

    return replace(
        problem,
        show=_relaxed_show(problem.show, kept),
        requests=tuple(
            replace(
                request,
                optional=request.optional or f"air:{request.key}" not in kept,
                trade=request.trade if "trade" in kept else "",
                speakers=tuple(person(key) for key in request.speakers),
            )
            for request in problem.requests
        ),
        speakers=tuple(
            replace(each, key=person(each.key), windows=each.windows if f"window:{each.key}" in kept else ())
            for each in problem.speakers
        ),
        locks=tuple(lock for lock in problem.locks if _name(lock) in kept),
    )


def _relaxed_show(show: Show, kept: frozenset[str]) -> Show:
    return replace(
        show,
        length=show.length if "length" in kept else _ENDLESS,
        buffer=show.buffer if "buffer" in kept else 0,
        hosts=tuple(
            replace(
                host,
                stretch=host.stretch if f"rest:{host.key}" in kept else _ENDLESS,
                windows=host.windows if f"window:{host.key}" in kept else (),
            )
            for host in show.hosts
        ),
        segments=tuple(
            segment if f"start:{segment.key}" in kept else replace(segment, earliest=0, latest=None)
            for segment in show.segments
        ),
    )


def _rules(problem: Problem) -> Iterator[Rule]:
    show, ground = problem.show, Ground(problem)
    yield Rule("length", say("直播只有%(length)s分钟", length=show.length))
    yield Rule("buffer", say("每家企业之后留%(buffer)s分钟", buffer=show.buffer))
    yield Rule("trade", say("招同一工种的企业不能接着播"))
    yield Rule("roles", say("主持人不能同时替企业讲"))
    for segment in show.segments:
        if segment.earliest or segment.latest is not None:
            yield Rule(f"start:{segment.key}", say("%(what)s要在规定的时间开始", what=ground.names[segment.key]))
    for host in show.hosts:
        words = say("%(who)s最多连续上镜%(stretch)s分钟", who=host.name, stretch=host.stretch)
        yield Rule(f"rest:{host.key}", words)
    people: tuple[Person, ...] = (*problem.speakers, *show.hosts)
    for key, person in {person.key: person for person in people if person.windows}.items():
        windows = "、".join(f"{show.clock(window.start)}–{show.clock(window.end)}" for window in person.windows)
        yield Rule(f"window:{key}", say("%(who)s只有%(windows)s有空", who=person.name, windows=windows))
    for request in ground.waiting:
        if not request.optional:
            words = say("%(who)s必须上播，至少%(least)s分钟", who=request.name, least=request.least)
            yield Rule(f"air:{request.key}", words)
    for lock in dict.fromkeys(problem.locks):
        yield Rule(_name(lock), _locked(ground, lock))


def _name(lock: Lock) -> str:
    start, host = "" if lock.start is None else lock.start, lock.host or ""
    return f"lock:{lock.key}:{start}:{host}"


def _locked(ground: Ground, lock: Lock) -> Sentence:
    what, host = ground.names[lock.key], ground.hosts[lock.host].name if lock.host else ""
    if lock.start is None:
        return say("%(what)s定由%(host)s主持", what=what, host=host)
    start = ground.problem.show.clock(lock.start)
    if not host:
        return say("%(what)s定在%(start)s开始", what=what, start=start)
    return say("%(what)s定在%(start)s开始，由%(host)s主持", what=what, start=start, host=host)
