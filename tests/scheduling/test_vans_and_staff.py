"""Vans and staff: written down once, changed, gone."""

from datetime import date

import pytest
from sqlalchemy import select

from scheduling import staff, vans
from scheduling.models import Deed, StaffMember, Van
from scheduling.refusals import NotFound, StaffKnown, VanKnown
from tests.factories import COUNTY, NOW, TownshipFactory

REPAIR = date(2026, 12, 1)


def van(session, row=None, **more):
    told = {"name": "1号大篷车", "range_minutes": 60, "minutes": {"990102": 25}, "unavailable": [REPAIR]}
    return vans.keep(session, COUNTY, row, **told | more, by=None, now=NOW)


def member(session, row=None, **more):
    told = {"name": "周带队", "rest_weekdays": [7, 1], "leads": True}
    return staff.keep(session, COUNTY, row, **told | more, by=None, now=NOW)


def deeds(session):
    return [deed.what for deed in session.scalars(select(Deed).order_by(Deed.id))]


def test_a_van_written_down_twice_is_one(session):
    assert van(session) is van(session)
    assert (session.scalars(select(Van)).one().unavailable, deeds(session)) == (["2026-12-01"], ["van.added"])


def test_of_two_vans_of_one_name_the_second_is_refused(session):
    van(session)

    with pytest.raises(VanKnown):
        van(session, range_minutes=90)


def test_a_van_cannot_take_another_ones_name(session):
    other = van(session, name="2号大篷车")
    van(session)

    with pytest.raises(VanKnown):
        van(session, other)


def test_revising_a_van_names_what_is_different_and_the_same_again_nothing(session):
    row = van(session)

    for _ in range(2):
        van(session, row, range_minutes=90, unavailable=[])

    assert (row.range_minutes, row.unavailable) == (90, [])
    assert session.scalars(select(Deed.facts).where(Deed.what == "van.revised")).all() == [
        {"fields": "range_minutes,unavailable"}
    ]


def test_a_retired_van_is_not_in_service(session):
    row = van(session)

    for _ in range(2):
        vans.retire(session, row, by=None, now=NOW)

    assert vans.in_service(session, COUNTY) == []
    assert deeds(session) == ["van.added", "van.retired"]


def test_somebody_written_down_twice_is_one(session):
    assert member(session) is member(session)
    assert session.scalars(select(StaffMember)).one().rest_weekdays == ["1", "7"]


def test_of_two_people_of_one_name_the_second_is_refused(session):
    member(session)

    with pytest.raises(StaffKnown):
        member(session, leads=False)


def test_somebody_lives_in_a_township_of_the_county(session):
    home = TownshipFactory()

    resident = member(session, township_id=home.id)

    assert resident.township is home
    with pytest.raises(NotFound):
        member(session, name="吴带队", township_id=resident.id)


def test_who_leads_comes_first_and_who_left_not_at_all(session):
    gone, plain = member(session, name="王专员"), member(session, name="安专员", leads=False)
    leader = member(session)

    staff.leave(session, gone, by=None, now=NOW)

    assert staff.at_work(session, COUNTY) == [leader, plain]
