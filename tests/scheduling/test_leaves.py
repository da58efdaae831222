from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import enrolments, leaves, schools
from scheduling.models import Deed, Leave, Notice
from scheduling.refusals import LessonOver, NotFound, NotYourLesson
from tests.factories import COUNTY, NOW, ClassFactory, SchoolFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up


@pytest.fixture
def block(session):
    return SessionFactory(training_class=ClassFactory())


@pytest.fixture
def person(session, block):
    return sign_up(session, block.training_class)


@pytest.fixture
def teacher(session):
    return schools.appoint(session, SchoolFactory(), phone="13900000001", name="周师傅", by=None, now=NOW)


@pytest.fixture
def asked(session, person, block):
    return leaves.ask(session, person, block, "private", by=None, now=NOW)


def deeds(session) -> list[str]:
    rows = select(Deed.what).where(Deed.what.startswith("leave.")).order_by(Deed.at, Deed.id)
    return list(session.scalars(rows))


def told(session) -> list[str]:
    return [text for text in session.scalars(select(Notice.text).order_by(Notice.id)) if "假" in text]


def test_leave_is_asked_for_once_and_granted_once_and_she_is_told(session, person, block, asked, teacher):
    again = leaves.ask(session, person, block, "sick", by=None, now=NOW + timedelta(minutes=1))
    for minutes in (2, 3):
        leaves.grant(session, asked, by=teacher, now=NOW + timedelta(minutes=minutes))

    assert (again is asked, asked.reason, asked.state, asked.by_id) == (True, "private", "granted", None)
    assert deeds(session) == ["leave.asked", "leave.granted"]
    assert len(told(session)) == 1
    assert "准假了" in told(session)[0]


def test_who_signed_her_up_is_told_too(session, block, teacher):
    agent = {"relation": "child", "agent_name": "李春燕", "agent_phone": "13900000009", "consent": True}
    person = sign_up(session, block.training_class, 2, **agent)
    row = leaves.ask(session, person, block, "sick", by=None, now=NOW)

    leaves.refuse(session, row, by=teacher, now=NOW)

    assert ["没有准假" in text for text in told(session)] == [True, True]


def test_a_refusal_may_become_a_yes_and_each_is_told(session, asked, teacher):
    leaves.refuse(session, asked, by=teacher, now=NOW)
    leaves.grant(session, asked, by=teacher, now=NOW + timedelta(minutes=5))

    assert asked.state == "granted"
    assert len(told(session)) == 2


def test_leave_taken_back_stands_no_more_and_may_be_asked_for_again(session, person, block, asked):
    for minutes in (1, 2):
        leaves.withdraw(session, asked, by=None, now=NOW + timedelta(minutes=minutes))
    again = leaves.ask(session, person, block, "sick", by=None, now=NOW + timedelta(minutes=3))

    assert (asked.state, again.state, again.reason) == ("withdrawn", "asked", "sick")
    assert leaves.of_class(session, block.training_class) == [again]
    assert deeds(session) == ["leave.asked", "leave.withdrawn", "leave.asked"]


def test_what_was_taken_back_is_not_decided(session, asked, teacher):
    leaves.withdraw(session, asked, by=None, now=NOW)

    with pytest.raises(NotFound):
        leaves.grant(session, asked, by=teacher, now=NOW)


def test_once_it_is_over_nothing_is_asked_and_nothing_taken_back_but_it_may_be_granted(session, person, block, asked):
    other = SessionFactory(training_class=block.training_class)

    with pytest.raises(LessonOver):
        leaves.ask(session, person, other, "sick", by=None, now=other.ends_at)
    with pytest.raises(LessonOver):
        leaves.withdraw(session, asked, by=None, now=block.ends_at)
    leaves.grant(session, asked, by=None, now=block.ends_at)

    assert asked.state == "granted"
    assert told(session) == []  # nobody need be told in the evening of what was


def test_typed_from_paper_it_is_granted_at_once_whatever_stood_there(session, person, block, asked, teacher):
    after = block.ends_at + timedelta(hours=1)

    typed = leaves.enter(session, person, block, "sick", by=teacher, now=after)
    again = leaves.enter(session, person, block, "sick", by=teacher, now=after)

    assert (typed is again, typed.state, typed.reason, asked.state) == (True, "granted", "sick", "withdrawn")


def test_leave_is_for_a_session_that_is_hers(session, person):
    elsewhere = SessionFactory(training_class=ClassFactory())
    others = SessionFactory(training_class=person.training_class, party=2)

    for block in (elsewhere, others):
        with pytest.raises(NotYourLesson):
            leaves.ask(session, person, block, "sick", by=None, now=NOW)


def test_who_waits_or_has_gone_asks_for_nothing(session, person, block):
    enrolments.cancel(session, person, by=None, now=NOW)

    with pytest.raises(NotFound):
        leaves.ask(session, person, block, "sick", by=None, now=NOW)


def test_a_school_sees_its_own_queue_the_undecided_first(session, teacher):
    school = session.get_one(type(SchoolFactory()), teacher.school_id)
    own, other = ClassFactory(school=school), ClassFactory(school=SchoolFactory())
    rows = []
    for n, training_class in enumerate((own, own, other), 1):
        block = SessionFactory(training_class=training_class, number=n)
        rows.append(leaves.ask(session, sign_up(session, training_class, n), block, "sick", by=None, now=NOW))
    leaves.grant(session, rows[0], by=teacher, now=NOW)

    def queue(school):
        return [leave for leave, *_ in leaves.queue(session, COUNTY, school=school, since=NOW)]

    assert queue(school) == [rows[1], rows[0]]
    assert queue(None) == [rows[1], rows[2], rows[0]]
    assert leaves.find(session, COUNTY, rows[2].id, school=None) is rows[2]
    with pytest.raises(NotFound):
        leaves.find(session, COUNTY, rows[2].id, school=school)


def test_deeds_say_nothing_of_why(session, asked):
    facts = session.scalars(select(Deed.facts).where(Deed.about == f"leaves/{asked.id}")).all()

    assert facts == [{"number": session.get_one(Leave, asked.id) and facts[0]["number"]}]
