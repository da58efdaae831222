"""Which lists a phone should have just now: its fairs, and its classes' lessons around today, for a day offline."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import gate
from scheduling.refusals import DeviceOut
from tests.factories import COUNTY, NOW, ClassFactory, FairFactory, SessionFactory
from tests.gate_world import joined

HOUR = timedelta(hours=1)


@pytest.fixture
def welder(session):
    """A class of several weeks, around NOW."""
    return ClassFactory(
        number=3,
        slug="class-3",
        starts_on=(NOW - timedelta(days=7)).date(),
        ends_on=(NOW + timedelta(days=21)).date(),
    )


def lessons(welder, *hours: float, **more) -> None:
    """Lessons of three hours that begin so many hours from NOW, numbered from 1."""
    for number, begins in enumerate(hours, 1):
        starts_at = NOW + begins * HOUR
        told = {"number": number, "starts_at": starts_at, "ends_at": starts_at + 3 * HOUR}
        SessionFactory(training_class=welder, class_id=welder.id, **told, **more)


def ahead(session, *scope: str, now=NOW) -> list[str]:
    device, _ = joined(session, scope=scope)
    return gate.ahead(session, gate.by_id(session, COUNTY, device.id), now=now)


def test_fairs_come_first_then_lessons_as_they_begin(session, welder):
    FairFactory(number=7, slug="fair-7", starts_at=NOW)
    lessons(welder, 5, 1, 24)

    assert ahead(session, "class/3", "fair/7") == ["fair/7", "class/3/2", "class/3/1", "class/3/3"]


def test_lessons_from_half_a_day_ago_to_a_day_and_a_half_on(session, welder):
    lessons(welder, -15.5, -14.5, 35.5, 36.5)  # three hours each: the first was over 12½ hours ago

    assert ahead(session, "class/3") == ["class/3/2", "class/3/3"]


def test_a_cancelled_lesson_has_no_list(session, welder):
    lessons(welder, 1, cancelled_at=NOW)

    assert ahead(session, "class/3") == []


def test_another_classes_lessons_are_nobodys_business(session, welder):
    lessons(welder, 1)
    lessons(ClassFactory(number=4, slug="class-4", starts_on=NOW.date(), ends_on=NOW.date()), 1)

    assert ahead(session, "class/3") == ["class/3/1"]


def test_a_fair_of_next_week_is_taken_along_at_once(session):
    FairFactory(number=7, slug="fair-7", starts_at=NOW + timedelta(days=6))

    assert ahead(session, "fair/7") == ["fair/7"]


def test_a_device_past_its_time_or_shut_out_gets_nothing(session):
    FairFactory(number=7, slug="fair-7", starts_at=NOW)
    device, _ = joined(session, scope=["fair/7"])

    with pytest.raises(DeviceOut):
        gate.ahead(session, gate.by_id(session, COUNTY, device.id), now=device.expires_at)
    gate.revoke(session, device, by=None, now=NOW)
    with pytest.raises(DeviceOut):
        gate.ahead(session, gate.by_id(session, COUNTY, device.id), now=NOW)


@pytest.mark.parametrize("number", [1, 9])
def test_it_asks_once_however_many_lessons(session, welder, queries, number):
    lessons(welder, *range(number))
    device, _ = joined(session, scope=["class/3"])
    session.flush()
    phone = gate.by_id(session, COUNTY, device.id)
    with queries() as asked:
        assert len(gate.ahead(session, phone, now=NOW)) == number

    assert len(asked) == 1


def test_fairs_alone_ask_nothing(session, queries):
    FairFactory(number=7, slug="fair-7", starts_at=NOW)
    device, _ = joined(session, scope=["fair/7"])
    session.flush()
    phone = gate.by_id(session, COUNTY, device.id)
    with queries() as asked:
        gate.ahead(session, phone, now=NOW)

    assert asked == []
