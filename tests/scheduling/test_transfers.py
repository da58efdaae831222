"""From one class to another, in one act: the answers stay, the ticket changes, the line behind moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import enrolments, tickets
from scheduling.models import ClassOrder, Enrolment
from scheduling.refusals import AlreadyCancelled, Certified, ClassNotOpen, ClassOver, EducationTooLow, NoSeatThere
from tests.factories import KEYS, NOW, ClassFactory, CourseFactory, OrderFactory, SessionFactory
from tests.graduates import OVER
from tests.scheduling.test_eligibility import certified
from tests.scheduling.test_enrolments import messages, sign_up, states


def transfer(session, enrolment, to, clerk, *, now=NOW, **more) -> Enrolment:
    return enrolments.transfer(session, enrolment, to, keys=KEYS, by=clerk, now=now, **more)


def two(session, **other):
    """Two classes of one course, with lessons at the same hours: the other one is out of the way when she leaves."""
    course = CourseFactory(trade="焊工")
    pair = ClassFactory(course=course, seats=1), ClassFactory(course=course, title="焊工二班", **other)
    for each in pair:
        SessionFactory(training_class=each, number=1)
    return pair


def test_she_keeps_her_answers_gets_a_new_ticket_and_the_next_one_gets_her_seat(session, clerk):
    before, to = two(session)
    helper = {"relation": "child", "agent_name": "赵小", "agent_phone": "13700000000", "consent": True}
    first = sign_up(session, before, 1, household="柳河镇", **helper)
    second = sign_up(session, before, 2)
    old = tickets.standing(session, first)

    row = transfer(session, first, to, clerk)

    assert (row.class_id, row.state, row.transferred_from_id) == (to.id, "confirmed", first.id)
    assert (row.household, row.agent_name, row.id_blind) == ("柳河镇", "赵小", first.id_blind)
    assert KEYS.unseal(row.id_sealed, "id number") == KEYS.unseal(first.id_sealed, "id number")
    assert (first.state, first.cancelled_why) == ("cancelled", "transferred")
    assert (old.revoked_why, tickets.standing(session, row).class_id) == ("cancelled", to.id)
    assert (second.state, before.taken, to.taken) == ("confirmed", 1, 1)
    assert messages(session, first) == ["confirmed", "confirmed/agent"]
    assert messages(session, row) == ["transferred", "transferred/agent"]


def test_she_stays_named_for_her_order_where_the_other_class_trains_for_it_too(session, clerk):
    order = OrderFactory()
    before, to = two(session)
    third = ClassFactory(course=before.course)
    session.add_all(ClassOrder(class_id=row.id, order_id=order.id) for row in (before, to))
    first = sign_up(session, before, order=order)

    there = transfer(session, first, to, clerk)
    away = transfer(session, there, third, clerk)

    assert (there.order_id, away.order_id) == (order.id, None)


def test_again_gives_the_same_enrolment(session, clerk):
    before, to = two(session)
    first = sign_up(session, before)

    row = transfer(session, first, to, clerk)

    assert transfer(session, first, to, clerk) is row
    assert transfer(session, row, to, clerk) is row
    assert states(session, to) == [(1, "confirmed")]


def test_who_has_a_seat_is_not_transferred_into_a_line(session, clerk):
    before, to = two(session, seats=0)
    first = sign_up(session, before)
    session.commit()

    with pytest.raises(NoSeatThere):
        transfer(session, first, to, clerk)
    session.rollback()

    assert (first.state, before.taken, to.queued) == ("confirmed", 1, 0)
    assert tickets.standing(session, first) is not None


def test_who_waits_may_wait_elsewhere_or_find_a_seat(session, clerk):
    before, to = two(session, seats=1)
    sign_up(session, before, 1)
    second, third = (sign_up(session, before, n) for n in (2, 3))

    assert [transfer(session, each, to, clerk).state for each in (second, third)] == ["confirmed", "waitlisted"]


def test_the_other_classes_rules_are_asked_and_may_be_let_pass(session, clerk):
    before, to = ClassFactory(), ClassFactory(course=CourseFactory(education="senior"))
    first = sign_up(session, before)
    session.commit()

    with pytest.raises(EducationTooLow):
        transfer(session, first, to, clerk)
    session.rollback()

    assert transfer(session, first, to, clerk, override={"education": "学校同意"}).state == "confirmed"


def test_nobody_is_transferred_into_a_draft_or_out_of_nothing(session, clerk):
    before, to = two(session)
    first = sign_up(session, before)
    session.commit()
    with pytest.raises(ClassNotOpen):
        transfer(session, first, ClassFactory(draft=True), clerk)
    session.rollback()
    enrolments.cancel(session, first, by=None, now=NOW)

    with pytest.raises(AlreadyCancelled):
        transfer(session, first, to, clerk)

    assert session.scalars(select(Enrolment).where(Enrolment.class_id == to.id)).all() == []


def test_nobody_is_transferred_into_a_class_that_is_over_nor_away_from_her_certificate(session, clerk):
    before, to = two(session)
    first = sign_up(session, before)
    session.commit()
    with pytest.raises(ClassOver):
        transfer(session, first, to, clerk, now=OVER)
    session.rollback()
    certified(session, first)

    with pytest.raises(Certified):
        transfer(session, first, to, clerk)

    assert first.state == "confirmed"


def test_the_desk_transfers_after_closing_too(session, clerk):
    before, to = two(session)
    first = sign_up(session, before)

    row = transfer(session, first, to, clerk, now=to.enrol_until + timedelta(hours=1))

    assert row.state == "confirmed"
