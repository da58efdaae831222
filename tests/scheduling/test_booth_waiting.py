"""A full fair: who waits, in which order they move up, when nobody does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, enterprises
from scheduling.booths import policies, waiting
from scheduling.models import Booking, BoothWait, FairCallingOff, Notice
from scheduling.refusals import FairCalledOff, OneBoothEach
from tests.factories import AccountFactory, EnterpriseFactory, FairFactory, approve
from tests.scheduling.test_booth_policies import HALL, china, fair_by, firm_with_account, kept


def asked(session, fair, now, count):
    """Let so many firms ask for any booth, one after the other."""
    firms = [approve(EnterpriseFactory()) for _ in range(count)]
    return firms, [booths.ask(session, fair, firm, any_other=True, by=None, now=now) for firm in firms]


def standing(session, fair):
    rows = session.scalars(select(Booking).where(Booking.fair_id == fair.id, Booking.cancelled_at.is_(None)))
    return {row.booth.number: row.enterprise for row in rows}


def test_who_comes_after_the_last_booth_waits_in_order(session, now):
    fair = fair_by(session, None, now, count=2)

    firms, got = asked(session, fair, now, 5)

    assert [type(row) for row in got] == [Booking, Booking, BoothWait, BoothWait, BoothWait]
    assert [row.enterprise for row in waiting.line(session, fair)] == firms[2:]
    assert [waiting.ahead(session, row) for row in got[2:]] == [0, 1, 2]


def test_asking_again_keeps_the_place(session, now):
    fair = fair_by(session, None, now, count=1)
    firms, got = asked(session, fair, now, 3)

    again = booths.ask(session, fair, firms[1], wishes=[1], by=None, now=now)

    assert again == got[1]
    assert len(waiting.line(session, fair)) == 2


def test_a_booth_given_back_goes_to_the_first_who_waits_and_to_nobody_else(session, now):
    fair = fair_by(session, None, now, count=2)
    firms, got = asked(session, fair, now, 4)

    booths.cancel(session, got[0], by=None, now=now)

    assert standing(session, fair) == {1: firms[2], 2: firms[1]}
    assert [row.enterprise for row in waiting.line(session, fair)] == [firms[3]]
    words = session.scalars(select(Notice.text).where(Notice.phone == firms[2].contact_phone)).all()
    assert [f"候补到了{fair.title}的1号展位" in text for text in words] == [True]


def test_giving_back_twice_moves_one_up(session, now):
    fair = fair_by(session, None, now, count=1)
    _, got = asked(session, fair, now, 3)

    booths.cancel(session, got[0], by=None, now=now)
    booths.cancel(session, got[0], by=None, now=now)

    assert len(waiting.line(session, fair)) == 1


def test_new_booths_go_to_those_who_wait(session, now):
    fair = fair_by(session, None, now, count=1)
    firms, _ = asked(session, fair, now, 4)

    booths.lay_out(session, fair, count=2, by=None, now=now)

    assert standing(session, fair) == {1: firms[0], 2: firms[1], 3: firms[2]}
    assert [row.enterprise for row in waiting.line(session, fair)] == [firms[3]]


def test_who_may_not_come_just_now_is_passed_over_and_keeps_the_place(session, now):
    fair = fair_by(session, None, now, count=1)
    firms, got = asked(session, fair, now, 3)
    elsewhere = fair_by(session, None, now, starts_at=fair.starts_at, count=1, place="城关镇广场")
    booths.ask(session, elsewhere, firms[1], any_other=True, by=None, now=now)

    booths.cancel(session, got[0], by=None, now=now)

    assert standing(session, fair) == {1: firms[2]}
    assert [row.enterprise for row in waiting.line(session, fair)] == [firms[1]]


def test_nobody_moves_up_once_it_could_not_be_given_back_free(session, now):
    fair = fair_by(session, kept(session, now), now, count=1)
    (one, first), (two, second), (three, third) = (firm_with_account() for _ in range(3))
    booking = booths.ask(session, fair, one, any_other=True, by=first, now=now)
    booths.ask(session, fair, two, any_other=True, by=second, now=now)
    booths.ask(session, fair, three, any_other=True, by=third, now=now)

    booths.cancel(session, booking, by=first, now=china(26, 16, 59))
    moved = standing(session, fair)
    booths.cancel(session, session.scalars(select(Booking).where(Booking.cancelled_at.is_(None))).one(), by=second,
                  now=china(26, 17))  # fmt: skip

    assert moved == {1: two}
    assert standing(session, fair) == {}
    assert [row.enterprise for row in waiting.line(session, fair)] == [three]


def test_nobody_moves_up_at_a_fair_that_is_called_off(session, now):
    fair = fair_by(session, None, now, count=1)
    _, got = asked(session, fair, now, 2)
    fair.calling_off = FairCallingOff(reason="暴雨", at=now)
    session.flush()

    booths.cancel(session, got[0], by=None, now=now)

    assert standing(session, fair) == {}
    with pytest.raises(FairCalledOff):
        booths.ask(session, fair, approve(EnterpriseFactory()), any_other=True, by=None, now=now)


def test_who_leaves_the_line_is_not_called(session, now):
    fair = fair_by(session, None, now, count=1)
    firms, got = asked(session, fair, now, 3)

    waiting.leave(session, fair, firms[1], by=None, now=now)
    waiting.leave(session, fair, firms[1], by=None, now=now)
    booths.cancel(session, got[0], by=None, now=now)

    assert standing(session, fair) == {1: firms[2]}


def test_who_is_given_a_booth_by_the_desk_waits_no_longer(session, now):
    fair = fair_by(session, None, now, count=1)
    firms, _ = asked(session, fair, now, 2)
    fair_two = fair_by(session, None, now, starts_at=fair.starts_at + timedelta(days=7), count=1)
    _, _ = asked(session, fair_two, now, 1)

    with pytest.raises(OneBoothEach):
        waiting.wait(session, fair, firms[0], by=None, now=now)
    laid = booths.of_fair(session, fair)[0]
    booths.take_away(session, [laid.booking], "desk", by=None, now=now)

    assert standing(session, fair) == {1: firms[1]}
    assert waiting.of_enterprise(session, firms[1]) == []


def test_an_enterprise_that_is_put_out_makes_room_everywhere(session, now):
    one, other = fair_by(session, None, now, count=1), fair_by(session, None, now, china(29, 9), count=1, place="广场")
    firms, _ = asked(session, one, now, 2)
    for firm in reversed(firms):
        booths.ask(session, other, firm, any_other=True, by=None, now=now)

    enterprises.review(session, firms[0], "withdrawn", reason="空壳", by=None, now=now)

    assert (standing(session, one), standing(session, other)) == ({1: firms[1]}, {1: firms[1]})
    assert waiting.line(session, other) == []


def test_what_an_enterprise_is_offered_shows_where_it_waits(session, now):
    fair = fair_by(session, None, now, count=1)
    firms, got = asked(session, fair, now, 2)

    (offer,) = booths.offers(session, firms[1], now=now)

    assert (offer.fair, offer.free, offer.own, offer.waits) == (fair, 0, None, got[1])


def test_a_draft_calls_nobody(session, now):
    fair = FairFactory(draft=True)
    booths.lay_out(session, fair, count=2, by=AccountFactory(), now=now)
    waiting.wait(session, fair, approve(EnterpriseFactory()), by=None, now=now)

    assert waiting.promote(session, fair, now=now) == []


def test_a_policy_without_a_free_deadline_lets_the_line_move_until_it_begins(session, now):
    policy = kept(session, now, replace(HALL, free_days=None, closes_days=1, needs_vacancies=False))
    fair = fair_by(session, policy, now, count=1)

    told = policies.hours(fair, policies.terms_of(policy))

    assert told.waits_until == fair.starts_at


def test_the_line_stops_at_the_free_deadline_even_where_booking_goes_on(session, now):
    policy = kept(session, now, replace(HALL, free_days=1, closes_days=None))
    fair = fair_by(session, policy, now, count=1)
    _, got = asked(session, fair, now, 2)

    booths.cancel(session, got[0], by=None, now=china(26, 17))

    assert standing(session, fair) == {}


def test_whoever_has_its_fairs_of_the_month_is_passed_over_and_keeps_the_place(session, now):
    policy = kept(session, now, replace(HALL, most_a_month=1, not_in_a_row=False, needs_vacancies=False))
    full = fair_by(session, policy, now, china(28, 9), count=1)
    other = fair_by(session, policy, now, count=1)
    firms, got = asked(session, full, now, 3)
    booths.ask(session, other, firms[1], any_other=True, by=None, now=now)

    booths.cancel(session, got[0], by=None, now=now)

    assert standing(session, full) == {1: firms[2]}
    assert [row.enterprise for row in waiting.line(session, full)] == [firms[1]]
