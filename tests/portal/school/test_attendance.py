"""The book of a class behind the school's door: seen, typed from paper, printed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from scheduling import attendance, checkins, enrolments, leaves, tickets
from scheduling.models import Deed, Scan
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, CourseFactory, SchoolFactory, SessionFactory
from tests.portal.printing.prints import Print
from tests.scheduling.test_enrolments import sign_up


@pytest.fixture
def people(session, taught):
    return enrolments.roster(session, taught)


@pytest.fixture
def scanned(session, taught, people):
    """The first was there yesterday from beginning to end, the second came late and left without a word."""
    block = taught.sessions[0]
    for who, direction, minutes in ((0, "in", -3), (0, "out", 181), (1, "in", 25)):
        at = block.starts_at + timedelta(minutes=minutes)
        checkins.record(
            session, id=f"scan-{who}-{direction}", county=COUNTY, class_session=block, by=None, now=at, keys=KEYS,
            read=tickets.standing(session, people[who]).code, way="camera", direction=direction, scanned_at=at,
        )  # fmt: skip


def marks(page) -> list[str]:
    return re.findall(r'class="sign sign-(\w+)"', page.text)


def test_the_book_shows_every_mark_and_what_a_teacher_should_know(teacher, taught, scanned):
    page = teacher.get(f"/school/classes/{taught.slug}/attendance")

    assert marks(page) == ["present", "none", "none", "late", "none", "none", "absent", "none", "none"]
    assert ["没签退" in page.text, "4/96" in page.text, "大屏签到" in page.text] == [True] * 3


def test_once_a_session_is_over_the_screen_signs_out_and_nobody_in(teacher, session, school):
    row = ClassFactory(school=school)
    SessionFactory(training_class=row, number=1, starts_at=NOW - timedelta(hours=3, minutes=30))

    page = teacher.get(f"/school/classes/{row.slug}/attendance")
    screens = [teacher.get(f"/school/classes/{row.slug}/sessions/1/screen{more}") for more in ("", "?direction=out")]

    assert ["大屏签到" in page.text, "大屏签退" in page.text] == [False, True]
    assert ["现在不能扫码" in screen.text for screen in screens] == [True, False]


def test_who_falls_short_is_named_first(teacher, session, school):
    row = ClassFactory(school=school, course=CourseFactory(total_hours=8, theory_hours=4, practice_hours=4))
    for days in (1, 2):
        SessionFactory(training_class=row, starts_at=NOW - timedelta(days=days))
    sign_up(session, row, 1, now=NOW - timedelta(days=9))

    page = teacher.get(f"/school/classes/{row.slug}/attendance")

    assert ["这些学员课时危险" in page.text, "一次不缺也差7课时" in page.text, "够不着了" in page.text] == [True] * 3


def test_paper_is_typed_once_and_marked(teacher, session, taught, people, scanned):
    address = f"/school/classes/{taught.slug}/sessions/1/paper"
    told = {f"mark-{person.id.hex}": kind for person, kind in zip(people, ("present", "sick", "late"), strict=True)}

    first = teacher.post(address, data=told)
    before = session.scalar(select(func.count(Scan.id))), session.scalar(select(func.count(Deed.id)))
    again = teacher.post(address, data=told)
    after = session.scalar(select(func.count(Scan.id))), session.scalar(select(func.count(Deed.id)))

    assert (first.status_code, again.status_code, before) == (303, 303, after)
    page = teacher.get(f"/school/classes/{taught.slug}/attendance")
    assert marks(page)[::3] == ["present", "sick", "late"]
    assert page.text.count("<small>补录</small>") == 2  # the first is as her scans say


def test_the_rest_may_be_ticked_as_present_while_it_goes_on(teacher, session, taught, people):
    page = teacher.post(f"/school/classes/{taught.slug}/sessions/2/paper", data={"rest": "y"})

    assert page.status_code == 303
    sheet = attendance.sheet(session, taught, now=NOW)
    assert [sheet.marks[person.id, taught.sessions[1].id].kind for person in people] == ["present"] * 3


def test_after_a_session_nobody_seen_is_chosen_for_and_one_tick_makes_them_present(teacher, session, taught, people):
    address = f"/school/classes/{taught.slug}/sessions/1/paper"

    page = teacher.get(address)
    teacher.post(address, data={f"mark-{people[1].id.hex}": "absent", "rest": "y"})

    assert (page.text.count("没选（算不到）"), page.text.count("selected")) == (3, 0)
    sheet = attendance.sheet(session, taught, now=NOW)
    assert [sheet.marks[person.id, taught.sessions[0].id].kind for person in people] == ["present", "absent", "present"]


def test_paper_of_a_session_to_come_is_refused_in_words(teacher, taught, people):
    address = f"/school/classes/{taught.slug}/sessions/3/paper"

    page = teacher.post(address, data={f"mark-{people[0].id.hex}": "present"})

    assert (page.status_code, "还没开始" in page.text) == (409, True)
    assert "保存补录" not in teacher.get(address).text


def test_another_schools_book_is_not_there(teacher, session):
    row = ClassFactory(school=SchoolFactory())
    SessionFactory(training_class=row, number=1, starts_at=NOW)

    for rest in (
        "attendance", "attendance.pdf", "sessions/1/paper", "sessions/1/screen", "sessions/1/screen/now", "fence",
        "leaves/new",
    ):  # fmt: skip
        assert teacher.get(f"/school/classes/{row.slug}/{rest}").status_code == 404, rest


def test_the_book_is_printed_as_it_stands_and_empty(teacher, taught, people, scanned):
    filled, blank = (
        Print(teacher.get(f"/school/classes/{taught.slug}/attendance.pdf{query}").data) for query in ("", "?blank=1")
    )

    assert [made.sizes for made in (filled, blank)] == [[(297, 210)]] * 2
    for made in (filled, blank):
        assert [words in made.text for words in ("赵明1", "缺勤", "其它", "出勤", "学员签名", "教师签名")] == [True] * 6
        assert made.tagged
    assert ["4/96" in filled.text, "4/96" in blank.text] == [True, False]
    assert people[0].id_last4 not in filled.text


def test_the_fence_is_set_by_numbers_and_taken_away(teacher, session, taught):
    address = f"/school/classes/{taught.slug}/fence"

    assert "geolocation=(self)" in teacher.get(address).headers["Permissions-Policy"]
    assert teacher.post(address, data={"lat": "95", "lon": "119", "metres": "100"}).status_code == 422
    assert teacher.post(address, data={"lat": "32.5", "lon": "119", "metres": "100"}).status_code == 303
    assert (taught.lat, taught.lon, taught.fence_metres) == (32.5, 119.0, 100)
    teacher.post(f"{address}/removal")
    assert (taught.lat, taught.lon, taught.fence_metres) == (None, None, None)


def test_leave_is_decided_by_the_school(teacher, session, taught, people):
    row = leaves.ask(session, people[0], taught.sessions[2], "sick", by=None, now=NOW)

    asked = teacher.get("/school/leaves/")
    granted = teacher.post(f"/school/leaves/{row.id}/decision", data={"granted": "yes"})

    assert ["赵明1" in asked.text, "等老师批" in asked.text] == [True, True]
    assert (granted.status_code, row.state) == (303, "granted")
    assert marks(teacher.get(f"/school/classes/{taught.slug}/attendance"))[2] == "sick"


def test_another_schools_leave_cannot_be_decided(teacher, session):
    block = SessionFactory(training_class=ClassFactory(school=SchoolFactory()))
    row = leaves.ask(session, sign_up(session, block.training_class), block, "sick", by=None, now=NOW)

    assert teacher.post(f"/school/leaves/{row.id}/decision", data={"granted": "yes"}).status_code == 404
    assert row.state == "asked"
    assert "赵明1" not in teacher.get("/school/leaves/").text


def test_leave_asked_for_in_person_is_noted_also_afterwards(teacher, session, taught, people):
    address = f"/school/classes/{taught.slug}/leaves/new"

    page = teacher.post(address, data={"person": people[0].id.hex, "lesson": "1", "reason": "private"})
    wrong = teacher.post(address, data={"person": people[0].id.hex, "lesson": "", "reason": "private"})

    assert (page.status_code, wrong.status_code) == (303, 422)
    shown = teacher.get(f"/school/classes/{taught.slug}/attendance")
    assert (marks(shown)[0], "补录" in shown.text) == ("private", True)


def test_the_desk_works_behind_the_same_door(desk, taught, people):
    address = f"/school/classes/{taught.slug}/sessions/1/paper"

    assert desk.post(address, data={f"mark-{people[0].id.hex}": "early"}).status_code == 303
    assert marks(desk.get(f"/desk/classes/{taught.slug}/roster"))[0] == "early"


@pytest.mark.parametrize("more", [1, 4])
def test_the_book_asks_as_often_for_many_as_for_few(teacher, session, school, queries, more):
    row = ClassFactory(school=school)
    for n in range(more):
        SessionFactory(training_class=row, number=n + 1, starts_at=NOW - timedelta(days=n + 1))
        sign_up(session, row, n + 1, now=NOW - timedelta(days=30))
    teacher.get("/school/")
    with queries() as asked:
        teacher.get(f"/school/classes/{row.slug}/attendance")
        teacher.get("/school/leaves/")

    assert len(asked) <= 30
