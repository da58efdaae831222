from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduling import checkins, courses, tickets
from scheduling.models import Holiday, Notice, TrainingClass
from scheduling.refusals import (
    InThePast,
    NotFound,
    OutsideTheClass,
    SessionHeld,
    SessionOverlaps,
    TimesInDisorder,
)
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, CourseFactory, SessionFactory
from tests.scheduling.test_courses import FIRST, HERE, LATER, add
from tests.scheduling.test_eligibility import going_by
from tests.scheduling.test_enrolments import sign_up

HOURS = timedelta(hours=3)


def test_sessions_are_numbered_and_a_number_is_never_used_again(session):
    training_class = ClassFactory(draft=True)
    first, second = add(session, training_class), add(session, training_class, FIRST + timedelta(days=1))
    courses.cancel_session(session, second, by=None, now=NOW)

    third = add(session, training_class, FIRST + timedelta(days=1))

    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert len({first.uid, second.uid, third.uid}) == 3


def test_the_very_same_session_again_is_the_first(session):
    training_class = ClassFactory()

    assert add(session, training_class, now=LATER) is add(session, training_class)


@pytest.mark.parametrize("shift", [timedelta(0), timedelta(hours=-2), timedelta(hours=2)])
def test_two_sessions_of_a_class_do_not_overlap(session, shift):
    training_class = ClassFactory()
    add(session, training_class)

    with pytest.raises(SessionOverlaps) as refused:
        add(session, training_class, FIRST + shift, topic="另一课")

    assert refused.value.facts == {"number": 1}


def test_one_session_may_begin_when_another_ends(session):
    training_class = ClassFactory()
    add(session, training_class)

    assert add(session, training_class, FIRST + timedelta(hours=3)).number == 2


def test_a_session_ends_after_it_starts(session):
    with pytest.raises(TimesInDisorder):
        add(session, ClassFactory(), ends_at=FIRST)


def test_a_moved_session_keeps_its_name_in_calendars_and_grows_its_sequence(session):
    row = add(session, ClassFactory())
    uid, to = row.uid, FIRST + timedelta(days=1)

    for _ in range(2):
        courses.move_session(
            session, row, starts_at=to, ends_at=to + timedelta(hours=3), room="301", by=None, now=LATER
        )

    assert (row.uid, row.sequence, row.moved_from, row.starts_at, row.changed_at) == (uid, 1, FIRST, to, LATER)


def test_a_session_may_change_rooms_only(session):
    row = add(session, ClassFactory())

    courses.move_session(session, row, starts_at=row.starts_at, ends_at=row.ends_at, room="实训室{1}", by=None, now=NOW)

    assert (row.room, row.sequence, row.moved_from) == ("实训室{1}", 1, None)


def test_a_session_is_not_moved_onto_another(session):
    training_class = ClassFactory()
    add(session, training_class)
    second = add(session, training_class, FIRST + timedelta(days=1))

    with pytest.raises(SessionOverlaps):
        courses.move_session(
            session, second, starts_at=FIRST, ends_at=FIRST + timedelta(hours=3), room="", by=None, now=NOW
        )

    assert (second.sequence, second.starts_at) == (0, FIRST + timedelta(days=1))


def held(session, row, **more):
    """Sign the first on the list in, at the beginning of `row`."""
    person = sign_up(session, session.get_one(TrainingClass, row.class_id))
    code, at = tickets.standing(session, person).code, row.starts_at
    told = {"way": "camera", "by": None, "now": at, "keys": KEYS, **more}
    return checkins.record(session, id="scan-00001", county=COUNTY, class_session=row, read=code, **told)


def test_a_session_that_people_were_at_stays_when_it_was_and_is_not_cancelled(session):
    row = add(session, ClassFactory())
    scan = held(session, row)
    after, to = FIRST + timedelta(hours=5), FIRST + timedelta(days=2)

    for change in (
        lambda: courses.cancel_session(session, row, by=None, now=after),
        lambda: courses.move_session(session, row, starts_at=to, ends_at=to + HOURS, room="301", by=None, now=after),
    ):
        with pytest.raises(SessionHeld) as refused:
            change()
        assert refused.value.facts == {"number": 1}
    courses.move_session(session, row, starts_at=FIRST, ends_at=FIRST + HOURS, room="302", by=None, now=after)
    assert (row.starts_at, row.room, row.cancelled_at) == (FIRST, "302", None)

    checkins.annul(session, scan, id="undo-00001", by=None, now=after)
    courses.cancel_session(session, row, by=None, now=after)
    assert row.cancelled_at == after


def test_a_session_to_come_moves_with_the_scan_of_who_was_early(session):
    row, to = add(session, ClassFactory()), FIRST + timedelta(days=2)
    early = FIRST - timedelta(minutes=20)
    held(session, row, now=early)

    courses.move_session(session, row, starts_at=to, ends_at=to + HOURS, room="301", by=None, now=early)

    assert row.starts_at == to


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        (NOW - timedelta(days=22), InThePast),
        (NOW, InThePast),
        (FIRST + timedelta(days=400), OutsideTheClass),
        (FIRST.replace(year=2100), OutsideTheClass),
    ],
)
def test_a_session_is_not_moved_into_the_past_or_far_from_its_class(session, to, refusal):
    row = add(session, ClassFactory())

    with pytest.raises(refusal):
        courses.move_session(session, row, starts_at=to, ends_at=to + HOURS, room="301", by=None, now=NOW)

    assert (row.starts_at, row.sequence) == (FIRST, 0)


