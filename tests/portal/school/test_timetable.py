"""A school sees its week, and nobody else's lessons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scheduling import schools
from scheduling.models import Holiday
from tests.factories import COUNTY, NOW, ClassFactory, SchoolFactory, SessionFactory

MONDAY = datetime(2026, 12, 7, 0, 30, tzinfo=UTC)


@pytest.fixture
def own(session):
    return SchoolFactory()


@pytest.fixture
def teacher(session, signed_in, own):
    return signed_in(schools.appoint(session, own, phone="13900000001", name="周师傅", by=None, now=NOW))


def lesson(row, day=0, hour=0, **more):
    starts = MONDAY + timedelta(days=day, hours=hour)
    return SessionFactory(training_class=row, starts_at=starts, ends_at=starts + timedelta(hours=3), **more)


def test_the_week_shows_the_lessons_of_the_schools_own_classes_only(teacher, session, own):
    row, other = ClassFactory(school=own), ClassFactory(title="别校的班")
    lesson(row, teacher="魏师傅", room="一号实训室")
    lesson(other, day=1)
    session.commit()

    page = teacher.get("/school/timetable/?week=2026-12-09")

    assert [row.title in page.text, "魏师傅" in page.text, "别校的班" in page.text] == [True, True, False]
    assert "1次课" in page.text


def test_a_week_begins_on_monday_and_ends_on_sunday_in_shanghai(teacher, session, own):
    row = ClassFactory(school=own)
    lesson(row, day=-1, hour=15)  # Sunday 23:30
    lesson(row, day=6, hour=10)  # Sunday 18:30
    lesson(row, day=6, hour=16)  # Monday 0:30
    session.commit()

    for week in ("2026-12-06", "2026-12-07", "2026-12-14"):
        assert "1次课" in teacher.get(f"/school/timetable/?week={week}").text


def test_a_draft_and_a_cancelled_lesson_are_not_in_the_week(teacher, session, own):
    row = ClassFactory(school=own)
    lesson(row, cancelled_at=MONDAY)
    lesson(ClassFactory(school=own, draft=True), day=1)
    session.commit()

    assert "这一周没有课" in teacher.get("/school/timetable/?week=2026-12-07").text


def test_a_public_holiday_is_named_on_its_day(teacher, session, own):
    lesson(ClassFactory(school=own))
    session.add(Holiday(county=COUNTY, day=MONDAY.date(), name="元旦", works=False))
    session.commit()

    assert "元旦" in teacher.get("/school/timetable/?week=2026-12-07").text


@pytest.mark.parametrize("week", ["nonsense", "", "1800-01-01"])
def test_a_week_that_is_none_is_this_one(teacher, week):
    assert teacher.get(f"/school/timetable/?week={week}").status_code == 200


@pytest.mark.parametrize("lessons", [2, 20])
def test_a_full_week_asks_as_often_as_an_empty_one(teacher, session, own, queries, lessons):
    counts = []
    for number in (1, lessons):
        for n in range(number):
            row = ClassFactory(school=own)
            lesson(row, day=n % 7, hour=n % 3)
        session.commit()
        with queries() as asked:
            teacher.get("/school/timetable/?week=2026-12-07")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_weeks_of_a_class_lead_to_where_a_lesson_is_moved(desk, session):
    row = ClassFactory()
    one = lesson(row)
    session.commit()

    page = desk.get(f"/desk/classes/{row.slug}/weeks")

    assert f"/desk/classes/{row.slug}/sessions/{one.number}/moves" in page.text
