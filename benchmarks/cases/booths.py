"""A campaign fair: 100 booths in ten rows, 100 enterprises, some first come, wishes that crowd at the entrance."""

from __future__ import annotations

import random
from dataclasses import replace

from scheduling.planning.booths import Booth, Enterprise, Plan, Policy, Problem, Stand, Zoning
from scheduling.planning.booths.queue import Ground

TRADES = {
    "食品加工": ("普工", "包装工", "质检员", "叉车工", "冷库工"),
    "服装鞋帽": ("缝纫工", "裁剪工", "整烫工", "质检员", "打版师"),
    "机械电子": ("焊工", "电工", "数控车工", "装配工", "钳工", "质检员"),
    "家政养老": ("护理员", "月嫂", "保洁员", "厨师"),
    "商贸物流": ("驾驶员", "分拣员", "叉车工", "营业员", "客服"),
}
SHARES = (26, 24, 26, 10, 14)  # of a hundred enterprises
ROW = 10


def make(scale: float = 1.0, seed: int = 1) -> Problem:
    """Make a fair of 100 booths and 100 enterprises, times `scale`; a tenth chose their booth first."""
    chance = random.Random(seed)
    booths = _booths(round(100 * scale), chance)
    enterprises = [_enterprise(n, booths, chance) for n in range(round(100 * scale))]
    zones = tuple(Zoning(industry, f"{industry}区", hard=industry == "家政养老") for industry in TRADES)
    problem = Problem(booths, tuple(enterprises), Policy(zones))
    return replace(problem, locks=_first_come(problem))


def disturbance(problem: Problem, plan: Plan) -> Problem:
    """Two enterprises withdraw, and the two booths with a pillar cannot be used: those in the middle of the plan."""
    middle = len(plan.stands) // 2
    gone = {stand.enterprise for stand in plan.stands[:2]}
    broken = {stand.booth for stand in plan.stands[middle : middle + 2]}
    return replace(
        problem,
        booths=tuple(replace(booth, usable=booth.usable and booth.number not in broken) for booth in problem.booths),
        enterprises=tuple(enterprise for enterprise in problem.enterprises if enterprise.key not in gone),
        locks=tuple(lock for lock in problem.locks if lock.enterprise not in gone and lock.booth not in broken),
        bans=tuple(ban for ban in problem.bans if ban.enterprise not in gone),
    )


def _booths(count: int, chance: random.Random) -> tuple[Booth, ...]:
    """Give rows of ten, the zones one behind the other in the shares of their industries; an aisle crosses each row."""
    zones = [f"{industry}区" for industry, share in zip(TRADES, SHARES, strict=True) for _ in range(share)]
    return tuple(
        Booth(
            number=n + 1,
            row=n // ROW + 1,
            column=n % ROW + 1 + (n % ROW >= ROW // 2),
            zone=zones[n * 100 // count],
            kind="tent" if chance.random() < 0.2 else "standard",
            power=chance.random() < 0.5,
            tables=2 if chance.random() < 0.3 else 1,
            accessible=n % ROW in {0, 4, 5, 9},
        )
        for n in range(count)
    )


def _enterprise(n: int, booths: tuple[Booth, ...], chance: random.Random) -> Enterprise:
    industry = chance.choices(list(TRADES), SHARES)[0]
    return Enterprise(
        key=f"E{n + 1:03}",
        name=f"第{n + 1}家{industry}企业",
        industry=industry,
        trade=chance.choice(TRADES[industry]),
        needs_power=chance.random() < 0.3,
        needs_kind=chance.choices(("", "standard", "tent"), (88, 8, 4))[0],
        tables=2 if chance.random() < 0.15 else 1,
        needs_access=chance.random() < 0.03,
        hires_disabled=chance.random() < 0.12,
        wishes=_wishes(industry, booths, chance),
        applied=n + 1,
        passed_over=int(chance.random() < 0.1),
        unlucky=chance.choice((0, 0, 0, 1, 2, 3)),
    )


def _wishes(industry: str, booths: tuple[Booth, ...], chance: random.Random) -> tuple[int | str, ...]:
    """Give none to four booths, mostly in the enterprise's zone and near its beginning, and perhaps the zone itself."""
    own = [booth.number for booth in booths if booth.zone == f"{industry}区"]
    near = [own[min(int(chance.expovariate(6 / len(own))), len(own) - 1)] for _ in range(chance.randrange(5))]
    anywhere = [chance.choice(booths).number] if chance.random() < 0.2 else []
    zone = [f"{industry}区"] if near and chance.random() < 0.3 else []
    return tuple(dict.fromkeys([*near[:3], *anywhere, *zone]))


def _first_come(problem: Problem) -> tuple[Stand, ...]:
    """Give the first tenth their first wish, when it suits them and is still free."""
    suiting, chosen = Ground(problem).suiting, dict[int | str, Stand]()
    for enterprise in problem.enterprises[: len(problem.enterprises) // 10]:
        for wish in enterprise.wishes[:1]:
            if wish in suiting[enterprise.key]:
                chosen.setdefault(wish, Stand(enterprise.key, int(wish)))
    return tuple(chosen.values())
