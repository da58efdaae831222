"""A small training school that the tests of the timetable share."""

from scheduling.planning.timetable import Activity, Grid, Group, Meeting, Plan, Problem, Role, Room, Teacher

WEEK = Grid(days=("2026-10-12", "2026-10-13", "2026-10-14"), periods=("上午", "下午"))
EVERY_SLOT = frozenset((day, period) for day in range(3) for period in range(2))
LI = Teacher("li", "李老师", frozenset({"电工"}))
WANG = Teacher("wang", "王老师", frozenset({"电工", "焊工"}))
CLASSROOM = Room("101", "101教室", capacity=40)
WORKSHOP = Room("shop", "电工实训室", capacity=24, stations=12)
GROUP = Group("g1", "电工一班", size=20)
THEORY = Activity("theory", "电工理论", 2, ("g1",), (Role("主讲", certificate="电工"),), ("101",), size=20)
PRACTICE = Activity(
    "practice",
    "电工实操",
    2,
    ("g1",),
    (Role("主讲", certificate="电工"),),
    ("shop",),
    size=20,
    stations=10,
    after=("theory",),
)


RIGHT = Plan(
    (
        Meeting("theory#1", "theory", (0, 0), "101", ("li",)),
        Meeting("theory#2", "theory", (0, 1), "101", ("li",)),
        Meeting("practice#1", "practice", (1, 0), "shop", ("wang",)),
        Meeting("practice#2", "practice", (1, 1), "shop", ("wang",)),
    )
)
"""A plan for the school as it is."""


def school(*activities: Activity, **fields) -> Problem:
    """The school with these activities, theory and practice of one class where none is given."""
    given = {
        "grid": WEEK,
        "activities": activities or (THEORY, PRACTICE),
        "teachers": (LI, WANG),
        "rooms": (CLASSROOM, WORKSHOP),
        "groups": (GROUP,),
    }
    return Problem(**given | fields)
