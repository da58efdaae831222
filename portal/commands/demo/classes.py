"""Schools, orders, courses and the classes opened of them: one over, one running, two to sign up for, one a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from portal.commands.demo import cast, programmes
from portal.commands.demo.scene import Scene
from scheduling import courses, markets, orders, schools
from scheduling.models import Account, Course, Enterprise, School, TrainingClass, TrainingOrder
from scheduling.planning import timetable

ALL_WEEK = frozenset(range(7))
NOT_SUNDAY = ALL_WEEK - {6}
HALVES = frozenset(timetable.HALVES)
SCHOOLS = (
    (cast.SCHOOL.name, "城关镇育才路18号", "曹教务", cast.SCHOOL.phone),
    ("青禾县职业教育中心", "新城街道学府路6号", "严老师", "16000000202"),
)
TAUGHT = 4  # teaching days of the running class so far, today among them


class Wanted(NamedTuple):
    """What an order asks for: wages in yuan a month, days counted from today."""

    trade: str
    heads: int
    wage_low: int
    wage_high: int
    wanted: int
    placed: int


WANTED = {  # by the firm's number in county.json
    31: Wanted("缝纫工", 12, 3500, 6500, -10, -65),
    17: Wanted("低压电工", 12, 5000, 7500, 20, -40),
    33: Wanted("焊工（二保焊）", 24, 5500, 9000, 40, -20),
    27: Wanted("养老护理员", 10, 3500, 5500, 30, -15),
    11: Wanted("数控车床操作工", 15, 5000, 8000, 60, -3),  # waits for a class
}


@dataclass(frozen=True)
class Sketch:
    """One class before it is opened. `starts` counts days from today, `opened` days ago."""

    key: str
    course: str
    title: str
    starts: int
    seats: int
    opened: int
    school: int = 0
    firm: int | None = None
    room: str = "一号实训室"
    teacher: str = "魏师傅"
    weekdays: frozenset[int] = NOT_SUNDAY


def settle(scene: Scene, rows: list[dict[str, Any]], firms: dict[int, Enterprise]) -> dict[str, TrainingClass]:
    """Register schools and courses, take orders, open and publish the classes; give them by key."""
    known = [_school(scene, *each) for each in SCHOOLS]
    taught = programmes.settle(scene, rows)
    placed = {number: _order(scene, firms[number], wanted) for number, wanted in WANTED.items()}
    opened = {}
    for sketch in _sketches(scene):
        order = [placed[sketch.firm]] if sketch.firm else []
        opened[sketch.key] = _open(scene, sketch, taught[sketch.course], known[sketch.school], order)
    return opened


def teacher(scene: Scene) -> Account:
    """Give whoever marks attendance at the first school."""
    school = schools.find(scene.session, scene.county, SCHOOLS[0][0])
    return schools.appoint(
        scene.session, school, phone=SCHOOLS[0][3], name=SCHOOLS[0][2], by=scene.desk, now=scene.ago(200)
    )


def _sketches(scene: Scene) -> list[Sketch]:
    # The running class began five teaching days ago; on a Sunday it teaches on Sundays, so that there is one today.
    week = NOT_SUNDAY if scene.today.weekday() in NOT_SUNDAY else ALL_WEEK
    began = next(days for days in range(-20, 0) if len(_teaching(scene, scene.day(days), scene.today, week)) == TAUGHT)
    return [
        Sketch("over", "缝纫工", "缝纫工订单班（第1期）", -50, 12, 61, firm=31, room="缝纫车间", teacher="金师傅"),
        Sketch("running", "低压电工作业", "低压电工订单班（第2期）", began, 14, 32, firm=17, weekdays=week),
        Sketch("open", "熔化焊接与热切割作业", "焊工订单班（第3期）", 12, 30, 9, firm=33, room="焊接车间"),
        Sketch(
            "full", "养老护理员", "养老护理员培训班", 8, 10, 12, school=1, firm=27, room="护理实训室", teacher="严老师"
        ),
        Sketch("draft", "中式烹调师", "中式烹调师培训班", 25, 40, 1, school=1, room="实训厨房", teacher="陶师傅"),
    ]


def _school(scene: Scene, name: str, address: str, contact: str, phone: str) -> School:
    school = schools.add(
        scene.session,
        scene.county,
        name=name,
        address=address,
        contact_name=contact,
        contact_phone=phone,
        by=scene.desk,
        now=scene.ago(200),
    )
    schools.appoint(scene.session, school, phone=phone, name=contact, by=scene.desk, now=scene.ago(200))
    return school


def _order(scene: Scene, firm: Enterprise, wanted: Wanted) -> TrainingOrder:
    return orders.place(
        scene.session,
        firm,
        trade=wanted.trade,
        level="五级/初级工",
        heads=wanted.heads,
        wage_low=wanted.wage_low,
        wage_high=wanted.wage_high,
        wanted_from=scene.day(wanted.wanted),
        conditions="培训合格即签劳动合同，实习期按普工发工资。",
        promise=True,
        by=None,
        now=scene.ago(-wanted.placed),
    )


def _open(scene: Scene, sketch: Sketch, course: Course, school: School, wanted: list[TrainingOrder]) -> TrainingClass:
    first, now = scene.day(sketch.starts), scene.ago(sketch.opened, "9:00")
    half_days = sum(-(-hours // timetable.HALF_DAY_HOURS) for hours in (course.theory_hours, course.practice_hours))
    days = _teaching(scene, first, first + timedelta(days=90), sketch.weekdays)
    opened = courses.open_class(
        scene.session,
        course,
        school=school,
        title=sketch.title,
        place=school.name,
        address=school.address,
        contact_phone="0990-1234567",
        starts_on=days[0],
        ends_on=days[-(-half_days // len(HALVES)) - 1],
        enrol_until=scene.at(days[0] - timedelta(days=1), "18:00"),
        seats=sketch.seats,
        orders=wanted,
        by=scene.desk,
        now=now,
    )
    seats = {order.id: min(order.heads, sketch.seats) for order in wanted}
    courses.pool(scene.session, opened, seats, by=scene.desk, now=now)
    courses.generate(
        scene.session,
        opened,
        weekdays=sketch.weekdays,
        halves=HALVES,
        teacher=sketch.teacher,
        room=sketch.room,
        by=scene.desk,
        now=now,
    )
    if sketch.key != "draft":
        courses.publish(scene.session, opened, by=scene.desk, now=min(now + timedelta(hours=1), scene.now))
    return opened


def _teaching(scene: Scene, first: date, last: date, weekdays: frozenset[int]) -> list[date]:
    """Give the days a class is taught on: of those weekdays, no public holidays."""
    rows = markets.holidays(scene.session, scene.county, first, last).rows
    closed = frozenset(row.day for row in rows if not row.works)
    return [slot.day for slot in timetable.half_days(first, last, weekdays, frozenset({"am"}), closed)]
