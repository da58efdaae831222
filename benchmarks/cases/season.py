"""A county's winter season, invented: from 1 December over the New Year and 春节 to the end of February.

At scale 1: 20 towns, 90 days, about 450 market days, 2 vans, 51 staff, 100 enterprises. A county twice the size has
twice of everything but days.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from math import dist

from scheduling.planning.markets import Market, parse_rule_text
from scheduling.planning.season import (
    Ban,
    Campaign,
    Candidate,
    Enterprise,
    Lock,
    Measures,
    Pace,
    Plan,
    Problem,
    Staff,
    Town,
    TownMarket,
    Van,
    candidates_of,
)

FIRST, LAST = date(2026, 12, 1), date(2027, 2, 28)
SPRING_FESTIVAL = tuple(date(2027, 2, 5) + timedelta(days=number) for number in range(8))  # 除夕 to 初七
RULES = (
    "常集（天天集）", "农历逢三六九", "农历逢二五八", "农历逢一四七", "农历双日", "农历单日", "农历逢五逢十",
    "农历逢二逢七", "农历逢三逢八", "农历逢四逢九", "农历逢一逢六", "公历逢五逢十", "公历逢三", "每周六、周日",
    "每周三", "赶辰戌日（龙狗日）", "赶丑巳酉日（牛蛇鸡）", "三天一集（自2026-01-01起每3天）", "农历逢五", "农历逢十",
)  # fmt: skip
TRADES = ("普工", "缝纫工", "焊工", "电工", "保安", "家政", "厨师", "司机")
LARGE_TOWN = 45_000

Place = tuple[float, float]


def make(scale: float = 1.0, seed: int = 1) -> Problem:
    """Give the season of a county `scale` times the size of 青禾县."""
    chance = random.Random(seed)
    towns = _towns(chance, round(20 * scale))
    places = {town.key: (chance.uniform(0, 70), chance.uniform(0, 70)) for town in towns}
    candidates = _candidates(chance, towns)
    return Problem(
        FIRST,
        LAST,
        towns,
        candidates,
        _vans(towns, places, max(1, round(2 * scale))),
        _staff(chance, towns, round(51 * scale)),
        _enterprises(chance, towns, places, round(100 * scale)),
        campaigns=_campaigns(towns, scale),
        locks=_locks(candidates),
        makeup=(date(2027, 2, 14),),
        pace=Pace(a_day=max(1, round(2 * scale)), a_week=max(2, round(6 * scale))),
        measures=Measures(),
    )


def disturbance(problem: Problem, plan: Plan) -> Problem:
    """Give the season after bad news: a market called off, three people ill for ten days, a van away for a week.

    The news comes a third through the season: fairs before it are over and stay as they were. The van is away once no
    reserve day of theirs is left, for those need it no more.
    """
    middle = FIRST + timedelta(days=30)
    days = {candidate.key: candidate.day for candidate in problem.candidates}
    past = [fair for fair in plan.fairs if days[fair.candidate] < middle]
    called_off = next(fair.candidate for fair in plan.fairs if days[fair.candidate] >= middle + timedelta(days=3))
    week = tuple(middle + timedelta(days=problem.pace.reserve_days + number) for number in range(7))
    broken, *vans = problem.vans
    ill = {person.key for person in problem.staff[:3]}
    away = tuple(middle + timedelta(days=number) for number in range(10))
    kept = tuple(lock for lock in problem.locks if lock.candidate != called_off)
    over = tuple(Lock(fair.candidate, fair.van, fair.staff, fair.enterprises) for fair in past)
    return replace(
        problem,
        bans=(*problem.bans, Ban(called_off)),
        vans=(replace(broken, unavailable=broken.unavailable + week), *vans),
        staff=tuple(
            replace(person, unavailable=person.unavailable + away) if person.key in ill else person
            for person in problem.staff
        ),
        locks=(*(lock for lock in kept if days[lock.candidate] >= middle), *over),
    )


def _towns(chance: random.Random, count: int) -> tuple[Town, ...]:
    towns = []
    for number in range(count):
        population = chance.randrange(15_000, 68_000, 1_000)
        seekers = tuple((trade, population * chance.randint(1, 9) // 10_000) for trade in TRADES)
        visit = None if chance.random() < 0.1 else FIRST - timedelta(days=chance.randint(5, 60))
        towns.append(Town(f"town{number:02}", f"{number + 1}号镇", population, visit, seekers, fairs_min=1))
    return tuple(towns)


def _candidates(chance: random.Random, towns: tuple[Town, ...]) -> tuple[Candidate, ...]:
    """Give market days; larger towns' fairs are larger, and every second market has no roof."""
    markets = []
    for number, town in enumerate(towns):
        rules = parse_rule_text(RULES[number % len(RULES)])
        like = Candidate("", town.key, FIRST, f"{town.name}集市", exposed=chance.random() < 0.5)
        if town.population >= LARGE_TOWN:
            like = replace(like, staff_min=8, staff_max=12, enterprises_min=12, enterprises_max=24)
        markets.append(TownMarket(town.key, Market(tuple(rules)), like))
    return candidates_of(markets, FIRST, LAST, closed_days=SPRING_FESTIVAL)


