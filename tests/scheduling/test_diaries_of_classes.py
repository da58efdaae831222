"""No teacher, room or trainee has two lessons at once: what stands is looked at before a lesson or a seat is given."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import courses, enrolments, schools
from scheduling.refusals import IdNumberElsewhere, RoomTaken, TeacherAway, TeacherTaken, TraineeElsewhere
from tests.factories import NOW, ClassFactory, CourseFactory, SchoolFactory, SessionFactory
from tests.scheduling.test_courses import FIRST, HERE, add
from tests.scheduling.test_diaries import HOUR, said
from tests.scheduling.test_enrolments import sign_up
from tests.scheduling.test_sessions import half_days

# Teachers and rooms


@pytest.fixture
def school(session):
    return SchoolFactory()


def two_classes(school):
    return ClassFactory(title="电工班", school_id=school.id), ClassFactory(title="焊工班", school_id=school.id)


def test_a_teacher_gives_one_lesson_at_a_time(session, app, school):
    one, other = two_classes(school)
    add(session, one, room="")

    with pytest.raises(TeacherTaken) as refused:
        add(session, other, FIRST + HOUR, room="")

    with app.test_request_context():
        assert said(refused) == "周师傅12月7日 周一 8:30–11:30要上“电工班”的课，请换个时间或换人。"


def test_a_room_holds_one_lesson_at_a_time(session, app, school):
    one, other = two_classes(school)
    add(session, one, teacher="")

    with pytest.raises(RoomTaken) as refused:
        add(session, other, FIRST + HOUR, teacher="")

    with app.test_request_context():
        assert said(refused) == "“301”12月7日 周一 8:30–11:30有“电工班”的课，请换个时间或教室。"


def test_nobody_and_no_room_clash_with_nothing(session, school):
    one, other = two_classes(school)
    add(session, one, teacher="", room=" ")

    assert add(session, other, teacher="", room=" ").number == 1


def test_a_teacher_may_begin_when_the_other_lesson_ends(session, school):
    one, other = two_classes(school)
    add(session, one)

    assert add(session, other, FIRST + 3 * HOUR).number == 1


def test_another_schools_room_of_the_same_name_is_another_room(session, school):
    add(session, ClassFactory(school_id=school.id))

    assert add(session, ClassFactory(school_id=SchoolFactory().id)).number == 1


def test_without_a_school_the_building_counts(session):
    add(session, ClassFactory(place="县技工学校"))

    assert add(session, ClassFactory(place="镇文化站")).number == 1
    with pytest.raises(TeacherTaken):
        add(session, ClassFactory(place="县技工学校"))


def test_a_cancelled_lesson_frees_teacher_and_room(session, school):
    one, other = two_classes(school)
    courses.cancel_session(session, add(session, one), by=None, now=NOW)

    assert add(session, other).number == 1


def move(session, row, starts_at, **other):
    words = {"ends_at": starts_at + 3 * HOUR, "room": row.room, "by": None, "now": NOW, **other}
    courses.move_session(session, row, starts_at=starts_at, **words)


def test_a_lesson_is_not_moved_to_where_its_teacher_or_the_room_is_taken(session, school):
    one, other = two_classes(school)
    add(session, one)
    row = add(session, other, FIRST + timedelta(days=1))
    alone = add(session, other, FIRST + timedelta(days=2), teacher="魏师傅")

    with pytest.raises(TeacherTaken):
        move(session, row, FIRST, room="302")
    with pytest.raises(RoomTaken):
        move(session, alone, FIRST)
    with pytest.raises(TeacherTaken):
        move(session, alone, FIRST, room="302", teacher="周师傅")

    assert (row.starts_at, alone.starts_at) == (FIRST + timedelta(days=1), FIRST + timedelta(days=2))


def test_a_lesson_may_be_moved_within_its_own_hours(session, school):
    row = add(session, two_classes(school)[0])

    move(session, row, FIRST + HOUR)

    assert row.starts_at == FIRST + HOUR


def test_half_days_leave_out_those_in_which_the_teacher_or_the_room_is_taken(session, school):
    one, _ = two_classes(school)
    add(session, one, room="别处")
    add(session, one, FIRST + timedelta(days=1), teacher="魏师傅")
    course = CourseFactory(total_hours=8, theory_hours=8, practice_hours=0)

    rows = half_days(session, ClassFactory(draft=True, course=course, school_id=school.id), halves=frozenset({"am"}))

    assert [row.starts_at.astimezone(HERE).strftime("%d %H") for row in rows] == ["09 08", "10 08"]


def away(session, school, first, last, name="周师傅"):
    told = {"trades": ["焊工"], "kinds": ["theory", "practice"], "by": None, "now": NOW}
    teacher = schools.settle_teacher(session, school, name=name, **told)
    schools.away(session, teacher, first=first, last=last, by=None, now=NOW)


def test_who_is_on_leave_gives_no_lesson_then(session, app, school):
    one, other = two_classes(school)
    standing, day = add(session, one, FIRST + timedelta(days=4)), timedelta(days=1)
    away(session, school, FIRST.date(), FIRST.date() + day)

    for name in ("周师傅", "周 师傅", "魏师傅、周师傅"):
        with pytest.raises(TeacherAway) as refused:
            add(session, other, FIRST + day, teacher=name)
    with pytest.raises(TeacherAway):
        move(session, standing, FIRST)

    with app.test_request_context():
        assert said(refused) == "周师傅12月7日 周一到12月8日 周二请假，请换个时间或换人。"
    assert standing.starts_at == FIRST + 4 * day
    assert [add(session, other, FIRST + 2 * day).number, add(session, other, teacher="魏师傅").number] == [1, 2]


def test_another_schools_teacher_of_the_same_name_is_not_on_leave(session, school):
    away(session, SchoolFactory(), FIRST.date(), FIRST.date())

    assert add(session, two_classes(school)[0]).number == 1


def test_half_days_leave_out_those_of_a_teachers_leave(session, school):
    away(session, school, FIRST.date(), FIRST.date() + timedelta(days=2))
    course = CourseFactory(total_hours=8, theory_hours=8, practice_hours=0)

    row = ClassFactory(draft=True, course=course, school_id=school.id)
    rows = half_days(session, row, halves=frozenset({"am"}), teacher="周师傅")

    assert [one.starts_at.astimezone(HERE).day for one in rows] == [10, 11]


# Trainees


def two_at_once():
    one, other = ClassFactory(title="电工班"), ClassFactory(title="焊工班")
    for number in (1, 2, 3):
        SessionFactory(training_class=one, number=number)
    SessionFactory(training_class=other, number=3, starts_at=FIRST + timedelta(days=2, hours=1))
    return one, other


def test_a_trainee_is_not_in_two_classes_at_once(session, app):
    one, other = two_at_once()
    sign_up(session, one)

    with pytest.raises(TraineeElsewhere) as refused:
        sign_up(session, other)

    with app.test_request_context():
        assert said(refused) == (
            "赵明1已报了“电工班”，12月9日 周三 8:30–11:30两个班都有课。要换班请先取消那个报名，或打电话问窗口。"
        )
    assert enrolments.of_class(session, other) == []


def test_who_waits_for_a_seat_is_not_free_either(session):
    one, other = two_at_once()
    one.seats = 0
    sign_up(session, one)

    with pytest.raises(TraineeElsewhere):
        sign_up(session, other)


def test_who_asks_under_another_name_is_not_told_which_class_it_is(session, app):
    one, other = two_at_once()
    sign_up(session, one)

    with pytest.raises(IdNumberElsewhere) as refused:
        sign_up(session, other, name="别人")

    with app.test_request_context():
        assert said(refused) == (
            "这个身份证号已报了另一个班，12月9日 周三 8:30–11:30两个班都有课。要换班请打电话或到窗口办理。"
        )


def test_somebody_else_and_who_gave_her_seat_back_are_free(session):
    one, other = two_at_once()
    enrolments.cancel(session, sign_up(session, one), by=None, now=NOW)
    sign_up(session, one, 2)

    assert [sign_up(session, other, n).state for n in (1, 3)] == ["confirmed", "confirmed"]


def test_lessons_that_are_over_stand_in_nobodys_way(session, clerk):
    one, other = two_at_once()
    sign_up(session, one)
    SessionFactory(training_class=other, number=9)

    second = {"once_a_year": "上一个班没开成"}
    late = sign_up(session, other, now=FIRST + timedelta(days=3), by=clerk, at_desk=True, override=second)

    assert late.state == "confirmed"
