"""Seasons made up by Hypothesis: small, nasty, every rule and every term in them; and plans, mostly broken."""

from __future__ import annotations

from dataclasses import replace
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
    Prices,
    Problem,
    Staff,
    Town,
    Van,
    Weights,
)

FIRST = date(2026, 12, 28)  # a Monday: weeks and months end at different times, and the year in between
TERMS = ("reach", "need", "match", "wish", "wait", "longest", "balance", "home", "travel")
TRADES = ("电工", "焊工")
TIGHT = (  # what can be scarce; only some of it is in one problem, or hardly any could be solved
    "season",
    "towns",
    "campaign",
    "pace",
    "range",
    "trips",
    "exposed",
    "size",
    "leaders",
    "days",
    "away",
    "lock",
    "ban",
)


def seldom(one_in: int = 4) -> st.SearchStrategy[bool]:
    return st.integers(1, one_in).map(lambda number: number == one_in)


@st.composite
def problems(draw, *, candidates: int = 6, vans: int = 2, staff: int = 4, enterprises: int = 3) -> Problem:
    first = FIRST + timedelta(days=draw(st.integers(0, 6)))
    last = first + timedelta(days=draw(st.sampled_from([9, 13, 16, 2, 0])))
    days = st.integers(0, (last - first).days).map(lambda number: first + timedelta(days=number))
    tight = draw(st.sets(st.sampled_from(TIGHT), max_size=4))

    def when(theme: str, strategy, otherwise):
        return draw(strategy) if theme in tight and draw(st.booleans()) else otherwise

    def some(things, most: int, least: int = 0) -> tuple[str, ...]:
        keys = [getattr(thing, "key", thing) for thing in things]
        wanted = st.lists(st.sampled_from(keys), min_size=min(least, len(keys)), max_size=most, unique=True)
        return tuple(draw(wanted)) if keys else ()

    def away() -> tuple[date, ...]:
        return when("away", st.lists(days, min_size=1, max_size=2, unique=True).map(tuple), ())

    def number(*choices: int) -> range:
        return range(draw(st.sampled_from(choices)))

    people = st.integers(0, 9)
    towns = tuple(
        Town(
            key,
            f"{key}镇",
            population=draw(st.integers(0, 30000)),
            last_visit=draw(st.sampled_from([None, *(first - timedelta(days=number) for number in (3, 9, 40))])),
            seekers=tuple((trade, draw(people)) for trade in some(TRADES, 2)),
            fairs_min=when("towns", st.integers(1, 2), 0),
            fairs_max=when("towns", st.integers(0, 2), None),
        )
        for key in "甲乙丙"[: draw(st.sampled_from([1, 2, 2, 3]))]
    )

    def candidate(number: int) -> Candidate:
        fewest = draw(st.sampled_from([1, 2] if "size" in tight else [0, 1]))
        least = draw(st.sampled_from([1, 2] if "size" in tight else [0, 1]))
        near = st.integers(-1, 4).map(lambda later: last + timedelta(days=later))
        return Candidate(
            f"c{number}",
            draw(st.sampled_from(towns)).key,
            when("season", near, None) or draw(days),
            exposed=when("exposed", st.just(value=True), otherwise=False),
            needs_van=bool(vans) and draw(st.booleans()),
            staff_min=fewest,
            staff_max=fewest + draw(st.integers(0, 2)),
            leaders_min=when("leaders", st.integers(0, 2), 0),
            enterprises_min=least,
            enterprises_max=least + draw(st.integers(0, 2)),
        )

    made = tuple(map(candidate, number(candidates, candidates, candidates - 1, 2, 0)))

    def reachable() -> tuple[tuple[str, int], ...]:
        return tuple((one.key, draw(st.integers(1, 60))) for one in towns if not when("range", st.booleans(), None))

    fleet = tuple(
        Van(f"v{each}", f"{each}号车", reachable(), when("range", st.integers(0, 60), 60), away())
        for each in number(1 if "trips" in tight else vans, vans, vans, 0)
    )
    crew = tuple(
        Staff(
            f"s{each}",
            f"{each}号员工",
            home=draw(st.sampled_from([None, *(one.key for one in towns)])),
            rest_weekdays=when("days", st.sampled_from([(6, 7), (1, 3), (5,)]), ()),
            max_days_a_week=when("days", st.integers(0, 2), 3),
            unavailable=away(),
            leads=draw(st.booleans()),
        )
        for each in number(staff, staff, staff - 1, 1, 0)
    )
    guests = tuple(
        Enterprise(
            f"e{each}",
            f"{each}号企业",
            needs=tuple((trade, draw(people)) for trade in some(TRADES, 2)),
            prefers=some(towns, 2),
            max_a_month=when("days", st.integers(0, 2), 4),
            unavailable=away(),
        )
        for each in number(enterprises, enterprises, 2, 1, 0)
    )

    def campaign(number: int) -> Campaign:
        begin = draw(days)
        end = begin + timedelta(days=draw(st.integers(0, 9)))
        return Campaign(f"k{number}", "春风行动", begin, end, draw(st.sampled_from([1, 1, 2, 0])), some(towns, 2))

    def lock() -> Lock:
        stranger = draw(seldom(12))
        market = "c99" if stranger and draw(st.booleans()) else draw(st.sampled_from(made)).key
        van = draw(st.sampled_from([None, *(one.key for one in fleet)]))
        return Lock(market, van, ("s99",) if stranger else some(crew, 1), some(guests, 1))

    def ban() -> Ban:
        market = draw(st.sampled_from(made)).key
        return Ban(market) if draw(seldom()) else Ban(market, some(fleet, 1), some(crew, 2), some(guests, 1))

    moved, dropped, dearer = draw(st.integers(0, 12)), draw(st.integers(0, 12)), draw(st.integers(0, 4))
    others = draw(st.tuples(*[st.integers(0, 4)] * 4))
    returns = draw(st.sampled_from([(100, 80, 65), (100, 50), (90,), ()]))
    weights = st.builds(Weights, **dict.fromkeys(TERMS, st.integers(0, 9)))
    return Problem(
        first,
        last,
        towns,
        made,
        fleet,
        crew,
        guests,
        campaigns=tuple(map(campaign, number(1, 2))) if "campaign" in tight else (),
        locks=tuple(lock() for _ in number(1, 2)) if "lock" in tight and made else (),
        bans=tuple(ban() for _ in number(1, 2, 3)) if "ban" in tight and made else (),
        makeup=some((date(2027, 1, 2), date(2027, 1, 10)), 2),
        pace=Pace(
            gap_days=draw(st.sampled_from([1, 3, 7] if "pace" in tight else [1, 3])),
            a_day=when("pace", st.integers(0, 1), 2),
            a_week=when("pace", st.integers(0, 2), 6),
            season=when("pace", st.integers(0, 3), None),
            reserve_days=when("exposed", st.integers(0, 7), 14),
        ),
        measures=Measures(
            turnout_permille=draw(st.integers(0, 30)),
            recovers_days=draw(st.sampled_from([42, 7, 1])),
            patience_days=draw(st.integers(0, 12)),
            returns_percent=returns,
        ),
        weights=draw(st.sampled_from([*PRESETS.values(), None])) or draw(weights),
        prices=draw(st.sampled_from([Prices(), Prices(dropped, moved, max(0, moved - dropped) + dearer, *others)])),
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


@st.composite
def disturbed(draw, problem: Problem) -> Problem:
    """The same problem after something happened: somebody ill, a van broken, a market called off, a company gone."""
    days = [one.day for one in problem.candidates] or [problem.first]
    some_days = tuple(draw(st.lists(st.sampled_from(days), min_size=1, max_size=2, unique=True)))

    def changed(kind: str, **fields) -> Problem:
        things = getattr(problem, kind)
        if not things:
            return problem
        number = draw(st.integers(0, len(things) - 1))
        changed_one = replace(things[number], **fields)
        return replace(problem, **{kind: (*things[:number], changed_one, *things[number + 1 :])})

    def banned() -> Problem:
        markets = [one.key for one in problem.candidates]
        return replace(problem, bans=(*problem.bans, Ban(draw(st.sampled_from(markets))))) if markets else problem

    happened = {
        "a van is away": lambda: changed("vans", unavailable=some_days),
        "somebody is ill": lambda: changed("staff", unavailable=some_days),
        "an enterprise cannot come": lambda: changed("enterprises", unavailable=some_days),
        "a market is called off": banned,
        "a market is no more": lambda: replace(problem, candidates=problem.candidates[1:]),
        "more are needed": lambda: changed(
            "candidates", staff_min=1, staff_max=2, enterprises_min=1, enterprises_max=2
        ),
        "the hall is lost": lambda: changed("candidates", exposed=True),
        "some are gone for good": lambda: replace(
            problem, vans=problem.vans[1:], staff=problem.staff[1:], enterprises=problem.enterprises[1:]
        ),
        "less at a time": lambda: replace(problem, pace=Pace(gap_days=2, a_day=1, a_week=draw(st.integers(1, 2)))),
    }
    return happened[draw(st.sampled_from(list(happened)))]()
