"""Why each enterprise stands where it does, or has no booth, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.planning.booths.checking import against
from scheduling.planning.booths.problem import Booth, Enterprise, Plan, Problem, Wish
from scheduling.planning.booths.queue import Ground
from scheduling.planning.booths.scoring import neighbours, wishes_missed
from scheduling.planning.solving import Reason, Sentence, say


def reasons(problem: Problem, plan: Plan) -> tuple[Reason, ...]:
    """Give a reason for every enterprise: where in its wishes, why not the wishes before, what is beside it."""
    ground = Ground(problem)
    holders = {stand.booth: ground.enterprises[stand.enterprise] for stand in plan.stands}
    seated = (
        Reason(stand.enterprise, tuple(_why_here(ground, holders, ground.booths[stand.booth]))) for stand in plan.stands
    )
    waiting = (Reason(key, tuple(_why_without(ground, ground.enterprises[key]))) for key in plan.without)
    return (*seated, *waiting)


def _why_here(ground: Ground, holders: dict[int, Enterprise], booth: Booth) -> Iterator[Sentence]:
    enterprise = holders[booth.number]
    if enterprise.key in ground.locks:
        yield say("已先订下%(booth)s号展位，照订下的排", booth=booth.number)
        return
    missed = wishes_missed(enterprise, booth)
    yield _which_wish(enterprise, booth, missed)
    for number, wish in enumerate(enterprise.wishes[:missed], start=1):
        yield _why_not(ground, holders, enterprise, number, wish)
    for a, b in neighbours(ground.problem):
        other = holders.get(b if a == booth.number else a) if booth.number in {a, b} else None
        if other is not None and other.trade == enterprise.trade != "" and ground.problem.policy.competitors == "apart":
            yield say("与%(who)s都招%(trade)s又相邻：全场权衡后没能分开", who=other.name, trade=enterprise.trade)


def _which_wish(enterprise: Enterprise, booth: Booth, missed: int | None) -> Sentence:
    place = booth.zone or say("%(booth)s号展位", booth=booth.number)
    if missed is not None:
        return say("%(place)s，第%(number)s志愿", place=place, number=missed + 1)
    return (
        say("%(place)s，志愿都没排上", place=place) if enterprise.wishes else say("%(place)s，没有填志愿", place=place)
    )


def _why_not(
    ground: Ground, holders: dict[int, Enterprise], enterprise: Enterprise, number: int, wish: Wish
) -> Sentence:
    if isinstance(wish, str):
        return say("第%(number)s志愿%(zone)s：合适的展位都排给了别家", number=number, zone=wish)
    booth, holder = ground.booths.get(wish), holders.get(wish)
    if booth is None:
        return say("第%(number)s志愿%(booth)s号：没有这个展位", number=number, booth=wish)
    obstacle = next(ground.obstacles(enterprise, booth), None)
    if obstacle is not None:
        return say("第%(number)s志愿：%(why)s", number=number, why=against(ground, enterprise, booth, obstacle))
    if holder is None:
        return say("第%(number)s志愿%(booth)s号：空着，但站在那里分区或邻位更差", number=number, booth=wish)
    return say(
        "第%(number)s志愿%(booth)s号给了%(holder)s：%(why)s",
        number=number,
        booth=wish,
        holder=holder.name,
        why=_why_rather(enterprise, holder, booth),
    )


def _why_rather(enterprise: Enterprise, holder: Enterprise, booth: Booth) -> Sentence:
    rank = wishes_missed(holder, booth)
    if rank is None:
        return say("这样全场的安排更好")
    if holder.care > enterprise.care:
        return say("它本季落空的次数更多")
    return say("是它的第%(rank)s志愿", rank=rank + 1)


def _why_without(ground: Ground, enterprise: Enterprise) -> Iterator[Sentence]:
    place, fitting = ground.queue.index(enterprise) + 1, len(ground.suiting[enterprise.key])
    if fitting:
        yield say(
            "排队第%(place)s位：它能用的%(fitting)s个展位都给了排在前面的企业，转为候补", place=place, fitting=fitting
        )
        return
    yield say("排队第%(place)s位：没有一个展位适合它，转为候补", place=place)
    for booth in ground.problem.booths[:1]:
        yield against(ground, enterprise, booth, next(ground.obstacles(enterprise, booth)))
