from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import certificates, followups, placements
from scheduling.models import Deed
from scheduling.planning.timetable import HERE
from scheduling.refusals import FollowUpNotDue, NotFound
from tests.factories import COUNTY, SchoolFactory
from tests.graduates import OVER, graduated, people

MONTH_ON = datetime(2027, 1, 21, 10, 0, tzinfo=HERE)


@pytest.fixture
def training_class(session):
    row = graduated(session)
    certificates.issue(session, row, issuer="人社局", on=OVER.date(), by=None, now=OVER)
    return row


def due(session, now=MONTH_ON, school=None):
    return [call.follow_up for call in followups.due(session, COUNTY, school=school, today=now.date())]


def say(session, row, answer, **other):
    followups.answer(session, row, answer, **{"source": "desk", "by": None, "now": MONTH_ON, **other})


def test_graduates_are_due_on_their_day_and_not_before(session, training_class):
    assert due(session, MONTH_ON - timedelta(days=1)) == []
    assert [(row.enrolment, row.month) for row in due(session)] == [
        (person, 1) for person in people(session, training_class)[1:]
    ]


def test_a_school_sees_its_own_only(session, training_class):
    assert len(due(session, school=training_class.school)) == 2
    assert due(session, school=SchoolFactory()) == []
    (row, _) = due(session)
    with pytest.raises(NotFound):
        followups.find(session, COUNTY, row.id, school=SchoolFactory())


def test_who_answered_is_due_no_more_and_who_was_not_reached_still_is(session, training_class):
    one, other = due(session)

    say(session, one, "no_work", note="在家带孩子")
    say(session, other, "not_reached")

    assert due(session) == [other]
    assert (one.answer, one.note, one.done_at) == ("no_work", "在家带孩子", MONTH_ON)


def test_a_later_answer_takes_the_place_and_the_deeds_tell_of_both(session, training_class):
    row, _ = due(session)

    say(session, row, "not_reached")
    say(session, row, "not_reached")
    say(session, row, "at_work", wage=4800)

    assert (row.answer, row.wage) == ("at_work", 4800)
    deeds = session.scalars(select(Deed).where(Deed.what == "follow_up.answered").order_by(Deed.id)).all()
    assert [deed.facts for deed in deeds] == [
        {"month": 1, "answer": "not_reached"},
        {"month": 1, "answer": "at_work"},
    ]


def test_a_wage_counts_only_for_who_is_at_work(session, training_class):
    row, _ = due(session)

    say(session, row, "no_work", wage=4800)

    assert row.wage is None


def test_nobody_is_asked_before_the_day(session, training_class):
    row = followups.of_class(session, training_class)[people(session, training_class)[1].id][1]

    with pytest.raises(FollowUpNotDue) as refused:
        say(session, row, "at_work")

    assert refused.value.facts == {"day": date(2027, 3, 21)}


def test_who_is_at_work_is_placed_where_she_says_unless_a_placement_stands(session, training_class):
    one, other = due(session)
    stands = placements.record(
        session,
        other.enrolment,
        employer="县里的厂",
        started_on=date(2026, 12, 21),
        wage=5000,
        source="desk",
        by=None,
        now=MONTH_ON,
    )

    for row in (one, other):
        say(session, row, "at_work", wage=5200, employer="外县的厂", started_on=date(2027, 1, 4), source="school")

    found = placements.of_class(session, training_class)
    assert (found[one.enrolment_id].employer, found[one.enrolment_id].source) == ("外县的厂", "school")
    assert found[other.enrolment_id] is stands


def test_who_works_but_does_not_say_where_is_written_down_and_placed_nowhere(session, training_class):
    row, _ = due(session)

    say(session, row, "at_work", wage=5200)

    assert placements.standing(session, row.enrolment) is None


def test_whose_certificate_was_revoked_is_called_no_more(session, training_class):
    made = certificates.of_class(session, training_class)
    certificates.revoke(session, next(iter(made.values())), reason="重复发证", by=None, now=OVER)

    assert len(due(session)) == 1


def test_what_is_coming_is_told_too(session, training_class):
    rows = followups.coming(
        session, COUNTY, school=None, today=MONTH_ON.date(), until=MONTH_ON.date() + timedelta(days=60)
    )

    assert [call.follow_up.month for call in rows] == [3, 3]


@pytest.mark.parametrize("number", [2, 8])
def test_the_list_asks_once_however_long_it_is(session, queries, number):
    row = graduated(session, number)
    certificates.issue(session, row, issuer="人社局", on=OVER.date(), by=None, now=OVER)
    session.commit()
    session.expire_all()

    with queries() as asked:
        found = [
            (call.follow_up.enrolment.jobseeker.name, call.placement)
            for call in followups.due(session, COUNTY, school=None, today=MONTH_ON.date())
        ]
        titles = {
            call.follow_up.enrolment.training_class.title
            for call in followups.due(session, COUNTY, school=None, today=MONTH_ON.date())
        }

    assert (len(found), len(titles)) == (number - 1, 1)
    assert len([each for each in asked if each.startswith("SELECT")]) == 2
