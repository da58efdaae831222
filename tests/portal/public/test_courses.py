from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import courses
from scheduling.models import ClassOrder
from tests.factories import NOW, ClassFactory, CourseFactory, OrderFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_shows_what_is_open_and_asks_once(phone, session, queries, rows):
    open_ones = ClassFactory.create_batch(rows)
    ClassFactory(draft=True, title="草稿班")
    ClassFactory(enrol_until=NOW - timedelta(hours=1), title="截止班")

    with queries() as asked:
        page = phone.get("/courses/")

    assert (len([each for each in asked if each.startswith("SELECT")]), page.text.count("还有30个名额")) == (1, rows)
    assert [row.title in page.text for row in open_ones] == [True] * rows
    assert ("草稿班" in page.text, "截止班" in page.text) == (False, False)


def test_without_open_classes_there_is_a_way_on(phone):
    page = phone.get("/courses/")

    assert "眼下没有正在招生的班" in page.text
    assert 'href="/fairs/"' in page.text


def test_a_class_says_what_where_when_for_whom_and_who_hires(phone, session):
    row = ClassFactory(course=CourseFactory(certificate="特种作业操作证", max_age=59))
    order = OrderFactory(conditions="包吃住")
    session.add(ClassOrder(class_id=row.id, order_id=order.id))
    SessionFactory(training_class=row, topic="平焊")

    page = phone.get(f"/courses/{row.slug}")

    wanted = [
        "2026年12月7日 周一开班",
        "理论40课时，动手练56课时",
        "特种作业操作证",
        "满18周岁，不超过59周岁",
        "初中及以上学历",
        order.enterprise.name,
        "5500–9000 元/月",
        "包吃住",
        "实操 平焊",
        f"/courses/{row.slug}/enrolments/new",
        f"/feeds/courses/{row.slug}.ics",
    ]
    assert [words for words in wanted if words not in page.text] == []


def test_a_full_class_offers_the_waiting_line_and_says_how_long_it_is(phone, session):
    row = ClassFactory(seats=1)
    for n in (1, 2, 3):
        sign_up(session, row, n)

    page = phone.get(f"/courses/{row.slug}")

    assert "名额满了，排候补" in page.text
    assert "正在候补" in page.text
    assert "赵明" not in page.text


def test_a_class_called_off_or_closed_says_so_and_offers_no_sign_up(phone, session):
    off, closed = ClassFactory(), ClassFactory(enrol_until=NOW - timedelta(hours=1))
    courses.call_off(session, off, reason="机器检修", by=None, now=NOW)

    pages = [phone.get(f"/courses/{row.slug}").text for row in (off, closed)]

    assert ["机器检修" in pages[0], "报名已经截止" in pages[1]] == [True, True]
    assert ["enrolments/new" in page for page in pages] == [False, False]


def test_a_draft_is_not_there(phone):
    assert phone.get(f"/courses/{ClassFactory(draft=True).slug}").status_code == 404
