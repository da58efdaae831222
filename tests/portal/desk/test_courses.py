from __future__ import annotations

import pytest
from sqlalchemy import select

from scheduling.models import Account, Course, School
from tests.factories import CourseFactory, SchoolFactory

COURSE = {
    "name": "低压电工作业",
    "trade": "电工",
    "mode": "order_based",
    "theory_hours": "48",
    "practice_hours": "48",
    "min_age": "18",
    "max_age": "",
    "education": "junior",
    "class_cap": "40",
    "certificate": "特种作业操作证",
    "note": "",
}


def test_a_course_is_added_and_listed(desk, session):
    answers = [desk.post("/desk/courses/new", data=COURSE).status_code for _ in range(2)]
    page = desk.get("/desk/courses/")

    course = session.scalars(select(Course)).one()
    assert (answers, course.total_hours, course.max_age) == ([303, 303], 96, None)
    assert ["低压电工作业" in page.text, "满18岁，初中及以上" in page.text] == [True, True]


def test_a_course_of_the_same_name_with_other_hours_is_refused_beside_the_name(desk):
    desk.post("/desk/courses/new", data=COURSE)

    page = desk.post("/desk/courses/new", data={**COURSE, "theory_hours": "40"})

    assert page.status_code == 409
    assert "已经有“低压电工作业”这门课程" in page.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"theory_hours": "0", "practice_hours": "0"}, "理论和实操课时不能都是0。"),
        ({"min_age": "18", "max_age": "17"}, "最高年龄不能小于最低年龄。"),
    ],
)
def test_a_course_nobody_could_take_is_refused_beside_the_field(desk, session, typed, words):
    page = desk.post("/desk/courses/new", data={**COURSE, **typed})

    assert (page.status_code, words in page.text) == (422, True)
    assert session.scalars(select(Course)).all() == []


def test_a_course_may_be_all_practice_and_for_one_age(desk, session):
    desk.post("/desk/courses/new", data={**COURSE, "theory_hours": "0", "max_age": "18"})

    course = session.scalars(select(Course)).one()
    assert (course.total_hours, course.min_age, course.max_age) == (48, 18, 18)


def test_a_school_is_registered_and_its_teacher_let_in(desk, session):
    desk.post("/desk/schools/new", data={"name": "县技工学校"})
    school = session.scalars(select(School)).one()

    page = desk.post(f"/desk/schools/{school.id}/teachers", data={"name": "周师傅", "phone": "136 0000 0001"})

    teacher = session.scalars(select(Account).where(Account.phone == "13600000001")).one()
    assert (page.status_code, teacher.school_id, "school" in teacher.roles) == (303, school.id, True)


def test_the_lists_ask_as_often_for_three_as_for_one(desk, queries):
    counts = []
    for more in (1, 2):
        CourseFactory.create_batch(more)
        SchoolFactory.create_batch(more)
        with queries() as asked:
            desk.get("/desk/courses/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
