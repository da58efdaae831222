"""A timetable put into effect: sessions stay, move, change hands, are added and cancelled, all at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import courses, schools
from scheduling.models import ClassSession, Deed, Notice
from scheduling.refusals import RoomTaken, SessionOverlaps, TeacherTaken
from tests.factories import ClassFactory, CourseFactory, SchoolFactory
from tests.scheduling.test_enrolments import sign_up

MONDAY = datetime(2026, 12, 7, 0, 30, tzinfo=UTC)


@pytest.fixture
def school(session):
    return SchoolFactory()


def lesson(row, day, *, teacher="魏师傅", room="101", **more):
    starts = MONDAY + timedelta(days=day)
    told = {"hours": 4, "kind": "theory", "teacher": teacher, "room": room, **more}
    return courses.Lesson(class_id=row.id, starts_at=starts, ends_at=starts + timedelta(hours=3), **told)


def arrange(session, now, *lessons, instead_of=None):
    standing = session.scalars(select(ClassSession).where(ClassSession.cancelled_at.is_(None))).all()
    before = standing if instead_of is None else instead_of
    courses.arrange(session, lessons, instead_of=before, by=None, now=now)
    rows = select(ClassSession).where(ClassSession.cancelled_at.is_(None)).order_by(ClassSession.number)
    return [(row.number, (row.starts_at - MONDAY).days, row.teacher, row.room) for row in session.scalars(rows)]


def test_lessons_become_sessions_once_however_often(session, school, now):
    row = ClassFactory(school_id=school.id)
    wanted = [lesson(row, 0), lesson(row, 1)]

    first = arrange(session, now, *wanted)

    assert first == [(1, 0, "魏师傅", "101"), (2, 1, "魏师傅", "101")]
    assert arrange(session, now, *wanted) == first
    assert session.scalars(select(Deed.what)).all() == ["session.added"] * 2


def test_what_can_stay_stays_and_the_rest_moves_with_its_number_and_its_uid(session, school, now):
    row = ClassFactory(school_id=school.id)
    arrange(session, now, lesson(row, 0), lesson(row, 1), lesson(row, 2))
    uids = {one.number: one.uid for one in session.scalars(select(ClassSession))}

    after = arrange(session, now, lesson(row, 0), lesson(row, 2), lesson(row, 4))

    assert [each[:2] for each in after] == [(1, 0), (2, 4), (3, 2)]
    assert {one.number: one.uid for one in session.scalars(select(ClassSession))} == uids
    assert {one.number: one.sequence for one in session.scalars(select(ClassSession))} == {1: 0, 2: 1, 3: 0}


def test_fewer_lessons_cancel_and_more_add(session, school, now):
    row = ClassFactory(school_id=school.id)
    arrange(session, now, lesson(row, 0), lesson(row, 1))

    assert [each[:2] for each in arrange(session, now, lesson(row, 1))] == [(2, 1)]
    assert [each[:2] for each in arrange(session, now, lesson(row, 1), lesson(row, 3))] == [(2, 1), (3, 3)]


def test_two_classes_change_rooms_and_teachers_at_one_hour(session, school, now):
    one, other = ClassFactory(school_id=school.id), ClassFactory(school_id=school.id)
    arrange(session, now, lesson(one, 0), lesson(other, 0, teacher="金师傅", room="102"))

    after = arrange(session, now, lesson(one, 0, teacher="金师傅", room="102"), lesson(other, 0))

    assert sorted(each[2:] for each in after) == [("金师傅", "102"), ("魏师傅", "101")]


def test_another_teacher_alone_is_told_to_nobody_and_another_time_to_everybody(session, school, now):
    row = ClassFactory(school_id=school.id)
    sign_up(session, row)
    arrange(session, now, lesson(row, 0))
    told = len(session.scalars(select(Notice)).all())

    arrange(session, now, lesson(row, 0, teacher="金师傅"))
    assert len(session.scalars(select(Notice)).all()) == told
    assert session.scalars(select(ClassSession.sequence)).one() == 0

    arrange(session, now, lesson(row, 1, teacher="金师傅"))
    assert len(session.scalars(select(Notice)).all()) == told + 1


def test_what_stands_elsewhere_is_in_the_way(session, school, now):
    one, other = ClassFactory(school_id=school.id), ClassFactory(school_id=school.id)
    arrange(session, now, lesson(other, 0))

    with pytest.raises(TeacherTaken):
        arrange(session, now, lesson(one, 0, room="102"), instead_of=[])


def test_parts_of_a_class_meet_at_one_hour_and_the_whole_class_with_neither(session, school, now):
    row = ClassFactory(school_id=school.id)
    parts = [
        lesson(row, 0, kind="practice", party=1, room="车间一"),
        lesson(row, 0, kind="practice", party=2, room="车间二", teacher="金师傅"),
    ]
    assert len(arrange(session, now, *parts)) == 2

    with pytest.raises(SessionOverlaps):
        arrange(session, now, lesson(row, 0, teacher="段师傅", room="103"), instead_of=[])


@pytest.mark.parametrize(("stations", "fits"), [(12, True), (11, False)])
def test_a_workshop_is_shared_while_its_stations_last(session, school, now, stations, fits):
    schools.settle_room(session, school, name="焊接车间", seats=30, stations=stations, by=None, now=now)
    one, other = ClassFactory(school_id=school.id, seats=12), ClassFactory(school_id=school.id, seats=6)
    halves = [lesson(one, 0, kind="practice", party=1, room="焊接车间"), lesson(one, 1, kind="practice", party=2)]
    arrange(session, now, *halves)
    second = lesson(other, 0, kind="practice", room="焊接车间", teacher="金师傅")

    if fits:
        assert len(arrange(session, now, second, instead_of=[])) == 3
    else:
        with pytest.raises(RoomTaken):
            arrange(session, now, second, instead_of=[])


def test_a_class_larger_than_the_workshop_has_it_to_itself(session, school, now):
    schools.settle_room(session, school, name="焊接车间", seats=30, stations=4, by=None, now=now)
    one, other = ClassFactory(school_id=school.id, seats=30), ClassFactory(school_id=school.id, seats=1)

    assert len(arrange(session, now, lesson(one, 0, kind="practice", room="焊接车间"))) == 1
    with pytest.raises(RoomTaken):
        arrange(session, now, lesson(other, 0, room="焊接车间", teacher="金师傅"), instead_of=[])


def test_hours_are_those_of_the_part_that_had_the_fewest(session, school, now):
    course = CourseFactory(total_hours=16, theory_hours=8, practice_hours=8)
    row = ClassFactory(school_id=school.id, course=course)
    arrange(
        session,
        now,
        lesson(row, 0),
        lesson(row, 1, kind="practice", party=1),
        lesson(row, 2, kind="practice", party=1),
        lesson(row, 3, kind="practice", party=2),
    )

    assert courses.hours_left(row, row.sessions) == {"theory": 4, "practice": 4}
