"""Which hard rules a run of show breaks, whoever made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.problem import COMPANY, Item, Person, Plan, Problem, Window
from scheduling.planning.airtime.scoring import numbered
from scheduling.planning.solving import Breach, say


def breaches(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Give each hard rule that the plan breaks, in words; `problem` says the rules."""
    ground = Ground(problem)
    pointless = tuple(_unknown(ground, plan)) or tuple(_aired(ground, plan))
    if pointless:
        return pointless
    rules = (_left_out, _times, _sequence, _windows, _trades, _hosts, _rests, _locks, _numbers)
    return tuple(breach for rule in rules for breach in rule(ground, plan))


def fits(ground: Ground, before: Sequence[Item], item: Item) -> bool:
    """Whether an item may come after those `before` it, as far as people, its own times and locks go."""
    plan, rules = Plan((*before, item)), (_times, _windows, _hosts, _rests)
    locked = any(
        lock.start not in {None, item.start} or lock.host not in {None, item.host} for lock in ground.locks(item.key)
    )
    return not locked and not any(item.key in breach.about for rule in rules for breach in rule(ground, plan))


def _unknown(ground: Ground, plan: Plan) -> Iterator[Breach]:
    names = ground.names
    listed = Counter((*(item.key for item in plan.items), *plan.left_out))
    kinds = {segment.key: segment.kind for segment in ground.problem.show.segments}
    for key in sorted(listed.keys() | names.keys()):
        if key not in names:
            yield Breach("known", (key,), say("%(key)s不在这场直播里", key=key))
        elif listed[key] != 1 or (key in kinds and key in plan.left_out):
            words = say(
                "%(what)s在流程里出现了%(times)s次", what=names[key], times=sum(i.key == key for i in plan.items)
            )
            yield Breach("known", (key,), words)
    for item in plan.items:
        if item.key in names and item.kind != kinds.get(item.key, COMPANY):
            yield Breach("known", (item.key,), say("%(what)s的环节类型不对", what=names[item.key]))


def _aired(ground: Ground, plan: Plan) -> Iterator[Breach]:
    aired = ground.problem.aired
    if plan.items[: len(aired)] != aired:
        yield Breach("aired", tuple(item.key for item in aired), say("已经播出的部分被改动了"))


def _left_out(ground: Ground, plan: Plan) -> Iterator[Breach]:
    for key in plan.left_out:
        if not ground.requests[key].optional:
            yield Breach("air", (key,), say("%(who)s必须上播却没有排上", who=ground.names[key]))


def _times(ground: Ground, plan: Plan) -> Iterator[Breach]:
    show, now = ground.problem.show, ground.problem.now
    for item in _coming(ground, plan):
        least, most = ground.minutes(item.key)
        what, start, end = ground.names[item.key], show.clock(item.start), show.clock(item.end)
        if not least <= item.minutes <= most:
            words = say(
                "%(what)s排了%(minutes)s分钟，应当是%(least)s–%(most)s分钟",
                what=what,
                minutes=item.minutes,
                least=least,
                most=most,
            )
            yield Breach("minutes", (item.key,), words)
        if item.end > show.length:
            words = say("%(what)s到%(end)s才结束，直播只有%(length)s分钟", what=what, end=end, length=show.length)
            yield Breach("length", (item.key,), words)
        if item.start < now:
            yield Breach("now", (item.key,), say("%(what)s排在%(start)s，那时已经过去", what=what, start=start))
    for before, item in pairwise(plan.items):
        if item in ground.problem.aired:
            continue
        who = (before.key, item.key)
        names = {"first": ground.names[before.key], "second": ground.names[item.key]}
        if item.start < before.end:
            yield Breach("sequence", who, say("%(first)s还没结束，%(second)s就开始了", **names))
        elif before.kind == COMPANY and item.start < before.end + show.buffer:
            yield Breach(
                "buffer", who, say("%(first)s和%(second)s之间没有留够%(buffer)s分钟", **names, buffer=show.buffer)
            )


def _sequence(ground: Ground, plan: Plan) -> Iterator[Breach]:
    coming, total = _coming(ground, plan), len(plan.companies)
    segments = [item.key for item in coming if item.kind != COMPANY]
    planned = [key for key in ground.segments if key in segments]
    if segments != planned:
        yield Breach("sequence", tuple(segments), say("开场、政策、答疑等环节的先后不对"))
    on_air = len(ground.aired)
    for item in coming:
        if item.kind == COMPANY:
            on_air += 1
            continue
        after = min(max(ground.segments[item.key].after, len(ground.aired)), total)
        if on_air != after:
            words = say("%(what)s应当排在第%(after)s家企业之后", what=ground.names[item.key], after=after)
            yield Breach("sequence", (item.key,), words)


