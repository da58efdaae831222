"""Classes for tests of what comes after teaching: people with seats, who was there, who passed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from scheduling import enrolments, exams, tickets
from scheduling.models import ClassOrder, Enrolment, Exam, Scan, TrainingClass, TrainingOrder, TrainingRules
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, CourseFactory, SchoolFactory, SessionFactory, id_number

OVER = datetime(2026, 12, 21, 1, 0, tzinfo=UTC)  # Monday 9:00 in Shanghai, after the last lesson of ClassFactory
EXAM = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)
NAMES = ("赵明田", "钱秀英", "孙小满", "李春生", "周桂兰", "吴长河", "郑满堂", "王二丫")


@pytest.fixture
def afterwards(app):
    """Pages are opened when the class is over; for files that use it throughout."""
    before = app.config["CLOCK"]
    app.config["CLOCK"] = lambda: OVER
    yield
    app.config["CLOCK"] = before


def rules(session, **other) -> TrainingRules:
    """Rules of the tests' own: 10 yuan an hour, at most 2,000, as the sample's."""
    row = TrainingRules(county=COUNTY, **{"name": "测试", "yuan_an_hour": 10, "yuan_at_most": 2000, **other})
    session.add(row)
    session.flush()
    return row


def taught(
    session, people: int = 3, *, first: int = 0, orders: tuple[TrainingOrder, ...] = (), **terms
) -> TrainingClass:
    """A class of ten half-days of four hours, with `people` on its list; its rules are the sample's, but `terms`."""
    course = CourseFactory(
        rules_id=rules(session, **terms).id, trade="焊工", total_hours=40, theory_hours=0, practice_hours=40
    )
    row = ClassFactory(course=course, school=SchoolFactory())
    row.school_id = row.school.id
    for number in range(1, 11):
        SessionFactory(training_class=row, number=number, teacher="魏师傅")
    session.add_all(ClassOrder(class_id=row.id, order_id=order.id, seats=people) for order in orders)
    session.flush()
    session.expire(row)
    for n in range(first, first + people):
        sit_in(session, row, n)
    return row


def sit_in(session, training_class: TrainingClass, n: int) -> Enrolment:
    """Give the n-th of NAMES a seat."""
    return enrolments.enrol(
        session,
        training_class,
        name=NAMES[n % len(NAMES)] + ("" if n < len(NAMES) else str(n)),
        phone=f"160{n:08d}",
        id_number=id_number(n, date(1990, 1, 1)),
        education="junior",
        category="rural",
        relation="self",
        agent_name="",
        agent_phone="",
        consent=False,
        commitment=True,
        keys=KEYS,
        by=None,
        now=NOW + timedelta(minutes=n),
    )


def attend(session, training_class: TrainingClass, *, but: dict[int, int] | None = None) -> None:
    """Sign everybody in at every lesson, on time; `but` says of the n-th person how many lessons she missed."""
    for n, person in enumerate(people(session, training_class)):
        ticket = tickets.standing(session, person)
        for lesson in training_class.sessions[(but or {}).get(n, 0) :]:
            session.add(
                Scan(
                    id=str(uuid4()),
                    county=COUNTY,
                    body_hash="",
                    session_id=lesson.id,
                    ticket_id=ticket.id,
                    read=ticket.code,
                    way="camera",
                    direction="in",
                    scanned_at=lesson.starts_at,
                    received_at=lesson.starts_at,
                )
            )
    session.flush()


def graduated(
    session, people_: int = 3, *, first: int = 0, orders: tuple[TrainingOrder, ...] = (), **terms
) -> TrainingClass:
    """A class whose first sitting is closed: the first failed in practice, the others passed with 85 and 90."""
    row = taught(session, people_, first=first, orders=orders, **terms)
    attend(session, row)
    exam = sit(session, row)
    scores = {seat.number: exams.Score(85, 55 if seat.number == 1 else 90) for seat in exam.seats}
    exams.record(session, exam, scores, by=None, now=OVER)
    exams.close(session, exam, by=None, now=OVER)
    return row


def sit(session, training_class: TrainingClass, *, starts_at: datetime = EXAM) -> Exam:
    """Plan the next sitting and draw its roster."""
    exam = exams.plan(session, training_class, starts_at=starts_at, place="考场", examiner="丁考评", by=None, now=OVER)
    exams.draw_roster(session, exam, by=None, now=OVER)
    return exam


def people(session, training_class: TrainingClass) -> list[Enrolment]:
    """Who has a seat, in the order they came."""
    return enrolments.roster(session, training_class)
