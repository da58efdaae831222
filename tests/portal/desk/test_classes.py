from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import enrolments
from scheduling.models import ClassSession, Holiday, Notice, TrainingClass
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory, OrderFactory, SchoolFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up

SESSION = {
    "day": "2026-12-07",
    "starts": "08:30",
    "ends": "11:30",
    "hours": "4",
    "kind": "theory",
    "topic": "安全用电",
    "teacher": "周师傅",
    "room": "301",
}
HALF_DAYS = {"weekdays": ["0", "1", "2", "3", "4"], "halves": ["am", "pm"], "teacher": "周师傅", "room": "301"}


def typed(course, **other):
    return {
        "course": str(course.id),
        "title": "焊工订单班",
        "school": "",
        "place": "县技工学校",
        "starts_on": "2026-12-07",
        "ends_on": "2026-12-24",
        "closes_on": "2026-12-05",
        "closes_at": "18:00",
        "seats": "30",
        **other,
    }


def test_a_class_is_opened_for_an_order_planned_and_published(desk, session):
    course, order, school = CourseFactory(), OrderFactory(), SchoolFactory()

    form = desk.get(f"/desk/classes/new?order={order.no}")
    opened = desk.post("/desk/classes/new", data=typed(course, orders=[str(order.no)], school=str(school.id)))
    row = session.scalars(select(TrainingClass)).one()
    too_early = desk.post(f"/desk/classes/{row.slug}/publication")
    planned = desk.post(f"/desk/classes/{row.slug}/half-days", data=HALF_DAYS)
    published = desk.post(f"/desk/classes/{row.slug}/publication")

    assert re.findall(r'<input checked[^>]* value="(\d+)"', form.text) == [str(order.no)]
    assert (opened.status_code, opened.location) == (303, f"/desk/classes/{row.slug}")
    assert [too_early.status_code, planned.status_code, published.status_code] == [409, 303, 303]
    assert (row.state, row.orders, row.school, len(row.sessions)) == ("published", [order], school, 24)
    assert row.enrol_until == datetime(2026, 12, 5, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("other", "status", "words"),
    [
        ({"seats": "31"}, 422, "一班最多30人"),
        ({"ends_on": "2026-12-06"}, 422, "结束时间要晚于开始时间"),
        ({"title": ""}, 422, "请填班名"),
    ],
)
def test_a_class_that_does_not_fit_is_refused_in_words(desk, session, other, status, words):
    page = desk.post("/desk/classes/new", data=typed(CourseFactory(class_cap=30), **other))

    assert (page.status_code, words in page.text) == (status, True)
    assert session.scalars(select(TrainingClass)).all() == []


def test_a_session_is_added_moved_and_cancelled(desk, session):
    row = ClassFactory()
    sign_up(session, row)

    answers = [
        desk.post(f"/desk/classes/{row.slug}/sessions/new", data=SESSION),
        desk.post(f"/desk/classes/{row.slug}/sessions/new", data={**SESSION, "starts": "10:00", "topic": "另一课"}),
        desk.post(f"/desk/classes/{row.slug}/sessions/1/moves", data={**SESSION, "day": "2026-12-08"}),
        desk.post(f"/desk/classes/{row.slug}/sessions/1/cancellation"),
    ]

    one = session.scalars(select(ClassSession)).one()
    assert [page.status_code for page in answers] == [303, 409, 303, 303]
    assert "与第1次课时间重叠" in answers[1].text
    assert (one.sequence, one.moved_from, one.cancelled_at) == (2, datetime(2026, 12, 7, 0, 30, tzinfo=UTC), NOW)
    page = desk.get(f"/desk/classes/{row.slug}")
    assert ["已取消" in page.text, "/sessions/1/moves" in page.text] == [True, False]


def test_a_teacher_who_is_elsewhere_is_refused_beside_the_field(desk):
    row, other = ClassFactory(title="电工班"), ClassFactory()
    desk.post(f"/desk/classes/{row.slug}/sessions/new", data=SESSION)

    page = desk.post(f"/desk/classes/{other.slug}/sessions/new", data=SESSION)

    assert page.status_code == 409
    assert f"{SESSION['teacher']}12月7日 周一 8:30–11:30要上“电工班”的课，请换个时间或换人。" in page.text


