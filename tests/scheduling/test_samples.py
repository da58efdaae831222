"""The phone sample: at least the share asked for, drawn once, and anybody can draw it again."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from sqlalchemy import select

from scheduling import enrolments, samples
from scheduling.models import Deed, PhoneCheck
from scheduling.refusals import NotFound, RosterEmpty
from tests.factories import NOW, ClassFactory
from tests.scheduling.test_enrolments import sign_up


def a_roster(session, people: int):
    row = ClassFactory()
    for n in range(1, people + 1):
        sign_up(session, row, n)
    return row


@pytest.mark.parametrize(
    ("people", "share", "called"),
    [(1, 10, 1), (9, 10, 1), (10, 10, 1), (11, 10, 2), (30, 10, 3), (30, 15, 5), (7, 100, 7)],
)
def test_the_share_is_rounded_up_and_is_one_at_least(people, share, called):
    assert len(samples.drawn([f"id-{n}" for n in range(people)], seed="s", share=share)) == called


def test_nobody_is_drawn_of_nobody():
    assert samples.drawn([], seed="s", share=10) == []


def test_the_draw_is_as_the_docstring_says_and_does_not_depend_on_the_order_of_the_roster():
    roster = [f"0190a4f0-0000-7000-8000-{n:012d}" for n in range(40)]
    again = sorted(roster, key=lambda id_: hmac.new("种子1".encode(), id_.encode(), hashlib.sha256).hexdigest())[:4]

    assert samples.drawn(roster, seed="种子1", share=10) == again
    assert samples.drawn(roster[::-1], seed="种子1", share=10) == again
    assert samples.drawn(roster, seed="种子2", share=10) != again


def test_everybody_is_as_likely_as_anybody():
    roster = [f"id-{n}" for n in range(20)]
    times = dict.fromkeys(roster, 0)
    for n in range(2000):
        for id_ in samples.drawn(roster, seed=str(n), share=10):
            times[id_] += 1

    assert all(140 < count < 260 for count in times.values()), times


def test_it_is_drawn_once_by_a_random_seed_and_recorded(session):
    row = a_roster(session, 11)
    first, again = (samples.draw(session, row, seed=seed, by=None, now=NOW) for seed in ("", "另一个"))
    called = [str(check.enrolment_id) for check in first.checks]

    assert first.id == again.id
    assert len(first.seed) == 32
    assert first.roster == [str(one.id) for one in enrolments.roster(session, row)]
    assert called == samples.drawn(first.roster, seed=first.seed, share=first.share)
    assert [check.position for check in first.checks] == [1, 2]
    assert session.scalars(select(Deed.facts).where(Deed.what == "sample.drawn")).all() == [{"number": 2, "of": 11}]


def test_a_seed_may_be_typed_to_draw_again(session):
    row = a_roster(session, 30)
    drawn = samples.draw(session, row, seed=" 2026-7 ", by=None, now=NOW)

    assert drawn.seed == "2026-7"
    assert len(drawn.checks) == 3


def test_who_waits_and_who_left_is_not_called(session):
    row = ClassFactory(seats=2)
    people = [sign_up(session, row, n) for n in range(1, 5)]
    enrolments.cancel(session, people[0], by=None, now=NOW)
    drawn = samples.draw(session, row, by=None, now=NOW)

    assert drawn.roster == [str(people[1].id), str(people[2].id)]


def test_an_empty_roster_is_refused(session):
    with pytest.raises(RosterEmpty):
        samples.draw(session, ClassFactory(), by=None, now=NOW)


def test_a_call_is_noted_and_the_later_word_stands(session):
    row = a_roster(session, 3)
    (check,) = samples.draw(session, row, by=None, now=NOW).checks
    for answer in ("not_reached", "attended", "attended"):
        samples.note(session, row, check.id, answer=answer, note=" 第二次打通 ", by=None, now=NOW)
    answers = session.scalars(select(Deed.facts).where(Deed.what == "check.answered").order_by(Deed.id)).all()

    assert (check.answer, check.note) == ("attended", "第二次打通")
    assert answers == [{"answer": "not_reached"}, {"answer": "attended"}]


def test_a_call_of_another_class_is_not_there(session):
    row = a_roster(session, 1)
    (check,) = samples.draw(session, row, by=None, now=NOW).checks

    with pytest.raises(NotFound):
        samples.note(session, ClassFactory(), check.id, answer="attended", by=None, now=NOW)
    with pytest.raises(ValueError, match="maybe"):
        samples.note(session, row, check.id, answer="maybe", by=None, now=NOW)
    assert session.scalars(select(PhoneCheck.answer)).all() == [""]
