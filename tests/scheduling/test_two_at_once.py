"""Two who do the same at the same moment: the second finds what the first did, or is told so by name."""

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from portal.database import db
from scheduling import accounts, courses, schools
from scheduling.models import Account, Course, School
from scheduling.refusals import CourseKnown, SchoolKnown, UsernameTaken
from tests.factories import COUNTY, NOW
from tests.scheduling.test_courses import add_course
from tests.scheduling.test_schools import add as add_school


@pytest.fixture
def first(session):
    """Let somebody else do an act, and commit, after `session` looked and before it writes."""
    if session.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite's writers wait in one line")
    session.commit()

    def slip_in(act):
        def before_flush(*_):
            with Session(db.engine) as other:
                act(other)
                other.commit()

        event.listen(session, "before_flush", before_flush, once=True)

    return slip_in


def test_two_who_add_the_same_course_get_one(session, first):
    first(add_course)

    course = add_course(session)

    assert courses.programmes(session, COUNTY) == [course]


def test_of_two_who_add_a_course_with_other_figures_the_second_is_told(session, first):
    first(add_course)

    with pytest.raises(CourseKnown):
        add_course(session, theory_hours=40)

    assert session.scalars(select(Course.theory_hours)).all() == [48]


def test_two_who_register_the_same_school_get_one(session, first):
    first(add_school)

    school = add_school(session)

    assert schools.of_county(session, COUNTY) == [school]


def test_of_two_who_register_a_school_elsewhere_the_second_is_told(session, first):
    first(add_school)

    with pytest.raises(SchoolKnown):
        add_school(session, address="柳河镇")

    assert session.scalars(select(School.address)).all() == ["城关镇"]


def test_a_phone_that_comes_in_twice_at_once_has_one_account(session, first):
    first(lambda other: accounts.by_phone(other, COUNTY, "13600000001", now=NOW))

    account = accounts.by_phone(session, COUNTY, "13600000001", now=NOW)

    assert session.scalars(select(Account)).all() == [account]
    assert account.roles == {"jobseeker"}


def test_of_two_who_take_a_user_name_the_second_is_told(session, first):
    words = {"username": "wang", "name": "王", "password": "long enough to be one", "roles": ("desk",)}
    first(lambda other: accounts.open_staff(other, COUNTY, **words, by=None, now=NOW))

    with pytest.raises(UsernameTaken):
        accounts.open_staff(session, COUNTY, **words, by=None, now=NOW)

    assert session.scalar(select(func.count()).select_from(Account)) == 1
