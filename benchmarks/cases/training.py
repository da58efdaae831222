"""A training centre to plan: at scale 1, 12 classes, 8 teachers, 5 classrooms, 2 workshops of 12 stations, 6 weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from scheduling.planning.lunar import Holidays
from scheduling.planning.timetable import (
    Activity,
    Group,
    Match,
    Plan,
    Problem,
    Role,
    Room,
    Slot,
    Teacher,
    Wish,
    calendar_grid,
    rotating_groups,
)

FIRST, LAST = date(2027, 3, 1), date(2027, 4, 10)
HOLIDAYS = Holidays.of([(date(2027, 4, 5), "清明", False), (date(2027, 4, 10), "清明", True)])
GRID = calendar_grid(FIRST, LAST, holidays=HOLIDAYS)
TRADES = ("电工", "焊工", "家政服务", "中式烹调")
STATIONS, TO_A_STATION = 12, 2
FAMILY_NAMES = "李王张刘陈杨赵黄周吴徐孙"
LEAVE_DAYS, ILL_WEEK = 3, 2


def make(scale: float = 1.0, seed: int = 1) -> Problem:
    """Give the centre at this scale; everything but the weeks and the size of a workshop grows with it."""
    chance = Random(seed)
    trades = [TRADES[n % len(TRADES)] for n in range(round(12 * scale))]
    workshops = tuple(
        Room(f"w{n}", f"{n + 1}号实训室", STATIONS * TO_A_STATION * 2, STATIONS) for n in range(round(2 * scale))
    )
    rooms = tuple(Room(f"r{n}", f"{101 + n}教室", (30, 45, 60)[n % 3]) for n in range(round(5 * scale)))
    teachers = tuple(_teacher(chance, n) for n in range(round(8 * scale)))
    groups: list[Group] = []
    activities: list[Activity] = []
    for number, trade in enumerate(trades, start=1):
        shifts = _weekly(chance, 2) if chance.random() < 1 / 3 else frozenset()
        whole = Group(f"c{number}", f"{trade}{number}班", chance.randint(12, 32), shifts, max_per_day=2)
        parts = rotating_groups(whole, STATIONS * TO_A_STATION)
        groups += parts
        activities += _course(whole, parts, trade, rooms, workshops)
    asked = sum(activity.meetings * len(activity.roles) for activity in activities)
    share = -(-asked // len(teachers))
    return Problem(
        grid=GRID,
        activities=tuple(activities),
        teachers=tuple(replace(teacher, share=share) for teacher in teachers),
        rooms=rooms + workshops,
        groups=tuple(groups),
        wishes=tuple(Wish(Match(teacher=teacher.key, slots=_weekly(chance, 1))) for teacher in teachers),
    )


def disturbance(problem: Problem, plan: Plan) -> Problem:
    """Give the problem after a blow: the busiest teacher is ill in the third week, a workshop is shut for two days."""
    taught = [teacher for one in plan.meetings for teacher in one.teachers]
    busiest = max(problem.teachers, key=lambda teacher: taught.count(teacher.key))
    week = [day for day, number in enumerate(problem.grid.weeks) if number == ILL_WEEK]
    ill = frozenset((day, period) for day in week for period in range(len(problem.grid.periods)))
    shut = frozenset(slot for slot in ill if slot[0] in week[:2])
    workshop = next(room for room in problem.rooms if room.stations)
    return replace(
        problem,
        teachers=tuple(
            replace(one, unavailable=one.unavailable | ill) if one is busiest else one for one in problem.teachers
        ),
        rooms=tuple(
            replace(one, unavailable=one.unavailable | shut) if one is workshop else one for one in problem.rooms
        ),
    )


def _course(
    whole: Group, parts: tuple[Group, ...], trade: str, rooms: tuple[Room, ...], workshops: tuple[Room, ...]
) -> list[Activity]:
    """Give 40 课时 in half-days of 4: safety first, theory for all, practice in rotating groups, a rehearsal last."""
    home = TRADES.index(trade)
    lead, helper = Role("主讲", certificate=trade), Role("助教", certificate="助教")
    seats = tuple(room.key for room in rooms if room.capacity >= whole.size)
    shops = tuple(room.key for n, room in enumerate(workshops) if home != (3, 0)[n % 2])  # each lacks one trade's tools
    safety = Activity(
        key=f"{whole.key}-safety",
        name=f"{whole.name}安全",
        meetings=1,
        groups=tuple(part.key for part in parts),
        roles=(lead,),
        rooms=seats,
        size=whole.size,
    )
    theory = replace(safety, key=f"{whole.key}-theory", name=f"{whole.name}理论", meetings=3, max_per_day=1)
    practice = [
        Activity(
            key=f"{part.key}-practice",
            name=f"{part.name}实操",
            meetings=5,
            groups=(part.key,),
            roles=(lead, helper),
            rooms=shops,
            size=part.size,
            stations=-(-part.size // TO_A_STATION),
            after=(safety.key,),
        )
        for part in parts
    ]
    review = replace(
        safety,
        key=f"{whole.key}-review",
        name=f"{whole.name}考前复习",
        after=(theory.key, *(activity.key for activity in practice)),
    )
    return [safety, theory, *practice, review]


def _teacher(chance: Random, number: int) -> Teacher:
    """Give a teacher of two trades, who also helps; away one half-day every week and three days in a row once."""
    first = chance.randrange(len(GRID.days) - LEAVE_DAYS)
    leave = frozenset((day, period) for day in range(first, first + LEAVE_DAYS) for period in range(len(GRID.periods)))
    trades = {TRADES[number % len(TRADES)], TRADES[(number + 1 + number // len(TRADES)) % len(TRADES)]}
    return Teacher(
        key=f"t{number}",
        name=f"{FAMILY_NAMES[number % len(FAMILY_NAMES)]}老师{number + 1}",
        certificates=frozenset(trades | {"助教"}),
        unavailable=_weekly(chance, 1) | leave,
        max_per_week=9,
    )


def _weekly(chance: Random, count: int) -> frozenset[Slot]:
    """Give `count` half-days of the week, every week of the grid."""
    monday = FIRST - timedelta(days=FIRST.weekday())
    halves = chance.sample([(weekday, period) for weekday in range(5) for period in range(2)], count)
    weekdays = [(date.fromisoformat(day) - monday).days % 7 for day in GRID.days]
    return frozenset(
        (day, period) for day, weekday in enumerate(weekdays) for period in range(2) if (weekday, period) in halves
    )
