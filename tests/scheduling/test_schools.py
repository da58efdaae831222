from __future__ import annotations

import pytest

from scheduling import schools
from scheduling.refusals import NotFound, SchoolKnown
from tests.factories import COUNTY, NOW


def add(session, **other):
    words = {"name": "县技工学校", "address": "城关镇", "contact_name": "周老师", "contact_phone": "13600000009"}
    return schools.add(session, COUNTY, **{**words, **other}, by=None, now=NOW)


def test_a_school_is_registered_once(session):
    school = add(session)

    assert add(session) is school
    with pytest.raises(SchoolKnown):
        add(session, address="柳河镇")
    assert schools.of_county(session, COUNTY) == [school]
    assert schools.find(session, COUNTY, "县技工学校") is schools.by_id(session, COUNTY, school.id) is school
    with pytest.raises(NotFound):
        schools.by_id(session, "990200", school.id)


def test_whoever_is_appointed_comes_in_by_the_school_door(session):
    school = add(session)

    first = schools.appoint(session, school, phone="136 0000 0001", name="周师傅", by=None, now=NOW)
    again = schools.appoint(session, school, phone="13600000001", name="周师傅", by=None, now=NOW)

    assert first is again
    assert (first.school_id, first.name, "school" in first.roles) == (school.id, "周师傅", True)
