import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from scheduling import codes, tickets
from scheduling.models import Booking, Deed, Reservation, Ticket
from scheduling.refusals import CodeMistyped, NoSuchBooking, NotFound
from scheduling.seals import Keyring
from tests.factories import COUNTY, NOW, BoothFactory, EnterpriseFactory, FairFactory, JobseekerFactory


@pytest.fixture
def ticket(session, reserved) -> Ticket:
    return tickets.issue(session, reserved(), now=NOW)


@pytest.fixture
def reserved(session):
    """Make a reservation of somebody with this phone, for this fair."""

    def make(fair=None, phone="13600000001", agent_phone="") -> Reservation:
        row = Reservation(
            fair_id=(fair or FairFactory()).id,
            jobseeker_id=JobseekerFactory(phone=phone).id,
            agent_phone=agent_phone,
            reserved_at=NOW,
        )
        session.add(row)
        session.flush()
        return row

    return make


def booked(session, **more) -> Booking:
    booth = BoothFactory()
    row = Booking(fair_id=booth.fair_id, booth_id=booth.id, enterprise_id=EnterpriseFactory().id, booked_at=NOW, **more)
    session.add(row)
    session.flush()
    return row


def test_a_thing_has_one_standing_ticket_however_often_it_is_issued(session, reserved):
    reservation = reserved()

    first = tickets.issue(session, reservation, now=NOW)
    again = tickets.issue(session, reservation, now=NOW)

    assert first is again
    assert (first.kind, first.event_number, first.serial) == (1, reservation.fair.number, 1)
    assert session.scalars(select(Deed.what)).all() == ["ticket.issued"]


def test_serials_run_by_event_and_kind(session, reserved):
    fair = FairFactory()

    issued = [tickets.issue(session, reserved(each), now=NOW) for each in (fair, fair, FairFactory())]
    booth = tickets.issue(session, booked(session), now=NOW)

    assert [ticket.serial for ticket in issued] == [1, 2, 1]
    assert (booth.kind, booth.serial) == (3, 1)


def test_a_reissue_is_a_new_serial_and_the_old_one_is_revoked(session, ticket, clerk):
    new = tickets.reissue(session, ticket.reservation, by=clerk, now=NOW)

    assert (new.serial, new.revoked_at) == (2, None)
    assert (ticket.revoked_why, ticket.revoked_at) == ("reissued", NOW)


def test_revoking_twice_is_revoking_once(session, ticket):
    tickets.revoke(session, ticket.reservation, "cancelled", now=NOW)
    tickets.revoke(session, ticket, "reissued", now=NOW)

    assert ticket.revoked_why == "cancelled"
    assert session.scalar(select(func.count()).where(Deed.what == "ticket.revoked")) == 1


def test_a_token_is_26_characters_of_qr_alphanumeric_and_opens_its_ticket(session, ticket, keys):
    text = tickets.token(ticket, keys)

    assert re.fullmatch(r"[A-Z2-7]{26}", text)
    assert tickets.opened(session, COUNTY, text, keys) is ticket
    assert tickets.opened(session, COUNTY, text.lower(), keys) is ticket


def test_the_address_is_all_capitals_below_the_prefix(ticket, keys):
    text = tickets.address(ticket, keys, "https://rs.qinghe.gov.cn/songgang")

    assert text == f"HTTPS://RS.QINGHE.GOV.CN/SONGGANG/T/{tickets.token(ticket, keys)}"


@pytest.mark.parametrize(
    "around",
    [
        "HTTPS://RS.EXAMPLE.CN/T/{}",
        "https://rs.example.cn/songgang/t/{}?from=wechat",
        "  {}\n",
        "http://127.0.0.1/t/{}#a",
    ],
)
def test_a_scanner_may_give_an_address_or_a_bare_token_in_any_case(session, ticket, keys, around):
    text = tickets.token(ticket, keys)

    assert tickets.read(session, COUNTY, around.format(text), keys) is ticket
    assert tickets.read(session, COUNTY, around.format(text).swapcase(), keys) is ticket


def test_a_forged_or_misspelt_token_is_not_found(session, ticket, keys):
    text = tickets.token(ticket, keys)
    others = {text[:i] + ("A" if text[i] != "A" else "B") + text[i + 1 :] for i in range(26)}
    strangers = tickets.token(ticket, Keyring(b"x" * 32))

    for forged in [*others, strangers, text[:-1], text + "A", "", "\x00", "T/" + "A" * 26]:
        with pytest.raises(NotFound):
            tickets.read(session, COUNTY, forged, keys)


def test_another_countys_token_is_not_found(session, ticket, keys):
    with pytest.raises(NotFound):
        tickets.opened(session, "990200", tickets.token(ticket, keys), keys)


def test_a_short_code_may_be_typed_with_spaces_and_full_width_digits(session, ticket, keys):
    threes = f"{ticket.code[:3]} {ticket.code[3:6]}-{ticket.code[6:]}"
    wide = ticket.code.translate({ord("0") + i: ord("０") + i for i in range(10)})

    assert re.fullmatch(r"\d{9}", ticket.code)
    assert tickets.read(session, COUNTY, threes, keys) is ticket
    assert tickets.read(session, COUNTY, wide, keys) is ticket


@given(code=st.integers(0, 99_999_999), place=st.integers(0, 8), digit=st.integers(0, 9))
def test_every_wrong_digit_and_every_exchange_of_neighbours_is_noticed(code, place, digit):
    digits = f"{code:08d}"
    whole = f"{digits}{codes.damm(digits)}"
    wrong = whole[:place] + str(digit) + whole[place + 1 :]
    swapped = whole[: place - 1] + whole[place] + whole[place - 1] + whole[place + 1 :] if place else whole

    assert not codes.mistyped(whole)
    assert codes.mistyped(wrong) == (wrong != whole)
    assert codes.mistyped(swapped) == (swapped != whole)


def test_a_mistyped_short_code_is_told_apart_from_an_unknown_one(session, ticket, keys):
    wrong = f"{(int(ticket.code[0]) + 1) % 10}{ticket.code[1:]}"
    session.delete(ticket)
    session.flush()

    with pytest.raises(CodeMistyped):
        tickets.read(session, COUNTY, wrong, keys)
    with pytest.raises(NotFound):
        tickets.read(session, COUNTY, ticket.code, keys)


def test_a_booking_is_found_by_number_and_last_four_of_her_phone_or_the_agents(session, reserved):
    ticket = tickets.issue(session, reserved(phone="13600000001", agent_phone="13611112222"), now=NOW)

    assert tickets.found(session, COUNTY, ticket.code, "0001") is ticket
    assert tickets.found(session, COUNTY, ticket.code, "２２２２") is ticket


@pytest.mark.parametrize(("code", "last4"), [(None, "0002"), (None, ""), ("000000000", "0001"), ("\x00", "0001")])
def test_whatever_does_not_fit_gets_the_same_answer(session, ticket, code, last4):
    with pytest.raises(NoSuchBooking):
        tickets.found(session, COUNTY, code or ticket.code, last4)


def test_the_number_of_a_reissued_ticket_finds_the_new_one(session, ticket):
    new = tickets.reissue(session, ticket.reservation, by=None, now=NOW)

    assert tickets.found(session, COUNTY, ticket.code, "0001") is new


def test_a_booth_pass_is_found_by_the_phone_of_who_comes(session):
    ticket = tickets.issue(session, booked(session, attendee_phone="13600009876"), now=NOW)

    assert tickets.found(session, COUNTY, ticket.code, "9876") is ticket
