from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, tickets
from scheduling.models import Booking, Booth, FairCallingOff, Ticket
from scheduling.refusals import (
    AttendeesMissing,
    BookingCancelled,
    BoothBooked,
    BoothNumberKnown,
    BoothTaken,
    EnterpriseNotApproved,
    FairCalledOff,
    FairNotOpen,
    NotAPhone,
    NotFound,
    OneBoothEach,
)
from tests.factories import COUNTY, BoothFactory, EnterpriseFactory, FairFactory, approve

COMES = {"attendees": "钱经理、孙会计", "phone": "136 0000 0001", "needs": "要插座"}


@pytest.fixture
def fair(session):
    return FairFactory()


@pytest.fixture
def firm(session):
    return approve(EnterpriseFactory())


def lay_out(session, fair, count, now, **more):
    return booths.lay_out(session, fair, count=count, **more, by=None, now=now)


def book(session, booth, firm, now):
    return booths.book(session, booth, firm, by=None, now=now)


def called_off(now):
    return FairFactory(calling_off=FairCallingOff(reason="暴雨", at=now))


def test_booths_are_laid_out_in_rows_and_numbered_on(session, fair, now):
    lay_out(session, fair, 5, now, columns=3)
    lay_out(session, fair, 2, now, columns=3, kind="tent", power=True)

    assert [(b.number, b.row, b.column, b.kind, b.power) for b in booths.of_fair(session, fair)] == [
        (1, 1, 1, "table", False),
        (2, 1, 2, "table", False),
        (3, 1, 3, "table", False),
        (4, 2, 1, "table", False),
        (5, 2, 2, "table", False),
        (6, 3, 1, "tent", True),
        (7, 3, 2, "tent", True),
    ]


def test_told_the_first_number_laying_out_twice_changes_nothing(session, fair, now):
    first = lay_out(session, fair, 4, now, first=1)
    again = lay_out(session, fair, 4, now, first=1)

    assert again == first
    assert len(session.scalars(select(Booth)).all()) == 4


def test_numbers_of_which_some_stand_are_refused(session, fair, now):
    lay_out(session, fair, 4, now)

    with pytest.raises(BoothNumberKnown) as refusal:
        lay_out(session, fair, 4, now, first=3)
    assert refusal.value.facts == {"number": 3}


def test_a_booth_is_taken_out_and_put_back(session, fair, firm, now):
    laid = lay_out(session, fair, 3, now)
    booths.cancel(session, book(session, laid[1], firm, now), by=None, now=now)
    booths.remove(session, laid[1], by=None, now=now)
    booths.remove(session, laid[1], by=None, now=now)
    without = [booth.number for booth in booths.of_fair(session, fair)]
    lay_out(session, fair, 1, now, first=2)

    assert without == [1, 3]
    assert [booth.number for booth in booths.of_fair(session, fair)] == [1, 2, 3]
    assert lay_out(session, fair, 1, now)[0].number == 4


def test_a_booked_booth_stays(session, firm, now):
    booth = BoothFactory(number=7)
    book(session, booth, firm, now)

    with pytest.raises(BoothBooked) as refusal:
        booths.remove(session, booth, by=None, now=now)
    assert refusal.value.facts == {"number": 7}


def test_a_booth_taken_out_is_not_booked(session, firm, now):
    booth = BoothFactory()
    booths.remove(session, booth, by=None, now=now)

    with pytest.raises(NotFound):
        book(session, booth, firm, now)
    with pytest.raises(NotFound):
        booths.find(session, booth.fair, booth.number)


def test_an_enterprise_gets_the_booth_and_asking_again_the_same_booking(session, firm, now):
    booth = BoothFactory()
    booking = book(session, booth, firm, now)

    assert book(session, booth, firm, now + timedelta(9)) == booking
    assert (booking.enterprise, booking.fair, booth.booking) == (firm, booth.fair, booking)
    assert session.scalars(select(Booking)).all() == [booking]


def test_another_enterprise_is_told_the_booth_is_taken(session, firm, now):
    booth = BoothFactory(number=12)
    book(session, booth, firm, now)

    with pytest.raises(BoothTaken) as refusal:
        book(session, booth, approve(EnterpriseFactory()), now)
    assert refusal.value.facts == {"number": 12}


def test_an_enterprise_has_one_booth_at_a_fair(session, fair, firm, now):
    first, second = lay_out(session, fair, 2, now)
    book(session, first, firm, now)

    with pytest.raises(OneBoothEach) as refusal:
        book(session, second, firm, now)
    assert refusal.value.facts == {"number": 1}
    next_week = BoothFactory(fair=FairFactory(starts_at=fair.starts_at + timedelta(days=7)))
    assert book(session, next_week, firm, now).cancelled_at is None


