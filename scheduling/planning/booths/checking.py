"""Which hard rules a plan breaks, whoever made it; which rules cannot hold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduling.planning.booths.problem import Booth, Enterprise, Plan, Problem
from scheduling.planning.booths.queue import Ground, seat
from scheduling.planning.solving import Breach, Conflict, Rule, Sentence, explain, say


def breaches(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Give each hard rule that the plan breaks, in words; `problem` says the rules."""
    ground = Ground(problem)
    unknown = tuple(_unknown(ground, plan))
    return unknown or tuple(_broken(ground, plan))


def _unknown(ground: Ground, plan: Plan) -> Iterator[Breach]:
    listed = Counter((*(stand.enterprise for stand in plan.stands), *plan.without))
    for key in sorted(listed.keys() | ground.enterprises.keys()):
        if key not in ground.enterprises:
            yield Breach("known", (key,), say("%(key)s不在参会名单里", key=key))
        elif listed[key] != 1:
            who = ground.enterprises[key].name
            yield Breach("known", (key,), say("%(who)s在安排里出现了%(times)s次", who=who, times=listed[key]))
    for stand in plan.stands:
        if stand.booth not in ground.booths:
            yield Breach("known", (stand.enterprise,), say("没有%(booth)s号展位", booth=stand.booth))


def _broken(ground: Ground, plan: Plan) -> Iterator[Breach]:
    for number, count in Counter(stand.booth for stand in plan.stands).items():
        if count > 1:
            here = tuple(stand.enterprise for stand in plan.stands if stand.booth == number)
            names = "、".join(ground.enterprises[key].name for key in here)
            yield Breach("taken", here, say("%(booth)s号展位同时排给了%(who)s", booth=number, who=names))
    for stand in plan.stands:
        enterprise, booth = ground.enterprises[stand.enterprise], ground.booths[stand.booth]
        for obstacle in ground.obstacles(enterprise, booth):
            yield Breach(obstacle.split(":")[0], (enterprise.key,), against(ground, enterprise, booth, obstacle))
    for key in plan.without:
        who = ground.enterprises[key]
        if key in ground.locks:
            yield Breach("lock", (key,), say("%(who)s订下了展位却没有排上", who=who.name))
        if who.invited:
            yield Breach("invited", (key,), say("%(who)s必须有展位却没有排上", who=who.name))
    if plan.without != ground.without:
        yield Breach("order", plan.without, _out_of_order(ground, plan))


def _out_of_order(ground: Ground, plan: Plan) -> Sentence:
    names = [ground.enterprises[key].name for key in plan.without if key in ground.seated]
    if names:
        return say("按先后次序，%(who)s应当有展位", who="、".join(names))
    extra = [ground.enterprises[key].name for key in ground.without if key not in plan.without]
    if extra:
        return say("按先后次序，%(who)s还轮不到展位", who="、".join(extra))
    return say("候补名单没有按先后次序排列")


_AGAINST = {
    "usable": say("%(booth)s号展位不能用"),
    "power": say("%(booth)s号展位没有电源，%(who)s要用电"),
    "kind": say("%(booth)s号展位的类型不是%(who)s要的"),
    "tables": say("%(booth)s号展位放不下%(who)s要的%(tables)s张桌子"),
    "accessible": say("%(booth)s号展位有台阶，%(who)s要无障碍"),
    "zone": say("%(booth)s号展位不在%(who)s所属行业的分区"),
    "ban": say("%(who)s不能站%(booth)s号展位"),
}


def against(ground: Ground, enterprise: Enterprise, booth: Booth, obstacle: str) -> Sentence:
    """Say what an obstacle (`Ground.obstacles`) means for this enterprise at this booth."""
    rule, *lock = obstacle.split(":", 1)
    if rule in _AGAINST:
        facts = (("booth", booth.number), ("who", enterprise.name), ("tables", enterprise.tables))
        return Sentence(_AGAINST[rule].text, facts)
    holder, number = lock[0].rsplit(":", 1)
    if holder == enterprise.key:
        return say("%(who)s已订下%(other)s号，不是%(booth)s号", who=enterprise.name, other=number, booth=booth.number)
    return say("%(booth)s号已由先到的%(holder)s订下", holder=ground.enterprises[holder].name, booth=booth.number)


def conflict(problem: Problem) -> Conflict:
    """Say why not everybody who must have a booth can have one: a smallest set of rules, and ways out."""
    ground = Ground(problem)
    against_each = {
        (enterprise.key, booth.number): set(ground.obstacles(enterprise, booth))
        for enterprise in problem.enterprises
        for booth in problem.booths
    }

    def feasible(kept: frozenset[str]) -> bool:
        locked = {lock.enterprise for lock in problem.locks if f"lock:{lock.enterprise}:{lock.booth}" in kept}
        must = [e.key for e in problem.enterprises if e.key in locked or (e.invited and f"invited:{e.key}" in kept)]
        suiting = {key: [b for b in ground.booths if not against_each[key, b] & kept] for key in must}
        return len(seat(must, suiting)) == len(must)

    return explain(tuple(_rules(ground)), feasible)


def _rules(ground: Ground) -> Iterator[Rule]:
    """Give the rules that may be given up; that a booth holds one enterprise is none of them."""
    yield Rule("power", say("要用电的企业必须排在有电源的展位"))
    yield Rule("kind", say("指定了展位类型的企业必须排在那种展位"))
    yield Rule("tables", say("展位的桌子不能少于企业要的"))
    yield Rule("accessible", say("要无障碍的企业必须排在没有台阶的展位"))
    yield Rule("zone", say("规定了分区的行业必须排在本行业分区"))
    for booth in ground.problem.booths:
        if not booth.usable:
            yield Rule(f"usable:{booth.number}", say("%(booth)s号展位不能用", booth=booth.number))
    for enterprise in ground.problem.enterprises:
        if enterprise.invited:
            yield Rule(f"invited:{enterprise.key}", say("%(who)s必须有展位", who=enterprise.name))
    for ban in dict.fromkeys(ground.problem.bans):
        words = say("%(who)s不能站%(booth)s号展位", who=ground.enterprises[ban.enterprise].name, booth=ban.booth)
        yield Rule(f"ban:{ban.enterprise}:{ban.booth}", words)
    for lock in dict.fromkeys(ground.problem.locks):
        words = say("%(who)s已订下%(booth)s号展位", who=ground.enterprises[lock.enterprise].name, booth=lock.booth)
        yield Rule(f"lock:{lock.enterprise}:{lock.booth}", words)
