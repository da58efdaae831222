"""What booths, shows and timetables are planned from: wishes, speakers, teachers, workshops, new classes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from portal.clock import HERE
from portal.commands.demo.scene import Scene
from scheduling import booths, courses, diaries, livestreams, schools, vacancies
from scheduling.models import Course, Enterprise, Fair, School, TrainingClass

ZONES = ("制造区", "制造区", "服务区", "农业零工区")  # by the row of the hall
TABLES_FROM = 17  # booths from this number on have two tables
ASKING = 9  # firms that want a booth in the hall and have none
LUCKLESS = 3  # of those, how many went without at the fair before


class Teaches(NamedTuple):
    """Who teaches at the first school: trades, kinds, half-days of the week off."""

    name: str
    trades: tuple[str, ...]
    kinds: tuple[str, ...]
    off: tuple[str, ...] = ()


TEACHERS = (
    Teaches("魏师傅", ("电工",), ("theory", "practice")),
    Teaches("金师傅", ("缝纫工",), ("theory", "practice")),
    Teaches("曹教务", ("电工", "焊工", "车工"), ("theory",), ("0am", "3pm")),
    Teaches("邢师傅", ("车工",), ("theory", "practice")),
    Teaches("段师傅", ("车工", "焊工", "电工"), ("practice",), ("4pm",)),
    Teaches("蒋老师", ("缝纫工", "车工"), ("theory",), ("2am", "2pm")),
)
ROOMS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (  # name, seats, stations, trades
    ("101教室", 50, 0, ()),
    ("102教室", 40, 0, ()),
    ("一号实训室", 40, 24, ("电工",)),
    ("缝纫车间", 30, 24, ("缝纫工",)),
    ("数控车间", 30, 12, ("车工",)),
    ("焊接车间", 36, 12, ("焊工",)),
)
CLASSES = (  # course, title, seats, first day counted from today, weeks
    ("电工（五级/初级工）", "维修电工培训班（第5期）", 24, 18, 5),
    ("缝纫工（专项职业能力）", "缝纫工培训班（第6期）", 24, 20, 3),
    ("数控车工（技工学校短期班）", "数控车工培训班（第7期）", 24, 18, 10),
)
ON_AIR: tuple[dict[str, Any], ...] = (  # what the firms on air ask for, one after the other
    {"wanted": 15, "wish": "early"},
    {"until": "20:40"},
    {"least": 6, "optional": True},
    {"since": "20:10"},
    {"wanted": 15, "least": 10},
    {"wish": "late"},
    {},
    {"wanted": 10, "least": 6, "optional": True},
)


def ask(scene: Scene, held: list[Fair], firms: list[Enterprise]) -> None:
    """Let firms ask for booths at a fair before and at the next one in the hall, and for air time."""
    before = next(fair for fair in held if fair.kind == "specialty_fair")
    hall = next(fair for fair in held if fair.kind == "regular_fair")
    live = next(fair for fair in held if fair.kind == "livestream")
    free = [
        firm for firm in firms if not diaries.of_enterprise(scene.session, firm, hall.starts_at, hall.ends_at).standing
    ]
    _fit(scene, hall)
    for place, firm in enumerate(free[:LUCKLESS]):
        _want(scene, before, firm, place, days=25)
    for place, firm in enumerate(free[:ASKING]):
        _want(scene, hall, firm, place, days=5)
    _want_air(scene, live)


def staff(scene: Scene, opened: dict[str, TrainingClass]) -> None:
    """Say who teaches at the first school, in which rooms, and open classes there that wait for a timetable."""
    school = opened["running"].school
    assert school is not None  # noqa: S101  it was opened at one
    told: dict[str, Any] = {"by": scene.desk, "now": scene.ago(30)}
    for who in TEACHERS:
        schools.settle_teacher(
            scene.session, school, name=who.name, trades=who.trades, kinds=who.kinds, weekly_off=who.off, **told
        )
    for name, seats, stations, trades in ROOMS:
        schools.settle_room(scene.session, school, name=name, seats=seats, stations=stations, trades=trades, **told)
    known = {course.name: course for course in courses.programmes(scene.session, scene.county)}
    for name, title, seats, first, weeks in CLASSES:
        _open(scene, school, known[name], title, seats=seats, first=first, weeks=weeks)


def _fit(scene: Scene, hall: Fair) -> None:
    """Give the hall its corners: power at the walls, no steps in the first row."""
    laid = booths.of_fair(scene.session, hall)
    fittings = {
        booth.number: booths.Fittings(
            zone=ZONES[(booth.row - 1) % len(ZONES)],
            power=booth.column % 3 != 2,  # noqa: PLR2004  the middle of three has none
            tables=2 if booth.number >= TABLES_FROM else 1,
            accessible=booth.row == 1,
        )
        for booth in laid
    }
    booths.fit(scene.session, hall, fittings, by=scene.desk, now=scene.ago(8))


def _want(scene: Scene, fair: Fair, firm: Enterprise, place: int, *, days: int) -> None:
    """Let a firm say what it wants: some a number and a corner, some a corner only, some nothing."""
    numbers = [booth.number for booth in booths.of_fair(scene.session, fair)]
    wishes = [str(numbers[place * 7 % len(numbers)]), str(numbers[place * 3 % len(numbers)]), ZONES[place % len(ZONES)]]
    booths.want(
        scene.session,
        fair,
        firm,
        wishes=wishes[place % 3 :] if place % 4 else wishes,
        power=place % 3 == 0,
        tables=2 if place == ASKING - 1 else 1,
        by=None,
        now=scene.ago(days, f"{9 + place}:00"),
    )


def _want_air(scene: Scene, live: Fair) -> None:
    """Let whoever shows jobs in the livestream say who speaks and when."""
    firms = {shown.vacancy.enterprise_id: shown.vacancy.enterprise for shown in vacancies.at_fair(scene.session, live)}
    day = live.starts_at.astimezone(HERE).date()
    for firm, asks in zip(firms.values(), ON_AIR, strict=False):
        since, until = asks.get("since"), asks.get("until")
        livestreams.want(
            scene.session,
            live,
            firm,
            speaker=firm.contact_name,
            jobs=[str(shown.vacancy.no) for shown in vacancies.shown_at(scene.session, live, firm)],
            free_from=scene.at(day, since) if since else None,
            free_until=scene.at(day, until) if until else None,
            least=asks.get("least", 8),
            wanted=asks.get("wanted", 12),
            wish=asks.get("wish", ""),
            optional=asks.get("optional", False),
            by=scene.desk,
            now=scene.ago(2),
        )


def _open(scene: Scene, school: School, course: Course, title: str, *, seats: int, first: int, weeks: int) -> None:
    """Open a class on the Monday after, without a session yet."""
    day = scene.day(first)
    monday = day + timedelta(days=-day.weekday() % 7)
    courses.open_class(
        scene.session,
        course,
        school=school,
        title=title,
        place=school.name,
        address=school.address,
        contact_phone="0990-1234567",
        starts_on=monday,
        ends_on=monday + timedelta(weeks=weeks, days=-3),
        enrol_until=scene.at(monday - timedelta(days=2), "18:00"),
        seats=seats,
        orders=[],
        by=scene.desk,
        now=scene.ago(1),
    )