def _vans(towns: tuple[Town, ...], places: dict[str, Place], count: int) -> tuple[Van, ...]:
    """Give vans, each at home in one of the first towns; every third is small and goes no further than 70 minutes."""
    return tuple(
        Van(
            f"van{number}",
            f"{number + 1}号车",
            tuple((town.key, _minutes(places[towns[number].key], places[town.key])) for town in towns),
            range_minutes=70 if number % 3 == 1 else 180,
            unavailable=(FIRST + timedelta(days=20 + number), FIRST + timedelta(days=21 + number)),  # inspection
        )
        for number in range(count)
    )


def _staff(chance: random.Random, towns: tuple[Town, ...], count: int) -> tuple[Staff, ...]:
    return tuple(
        Staff(
            f"staff{number:03}",
            f"职工{number + 1}",
            home=chance.choice(towns).key,
            rest_weekdays=tuple(sorted(chance.sample(range(1, 8), 2))),
            max_days_a_week=chance.choice((1, 2, 2, 3)),
            unavailable=_leave(chance, 5),
            leads=number % 4 == 0,
        )
        for number in range(count)
    )


def _enterprises(
    chance: random.Random, towns: tuple[Town, ...], places: dict[str, Place], count: int
) -> tuple[Enterprise, ...]:
    """Give enterprises that lack 3 to 60 people in one to three trades and like the three towns nearest to them."""
    made = []
    for number in range(count):
        home = places[chance.choice(towns).key]
        near = sorted(towns, key=lambda town: (dist(home, places[town.key]), town.key))[:3]
        needs = tuple((trade, chance.randint(3, 20)) for trade in sorted(chance.sample(TRADES, chance.randint(1, 3))))
        made.append(
            Enterprise(
                f"firm{number:03}",
                f"企业{number + 1}",
                needs,
                tuple(town.key for town in near),
                max_a_month=chance.randint(2, 5),
                unavailable=_leave(chance, 4),
            )
        )
    return tuple(made)


def _leave(chance: random.Random, days: int) -> tuple[date, ...]:
    start = FIRST + timedelta(days=chance.randrange(90))
    return tuple(start + timedelta(days=number) for number in range(days))


def _campaigns(towns: tuple[Town, ...], scale: float) -> tuple[Campaign, ...]:
    hills = tuple(town.key for town in towns[-6:])
    return (
        Campaign("spring", "春风行动", date(2027, 2, 13), LAST, at_least=round(8 * scale)),
        Campaign("hills", "山区专场", FIRST, date(2027, 1, 15), at_least=4, towns=hills),
    )


def _locks(candidates: tuple[Candidate, ...]) -> tuple[Lock, ...]:
    """Announce the first market of January and the first after 春节."""
    january = next(candidate for candidate in candidates if candidate.day >= date(2027, 1, 1))
    after = next(candidate for candidate in candidates if candidate.day > SPRING_FESTIVAL[-1])
    return (Lock(january.key), Lock(after.key, van="van0"))


def _minutes(here: Place, there: Place) -> int:
    return 10 + round(1.6 * dist(here, there))
