"""What changes when an accepted run of show is planned again, and what that costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.problem import COMPANY, Item, Plan, Problem, Request
from scheduling.planning.airtime.scoring import idle
from scheduling.planning.solving import Change, Fact, Sentence, Term, say

_WORDS = {
    "moved": say("换了次序的企业"),
    "minute": say("开始时间挪动的分钟数"),
    "resized": say("时长增减的分钟数"),
    "rehosted": say("换了主持人的环节"),
    "idle": say("空着的分钟数"),
    "dropped": say("不再上播的企业"),
}


def announced(problem: Problem, accepted: Plan) -> Problem:
    """Give the problem once everyone knows the accepted plan: its job numbers stay, or are never given again.

    A request that has more jobs than it had gets new numbers.
    """
    blocks = {item.key: item for item in accepted.items if item.first_number}
    last = max((item.last_number for item in accepted.items), default=0)

    def told(request: Request) -> Request:
        block = blocks.get(request.key)
        if block is None or request.jobs > block.last_number - block.first_number + 1:
            return replace(request, announced=0) if block else request
        return replace(request, announced=block.first_number)

    show = replace(problem.show, last_number=max(last, problem.show.last_number))
    return replace(problem, show=show, requests=tuple(told(request) for request in problem.requests))


def change_terms(problem: Problem, accepted: Plan, plan: Plan) -> tuple[Term, ...]:
    """Give what a re-plan is measured by, term by term as `problem` says them."""
    amounts: Counter[str] = Counter()
    for _, term, amount in _amounts(Ground(problem), accepted, plan):
        amounts[term] += amount
    return tuple(Term(key, words, getattr(problem.prices, key), amounts[key]) for key, words in _WORDS.items())


def changes(problem: Problem, before: Plan, after: Plan) -> tuple[Change, ...]:
    """Give each item that differs, with its price, in the order of the new plan; then those no longer on air."""
    ground, prices = Ground(problem), Counter[str]()
    for key, term, amount in _amounts(ground, before, after):
        prices[key] += getattr(problem.prices, term) * amount
    found = [_changed(ground, before.item(item.key), item, prices.pop(item.key, 0)) for item in after.items]
    gone = [_gone(ground, item, prices.pop(item.key, 0)) for item in before.items if after.item(item.key) is None]
    return tuple(change for change in (*found, *gone) if change is not None)


def _amounts(ground: Ground, accepted: Plan, plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Give what differs: the item it is put down to, the price's name, the amount."""
    told = ground.told(accepted)
    places = {item.key: place for place, item in enumerate(told)}
    segments = {item.key: item for item in accepted.items if item.kind != COMPANY}
    for place, item in enumerate(plan.companies):
        if item.key not in ground.aired:
            if place < len(told):
                yield item.key, "minute", abs(item.start - told[place].start)
                yield item.key, "rehosted", int(item.host != told[place].host)
            if item.key in places:
                yield item.key, "moved", int(place != places[item.key])
                yield item.key, "resized", abs(item.minutes - told[places[item.key]].minutes)
    done = {item.key for item in ground.problem.aired}
    for item in plan.items:
        was = segments.get(item.key)
        if was is not None and item.key not in done:
            yield item.key, "minute", abs(item.start - was.start)
            yield item.key, "rehosted", int(item.host != was.host)
    for key, minutes in idle(ground.problem, plan).items():
        yield key, "idle", minutes
    for key in plan.left_out:
        yield key, "dropped", int(key in places)


def _changed(ground: Ground, was: Item | None, item: Item, price: int) -> Change | None:
    what, clock = ground.names[item.key], ground.problem.show.clock
    if was is None:
        words = say("新加%(what)s：%(start)s–%(end)s", what=what, start=clock(item.start), end=clock(item.end))
        return Change("added", item.key, words, price)
    differences: list[Sentence] = []
    if item.start != was.start:
        differences.append(say("%(old)s改到%(new)s开始", old=clock(was.start), new=clock(item.start)))
    if item.minutes != was.minutes:
        differences.append(say("%(old)s分钟改为%(new)s分钟", old=was.minutes, new=item.minutes))
    if item.host != was.host:
        differences.append(say("改由%(host)s主持", host=ground.hosts[item.host].name))
    if not differences and not price:
        return None
    kind = "moved" if item.start != was.start else "changed"
    spoken: Fact = differences[0] if differences else say("前面有空档")
    for more in differences[1:]:
        spoken = say("%(one)s，%(more)s", one=spoken, more=more)
    return Change(kind, item.key, say("%(what)s：%(how)s", what=what, how=spoken), price)


def _gone(ground: Ground, item: Item, price: int) -> Change:
    start = ground.problem.show.clock(item.start)
    what = ground.names.get(item.key) or say("原来%(start)s的企业", start=start)
    return Change("dropped", item.key, say("%(what)s不再上播", what=what), price)
