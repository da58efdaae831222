"""The events whose gates the desk looks after: today's first, what is on before what is over, lessons too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import gate
from scheduling.gate.near import near
from scheduling.models import ClassCallingOff, FairCallingOff
from tests.factories import COUNTY, NOW, ClassFactory, FairFactory, SessionFactory

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def lesson(number: int, starts_at, **more):
    row = ClassFactory(number=number, slug=f"class-{number}", title=f"焊工班{number}期")
    return SessionFactory(training_class=row, class_id=row.id, number=1, starts_at=starts_at, **more)


@pytest.fixture
def week(session):
    """NOW is a morning: a lesson that is over, a fair that is on, and others around them."""
    for number, starts_at in ((1, NOW - 2 * DAY), (2, NOW - HOUR), (3, NOW + 3 * DAY), (4, NOW + 5 * HOUR)):
        FairFactory(number=number, slug=f"fair-{number}", title=f"集市{number}", starts_at=starts_at)
    lesson(5, NOW - 2 * HOUR, ends_at=NOW - HOUR / 2)
    lesson(6, NOW + DAY)
    session.flush()


def names(session, **asked) -> list[str]:
    return [event.name for event in near(session, COUNTY, now=NOW, **asked)]


def test_today_comes_first_then_what_is_to_come_then_the_latest_behind(session, week):
    FairFactory(number=9, slug="fair-9", starts_at=NOW - 4 * DAY)

    found = near(session, COUNTY, now=NOW)

    assert [(event.name, event.when) for event in found] == [
        ("fair/2", "today"),
        ("fair/4", "today"),
        ("class/5/1", "today"),
        ("class/6/1", "ahead"),
        ("fair/3", "ahead"),
        ("fair/1", "behind"),
        ("fair/9", "behind"),
    ]


def test_one_kind_and_words_are_found(session, week):
    assert names(session, kind="class") == ["class/5/1", "class/6/1"]
    assert names(session, kind="fair", words="集市3") == ["fair/3"]
    assert names(session, words="6期") == ["class/6/1"]
    assert names(session, words="%") == []


def test_what_is_far_off_unpublished_or_called_off_has_no_gate(session):
    FairFactory(starts_at=NOW - 8 * DAY)
    FairFactory(starts_at=NOW + 15 * DAY)
    FairFactory(starts_at=NOW, publication=None)
    off = FairFactory(starts_at=NOW)
    session.add(FairCallingOff(fair_id=off.id, reason="雨", at=NOW))
    lesson(7, NOW + 4 * DAY)
    lesson(8, NOW, cancelled_at=NOW)
    gone = lesson(9, NOW)
    session.add(ClassCallingOff(class_id=gone.class_id, reason="没人", at=NOW))
    session.flush()

    assert names(session) == []


def test_a_gate_that_was_closed_says_when(session, week):
    event = gate.find_event(session, COUNTY, "class/5/1")
    gate.close(session, COUNTY, event, by=None, now=NOW)

    assert {each.name: each.closed_at for each in near(session, COUNTY, now=NOW)}["class/5/1"] == NOW


def test_it_asks_twice_however_many(session, week, queries):
    for number in range(20, 40):
        lesson(number, NOW)
    session.flush()
    with queries() as asked:
        near(session, COUNTY, now=NOW)

    assert len(asked) == 2
