"""Timetables made up by Hypothesis: small, nasty, every rule and every term in them; and plans, mostly broken."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from scheduling.planning.timetable import (
    ITC2007,
    TRAINING,
    Activity,
    Ban,
    Grid,
    Group,
    Match,
    Meeting,
    Pin,
    Plan,
    Prices,
    Problem,
    Role,
    Room,
    Slot,
    Teacher,
    Weights,
    Wish,
)

TERMS = ("overflow", "spread", "isolated", "rooms", "teachers", "overload", "trips", "finish", "wishes")


def seldom(one_in: int = 4) -> st.SearchStrategy[bool]:
    return st.integers(1, one_in).map(lambda number: number == one_in)


TIGHT = (  # what can be scarce; only some of it is in one problem, or hardly any could be solved
    "closed",
    "window",
    "daily",
    "order",
    "shift",
    "role",
    "absent",
    "load",
    "room_closed",
    "stations",
    "capacity",
    "pin",
    "ban",
)


@st.composite
def grids(draw, most_days: int, most_periods: int) -> Grid:
    days = draw(st.sampled_from([most_days, most_days, 1]))
    periods = draw(st.sampled_from([most_periods, most_periods, 1]))
    steps = draw(st.one_of(st.none(), st.lists(st.sampled_from([0, 0, 1, 2]), min_size=days, max_size=days)))
    weeks = () if steps is None else tuple(51 + sum(steps[: day + 1]) for day in range(days))
    return Grid(tuple(f"第{day}天" for day in range(days)), tuple("早午晚"[:periods]), weeks=weeks)


@st.composite
def problems(draw, *, days: int = 4, periods: int = 3, activities: int = 4, meetings: int = 3) -> Problem:
    grid = draw(grids(days, periods))
    slots = list(product(range(len(grid.days)), range(len(grid.periods))))
    tight = draw(st.sets(st.sampled_from(TIGHT), max_size=5))
    few_slots = st.frozensets(st.sampled_from(slots), min_size=1, max_size=2)

    def when(theme: str, strategy, otherwise):
        return draw(strategy) if theme in tight and draw(st.booleans()) else otherwise

    def some(things, least: int, most: int) -> tuple[str, ...]:
        keys = [thing.key for thing in things]
        wanted = st.lists(st.sampled_from(keys), min_size=min(least, len(keys)), max_size=most, unique=True)
        return tuple(draw(wanted)) if keys else ()

    limits = st.sampled_from([1, 1, 2, 0])
    teachers = tuple(
        Teacher(
            f"t{number}",
            f"{'甲乙丙'[number]}老师",
            certificates=draw(st.sampled_from([frozenset({"电工"}), frozenset()])),
            unavailable=when("absent", few_slots, frozenset()),
            max_per_day=when("load", limits, None),
            max_per_week=when("load", limits, None),
            share=draw(st.sampled_from([None, 0, 1, 2])),
        )
        for number in range(draw(st.sampled_from([2, 2, 3, 1, 0])))
    )
    rooms = tuple(
        Room(
            f"r{number}",
            f"{number}号",
            capacity=draw(st.sampled_from([6, 4, 9, 0] if "capacity" in tight else [30, 6])),
            stations=draw(st.sampled_from([6, 3, 9, 0] if "stations" in tight else [30])),
            unavailable=when("room_closed", few_slots, frozenset()),
        )
        for number in range(draw(st.sampled_from([2, 2, 3, 1, 0])))
    )
    groups = tuple(
        Group(
            f"g{number}",
            f"{number}班",
            6,
            unavailable=when("shift", few_slots, frozenset()),
            max_per_day=when("daily", limits, None),
        )
        for number in range(draw(st.sampled_from([1, 1, 2, 0])))
    )

    def role(name: str) -> Role:
        return Role(name, when("role", st.just(some(teachers, 1, 2)), ()), when("role", st.just("电工"), None))

    def activity(number: int) -> Activity:
        roles = min(draw(st.sampled_from([1, 1, 0, 2])), len(teachers))
        first = when("window", st.integers(0, len(grid.days) - 1), 0)
        earlier = [f"a{other}" for other in range(number + draw(seldom(8)))]  # seldom after itself
        return Activity(
            f"a{number}",
            f"第{number}课",
            meetings=draw(st.sampled_from([1, 2, meetings, meetings, 0])),
            groups=some(groups, 1, 2) if draw(st.booleans()) else some(groups, 0, 2),
            roles=tuple(map(role, "讲助"[:roles])),
            rooms=some(rooms, 0 if draw(seldom()) else 2, 3),
            size=draw(st.sampled_from([4, 3, 6, 0])),
            stations=draw(st.sampled_from([0, 3, 4, 6])),
            max_per_day=when("daily", limits, None),
            min_days=draw(st.integers(0, 3)),
            after=when("order", st.lists(st.sampled_from(earlier), max_size=2, unique=True).map(tuple), ())
            if earlier
            else (),
            first_day=first,
            last_day=when("window", st.integers(first, len(grid.days) - 1), None),
            unavailable=when("window", few_slots, frozenset()),
        )

    most = draw(st.sampled_from([activities, activities, activities - 1, 1, 0]))
    made = tuple(activity(number) for number in range(most))

    def any_of(things) -> st.SearchStrategy[str | None]:
        return st.sampled_from([None, *(thing.key for thing in things)])

    matches = st.builds(
        Match, any_of(made), any_of(groups), any_of(teachers), any_of(rooms), few_slots | st.just(frozenset())
    )

    def pin() -> Pin:
        one = draw(st.sampled_from(made))
        staff = tuple(draw(st.permutations([teacher.key for teacher in teachers]))[: len(one.roles)])
        room = draw(st.sampled_from([None, *one.rooms])) if draw(seldom(2)) else draw(any_of(rooms))
        return Pin(one.key, draw(st.sampled_from(slots)), room, staff if draw(seldom()) else ())

    return Problem(
        replace(grid, closed=when("closed", few_slots, frozenset())),
        made,
        teachers,
        rooms,
        groups,
        pins=tuple(pin() for _ in range(draw(st.integers(1, 2)))) if "pin" in tight and made else (),
        bans=tuple(Ban(what, "不合适") for what in draw(st.lists(matches, min_size=1, max_size=3)))
        if "ban" in tight
        else (),
        wishes=tuple(draw(st.lists(st.builds(Wish, matches, st.integers(1, 3)), max_size=2))),
        weights=draw(st.sampled_from([TRAINING, None])) or draw(st.builds(Weights, *[st.integers(0, 6)] * len(TERMS))),
        prices=draw(st.sampled_from([Prices(), None])) or draw(st.builds(Prices, *[st.integers(0, 4)] * 3)),
        capacity_is_hard=draw(st.booleans()),
    )


@st.composite
def curricula(draw) -> Problem:
    """A university's courses as ITC-2007 has them: one teacher each, any room, curricula that share courses."""
    grid = Grid(tuple("一二三"[: draw(st.integers(1, 3))]), tuple("早午晚"[: draw(st.integers(1, 3))]))
    slots = list(product(range(len(grid.days)), range(len(grid.periods))))
    teachers = tuple(Teacher(f"t{number}", f"{number}号老师") for number in range(3))
    rooms = tuple(Room(f"r{n}", f"{n}号", capacity=draw(st.integers(1, 30))) for n in range(draw(st.integers(1, 3))))
    groups = tuple(Group(f"q{number}", f"{number}专业") for number in range(draw(st.integers(0, 3))))
    members = st.lists(st.sampled_from([one.key for one in groups]), max_size=2, unique=True) if groups else st.just([])
    courses = tuple(
        Activity(
            f"c{number}",
            f"课程{number}",
            meetings=draw(st.integers(1, 3)),
            groups=tuple(draw(members)),
            roles=(Role("主讲", (draw(st.sampled_from(teachers)).key,)),),
            rooms=tuple(room.key for room in rooms),
            size=draw(st.integers(0, 35)),
            min_days=draw(st.integers(0, 3)),
            unavailable=draw(st.frozensets(st.sampled_from(slots), max_size=2)),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    return Problem(grid, courses, teachers, rooms, groups, weights=ITC2007, capacity_is_hard=False)


tiny = problems(days=2, periods=2, activities=3, meetings=2)


@st.composite
def plans(draw, problem: Problem, wild: bool = True) -> Plan:  # noqa: FBT001, FBT002
    """Any plan at all: meetings too many or too few, in the wrong place, with the wrong people.

    A tame one is more like one that was announced: in the grid, nobody missing, no two of an activity in one slot.
    """
    slots: list[Slot] = list(product(range(len(problem.grid.days)), range(len(problem.grid.periods))))
    outside = [(len(problem.grid.days), 0), (0, len(problem.grid.periods)), (-1, 0)]
    nobody = draw(seldom(10)) and wild
    rooms = [None, *(room.key for room in problem.rooms), *(["r9"] if nobody else [])]
    staff = [*(teacher.key for teacher in problem.teachers), *(["t9"] if nobody else [])]

    def meeting(activity: Activity, number: int) -> Meeting:
        near = draw(st.sampled_from(slots))
        slot = draw(st.sampled_from(outside)) if wild and draw(seldom(12)) else near
        room = draw(st.sampled_from(rooms if draw(seldom()) or not activity.rooms else activity.rooms))
        people = tuple(draw(st.permutations(staff))[: len(activity.roles)])
        if wild and people and draw(seldom(8)):
            people = draw(st.sampled_from([people[:-1], (*people, people[0]), (people[0],) * len(people)]))
        key = f"{activity.key}#{1 if wild and draw(seldom(12)) else number}"
        return Meeting(key, activity.key, slot, room, people)

    meetings = []
    for activity in problem.activities:
        off = draw(st.sampled_from([0, 0, 0, 1, -1])) if wild else 0
        held = [meeting(activity, number + 1) for number in range(max(0, activity.meetings + off))]
        meetings += held if wild else {one.slot: one for one in held}.values()
    if wild and meetings and draw(seldom(10)):
        meetings.append(replace(meetings[0], key="x#1", activity="x"))
    return Plan(tuple(meetings))


@st.composite
def disturbed(draw, problem: Problem) -> Problem:
    """The same problem after something happened: somebody ill, a room shut, another meeting, a course called off."""
    slots = list(product(range(len(problem.grid.days)), range(len(problem.grid.periods))))
    some_slots = draw(st.frozensets(st.sampled_from(slots), min_size=1, max_size=2))

    def changed(kind: str, **fields) -> Problem:
        things = getattr(problem, kind)
        if not things:
            return problem
        number = draw(st.integers(0, len(things) - 1))
        return replace(problem, **{kind: (*things[:number], replace(things[number], **fields), *things[number + 1 :])})

    what = draw(
        st.sampled_from(["teachers", "rooms", "groups", "activities", "meetings", "roles", "rooms of", "closed"])
    )
    if what in {"teachers", "rooms", "groups", "activities"}:
        return changed(what, unavailable=some_slots)
    if what == "meetings":
        return changed("activities", meetings=draw(st.integers(0, 2)))
    if what == "roles":
        return changed("activities", roles=(Role("讲"),) if problem.teachers else ())
    if what == "rooms of":
        return changed("activities", rooms=tuple(room.key for room in problem.rooms[:1]))
    return replace(problem, grid=replace(problem.grid, closed=some_slots))
