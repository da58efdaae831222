"""The desk's pages of orders in a class, of rules and of courses."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from scheduling import courses
from scheduling.models import ClassOrder, TrainingRules
from tests.factories import COUNTY, ClassFactory, CourseFactory, OrderFactory
from tests.forms import typed


def test_seats_are_kept_for_orders_and_the_page_shows_them(desk, session):
    row, first, second = ClassFactory(seats=30), OrderFactory(heads=12), OrderFactory(heads=8)
    session.commit()

    answer = desk.post(f"/desk/classes/{row.slug}/orders", data={f"seats-{first.no}": "12", f"seats-{second.no}": "５"})
    page = desk.get(f"/desk/classes/{row.slug}/orders")

    assert answer.status_code == 303
    assert [(share.order.no, share.seats) for share in courses.shares(session, row)] == [(first.no, 12), (second.no, 5)]
    assert "已分17个" in page.text


def test_fewer_seats_than_are_kept_for_orders_are_told_when_they_are_saved_and_on_the_page(desk, session):
    row, order = ClassFactory(seats=30), OrderFactory(heads=12)
    session.commit()
    desk.post(f"/desk/classes/{row.slug}/orders", data={f"seats-{order.no}": "12"})
    said = []

    for seats in ("12", "10"):
        told = {"seats": seats, "closes_on": "2026-12-05", "closes_at": "18:00"}
        saved = desk.post(f"/desk/classes/{row.slug}/terms", data=told, follow_redirects=True).text
        page = desk.get(f"/desk/classes/{row.slug}/orders").text
        said.append(("给各订单留的名额共12个，全班只有10个" in saved, "比全班多2个" in page))

    assert said == [(False, False), (True, True)]


def test_a_number_that_is_none_is_told_in_its_cell_and_stays_typed(desk, session):
    row, order = ClassFactory(), OrderFactory()
    session.commit()

    page = desk.post(f"/desk/classes/{row.slug}/orders", data={f"seats-{order.no}": "十二"})

    assert page.status_code == 422
    assert 'value="十二"' in page.text
    assert "请填整数" in page.text
    assert session.scalars(select(ClassOrder)).all() == []


def test_more_than_the_class_has_is_refused_in_words(desk, session):
    row, order = ClassFactory(seats=10), OrderFactory(heads=12)
    session.commit()

    page = desk.post(f"/desk/classes/{row.slug}/orders", data={f"seats-{order.no}": "11"})

    assert (page.status_code, "加起来11个，全班只有10个" in page.text) == (422, True)


def test_an_order_that_is_not_filled_asks_why_it_is_closed(desk, session):
    order = OrderFactory(heads=12)
    session.add(ClassOrder(class_id=ClassFactory().id, order_id=order.id))
    session.commit()

    asked = desk.post(f"/desk/orders/{order.no}/closing", data={"note": ""})
    answer = desk.post(f"/desk/orders/{order.no}/closing", data={"note": "单位停产"})
    page = desk.get(f"/desk/orders/{order.no}")

    assert (asked.status_code, "只录用了0人" in asked.text) == (422, True)
    assert (answer.status_code, "单位停产" in page.text, "重新打开" in page.text) == (303, True, True)


RULES = {
    "name": "特种作业",
    "hour_minutes": "45",
    "most_hours_a_day": "8",
    "attendance_share": "80",
    "late_minutes": "10",
    "pass_theory": "80",
    "pass_practice": "80",
    "resits": "1",
    "notice_workdays": "5",
    "archive_years": "10",
    "sample_share": "10",
    "phone_for": "3",
    "device_for": "3",
    "burst_seconds": "60",
    "backfill_share": "10",
    "sick_mark": "病",
}


def test_rules_are_made_from_a_preset_and_given_to_a_course(desk, session):
    course = CourseFactory()
    session.commit()

    form = desk.get("/desk/training-rules/new?preset=special_work")
    kept = desk.post("/desk/training-rules/new?preset=special_work", data=RULES)
    given = desk.post(f"/desk/courses/{course.id}", data={"level": "", "modules": "", "rules": "特种作业"})
    page = desk.get(f"/desk/courses/{course.id}")

    assert 'value="80"' in form.text
    assert (kept.status_code, given.status_code) == (303, 303)
    assert session.scalars(select(TrainingRules.name).where(TrainingRules.county == COUNTY)).all() == ["特种作业"]
    assert "理论80分、实操80分及格" in page.text


def test_new_rules_under_a_known_name_are_told_beside_it_and_keep_what_was_typed(desk, session):
    answers = [desk.post("/desk/training-rules/new", data={**RULES, "resits": resits}) for resits in ("1", "1", "3")]

    assert [page.status_code for page in answers] == [303, 303, 409]
    assert "已经有一套规则叫“特种作业”" in answers[2].text
    assert typed(answers[2])["resits"] == ["3"]
    assert session.scalars(select(TrainingRules.resits)).all() == [1]


@pytest.mark.parametrize("name", ["焊工/电工", "new", "../x", "示例 50%?"])
def test_rules_of_any_name_are_opened_and_changed(desk, session, name):
    desk.post("/desk/training-rules/new", data={**RULES, "name": name})
    link = re.search(r'href="(/desk/training-rules/[\w-]{36})"', desk.get("/desk/training-rules/").text)[1]

    page, kept = desk.get(link), desk.post(link, data={**RULES, "name": name, "resits": "2"})

    assert (page.status_code, kept.status_code) == (200, 303)
    assert session.scalars(select(TrainingRules.resits)).all() == [2]


@pytest.mark.parametrize("minutes", ["0", "241"])
def test_a_lessons_hour_takes_between_one_minute_and_four_hours(desk, minutes):
    page = desk.post("/desk/training-rules/new", data={**RULES, "hour_minutes": minutes})

    assert (page.status_code, "请填1到240之间的整数。" in page.text) == (422, True)


def test_a_share_over_a_hundred_is_told_beside_its_field(desk):
    page = desk.post("/desk/training-rules/new", data={"name": "错的", "attendance_share": "180"})

    assert page.status_code == 422
    assert "请填0到100之间的整数。" in page.text
