"""The booths' rules and costs once more, written from the text of `problem` alone: plain loops, nothing shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from scheduling.planning.booths import Booth, Enterprise, Plan, Problem, Stand

Kept = Callable[[str], bool]  # whether a rule must hold, by its key


def everything(key: str) -> bool:
    del key
    return True


def name(key: str) -> str:
    """The rule of which the key is one case: lock:e1:4 is a lock."""
    return key.partition(":")[0]


def against(problem: Problem, enterprise: Enterprise, booth: Booth) -> set[str]:
    """Give each rule that keeps the enterprise from the booth."""
    zones = {one.zone for one in problem.policy.zones if one.hard and one.industry == enterprise.industry}
    unfit = {
        f"usable:{booth.number}": not booth.usable,
        "power": enterprise.needs_power and not booth.power,
        "kind": enterprise.needs_kind not in {"", booth.kind},
        "tables": enterprise.tables > booth.tables,
        "accessible": enterprise.needs_access and not booth.accessible,
        "zone": bool(zones) and booth.zone not in zones,
    }
    for ban in problem.bans:
        unfit[f"ban:{ban.enterprise}:{ban.booth}"] = ban == Stand(enterprise.key, booth.number)
    for lock in problem.locks:
        unfit[f"lock:{lock.enterprise}:{lock.booth}"] = (lock.enterprise == enterprise.key) != (
            lock.booth == booth.number
        )
    return {key for key, against in unfit.items() if against}


def suiting(problem: Problem, kept: Kept = everything) -> dict[str, list[int]]:
    """Give the booths that suit each enterprise."""
    return {
        one.key: [booth.number for booth in problem.booths if not any(map(kept, against(problem, one, booth)))]
        for one in problem.enterprises
    }


def seatings(keys: list[str], fits: dict[str, list[int]]) -> Iterator[dict[str, int]]:
    """Give each way in which all of these stand at different booths that suit them."""
    if not keys:
        yield {}
        return
    for places in seatings(keys[1:], fits):
        for booth in fits[keys[0]]:
            if booth not in places.values():
                yield {**places, keys[0]: booth}


def queue(problem: Problem) -> list[str]:
    locked = {lock.enterprise for lock in problem.locks}

    def place(one: Enterprise) -> tuple[bool, bool, int, int, str]:
        first = one.invited or one.key in locked
        return (not first, not one.promised, -one.passed_over, one.applied, one.key)

    return [one.key for one in sorted(problem.enterprises, key=place)]


def given_a_place(problem: Problem) -> list[str]:
    fits = suiting(problem)
    given: list[str] = []
    for key in queue(problem):
        if any(True for _ in seatings([*given, key], fits)):
            given.append(key)
    return given


def unknown(problem: Problem, plan: Plan) -> bool:
    named = [*(stand.enterprise for stand in plan.stands), *plan.without]
    numbers = {booth.number for booth in problem.booths}
    return sorted(named) != sorted(one.key for one in problem.enterprises) or not all(
        stand.booth in numbers for stand in plan.stands
    )


def broken(problem: Problem, plan: Plan) -> set[str]:
    """Give the rules that the plan breaks; where it breaks `known` the others say nothing."""
    return {"known"} if unknown(problem, plan) else {name(key) for key in _broken(problem, plan)}


def _broken(problem: Problem, plan: Plan) -> Iterator[str]:
    booths = {booth.number: booth for booth in problem.booths}
    enterprises = {one.key: one for one in problem.enterprises}
    for stand in plan.stands:
        yield from against(problem, enterprises[stand.enterprise], booths[stand.booth])
    if len({stand.booth for stand in plan.stands}) < len(plan.stands):
        yield "taken"
    if any(enterprises[key].invited for key in plan.without):
        yield "invited"
    if any(lock.enterprise in plan.without for lock in problem.locks):
        yield "lock"
    given = given_a_place(problem)
    if list(plan.without) != [key for key in queue(problem) if key not in given]:
        yield "order"


def points(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give the amount of each term."""
    booths = {booth.number: booth for booth in problem.booths}
    enterprises = {one.key: one for one in problem.enterprises}
    stands = [(enterprises[stand.enterprise], booths[stand.booth]) for stand in plan.stands]
    amounts = dict.fromkeys(("wish", "none", "zone", "neighbours", "access"), 0)
    for enterprise, booth in stands:
        care = min(1 + enterprise.unlucky, 4)
        met = [n for n, wish in enumerate(enterprise.wishes) if wish in {booth.number, booth.zone}]
        if met:
            amounts["wish"] += met[0] * care
        elif enterprise.wishes:
            amounts["none"] += care
        zones = [one.zone for one in problem.policy.zones if one.industry == enterprise.industry and not one.hard]
        amounts["zone"] += bool(zones) and booth.zone not in zones
        amounts["access"] += enterprise.hires_disabled and not booth.accessible
    amounts["neighbours"] = _neighbours(problem.policy.competitors, [pair for pair in stands if pair[0].trade])
    return amounts


def _neighbours(policy: str, stands: list[tuple[Enterprise, Booth]]) -> int:
    if policy == "apart":
        return sum(
            one.trade == other.trade and here.row == there.row and abs(here.column - there.column) == 1
            for (one, here), (other, there) in combinations(stands, 2)
        )
    if policy == "together":
        rows = {(enterprise.trade, booth.row) for enterprise, booth in stands}
        return len(rows) - len({trade for trade, _ in rows})
    return 0


def total(problem: Problem, amounts: dict[str, int]) -> int:
    return sum(getattr(problem.policy.weights, key) * amount for key, amount in amounts.items())


def price(problem: Problem, accepted: Plan, plan: Plan) -> dict[str, int]:
    """Give how many moved and how many were dropped."""
    old, new = accepted.places, plan.places
    still = [one.key for one in problem.enterprises if one.key in old]
    return {
        "moved": sum(key in new and new[key] != old[key] for key in still),
        "dropped": sum(key not in new for key in still),
    }


def paid(problem: Problem, changed: dict[str, int]) -> int:
    return sum(getattr(problem.policy.prices, key) * amount for key, amount in changed.items())


def possible(problem: Problem, kept: Kept = everything) -> bool:
    """Whether everybody who must have a booth can have one, when these rules must be kept."""
    must = {one.key for one in problem.enterprises if one.invited and kept(f"invited:{one.key}")}
    must |= {lock.enterprise for lock in problem.locks if kept(f"lock:{lock.enterprise}:{lock.booth}")}
    return any(True for _ in seatings(sorted(must), suiting(problem, kept)))


def plans(problem: Problem) -> Iterator[Plan]:
    """Give every plan that keeps every rule, once each."""
    if possible(problem):
        given = given_a_place(problem)
        without = tuple(key for key in queue(problem) if key not in given)
        for places in seatings(given, suiting(problem)):
            yield Plan(tuple(Stand(key, booth) for key, booth in places.items()), without)
