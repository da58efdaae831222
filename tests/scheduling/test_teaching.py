"""Who teaches at a school, when she cannot, and in which rooms."""

from datetime import date

import pytest
from sqlalchemy import select

from scheduling import schools
from scheduling.models import Deed, Teacher, TeacherAbsence, TrainingRoom
from scheduling.refusals import NameMissing, NotFound, TimesInDisorder
from tests.factories import COUNTY, SchoolFactory

WEEK = {"first": date(2026, 12, 7), "last": date(2026, 12, 11)}


def teacher(session, school, now, **more):
    told = {"name": "魏师傅", "trades": ["电工"], "kinds": ["theory"], **more}
    return schools.settle_teacher(session, school, **told, by=None, now=now)


def test_a_teacher_is_added_once_and_revised_by_name(session, now):
    school = SchoolFactory()
    first = teacher(session, school, now)
    assert teacher(session, school, now) is first

    again = teacher(session, school, now, trades=["电工", " ", "焊工", "电工"], kinds=["theory", "practice"])

    assert again is first
    assert (again.trades, again.kinds) == (["电工", "焊工"], ["practice", "theory"])
    assert session.scalars(select(Deed.what)).all() == ["teacher.settled"] * 2


def test_two_schools_may_have_teachers_of_one_name(session, now):
    rows = [teacher(session, SchoolFactory(), now) for _ in range(2)]

    assert schools.teachers(session, COUNTY) == sorted(rows, key=lambda row: row.school.name)


def test_a_room_is_added_once_and_revised_by_name(session, now):
    school = SchoolFactory()
    told = {"name": "焊接车间", "seats": 36, "trades": ["焊工"], "by": None, "now": now}
    first = schools.settle_room(session, school, stations=12, **told)

    again = schools.settle_room(session, school, stations=10, **told)

    assert again is first
    assert schools.rooms(session, COUNTY) == [first]
    assert (first.seats, first.stations, first.trades) == (36, 10, ["焊工"])


@pytest.mark.parametrize("name", ["", "  "])
def test_nobody_and_nothing_goes_without_a_name(session, now, name):
    school = SchoolFactory()
    with pytest.raises(NameMissing):
        teacher(session, school, now, name=name)
    with pytest.raises(NameMissing):
        schools.settle_room(session, school, name=name, seats=3, by=None, now=now)

    assert session.scalars(select(Teacher)).all() + session.scalars(select(TrainingRoom)).all() == []


def test_an_absence_is_noted_once_and_may_be_struck(session, now):
    row = teacher(session, SchoolFactory(), now)
    first = schools.away(session, row, **WEEK, reason="看病", by=None, now=now)

    again = schools.away(session, row, **WEEK, by=None, now=now)

    assert (again, row.absences) == (first, [first])
    assert schools.back(session, COUNTY, first.id, by=None, now=now) is row
    assert (row.absences, session.scalars(select(TeacherAbsence)).all()) == ([], [])
    with pytest.raises(NotFound):
        schools.back(session, COUNTY, first.id, by=None, now=now)


def test_an_absence_does_not_end_before_it_begins(session, now):
    row = teacher(session, SchoolFactory(), now)

    with pytest.raises(TimesInDisorder):
        schools.away(session, row, first=WEEK["last"], last=WEEK["first"], by=None, now=now)


def test_a_teacher_of_another_county_is_not_found(session, now):
    row = teacher(session, SchoolFactory(), now)

    assert schools.teacher(session, COUNTY, row.id) is row
    with pytest.raises(NotFound):
        schools.teacher(session, "990200", row.id)