def test_a_session_may_be_made_up_some_weeks_after_the_class_was_to_end(session):
    row, to = add(session, ClassFactory()), FIRST + timedelta(days=40)

    courses.move_session(session, row, starts_at=to, ends_at=to + HOURS, room="301", by=None, now=NOW)

    assert row.starts_at == to


def test_a_cancelled_session_stays_cancelled_and_is_not_moved(session):
    row = add(session, ClassFactory())

    courses.cancel_session(session, row, by=None, now=NOW)
    courses.cancel_session(session, row, by=None, now=LATER)

    assert (row.sequence, row.cancelled_at, row.changed_at) == (1, NOW, NOW)
    with pytest.raises(NotFound):
        courses.move_session(
            session, row, starts_at=FIRST, ends_at=FIRST + timedelta(hours=1), room="", by=None, now=NOW
        )


def test_who_is_on_the_list_is_told_when_a_session_moves_or_falls_out(session):
    training_class = ClassFactory(title="焊工班")
    row = add(session, training_class)
    enrolment = sign_up(session, training_class)
    to = FIRST + timedelta(days=1)

    courses.move_session(session, row, starts_at=to, ends_at=to + timedelta(hours=3), room="{x}", by=None, now=NOW)
    courses.cancel_session(session, row, by=None, now=NOW)

    texts = session.scalars(select(Notice.text).where(Notice.once.contains("/session ")).order_by(Notice.id)).all()
    assert texts == [
        "“焊工班”第1次课改到12月8日8:30，地点{x}。【送岗】",
        "“焊工班”12月8日8:30的课取消了，其他课次不变。【送岗】",
    ]
    assert enrolment.state == "confirmed"


def half_days(session, training_class, **other):
    words = {"weekdays": frozenset(range(5)), "halves": frozenset({"am", "pm"}), "teacher": "周师傅", "room": "301"}
    return courses.generate(session, training_class, **{**words, **other}, by=None, now=NOW)


def test_half_days_are_added_until_the_hours_are_reached_theory_first(session):
    training_class = ClassFactory(draft=True, course=CourseFactory(total_hours=16, theory_hours=6, practice_hours=10))

    rows = half_days(session, training_class)

    assert [(row.kind, row.hours) for row in rows] == [
        ("theory", 4),
        ("theory", 2),
        ("practice", 4),
        ("practice", 4),
        ("practice", 2),
    ]
    assert [f"{row.starts_at.astimezone(HERE):%d %H:%M}-{row.ends_at.astimezone(HERE):%H:%M}" for row in rows] == [
        "07 08:30-11:30",
        "07 14:30-16:00",
        "08 08:30-11:30",
        "08 14:30-17:30",
        "09 08:30-10:00",
    ]
    assert half_days(session, training_class) == []


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        (60, ["07 08:30-12:30 4", "07 14:30-18:30 4"]),
        (90, ["07 08:30-11:30 2", "07 14:30-17:30 2", "08 08:30-11:30 2", "08 14:30-17:30 2"]),
    ],
)
def test_a_half_day_is_as_long_as_the_rules_class_hours_and_never_reaches_into_the_next(session, minutes, found):
    course = going_by(session, CourseFactory(total_hours=8, theory_hours=8, practice_hours=0), hour_minutes=minutes)

    rows = half_days(session, ClassFactory(draft=True, course=course))

    told = [(row.starts_at.astimezone(HERE), row.ends_at.astimezone(HERE), row.hours) for row in rows]
    assert [f"{starts:%d %H:%M}-{ends:%H:%M} {hours}" for starts, ends, hours in told] == found


def test_half_days_leave_out_holidays_and_what_is_taken(session):
    training_class = ClassFactory(draft=True, course=CourseFactory(total_hours=16, theory_hours=8, practice_hours=8))
    session.add(Holiday(county=COUNTY, day=date(2026, 12, 7), name="节", works=False))
    session.flush()
    taken = add(session, training_class, FIRST + timedelta(days=1))

    rows = half_days(session, training_class)

    assert [row.starts_at.astimezone(HERE).strftime("%d %H") for row in rows] == ["08 14", "09 08", "09 14"]
    assert courses.hours_left(training_class, [taken, *rows]) == {"theory": 0, "practice": 0}


def test_half_days_stop_at_the_last_day_of_the_class(session):
    training_class = ClassFactory(draft=True, ends_on=date(2026, 12, 8))

    rows = half_days(session, training_class)

    assert len(rows) == 4
    assert courses.hours_left(training_class, rows) == {"theory": 24, "practice": 56}


def test_sessions_of_the_factories_fit_the_rules(session):
    row = SessionFactory()

    assert courses.session_of(session, session.get_one(TrainingClass, row.class_id), row.number) is row