def test_who_is_not_approved_books_nothing(session, now):
    with pytest.raises(EnterpriseNotApproved):
        book(session, BoothFactory(), EnterpriseFactory(), now)


def test_booths_are_booked_from_publication_until_the_fair_begins(session, firm, now):
    fair = FairFactory(starts_at=now + timedelta(hours=1))
    booth = BoothFactory(fair=fair)

    with pytest.raises(FairNotOpen):
        book(session, BoothFactory(fair=FairFactory(draft=True)), firm, now)
    with pytest.raises(FairNotOpen):
        book(session, booth, firm, fair.starts_at)
    with pytest.raises(FairCalledOff):
        book(session, BoothFactory(fair=called_off(now)), firm, now)
    assert book(session, booth, firm, fair.starts_at - timedelta(seconds=1)).booth == booth


def test_naming_who_comes_confirms_and_gives_the_pass(session, firm, now):
    booking = book(session, BoothFactory(), firm, now)
    ticket = booths.name_attendees(session, booking, **COMES, by=None, now=now)
    again = booths.name_attendees(
        session, booking, **{**COMES, "attendees": "孙会计"}, by=None, now=now + timedelta(hours=1)
    )

    assert (again, ticket.kind, ticket.booking) == (ticket, tickets.BOOTH, booking)
    assert (booking.attendees, booking.attendee_phone, booking.needs) == ("孙会计", "13600000001", "要插座")
    assert booking.confirmed_at == now


@pytest.mark.parametrize(
    ("wrong", "refusal"), [({"attendees": " "}, AttendeesMissing), ({"phone": "12345"}, NotAPhone)]
)
def test_without_a_name_and_a_phone_nothing_is_confirmed(session, firm, now, wrong, refusal):
    booking = book(session, BoothFactory(), firm, now)

    with pytest.raises(refusal):
        booths.name_attendees(session, booking, **{**COMES, **wrong}, by=None, now=now)
    assert (booking.confirmed_at, session.scalars(select(Ticket)).all()) == (None, [])


def test_a_cancelled_booking_frees_the_booth_and_revokes_the_pass(session, firm, now):
    booth = BoothFactory()
    booking = book(session, booth, firm, now)
    ticket = booths.name_attendees(session, booking, **COMES, by=None, now=now)
    booths.cancel(session, booking, by=None, now=now + timedelta(hours=1))
    booths.cancel(session, booking, by=None, now=now + timedelta(hours=2))

    assert (booking.cancelled_at, ticket.revoked_why) == (now + timedelta(hours=1), "cancelled")
    with pytest.raises(BookingCancelled):
        booths.name_attendees(session, booking, **COMES, by=None, now=now)
    assert book(session, booth, approve(EnterpriseFactory()), now).booth == booth
    assert book(session, BoothFactory(fair=booth.fair), firm, now) != booking


def test_offers_count_what_is_free_and_know_the_own_booking(session, fair, firm, now):
    first, second, _third = lay_out(session, fair, 3, now)
    own = book(session, first, firm, now)
    book(session, second, approve(EnterpriseFactory()), now)
    BoothFactory(fair=called_off(now))
    BoothFactory(fair=FairFactory(draft=True))
    FairFactory()

    offers = booths.offers(session, firm, now=now)
    assert [(o.fair, o.free, o.booths, o.own) for o in offers] == [(fair, 1, 3, own)]
    assert booths.offers(session, firm, now=fair.starts_at) == []


def test_an_enterprise_finds_its_own_bookings_only(session, firm, now):
    booking = book(session, BoothFactory(), firm, now)
    other = approve(EnterpriseFactory())

    assert booths.find_booking(session, COUNTY, booking.id, of=firm) == booking
    assert booths.of_enterprise(session, firm) == [booking]
    assert booths.of_enterprise(session, other) == []
    with pytest.raises(NotFound):
        booths.find_booking(session, COUNTY, booking.id, of=other)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_plan_of_a_fair_asks_once(session, fair, queries, now, rows):
    for booth in lay_out(session, fair, rows, now):
        book(session, booth, approve(EnterpriseFactory()), now)
    session.expunge_all()

    with queries() as asked:
        seen = [(b.number, b.booking.enterprise.state) for b in booths.of_fair(session, fair)]

    assert (len(asked), len(seen)) == (1, rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_company_s_offers_and_bookings_ask_no_more_for_more(session, firm, queries, now, rows):
    for days in range(1, rows + 1):
        book(session, BoothFactory(fair__starts_at=now + timedelta(days=days)), firm, now)
    session.expunge_all()
    firm = session.merge(firm)

    with queries() as asked:
        offers = [(o.fair.title, o.own.booth.number) for o in booths.offers(session, firm, now=now)]

    assert len(offers) == rows
    assert len(asked) <= 6