def _windows(ground: Ground, plan: Plan) -> Iterator[Breach]:
    clock = ground.problem.show.clock
    for item in _coming(ground, plan):
        people: list[Person] = [ground.hosts[item.host]] if item.host in ground.hosts else []
        if item.kind == COMPANY:
            people += [ground.speakers[key] for key in ground.requests[item.key].speakers]
        for person in people:
            if not _within(item, person.windows):
                words = say(
                    "%(what)s排在%(start)s–%(end)s，%(who)s那时不在",
                    what=ground.names[item.key],
                    start=clock(item.start),
                    end=clock(item.end),
                    who=person.name,
                )
                yield Breach("window", (item.key,), words)
        if item.kind != COMPANY:
            segment = ground.segments[item.key]
            if item.start < segment.earliest or (segment.latest is not None and item.start > segment.latest):
                words = say(
                    "%(what)s排在%(start)s，不在规定的时间", what=ground.names[item.key], start=clock(item.start)
                )
                yield Breach("window", (item.key,), words)


def _trades(ground: Ground, plan: Plan) -> Iterator[Breach]:
    for before, after in pairwise(plan.companies):
        trade = ground.requests[after.key].trade
        if trade and trade == ground.requests[before.key].trade and after not in ground.problem.aired:
            words = say(
                "%(first)s和%(second)s都招%(trade)s，不能接着播",
                first=ground.names[before.key],
                second=ground.names[after.key],
                trade=trade,
            )
            yield Breach("trade", (before.key, after.key), words)


def _hosts(ground: Ground, plan: Plan) -> Iterator[Breach]:
    for item in _coming(ground, plan):
        if item.host not in ground.hosts:
            yield Breach("roles", (item.key,), say("%(what)s没有主持人", what=ground.names[item.key]))
        elif item.kind == COMPANY and item.host in ground.requests[item.key].speakers:
            words = say(
                "%(who)s不能一边主持一边替%(what)s讲", who=ground.hosts[item.host].name, what=ground.names[item.key]
            )
            yield Breach("roles", (item.key,), words)


def _rests(ground: Ground, plan: Plan) -> Iterator[Breach]:
    clock = ground.problem.show.clock
    for host in ground.hosts.values():
        for since, item in ground.stretches(host, sorted(plan.items, key=lambda item: item.start)):
            if item not in ground.problem.aired and item.end - since > host.stretch:
                words = say(
                    "%(who)s从%(since)s到%(end)s没有歇，最多连续%(stretch)s分钟",
                    who=host.name,
                    since=clock(since),
                    end=clock(item.end),
                    stretch=host.stretch,
                )
                yield Breach("rest", (item.key,), words)


def _locks(ground: Ground, plan: Plan) -> Iterator[Breach]:
    clock = ground.problem.show.clock
    for lock in ground.problem.locks:
        item = plan.item(lock.key)
        what = ground.names[lock.key]
        if item is None:
            yield Breach("lock", (lock.key,), say("%(what)s已经定下，却没有排上", what=what))
        elif item in ground.problem.aired:
            continue
        elif lock.start is not None and item.start != lock.start:
            yield Breach("lock", (lock.key,), say("%(what)s定在%(start)s开始", what=what, start=clock(lock.start)))
        elif lock.host is not None and item.host != lock.host:
            host = ground.hosts[lock.host].name
            yield Breach("lock", (lock.key,), say("%(what)s定由%(host)s主持", what=what, host=host))


def _numbers(ground: Ground, plan: Plan) -> Iterator[Breach]:
    for item, right in zip(plan.items, numbered(ground.problem, plan.items), strict=True):
        if item != right:
            words = say(
                "%(what)s的岗位号应当是%(first)s–%(last)s",
                what=ground.names[item.key],
                first=right.first_number,
                last=right.last_number,
            )
            yield Breach("numbers", (item.key,), words)


def _coming(ground: Ground, plan: Plan) -> Sequence[Item]:
    """Give the items that the rules bind: those that are not aired."""
    return [item for item in plan.items if item not in ground.problem.aired]


def _within(item: Item, windows: tuple[Window, ...]) -> bool:
    return not windows or any(window.start <= item.start and item.end <= window.end for window in windows)
