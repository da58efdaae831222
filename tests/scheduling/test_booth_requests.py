"""Booths asked for, fitted and given out all at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import booths
from scheduling.models import Booking, BoothRequest, Deed, FairCallingOff, Notice, Ticket
from scheduling.refusals import EnterpriseNotApproved, FairCalledOff, FairNotOpen, NotFound
from tests.factories import EnterpriseFactory, FairFactory, approve


@pytest.fixture
def fair(session):
    return FairFactory()


@pytest.fixture
def laid(session, fair, now):
    return booths.lay_out(session, fair, count=6, columns=3, by=None, now=now)


@pytest.fixture
def firms(session):
    return [approve(EnterpriseFactory()) for _ in range(3)]


def places(session, fair) -> dict:
    return {booth.booking.enterprise_id: booth.number for booth in booths.of_fair(session, fair) if booth.booking}


def assign(session, fair, firms, numbers, now):
    return booths.assign(session, fair, {f.id: n for f, n in zip(firms, numbers, strict=True)}, by=None, now=now)


def test_who_asks_again_revises_the_request_and_keeps_the_place_in_the_queue(session, fair, firms, now):
    first = booths.want(session, fair, firms[0], wishes=["3", "制造区"], by=None, now=now)
    booths.want(session, fair, firms[1], by=None, now=now + timedelta(minutes=1))
    later = now + timedelta(hours=1)

    again = booths.want(session, fair, firms[0], wishes=["5", "5"], power=True, by=None, now=later)

    assert again is first
    assert (again.wishes, again.power, again.asked_at) == (["5"], True, now)
    assert [row.enterprise_id for row in booths.asked(session, fair)] == [firms[0].id, firms[1].id]


def test_the_same_request_twice_leaves_one_deed(session, fair, firms, now):
    for _ in range(2):
        booths.want(session, fair, firms[0], wishes=["3"], by=None, now=now)

    assert session.scalars(select(Deed.what).where(Deed.what.startswith("booth."))).all() == ["booth.wanted"]


def test_a_withdrawn_request_stands_no_more_and_may_be_made_anew(session, fair, firms, now):
    booths.want(session, fair, firms[0], by=None, now=now)
    for _ in range(2):
        booths.withdraw(session, fair, firms[0], by=None, now=now)
    assert booths.asked(session, fair) == []

    booths.want(session, fair, firms[0], by=None, now=now)

    assert len(booths.asked(session, fair)) == 1
    assert len(session.scalars(select(BoothRequest)).all()) == 2


def test_only_an_approved_enterprise_asks_and_not_at_a_fair_that_is_off(session, fair, firms, now):
    with pytest.raises(EnterpriseNotApproved):
        booths.want(session, fair, EnterpriseFactory(), by=None, now=now)
    session.add(FairCallingOff(fair_id=fair.id, reason="雨", at=now))
    session.flush()
    session.expire(fair)
    with pytest.raises(FairCalledOff):
        booths.want(session, fair, firms[0], by=None, now=now)


def test_what_was_missed_at_earlier_fairs_is_counted(session, fair, firms, now):
    passed, unlucky, lucky = firms
    for days in (3, 6):
        earlier = FairFactory(starts_at=fair.starts_at - timedelta(days=days))
        booths.lay_out(session, earlier, count=3, by=None, now=now)
        for firm, wish in ((passed, "1"), (unlucky, "1"), (lucky, "3")):
            booths.want(session, earlier, firm, wishes=[wish], by=None, now=now)
        before = earlier.starts_at - timedelta(days=1)
        booths.assign(session, earlier, {unlucky.id: 2, lucky.id: 3}, by=None, now=min(now, before))

    record = booths.record_for(session, fair, since=fair.starts_at - timedelta(days=4))
    whole = booths.record_for(session, fair, since=fair.starts_at - timedelta(days=9))

    assert record == {passed.id: booths.Luck(1, 0), unlucky.id: booths.Luck(0, 1), lucky.id: booths.Luck(0, 0)}
    assert (whole[passed.id], whole[unlucky.id]) == (booths.Luck(2, 0), booths.Luck(0, 2))


def test_booths_are_fitted_and_the_same_again_is_no_deed(session, fair, laid, now):
    told = {1: booths.Fittings(zone="制造区", power=True, tables=2, accessible=True), 2: booths.Fittings(zone="服务区")}
    for _ in range(2):
        booths.fit(session, fair, told, by=None, now=now)

    first = booths.find(session, fair, 1)
    assert (first.zone, first.power, first.tables, first.accessible) == ("制造区", True, 2, True)
    assert session.scalars(select(Deed.what).where(Deed.what == "booths.fitted")).all() == ["booths.fitted"]
    with pytest.raises(NotFound):
        booths.fit(session, fair, {99: booths.Fittings()}, by=None, now=now)


def test_a_whole_plan_is_booked_and_again_changes_nothing(session, fair, laid, firms, now):
    assign(session, fair, firms, (1, 2, 3), now)
    deeds = len(session.scalars(select(Deed)).all())

    assign(session, fair, firms, (1, 2, 3), now + timedelta(minutes=5))

    assert places(session, fair) == {firms[0].id: 1, firms[1].id: 2, firms[2].id: 3}
    assert len(session.scalars(select(Deed)).all()) == deeds


def test_two_that_change_places_keep_their_bookings_and_their_passes_and_are_told(session, fair, laid, firms, now):
    booked = assign(session, fair, firms, (1, 2, 3), now)
    for row in booked:
        booths.name_attendees(session, row, attendees="钱经理", phone="16000000009", by=None, now=now)

    assign(session, fair, firms, (2, 1, 3), now)

    assert places(session, fair) == {firms[0].id: 2, firms[1].id: 1, firms[2].id: 3}
    assert len(session.scalars(select(Booking)).all()) == 3
    assert [ticket.revoked_at for ticket in session.scalars(select(Ticket))] == [None] * 3
    texts = session.scalars(select(Notice.text).where(Notice.text.contains("展位改到"))).all()
    assert sorted("改到1号" in text for text in texts) == [False, True]


def test_who_is_left_out_of_the_plan_loses_the_booth(session, fair, laid, firms, now):
    assign(session, fair, firms, (1, 2, 3), now)

    assign(session, fair, firms[:2], (1, 3), now)

    assert places(session, fair) == {firms[0].id: 1, firms[1].id: 3}


@pytest.mark.parametrize("numbers", [(1, 99), (1, 7)])
def test_a_plan_with_a_booth_that_is_not_there_books_nothing(session, fair, laid, firms, now, numbers):
    with pytest.raises(NotFound):
        assign(session, fair, firms[:2], numbers, now)

    assert places(session, fair) == {}


def test_a_draft_takes_no_plan(session, firms, now):
    draft = FairFactory(draft=True)
    booths.lay_out(session, draft, count=3, by=None, now=now)

    with pytest.raises(FairNotOpen):
        assign(session, draft, firms, (1, 2, 3), now)
