"""Shows made up by Hypothesis: short, nasty, every rule and every term in them; and plans, mostly broken."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from scheduling.planning.airtime import (
    Host,
    Item,
    Lock,
    Plan,
    Prices,
    Problem,
    Request,
    Segment,
    Show,
    Speaker,
    Weights,
    Window,
)
from tests.scheduling.planning.airtime.checker import COMPANY, numbered

HOSTS = ("甲", "乙")
SPEAKERS = ("甲", "丙")  # the first may lead the show as well


def seldom(one_in: int = 4) -> st.SearchStrategy[bool]:
    return st.integers(1, one_in).map(lambda number: number == one_in)


def seldom_not(usual: object, otherwise: st.SearchStrategy) -> st.SearchStrategy:
    return seldom(5).flatmap(lambda now: otherwise if now else st.just(usual))


points = st.sampled_from((0, 1, 2, 5, 12))
windows = st.lists(
    st.builds(lambda start, length: Window(start, start + length), st.integers(0, 6), st.integers(1, 9)),
    min_size=1,
    max_size=2,
).map(tuple)


@st.composite
def shows(draw) -> Show:
    hosts = tuple(
        Host(
            key,
            key,
            stretch=draw(st.sampled_from((60, 6, 8, 4))),
            rest=draw(st.integers(0, 3)),
            windows=draw(seldom_not((), windows)),
        )
        for key in HOSTS[: draw(st.integers(1, 2))]
    )
    segments = tuple(
        Segment(
            f"s{number}",
            draw(st.sampled_from(("opening", "policy", "qa", "closing"))),
            draw(st.integers(1, 2)),
            after=draw(st.integers(0, 3)),
            earliest=draw(seldom_not(0, st.integers(0, 6))),
            latest=draw(seldom_not(None, st.integers(0, 9))),
        )
        for number in range(draw(st.integers(0, 2)))
    )
    return Show(
        draw(st.sampled_from((12, 10, 14, 8))),
        hosts,
        segments,
        buffer=draw(st.sampled_from((0, 1, 0, 2))),
        audience=draw(st.lists(st.integers(0, 10), max_size=3).map(tuple)),
        last_number=draw(st.sampled_from((0, 9))),
    )


@st.composite
def requests(draw, key: str, others: list[str]) -> Request:
    least = draw(st.integers(1, 3))
    return Request(
        key,
        f"{key}厂",
        trade=draw(st.sampled_from(("焊工", "缝纫", ""))),
        speakers=tuple(draw(st.lists(st.sampled_from(SPEAKERS), max_size=1 + draw(seldom()), unique=True))),
        least=least,
        wanted=least + draw(st.sampled_from((0, 1, 2))),
        jobs=draw(st.integers(0, 3)),
        wish=draw(st.sampled_from(("", "early", "late"))),
        follows=draw(seldom_not("", st.sampled_from([other for other in others if other != key] or [""]))),
        optional=draw(seldom()),
    )


@st.composite
def problems(draw, most: int = 4) -> Problem:
    show = draw(shows())
    keys = [f"r{number}" for number in range(draw(st.sampled_from((3, most, 2, 1, 0))))]
    asked = [draw(requests(key, keys)) for key in keys]
    if show.last_number and asked and draw(seldom()):
        asked[0] = replace(asked[0], announced=draw(st.integers(1, 6)))
    problem = Problem(
        show,
        tuple(asked),
        tuple(Speaker(key, key, draw(seldom_not((), windows))) for key in SPEAKERS),
        weights=draw(st.one_of(st.just(Weights()), st.builds(Weights, *[points] * 6))),
        prices=draw(st.one_of(st.just(Prices()), st.builds(Prices, *[points] * 6))),
    )
    problem = replace(problem, locks=draw(locks(problem)) if draw(seldom()) else ())
    return draw(on_air(problem)) if draw(seldom(5)) else problem


@st.composite
def locks(draw, problem: Problem) -> tuple[Lock, ...]:
    keys = [one.key for one in (*problem.requests, *problem.show.segments)]
    hosts = [host.key for host in problem.show.hosts]
    lock = st.builds(
        Lock, st.sampled_from(keys or [""]), st.one_of(st.none(), st.integers(0, 9)), st.sampled_from([None, *hosts])
    )
    return tuple(draw(st.lists(lock, max_size=2))) if keys else ()


@st.composite
def on_air(draw, problem: Problem) -> Problem:
    """The show has begun: one or two items have been aired, however it went, in the numbers that were theirs."""
    items = draw(items_of(problem))[: draw(st.integers(1, 2))]
    aired = numbered(problem, tuple(replace(one, end=max(one.start, one.end)) for one in items))
    over = max((item.end for item in aired), default=0)
    given = max([problem.show.last_number, *(item.last_number for item in aired)])
    return replace(
        problem,
        aired=aired,
        now=over + draw(st.sampled_from((0, 0, 1))),
        show=replace(problem.show, last_number=given if draw(st.booleans()) else problem.show.last_number),
    )


@st.composite
def items_of(draw, problem: Problem) -> tuple[Item, ...]:
    """Everything one after the other, roughly as long as it should be."""
    minutes = {one.key: (one.kind, one.minutes, one.minutes) for one in problem.show.segments}
    minutes |= {one.key: (COMPANY, one.least, one.wanted) for one in problem.requests}
    hosts = [host.key for host in problem.show.hosts]
    at, items = 0, []
    for key in draw(st.permutations(list(minutes))):
        kind, least, most = minutes[key]
        start = at + draw(st.sampled_from((0, 0, 0, 1, 2)))
        at = start + draw(st.integers(least, most))
        items.append(Item(key, kind, start, at, draw(st.sampled_from(hosts))))
        at += problem.show.buffer if kind == COMPANY else 0
    return tuple(items)


@st.composite
def plans(draw, problem: Problem) -> Plan:
    """What has been aired, then the rest in any order; now and then something is amiss with one of them."""
    aired = {item.key: item for item in problem.aired}
    rest, left_out = [], []
    for item in draw(items_of(problem)):
        if item.key not in aired:
            (left_out if item.kind == COMPANY and draw(seldom(5)) else rest).append(item)
    late = max((item.end for item in problem.aired), default=0)
    moved = tuple(replace(item, start=item.start + late, end=item.end + late) for item in rest)
    items = list(numbered(problem, (*problem.aired, *moved)))
    for number in range(len(items)):
        if draw(seldom(8)):
            items[number] = draw(amiss(items[number]))
    if draw(seldom(10)):
        items = draw(st.permutations(items))
    return Plan(tuple(items), tuple(item.key for item in left_out)[draw(seldom(8)) :])


@st.composite
def amiss(draw, item: Item) -> Item:
    shift = draw(st.integers(-min(2, item.start), 2))
    return draw(
        st.sampled_from(
            (
                replace(item, start=item.start + shift, end=item.end + shift),
                replace(item, end=max(item.start, item.end + shift)),
                replace(item, host="谁"),
                replace(item, kind="qa"),
                replace(item, first_number=item.first_number + 1, last_number=item.last_number + 1),
                replace(item, last_number=item.last_number + 1),
                replace(item, key="r9"),
            )
        )
    )


@st.composite
def disturbed(draw, problem: Problem, accepted: Plan) -> Problem:
    """Somebody withdraws or is new, windows, hosts and prices are others; or the show has begun."""
    aired = {item.key for item in problem.aired}
    gone = {one.key for one in problem.requests if one.key not in aired and draw(seldom(6))}
    keys = [one.key for one in problem.requests if one.key not in gone]
    asked = [replace(one, follows="" if one.follows in gone else one.follows) for one in problem.requests]
    asked = [one for one in asked if one.key not in gone]
    asked = [replace(one, jobs=draw(st.integers(0, 4)), announced=0) if draw(seldom(6)) else one for one in asked]
    if draw(seldom(3)):
        asked.append(draw(requests("new", keys)))
    other = draw(shows())
    problem = replace(
        problem,
        requests=tuple(asked),
        show=replace(problem.show, hosts=other.hosts) if draw(seldom()) else problem.show,
        speakers=tuple(Speaker(key, key, draw(seldom_not((), windows))) for key in SPEAKERS),
        prices=draw(st.one_of(st.just(Prices()), st.builds(Prices, *[points] * 6))),
        locks=(),
    )
    begun = tuple(item for item in accepted.items if item.key not in gone)[: draw(st.sampled_from((0, 0, 1, 2)))]
    if not {*problem.aired} < {*begun}:
        return problem
    late = draw(st.integers(0, 2))
    last = replace(begun[-1], end=begun[-1].end + late)
    return replace(problem, aired=(*begun[:-1], last), now=last.end)
