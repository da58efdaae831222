"""`fill` an empty database with what calendars stumble over; later `change` it as an office would, through the acts."""

from __future__ import annotations

import sys
from datetime import datetime, time, timedelta

from portal import clock
from portal.app import create_app
from portal.database import db, writing
from scheduling import courses, fairs
from scheduling.models import Base, County
from tests.factories import ClassFactory, CourseFactory, FairFactory, SchoolFactory, SessionFactory, TownshipFactory

HOSTILE = '喜迎\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\u2028"’;,\\n <b>&amp;</b>\x07\x85 😀👩‍🌾'


def on(days: int, hour: int, minute: int = 30) -> datetime:
    """Give a time in Shanghai so many days from today."""
    return datetime.combine(clock.now().astimezone(clock.HERE).date() + timedelta(days), time(hour, minute), clock.HERE)


def fill() -> None:
    """Eight fairs and a class of six sessions, all published."""
    Base.metadata.create_all(db.engine)
    db.session.add(County(code="990100", name="青禾县"))
    town = TownshipFactory(name="柳河镇")
    FairFactory(title="柳河镇赶集招聘", township=town, starts_at=on(2, 8), latitude=34.5, longitude=115.25)
    FairFactory(title="要改期的一场", slug="to-move", kind="gig_fair", starts_at=on(5, 8))
    FairFactory(title="要取消的一场", slug="to-call-off", kind="gig_fair", starts_at=on(6, 8))
    FairFactory(title="直播带岗", kind="livestream", starts_at=on(3, 19), livestream_url="https://live.example.cn/7")
    FairFactory(title="过了半夜才散", starts_at=on(7, 23, 0))
    FairFactory(
        title=f"难写的一场 {HOSTILE}"[:100], place=HOSTILE, description=HOSTILE + "岗" * 3000, starts_at=on(4, 8)
    )
    FairFactory(title="上个月的", starts_at=on(-30, 8))
    FairFactory(title="明年的", starts_at=on(300, 8))
    FairFactory(title="草稿", draft=True, starts_at=on(2, 8))
    held = ClassFactory(
        slug="weld", title="焊工班", school=SchoolFactory(), course=CourseFactory(trade="焊工"), enrol_until=on(9, 18)
    )
    held.starts_on, held.ends_on = on(10, 8).date(), on(15, 8).date()
    for number in range(1, 7):
        SessionFactory(training_class=held, number=number, topic="平焊", room="2号车间", starts_at=on(9 + number, 8))
    db.session.commit()


def change() -> None:
    """Move a fair and a session, call one of each off."""
    facts = {"by": None, "now": clock.now()}
    with writing() as session:
        row = fairs.find(session, "990100", "to-move")
        fairs.move(session, row, starts_at=on(12, 9), ends_at=on(12, 12), place="镇政府广场", reason="下雨", **facts)
        fairs.call_off(session, fairs.find(session, "990100", "to-call-off"), reason="大雪", **facts)
        held = courses.find(session, "990100", "weld")
        moved, cancelled = (courses.session_of(session, held, number) for number in (2, 3))
        courses.move_session(session, moved, starts_at=on(20, 14), ends_at=on(20, 17), room="3号车间", **facts)
        courses.cancel_session(session, cancelled, **facts)


if __name__ == "__main__":
    with create_app().app_context():
        {"fill": fill, "change": change}[sys.argv[1]]()
