"""Fairs made up by Hypothesis: small, nasty, every rule and every term in them; and plans, mostly broken."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from scheduling.planning.booths import Booth, Enterprise, Plan, Policy, Prices, Problem, Stand, Weights, Zoning

TRADES = ("", "焊工", "缝纫")
INDUSTRIES = ("机械", "纺织", "餐饮")
ZONES = ("", "东区", "西区")
PLACES = tuple(product((1, 2), (1, 2, 3, 5)))  # (row, column), an aisle before the last column
SIZES = (4, 5, 5, 6, 6, 3, 2, 1, 0)  # Hypothesis likes the first ones


def seldom(one_in: int = 4) -> st.SearchStrategy[bool]:
    return st.integers(1, one_in).map(lambda number: number == one_in)


few = st.integers(0, 3)
points = st.sampled_from((0, 1, 2, 5, 12))

booths = st.builds(
    Booth,
    number=st.just(0),
    row=st.just(0),
    column=st.just(0),
    zone=st.sampled_from(ZONES),
    kind=st.sampled_from(("table", "tent")),
    power=seldom(3).map(lambda without: not without),
    tables=st.sampled_from((2, 2, 2, 2, 1, 0)),
    accessible=seldom(3).map(lambda steps: not steps),
    usable=seldom(6).map(lambda broken: not broken),
)

enterprises = st.builds(
    Enterprise,
    key=st.just(""),
    name=st.just(""),
    industry=st.sampled_from(INDUSTRIES),
    trade=st.sampled_from(TRADES[1:] + TRADES),
    needs_power=seldom(6),
    needs_kind=st.sampled_from(("", "", "", "", "", "tent")),
    tables=st.sampled_from((1, 1, 1, 1, 0, 2)),
    needs_access=seldom(6),
    hires_disabled=st.booleans(),
    wishes=st.lists(st.one_of(st.integers(1, 7), st.sampled_from(ZONES[1:])), max_size=5).map(tuple),
    applied=few,
    passed_over=st.sampled_from((0, 0, 1, 2)),
    unlucky=st.integers(0, 5),
    invited=seldom(6),
    promised=seldom(),
)

policies = st.builds(
    Policy,
    zones=st.lists(
        st.builds(Zoning, st.sampled_from(INDUSTRIES), st.sampled_from(ZONES[1:]), seldom(3)),
        max_size=3,
        unique_by=lambda zoning: zoning.industry,
    ).map(tuple),
    competitors=st.sampled_from(("apart", "together", "free")),
    weights=st.one_of(st.just(Weights()), st.builds(Weights, points, points, points, points, points)),
    prices=st.one_of(st.just(Prices()), st.builds(Prices, points, points)),
)


@st.composite
def problems(draw) -> Problem:
    places = draw(st.permutations(PLACES))[: draw(st.sampled_from(SIZES))]
    floor = tuple(
        replace(draw(booths), number=number, row=row, column=column)
        for number, (row, column) in enumerate(places, start=1)
    )
    crowd = tuple(
        replace(draw(enterprises), key=f"e{number}", name=f"{number}号厂")
        for number in range(draw(st.sampled_from(SIZES)))
    )
    return replace(Problem(floor, crowd), policy=draw(policies), **draw(hands(floor, crowd)))


@st.composite
def hands(draw, floor: tuple[Booth, ...], crowd: tuple[Enterprise, ...]) -> dict[str, tuple[Stand, ...]]:
    """Locks, at times two on one booth or on one enterprise, and bans."""
    if not floor or not crowd:
        return {}
    pins = st.lists(
        st.builds(Stand, st.sampled_from([one.key for one in crowd]), st.sampled_from([one.number for one in floor])),
        max_size=2,
    ).map(tuple)
    return {"locks": draw(pins) if draw(seldom(4)) else (), "bans": draw(pins)}


@st.composite
def plans(draw, problem: Problem) -> Plan:
    """Who stands anywhere, two at one booth at times, or nowhere; now and then a stranger, or somebody missing."""
    stands, without = [], []
    numbers = [booth.number for booth in problem.booths]
    for enterprise in draw(st.permutations(problem.enterprises)):
        if numbers and not draw(seldom()):
            number = draw(st.sampled_from(numbers))
            stands.append(Stand(enterprise.key, number))
            numbers = numbers if draw(seldom(6)) else [other for other in numbers if other != number]
        else:
            without.append(enterprise.key)
    if draw(seldom(8)):
        stands.append(draw(st.builds(Stand, st.sampled_from(("e0", "e9")), st.sampled_from((1, 99)))))
    if draw(seldom(8)):
        without = without[1:]
    return Plan(tuple(stands), tuple(without))


@st.composite
def disturbed(draw, problem: Problem) -> Problem:
    """Somebody withdraws, somebody new comes, booths break, needs grow, hands and prices change."""
    crowd = [one for one in problem.enterprises if not draw(seldom(6))]
    crowd = [replace(one, needs_power=draw(st.booleans())) if draw(seldom(6)) else one for one in crowd]
    if draw(seldom(2)):
        crowd.append(replace(draw(enterprises), key="new", name="新厂"))
    floor = tuple(replace(one, usable=False) if draw(seldom(6)) else one for one in problem.booths)
    return replace(Problem(floor, tuple(crowd)), policy=draw(policies), **draw(hands(floor, tuple(crowd))))
