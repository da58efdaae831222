"""Seasons made up by Hypothesis: small, nasty, every rule and every term in them; and plans, mostly broken."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from scheduling.planning.season import (
    PRESETS,
    Ban,
    Campaign,
    Candidate,
    Enterprise,
    Lock,
    Measures,
    Pace,
    Plan,
    PlannedFair,
    Problem,
    Staff,
    Town,
    Van,
    Weights,
)

FIRST = date(2026, 12, 28)  # a Monday: weeks and months end at different times, and the year in between
TERMS = ("reach", "need", "match", "wish", "wait", "longest", "balance", "home", "travel")
TRADES = ("电工", "焊工")


def seldom(one_in: int = 4) -> st.SearchStrategy[bool]:
    return st.integers(1, one_in).map(lambda number: number == one_in)


@st.composite
def problems(draw, *, candidates: int = 6, vans: int = 2, staff: int = 4, enterprises: int = 3) -> Problem:
    first = FIRST + timedelta(days=draw(st.integers(0, 6)))
    last = first + timedelta(days=draw(st.integers(0, 16)))
    days = st.integers(0, (last - first).days).map(lambda number: first + timedelta(days=number))

    def sometimes(strategy, otherwise, one_in: int = 4):
        return draw(strategy) if draw(seldom(one_in)) else otherwise

    def some(keys, most: int) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(keys), max_size=most, unique=True))) if keys else ()

    def away() -> tuple[date, ...]:
        return sometimes(st.lists(days, max_size=2, unique=True).map(tuple), ())

    people = st.integers(0, 9)

    def town(key: str) -> Town:
        return Town(
            key,
            f"{key}镇",
            population=draw(st.integers(0, 30000)),
            last_visit=sometimes(st.integers(1, 40).map(lambda number: first - timedelta(days=number)), None, 2),
            seekers=tuple((trade, draw(people)) for trade in some(TRADES, 2)),
            fairs_min=sometimes(st.sampled_from([1, 1, 2]), 0, 6),
            fairs_max=sometimes(st.integers(0, 2), None),
        )

    towns = tuple(town(key) for key in "甲乙丙"[: draw(st.integers(1, 3))])
    keys = [one.key for one in towns]

    def candidate(number: int) -> Candidate:
        fewest = draw(st.sampled_from([0, 0, 1, 2]))
        least = draw(st.sampled_from([0, 0, 1, 2]))
        near = st.one_of(days, st.integers(-1, 4).map(lambda later: last + timedelta(days=later)))
        return Candidate(
            f"c{number}",
            draw(st.sampled_from(keys)),
            sometimes(near, None) or draw(days),
            exposed=draw(seldom(3)),
            needs_van=draw(st.booleans()) and not draw(seldom(3)),
            staff_min=fewest,
            staff_max=fewest + draw(st.integers(0, 2)),
            leaders_min=draw(st.integers(0, 1)) and draw(st.integers(0, 1)),
            enterprises_min=least,
            enterprises_max=least + draw(st.integers(0, 2)),
        )

    made = tuple(candidate(number) for number in range(draw(st.sampled_from([candidates, candidates - 1, 3, 2, 0]))))

    def reachable() -> tuple[tuple[str, int], ...]:
        return tuple((key, draw(st.integers(0, 60))) for key in keys if not draw(seldom(5)))

    fleet = tuple(
        Van(f"v{number}", f"{number}号车", reachable(), draw(st.sampled_from([60, 60, 60, 30, 0])), away())
        for number in range(draw(st.sampled_from([vans, vans, 1, 0])))
    )
    crew = tuple(
        Staff(
            f"s{number}",
            f"{number}号员工",
            home=draw(st.sampled_from([None, *keys])),
            rest_weekdays=sometimes(st.lists(st.integers(1, 7), max_size=2, unique=True).map(tuple), (6, 7)),
            max_days_a_week=draw(st.sampled_from([3, 3, 2, 1, 0])),
            unavailable=away(),
            leads=draw(st.booleans()),
        )
        for number in range(draw(st.sampled_from([staff, staff, 2, 1, 0])))
    )
    guests = tuple(
        Enterprise(
            f"e{number}",
            f"{number}号企业",
            needs=tuple((trade, draw(people)) for trade in some(TRADES, 2)),
            prefers=some(keys, 2),
            max_a_month=draw(st.sampled_from([4, 4, 2, 1, 0])),
            unavailable=away(),
        )
        for number in range(draw(st.sampled_from([enterprises, enterprises, 2, 0])))
    )

    def campaign(number: int) -> Campaign:
        begin = draw(days)
        end = min(last, begin + timedelta(days=draw(st.integers(0, 7))))
        return Campaign(f"k{number}", "春风行动", begin, end, draw(st.sampled_from([0, 1, 1, 2])), some(keys, 2))

    markets = [one.key for one in made]
    who = [one.key for one in crew]
    guest_keys = [one.key for one in guests]
    van_keys = [one.key for one in fleet]

    def lock() -> Lock:
        stranger = draw(seldom(12))
        market = "c99" if stranger and draw(st.booleans()) else draw(st.sampled_from(markets))
        names = [*who, "s99"] if stranger else who
        return Lock(market, sometimes(st.sampled_from([None, *van_keys]), None, 2), some(names, 1), some(guest_keys, 1))

    def ban() -> Ban:
        market = draw(st.sampled_from(markets))
        return Ban(market) if draw(seldom()) else Ban(market, some(van_keys, 1), some(who, 2), some(guest_keys, 1))

    returns = draw(st.lists(st.integers(0, 100), max_size=3))
    return Problem(
        first,
        last,
        towns,
        made,
        fleet,
        crew,
        guests,
        campaigns=tuple(campaign(number) for number in range(draw(st.sampled_from([0, 0, 0, 1, 2])))),
        locks=tuple(lock() for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2])))) if made else (),
        bans=tuple(ban() for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2])))) if made else (),
        makeup=tuple(day for day in (date(2027, 1, 2), date(2027, 1, 10)) if draw(st.booleans())),
        pace=Pace(
            gap_days=draw(st.sampled_from([1, 1, 3, 7])),
            a_day=draw(st.sampled_from([2, 2, 2, 1, 1, 0])),
            a_week=draw(st.sampled_from([6, 6, 2, 1])),
            season=sometimes(st.integers(0, 3), None),
            reserve_days=draw(st.sampled_from([14, 14, 3, 0])),
        ),
        measures=Measures(
            turnout_permille=draw(st.integers(0, 30)),
            recovers_days=draw(st.integers(1, 42)),
            patience_days=draw(st.integers(0, 12)),
            returns_percent=tuple(sorted(returns, reverse=True)),
        ),
        weights=draw(
            st.one_of(
                st.sampled_from(list(PRESETS.values())), st.builds(Weights, **dict.fromkeys(TERMS, st.integers(0, 9)))
            )
        ),
    )


tiny = problems(candidates=4, vans=2, staff=3, enterprises=2)


@st.composite
def plans(draw, problem: Problem) -> Plan:
    """Any plan at all: fairs on any market days, anybody at them, any reserve."""

    def key(things, stranger: str, one_in: int = 15) -> str:
        return stranger if not things or draw(seldom(one_in)) else draw(st.sampled_from(things)).key

    def keys(things, stranger: str, most: int) -> tuple[str, ...]:
        number = draw(st.integers(0, most))
        found = [key(things, stranger, 40) for _ in range(number)] if things else []
        return tuple(sorted(found if draw(seldom(12)) else set(found)))

    def maybe(strategy_key: str | None) -> str | None:
        return None if draw(st.booleans()) else strategy_key

    def fair(candidate: Candidate) -> PlannedFair:
        return PlannedFair(
            "c98" if draw(seldom(30)) else candidate.key,
            key(problem.vans, "v9") if candidate.needs_van and not draw(seldom(6)) else None,
            keys(problem.staff, "s9", candidate.staff_max),
            keys(problem.enterprises, "e9", candidate.enterprises_max),
            maybe(key(problem.candidates, "c97")) if candidate.exposed or draw(seldom(10)) else None,
            maybe(key(problem.vans, "v8")) if candidate.exposed or draw(seldom(10)) else None,
        )

    held = [one for one in problem.candidates if draw(st.booleans())]
    if held and draw(seldom(15)):
        held.append(held[0])
    return Plan(tuple(map(fair, sorted(held, key=lambda one: (one.day, one.key)))))
