"""A school, somebody who works there, and a class with trainees that was taught and is being taught."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import schools
from tests.factories import NOW, ClassFactory, SchoolFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up

LONG_AGO = NOW - timedelta(days=30)


@pytest.fixture
def school(session):
    return SchoolFactory()


@pytest.fixture
def teacher(session, school, signed_in):
    return signed_in(schools.appoint(session, school, phone="13900000001", name="周师傅", by=None, now=NOW))


@pytest.fixture
def taught(session, school):
    """Session 1 was yesterday, 2 has gone on for half an hour, 3 is tomorrow; three trainees."""
    row = ClassFactory(school=school, starts_on=NOW.date() - timedelta(days=1))
    for number, hours in ((1, -24), (2, -0.5), (3, 24)):
        SessionFactory(training_class=row, number=number, starts_at=NOW + timedelta(hours=hours), room="一号实训室")
    for n in (1, 2, 3):
        sign_up(session, row, n, now=LONG_AGO)
    return row
