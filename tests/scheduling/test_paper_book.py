"""The paper book, typed afterwards: whatever was written is the mark, and it is marked as typed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from scheduling import attendance, checkins, enrolments, leaves, tickets
from scheduling.attendance import MARKS
from scheduling.models import Deed, Leave, Scan
from scheduling.refusals import LessonAhead, MarkTooEarly, NotFound
from tests.factories import COUNTY, KEYS, NOW, AccountFactory, ClassFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up


@pytest.fixture
def block(session):
    return SessionFactory(training_class=ClassFactory())


@pytest.fixture
def people(session, block):
    return [sign_up(session, block.training_class, n) for n in range(1, 8)]


def enter(session, block, told, *, now=None):
    now = now or block.ends_at + timedelta(hours=2)
    return attendance.enter(session, block, told, keys=KEYS, by=AccountFactory(), now=now)


def kinds(session, block, *, now=None) -> dict:
    sheet = attendance.sheet(session, block.training_class, now=now or block.ends_at + timedelta(hours=2))
    return {who: mark.kind for (who, at), mark in sheet.marks.items() if at == block.id}


def rows(session) -> tuple[int, int, int]:
    return tuple(session.scalar(select(func.count()).select_from(each)) for each in (Scan, Leave, Deed))


def test_every_mark_of_the_book_can_be_typed(session, block, people):
    told = {person.id: kind for person, kind in zip(people, MARKS, strict=True)}

    changed = enter(session, block, told)

    assert changed == 6  # nobody's scan is an absence already
    assert kinds(session, block) == told
    sheet = attendance.sheet(session, block.training_class, now=block.ends_at + timedelta(hours=2))
    assert [mark.kind for mark in sheet.marks.values() if "paper" not in mark.told] == ["absent"]


def test_typing_the_same_twice_is_once(session, block, people):
    told = {person.id: kind for person, kind in zip(people, MARKS, strict=True)}
    enter(session, block, told)
    before = rows(session)

    assert enter(session, block, told) == 0
    assert rows(session) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(told=st.lists(st.lists(st.sampled_from(MARKS), min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_was_typed_last_stands_whatever_stood_there(session, block, people, told):
    for marks in told:
        typed = {person.id: kind for person, kind in zip(people, marks, strict=False)}
        enter(session, block, typed)
        assert typed.items() <= kinds(session, block).items()


@pytest.mark.parametrize("kind", ["present", "late"])
def test_who_moved_up_while_the_session_went_on_is_marked_as_the_paper_says(session, kind):
    block = SessionFactory(training_class=ClassFactory(seats=1, enrol_until=NOW + timedelta(days=99)))
    first, second = (sign_up(session, block.training_class, n) for n in (1, 2))
    enrolments.cancel(session, first, by=None, now=block.starts_at + timedelta(minutes=30))

    changed = [enter(session, block, {second.id: kind}) for _ in range(2)]

    assert (changed, kinds(session, block)[second.id]) == ([1, 0], kind)


def test_a_correction_undoes_scans_and_leaves_the_rows(session, block, people):
    scan = checkins.record(
        session, id="camera-0001", county=COUNTY, class_session=block, read=tickets.standing(session, people[0]).code,
        way="camera", scanned_at=block.starts_at, by=None, now=block.starts_at, keys=KEYS,
    )  # fmt: skip

    enter(session, block, {people[0].id: "absent"})

    assert kinds(session, block)[people[0].id] == "absent"
    assert session.get(Scan, scan.id) is not None
    assert session.scalars(select(Scan).where(Scan.annuls == scan.id)).one().way == "undo"


def test_granted_leave_goes_when_the_book_says_she_was_there(session, block, people):
    leave = leaves.ask(session, people[0], block, "sick", by=None, now=NOW)
    leaves.grant(session, leave, by=None, now=NOW)

    enter(session, block, {people[0].id: "late"})

    assert (leave.state, kinds(session, block)[people[0].id]) == ("withdrawn", "late")


def test_paper_is_typed_once_the_session_has_begun(session, block, people):
    with pytest.raises(LessonAhead):
        enter(session, block, {people[0].id: "present"}, now=block.starts_at - timedelta(seconds=1))
    with pytest.raises(MarkTooEarly):
        enter(session, block, {people[0].id: "late"}, now=block.starts_at + timedelta(minutes=5))

    now = block.starts_at + timedelta(minutes=5)
    enter(session, block, {people[0].id: "present", people[1].id: "early"}, now=now)

    assert [kinds(session, block, now=now)[who.id] for who in people[:3]] == ["present", "early", ""]


def test_only_trainees_whose_session_it_is_have_a_line(session, block, people):
    stranger = sign_up(session, ClassFactory(), 9)

    for told in ({stranger.id: "present"}, {UUID(int=1): "present"}, {people[0].id: "asleep"}):
        with pytest.raises(NotFound):
            enter(session, block, told)


def test_nothing_is_typed_of_a_cancelled_session(session, block, people):
    block.cancelled_at = NOW
    session.flush()

    with pytest.raises(NotFound):
        enter(session, block, {people[0].id: "present"})
