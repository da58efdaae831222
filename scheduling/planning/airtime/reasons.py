"""Why each item is when it is, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.problem import COMPANY, Item, Plan, Problem, Request
from scheduling.planning.airtime.scoring import idle
from scheduling.planning.solving import Reason, Sentence, say


def reasons(problem: Problem, plan: Plan) -> tuple[Reason, ...]:
    """Give a reason for every item, and for every request that is left out."""
    ground, waits = Ground(problem), idle(problem, plan)
    places = {item.key: place for place, item in enumerate(plan.companies, start=1)}
    told = [Reason(item.key, tuple(_why(ground, places, item, waits.get(item.key, 0)))) for item in plan.items]
    left = say("时间不够，它可上可不上，这次让给必须上的企业")
    return (*told, *(Reason(key, (left,)) for key in plan.left_out))


def _why(ground: Ground, places: dict[str, int], item: Item, wait: int) -> Iterator[Sentence]:
    if item in ground.problem.aired:
        yield say("已经播出")
        return
    for lock in ground.locks(item.key):
        yield say("时间已经定下") if lock.start is not None else say("主持人已经定下")
    if item.kind == COMPANY:
        yield from _why_there(ground, places, item, ground.requests[item.key])
    else:
        after = ground.segments[item.key].after
        yield say("规定排在第%(after)s家企业之后", after=after) if after else say("规定排在企业之前")
    if wait:
        yield say("前面空%(wait)s分钟：要等人到，或让主持人歇一歇", wait=wait)
    yield say("主持人%(host)s", host=ground.hosts[item.host].name)


def _why_there(ground: Ground, places: dict[str, int], item: Item, request: Request) -> Iterator[Sentence]:
    place = places[request.key]
    yield say("第%(place)s家上播", place=place)
    missed = ground.misplaced(request, place)
    if request.wish == "early":
        yield (
            say("想靠前，没能排进前%(third)s家：那些位置给了更要紧的企业", third=ground.third)
            if missed
            else say("照它的愿望靠前")
        )
    elif request.wish == "late":
        yield say("想靠后，没能排进最后%(third)s家", third=ground.third) if missed else say("照它的愿望靠后")
    if request.follows in places:
        other = ground.names[request.follows]
        met = places[request.follows] < place
        yield say("照它的愿望排在%(other)s之后", other=other) if met else say("没能排在%(other)s之后", other=other)
    for key in request.speakers:
        if ground.speakers[key].windows:
            yield say("发言人%(who)s只在部分时间有空", who=ground.speakers[key].name)
    if request.jobs and ground.problem.show.audience:
        yield say("%(jobs)s个岗位，这时人气%(watching)s（满分10）", jobs=request.jobs, watching=ground.watching(place))
    if item.minutes < request.wanted:
        yield say(
            "想讲%(wanted)s分钟，为了都能按时上播，压到%(minutes)s分钟", wanted=request.wanted, minutes=item.minutes
        )
