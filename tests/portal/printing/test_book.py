"""The attendance book on paper: twelve half-days and twenty trainees a page, each added up by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import printing
from scheduling import attendance, schools
from tests.factories import KEYS, NOW, AccountFactory, ClassFactory, SchoolFactory, SessionFactory
from tests.portal.printing.prints import Print, edges
from tests.scheduling.test_enrolments import sign_up


@pytest.fixture
def book(app, session):
    """Print the book of a class of `people`, taught in `sessions` that are over: `book(25, 14)`."""

    def make(people: int, sessions: int, *, blank: bool = False, name: str = "赵明") -> Print:
        row = ClassFactory(school=SchoolFactory(), seats=60)
        for n in range(sessions):
            SessionFactory(training_class=row, number=n + 1, starts_at=NOW - timedelta(days=40 - n))
        for n in range(people):
            sign_up(session, row, n + 1, name=f"{name}{n + 1}", now=NOW - timedelta(days=60))
        session.flush()
        with app.test_request_context():
            sheet = attendance.sheet(session, row, now=NOW)
            return Print(printing.pdf(printing.attendance_book(sheet, blank=blank)))

    return make


@pytest.mark.parametrize(
    ("people", "sessions", "pages"), [(1, 1, 1), (20, 12, 1), (21, 12, 2), (20, 13, 2), (45, 25, 9), (0, 3, 1)]
)
def test_pages_hold_twelve_sessions_and_twenty_trainees(book, people, sessions, pages):
    made = book(people, sessions)

    assert made.sizes == [(297, 210)] * pages
    assert edges(made) == []


def test_each_page_is_added_up_and_the_last_has_the_hours(book):
    made = book(2, 14)

    assert [("12" in page, "达标率" in page) for page in made.pages] == [(True, False), (True, True)]
    assert "0/96" in made.pages[1]
    assert ["○" in page for page in made.pages] == [True, True]


def test_an_empty_book_has_names_and_days_and_no_marks(book):
    made = book(2, 3, blank=True)

    assert ["赵明1" in made.text, made.text.count("○"), "0/96" in made.text] == [True, 1, False]  # ○ in the legend


def test_long_names_stay_in_their_line(book):
    made = book(20, 12, name="买买提·吐尔逊江·阿不都热合曼")

    assert len(made.pages) == 1


def test_what_was_typed_is_marked(session, app):
    row = ClassFactory(school=SchoolFactory(), seats=60)
    block = SessionFactory(training_class=row, number=1, starts_at=NOW - timedelta(days=1))
    people = [sign_up(session, row, n, now=NOW - timedelta(days=9)) for n in (1, 2)]
    told = {people[0].id: "late", people[1].id: "sick"}
    teacher = schools.appoint(session, row.school, phone="13900000001", name="周师傅", by=AccountFactory(), now=NOW)
    attendance.enter(session, block, told, keys=KEYS, by=teacher, now=NOW)

    with app.test_request_context():
        sheet = attendance.sheet(session, row, now=NOW)
        made = Print(printing.pdf(printing.attendance_book(sheet)))

    assert ["¢补" in made.text, "病补" in made.text] == [True, True]
