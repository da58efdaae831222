"""The code on the teacher's screen: for one session and direction, for a minute or two; and who signs in by it."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal import qr
from scheduling import attendance, rollcalls
from scheduling.models import Scan
from scheduling.refusals import NotYourLesson, RollcallClosed, ScreenCodeOld, ScreenCodeUnknown
from scheduling.rollcalls import STEP, Rollcall
from scheduling.seals import Keyring
from tests.factories import COUNTY, KEYS, ClassFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up

STEPS = timedelta(seconds=STEP)
DEVICE = "d" * 64


@pytest.fixture
def block(session):
    return SessionFactory(training_class=ClassFactory())


@pytest.fixture
def begins(block):
    """The beginning of a step, just before class."""
    return block.starts_at - timedelta(seconds=int(block.starts_at.timestamp()) % STEP)


@pytest.fixture
def call(block):
    return Rollcall(block.training_class, block, "in")


def opened(session, code, now):
    return rollcalls.opened(session, COUNTY, code, keys=KEYS, now=now)


@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_code_calls_to_its_session_and_direction(session, block, begins, direction):
    call = Rollcall(block.training_class, block, direction)
    code = rollcalls.code(call, keys=KEYS, now=begins)

    assert opened(session, code, begins) == call
    assert opened(session, code.lower(), begins) == call


def test_it_stands_for_its_step_and_the_next_one(session, call, begins):
    code = rollcalls.code(call, keys=KEYS, now=begins + timedelta(seconds=STEP - 1))

    assert code == rollcalls.code(call, keys=KEYS, now=begins)
    assert opened(session, code, begins + 2 * STEPS - timedelta(seconds=1)) == call
    for later in (2 * STEPS, timedelta(minutes=50)):
        with pytest.raises(ScreenCodeOld):
            opened(session, code, begins + later)


def test_the_next_steps_code_is_another(call, begins):
    codes = {rollcalls.code(call, keys=KEYS, now=begins + n * STEPS) for n in range(5)}

    assert len(codes) == 5


def test_what_is_no_code_of_ours_is_told_apart(session, call, begins):
    foreign = rollcalls.code(call, keys=Keyring(b"the secret of another county, as long"), now=begins)
    ahead = rollcalls.code(call, keys=KEYS, now=begins + STEPS)
    for code in ("", "A" * 24, "1" * 24, "A" * 23, foreign, ahead):
        with pytest.raises(ScreenCodeUnknown):
            opened(session, code, begins)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(byte=st.integers(0, 14), change=st.integers(1, 255))
def test_a_code_changed_anywhere_calls_to_nothing(session, call, begins, byte, change):
    raw = bytearray(base64.b32decode(rollcalls.code(call, keys=KEYS, now=begins)))
    raw[byte] ^= change

    with pytest.raises(ScreenCodeUnknown):
        opened(session, base64.b32encode(raw).decode(), begins)


def test_one_signs_in_until_the_session_is_over_and_out_until_an_hour_later(session, call, block):
    hour, second = timedelta(hours=1), timedelta(seconds=1)
    out = Rollcall(block.training_class, block, "out")
    before, over = block.starts_at - hour, block.ends_at

    for which, now in ((call, before), (call, over - second), (out, before), (out, over + hour)):
        assert rollcalls.code(which, keys=KEYS, now=now)
    for which, now in ((call, before - second), (call, over), (out, before - second), (out, over + hour + second)):
        with pytest.raises(RollcallClosed):
            rollcalls.code(which, keys=KEYS, now=now)


def test_a_cancelled_session_and_a_draft_call_nobody(session, call, block, begins):
    draft = SessionFactory(training_class=ClassFactory(draft=True))
    codes = [rollcalls.code(call, keys=KEYS, now=begins)]
    codes.append(rollcalls.code(Rollcall(draft.training_class, draft, "in"), keys=KEYS, now=draft.starts_at))
    block.cancelled_at = begins
    session.flush()

    for code in codes:
        with pytest.raises(ScreenCodeUnknown):
            opened(session, code, begins)


def test_the_picture_stays_coarse_for_the_back_row(call, begins):
    address = rollcalls.address(rollcalls.code(call, keys=KEYS, now=begins), "https://rs.qinghe.gov.cn/job")

    assert address.startswith("HTTPS://RS.QINGHE.GOV.CN/JOB/K/")
    assert len(qr.matrix(address)) == 29


def sign(session, call, person, *, at, id_="phone-0001", where=None):
    return rollcalls.sign(session, call, person, id=id_, device=DEVICE, where=where, at=at, keys=KEYS, now=at)


def test_she_signs_in_with_her_own_phone_and_twice_is_once(session, call, begins):
    person = sign_up(session, call.training_class)

    first = sign(session, call, person, at=begins)
    again = sign(session, call, person, at=begins)
    later = sign(session, call, person, at=begins + STEPS, id_="phone-0002")

    assert first is again
    assert [attendance.verdict_of(session, each).kind for each in (first, later)] == ["counted", "duplicate_of"]
    assert (first.way, first.direction, first.device, first.away_metres) == ("screen", "in", DEVICE, None)
    assert attendance.of_class(session, call.training_class)[person.id, call.block.id].came_at == begins


def test_of_where_she_is_only_the_distance_is_kept(session, call, begins):
    call.training_class.lat, call.training_class.lon = 32.5, 119.0
    person = sign_up(session, call.training_class)

    near = sign(session, call, person, at=begins, where=(32.501, 119.0))
    far = sign(session, call, person, at=begins, id_="phone-0002", where=(33.5, 119.0))

    assert (near.away_metres, far.away_metres) == (111, 111_195)
    kept = {str(value) for value in session.execute(select(Scan.__table__)).first()}
    assert [value for value in kept if "32.501" in value] == []


def test_another_class_and_another_part_are_refused(session, call, block, begins):
    stranger = sign_up(session, ClassFactory(), 1)
    other = SessionFactory(training_class=block.training_class, party=2)
    person = sign_up(session, block.training_class, 2)

    for rollcall, who in ((call, stranger), (Rollcall(block.training_class, other, "in"), person)):
        with pytest.raises(NotYourLesson):
            sign(session, rollcall, who, at=begins)


def test_only_those_with_a_seat_in_this_class_are_offered(session, begins):
    training_class = ClassFactory(seats=1)
    call = Rollcall(training_class, SessionFactory(training_class=training_class), "in")
    seated, waiting = sign_up(session, training_class, 1), sign_up(session, training_class, 2)
    elsewhere = sign_up(session, ClassFactory(), 3)

    assert rollcalls.own(session, call, {seated.id, waiting.id, elsewhere.id}) == [seated]
