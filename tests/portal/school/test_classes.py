from __future__ import annotations

from tests.factories import ClassFactory, SchoolFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up


def test_a_school_sees_its_own_published_classes(teacher, school):
    own = ClassFactory(school=school, title="本校班")
    ClassFactory(school=school, title="草稿班", draft=True)
    ClassFactory(school=SchoolFactory(), title="别校班")

    page = teacher.get("/school/")

    assert ["本校班" in page.text, "草稿班" in page.text, "别校班" in page.text] == [True, False, False]
    assert f"/school/classes/{own.slug}" in page.text


def test_a_class_shows_its_sessions_and_its_trainees_with_phones(teacher, session, school):
    row = ClassFactory(school=school)
    SessionFactory(training_class=row, topic="平焊")
    sign_up(session, row, 1)

    page = teacher.get(f"/school/classes/{row.slug}")

    assert ["平焊" in page.text, "赵明1" in page.text, "13600000001" in page.text] == [True] * 3


def test_another_schools_class_and_a_draft_are_not_there(teacher, school):
    others = ClassFactory(school=SchoolFactory()), ClassFactory(), ClassFactory(school=school, draft=True)

    assert [teacher.get(f"/school/classes/{row.slug}").status_code for row in others] == [404, 404, 404]


def test_staff_may_enter_every_schools_door(desk, school):
    row = ClassFactory(school=school, title="本校班")

    assert "本校班" in desk.get("/school/").text
    assert desk.get(f"/school/classes/{row.slug}").status_code == 200


def test_pages_ask_as_often_for_three_as_for_one(teacher, session, school, queries):
    row, counts = ClassFactory(school=school), []
    for more in (1, 2):
        ClassFactory.create_batch(more, school=school)
        for n in range(more):
            SessionFactory(training_class=row)
            sign_up(session, row, 10 * more + n)
        with queries() as asked:
            teacher.get("/school/")
            teacher.get(f"/school/classes/{row.slug}")
        counts.append(len(asked))

    assert counts[0] == counts[1]