def test_half_days_say_what_is_left_and_leave_out_holidays(desk, session):
    row = ClassFactory(draft=True, course=CourseFactory(total_hours=8, theory_hours=4, practice_hours=4))
    session.add(Holiday(county=COUNTY, day=row.starts_on, name="节", works=False))

    before = desk.get(f"/desk/classes/{row.slug}/half-days")
    desk.post(f"/desk/classes/{row.slug}/half-days", data=HALF_DAYS)

    assert "还差理论4课时、实操4课时" in before.text
    days = [one.starts_at for one in session.scalars(select(ClassSession).order_by(ClassSession.number))]
    assert days == [datetime(2026, 12, 8, 0, 30, tzinfo=UTC), datetime(2026, 12, 8, 6, 30, tzinfo=UTC)]


def test_more_seats_move_up_who_waits(desk, session):
    row = ClassFactory(seats=1)
    for n in (1, 2):
        sign_up(session, row, n)

    page = desk.post(
        f"/desk/classes/{row.slug}/terms", data={"seats": "2", "closes_on": "2026-12-05", "closes_at": "18:00"}
    )

    assert (page.status_code, row.seats, row.taken) == (303, 2, 2)
    assert [one.state for one in enrolments.of_class(session, row)] == ["confirmed", "confirmed"]


def test_calling_off_needs_a_reason_and_tells_everybody(desk, session):
    row = ClassFactory()
    sign_up(session, row)

    refused = desk.post(f"/desk/classes/{row.slug}/calling-off", data={"reason": ""})
    done = desk.post(f"/desk/classes/{row.slug}/calling-off", data={"reason": "机器检修"})

    assert [refused.status_code, done.status_code, row.state] == [422, 303, "called_off"]
    assert "停办" in session.scalars(select(Notice.text).where(Notice.once.endswith("/called_off"))).one()
    assert "机器检修" in desk.get(f"/desk/classes/{row.slug}").text


def test_an_over_full_class_says_so(desk, session):
    row = ClassFactory(seats=2)
    for n in (1, 2):
        sign_up(session, row, n)
    row.seats = 1

    assert "录了2人，名额只有1个" in desk.get(f"/desk/classes/{row.slug}").text


@pytest.mark.parametrize("address", ["/desk/classes/", "/desk/classes/{slug}", "/desk/classes/{slug}/roster"])
def test_pages_ask_as_often_for_three_as_for_one(desk, session, queries, address):
    row = ClassFactory()
    counts = []
    for more in (1, 2):
        ClassFactory.create_batch(more)
        for _ in range(more):
            SessionFactory(training_class=row)
            sign_up(session, row, 100 + session.scalar(select(TrainingClass.queued).where(TrainingClass.id == row.id)))
        with queries() as asked:
            desk.get(address.format(slug=row.slug))
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("place", ["", "/terms", "/half-days", "/sessions/new", "/calling-off", "/enrolments/new"])
def test_what_is_not_there_is_not_found(desk, place):
    assert desk.get(f"/desk/classes/class-99{place}").status_code == 404


def test_the_pages_of_a_class_open(desk, session):
    row = ClassFactory(enrol_until=NOW + timedelta(days=1))
    SessionFactory(training_class=row, number=1)
    sign_up(session, row)

    places = [
        "",
        "/terms",
        "/half-days",
        "/sessions/new",
        "/sessions/1/moves",
        "/calling-off",
        "/enrolments",
        "/enrolments/new",
        "/roster",
        "/weeks",
    ]

    assert [desk.get(f"/desk/classes/{row.slug}{place}").status_code for place in places] == [200] * len(places)
    assert f"/desk/classes/{row.slug}/sessions/1/moves" in desk.get(f"/desk/classes/{row.slug}").text


def test_todays_page_names_todays_lessons(desk):
    training_class = ClassFactory(title="焊工订单班")
    SessionFactory(training_class=training_class, starts_at=NOW + timedelta(hours=1), room="实训一车间")
    SessionFactory(training_class=training_class, starts_at=NOW + timedelta(days=1), room="明天的教室")
    page = desk.get("/desk/")

    assert "今天的课" in page.text
    assert "实训一车间" in page.text
    assert "明天的教室" not in page.text
