"""`fill` an empty database with what calendars stumble over; later `change` it as an office would, through the acts.

`fill` prints two private calendars: one that stands, one that was taken back. `away` and `back` are a bad day of the
database: tables are gone, and there again.
"""

from __future__ import annotations

import secrets
import sys
from datetime import datetime, time, timedelta

from sqlalchemy import text

from portal import clock, doors, schema
from portal.app import create_app
from portal.database import db, writing
from scheduling import courses, fairs, feeds, reservations, tickets
from scheduling.models import County
from tests.factories import (
    BoothFactory,
    ClassFactory,
    CourseFactory,
    FairFactory,
    SchoolFactory,
    SessionFactory,
    TownshipFactory,
)

COUNTY = "990100"
# Line ends of every kind, a calendar in the calendar, quotes, separators, controls, a mark of order, emoji of four
# code points, what looks like markup and like escapes
HOSTILE = (
    '\U0001f600\U0001f469\u200d\U0001f33e\U0001f1e8\U0001f1f3\U00020bb7e\u0301 "引"’;,:\\n\\,\\\\ \x01\x07\x0b\x0c\x1b'
    "喜迎\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:假\r\nEND:VEVENT\u2028下\u2029页\x1c\x7f\x80\x85\x9f\ufeff"
    "\tBEGIN:VALARM\nEND:VCALENDAR <b>&amp;</b> \u202eabc\u202c"
)
LONG = "岗" * 3000
AWAY = ("feed_generations", "fair_callings_off", "class_callings_off")


def on(days: int, hour: int, minute: int = 30) -> datetime:
    """Give a time in Shanghai so many days from today."""
    return datetime.combine(clock.now().astimezone(clock.HERE).date() + timedelta(days), time(hour, minute), clock.HERE)


def bad(number: int, length: int) -> str:
    """Give a field of staff's, as long as the column takes and as bad as can be; but for NUL, which no form lets in."""
    return f"{number} {HOSTILE} {LONG}"[:length]


def fill() -> None:
    """Fairs and classes, all published, some of them written by nobody's friend."""
    schema.upgrade(db.engine)
    db.session.add(County(code=COUNTY, name="青禾县"))
    town = TownshipFactory(name="柳河镇")
    FairFactory(
        title="柳河镇赶集招聘", slug="liuhe", township=town, starts_at=on(2, 8), latitude=34.5, longitude=115.25
    )
    FairFactory(title="要改期的一场", slug="to-move", kind="gig_fair", starts_at=on(5, 8))
    FairFactory(title="要取消的一场", slug="to-call-off", kind="gig_fair", starts_at=on(6, 8))
    FairFactory(title="要改名的一场", slug="to-retitle", starts_at=on(8, 8))
    told = {"draft": True, "outdoor": False, "contact_name": "王", "contact_phone": "0990-1"}
    BoothFactory(fair=FairFactory(title="要加上的一场", slug="to-add", starts_at=on(9, 8), **told))
    FairFactory(title="直播带岗", kind="livestream", starts_at=on(3, 19), livestream_url="https://live.example.cn/7")
    FairFactory(title="过了半夜才散", starts_at=on(7, 23, 0))
    FairFactory(title="上个月的", starts_at=on(-30, 8))
    FairFactory(title="明年的", starts_at=on(300, 8))
    FairFactory(title="草稿", draft=True, starts_at=on(2, 8))
    held = ClassFactory(
        slug="weld", title="焊工班", school=SchoolFactory(), course=CourseFactory(trade="焊工"), enrol_until=on(9, 18)
    )
    held.starts_on, held.ends_on = on(10, 8).date(), on(15, 8).date()
    for number in range(1, 7):
        SessionFactory(training_class=held, number=number, topic="平焊", room="2号车间", starts_at=on(9 + number, 8))
    _hostile()
    db.session.commit()
    _linked()


def _hostile() -> None:
    town = TownshipFactory(name=bad(1, 60))
    for number in range(3):
        fair = FairFactory(
            title=bad(number, 100),
            township=town,
            place=bad(number, 120),
            address=bad(number, 200),
            description=bad(number, 6000),
            rain_plan=bad(number, 300),
            contact_name=bad(number, 60),
            contact_phone=bad(number, 30),
            livestream_url=f"https://live.example.cn/{number}?{HOSTILE}"[:300],
            audiences=["women", "gig"],
            latitude=34.5,
            longitude=115.25,
            starts_at=on(20 + number, 8),
        )
        db.session.flush()
        told = {"reason": bad(number, 300), "by": None, "now": clock.now()}
        if number == 1:
            fairs.call_off(db.session(), fair, **told)
        elif number == 2:  # noqa: PLR2004  the third
            times = {"starts_at": on(30, 8), "ends_at": on(30, 11)}
            fairs.move(db.session(), fair, place=bad(9, 120), **times, **told)
    held = ClassFactory(
        title=bad(4, 100),
        place=bad(5, 120),
        address=bad(6, 200),
        school=SchoolFactory(name=bad(7, 100)),
        course=CourseFactory(name=bad(8, 100), trade=bad(9, 40)),
        enrol_until=on(39, 18),
    )
    held.starts_on, held.ends_on = on(40, 8).date(), on(42, 8).date()
    for number in range(1, 4):
        SessionFactory(
            training_class=held,
            number=number,
            topic=bad(number, 100),
            room=bad(number, 60),
            teacher=bad(number, 60),
            starts_at=on(39 + number, 8),
        )


def _linked() -> None:
    """Make two links to one ticket's calendar, take the second back, and print both."""
    facts = {"by": None, "now": clock.now()}
    with writing() as session:
        fair = fairs.find(session, COUNTY, "liuhe")
        booked = reservations.reserve(session, fair, name="赵明田", phone="16000000001", **facts)
        for stands in (True, False):
            token = feeds.links.token(secrets.token_hex(), doors.keys())
            ticket = tickets.standing(session, booked)
            link = feeds.links.make(session, COUNTY, ticket, token, label="手机", **facts)
            if not stands:
                feeds.links.revoke(session, link, **facts)
            print(f"/feeds/p/{token}.ics")


def change() -> None:
    """Move a fair and a session, call one of each off, give a fair another name, publish one."""
    facts = {"by": None, "now": clock.now()}
    with writing() as session:
        row = fairs.find(session, COUNTY, "to-move")
        fairs.move(session, row, starts_at=on(12, 9), ends_at=on(12, 12), place="镇政府广场", reason="下雨", **facts)
        fairs.call_off(session, fairs.find(session, COUNTY, "to-call-off"), reason="大雪", **facts)
        fairs.publish(session, fairs.find(session, COUNTY, "to-add"), **facts)
        named = fairs.find(session, COUNTY, "to-retitle")
        named.title, named.changed_at = "改了名的一场", facts["now"]
        held = courses.find(session, COUNTY, "weld")
        moved, cancelled = (courses.session_of(session, held, number) for number in (2, 3))
        courses.move_session(session, moved, starts_at=on(20, 14), ends_at=on(20, 17), room="3号车间", **facts)
        courses.cancel_session(session, cancelled, **facts)


def away() -> None:
    """Let tables be gone."""
    with db.engine.begin() as connection:
        for table in AWAY:
            connection.execute(text(f"ALTER TABLE {table} RENAME TO away_{table}"))


def back() -> None:
    """Let them be there again."""
    with db.engine.begin() as connection:
        for table in AWAY:
            connection.execute(text(f"ALTER TABLE away_{table} RENAME TO {table}"))


if __name__ == "__main__":
    with create_app().app_context():
        {"fill": fill, "change": change, "away": away, "back": back}[sys.argv[1]]()
