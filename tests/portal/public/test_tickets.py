import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from scheduling import accounts, enrolments, fairs, reservations, tickets
from scheduling.models import Booking, Enrolment, FairCallingOff, FairMove, Scan
from tests.factories import (
    COUNTY,
    KEYS,
    NOW,
    BoothFactory,
    ClassFactory,
    CourseFactory,
    EnterpriseFactory,
    FairFactory,
    JobseekerFactory,
    SessionFactory,
)
from tests.scheduling.test_eligibility import going_by
from tests.scheduling.test_enrolments import sign_up


@pytest.fixture
def ticket(session):
    fair = FairFactory(title="柳河镇赶集招聘", capacity=3)
    reservation = reservations.reserve(session, fair, name="王秀兰", phone="13600000001", by=None, now=NOW)
    return tickets.standing(session, reservation)


@pytest.fixture
def address(ticket):
    return f"/t/{tickets.token(ticket, KEYS)}"


@pytest.fixture
def enrolled(session):
    def make(*, seated=True, place=1):
        training_class = ClassFactory()
        row = Enrolment(
            class_id=training_class.id,
            jobseeker_id=JobseekerFactory().id,
            place=place,
            id_sealed=b"",
            id_blind="blind",
            id_last4="0000",
            education="junior",
            committed_at=NOW,
            enrolled_at=NOW,
            confirmed_at=NOW if seated else None,
        )
        session.add(row)
        session.flush()
        return tickets.issue(session, row, now=NOW)

    return make


def test_the_holders_page_shows_the_code_the_qr_and_a_masked_name(phone, ticket, address):
    page = phone.get(address)

    assert page.status_code == 200
    assert f"{ticket.code[:3]} {ticket.code[3:6]} {ticket.code[6:]}" in page.text
    assert 'role="img" aria-label="入场二维码"' in page.text
    assert "王*兰" in page.text
    assert "王秀兰" not in page.text


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda address: address.replace("/t/", "/T/")])
def test_the_address_opens_in_any_case_as_printed_in_the_qr(phone, address, change):
    assert phone.get(change(address)).status_code == 200


def test_opening_a_ticket_checks_nobody_in(phone, gate, session, address):
    phone.get(address)
    gate.get(address)

    assert session.scalar(select(func.count()).select_from(Scan)) == 0


def test_a_forged_or_unknown_token_is_not_found(phone, address):
    forged = address[:-1] + ("A" if address[-1] != "A" else "Q")

    assert [phone.get(each).status_code for each in (forged, "/t/x", "/t/" + "A" * 26)] == [404, 404, 404]


def test_a_ticket_of_a_moved_fair_tells_from_when_to_when_and_still_has_its_qr(phone, session, ticket, address):
    fair = ticket.fair
    before = fair.starts_at - timedelta(days=1)
    session.add(
        FairMove(fair_id=fair.id, starts_before=before, ends_before=before, place_before="旧址", reason="雨", at=NOW)
    )
    page = phone.get(address)

    assert "原定11月24日 周二 8:30，改到11月25日 周三 8:30。" in page.text
    assert "入场二维码" in page.text


def test_a_ticket_of_a_fair_called_off_has_no_qr(phone, session, ticket, address):
    session.add(FairCallingOff(fair_id=ticket.fair_id, reason="大雨", at=NOW))
    page = phone.get(address)

    assert "活动取消了，请不要前往" in page.text
    assert "入场二维码" not in page.text


def test_the_holder_cancels_after_being_asked_and_once(phone, session, ticket, address):
    asked = phone.get(f"{address}/cancellation")
    answers = [phone.post(f"{address}/cancellation") for _ in range(2)]
    page = phone.get(address)

    assert "要取消吗？" in asked.text
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, address)] * 2
    assert ticket.fair.taken == 0
    assert "已取消" in page.text
    assert "入场二维码" not in page.text
    assert phone.get(f"{address}/cancellation").status_code == 303


@pytest.mark.parametrize("what", ["over", "called off", "re-issued"])
def test_what_was_asked_too_late_cancels_nothing(phone, session, ticket, address, what):
    if what == "over":
        ticket.fair.starts_at, ticket.fair.ends_at = NOW - timedelta(hours=5), NOW - timedelta(hours=2)
    elif what == "called off":
        session.add(FairCallingOff(fair_id=ticket.fair_id, reason="大雨", at=NOW))
    else:
        tickets.reissue(session, ticket.reservation, by=None, now=NOW)
    session.flush()
    answer = phone.post(f"{address}/cancellation")

    session.expire_all()
    assert (answer.status_code, answer.location) == (303, address)
    assert (ticket.reservation.cancelled_at, ticket.fair.taken) == (None, 1)
    assert tickets.standing(session, ticket.reservation) is not None


def test_a_reissued_ticket_does_not_lead_to_the_new_one(phone, session, ticket, address):
    new = tickets.reissue(session, ticket.reservation, by=None, now=NOW)
    page = phone.get(address)

    assert "已换新码" in page.text
    assert tickets.token(new, KEYS) not in page.text


def test_a_trainee_with_a_seat_has_a_qr_and_may_cancel(phone, session, enrolled):
    ticket = enrolled()
    address = f"/t/{tickets.token(ticket, KEYS)}"
    shown = phone.get(address)
    phone.post(f"{address}/cancellation")

    assert "学员码" in shown.text
    assert "入场二维码" in shown.text
    assert session.get(Enrolment, ticket.enrolment_id).cancelled_at == NOW


def test_who_waits_sees_her_place_and_no_qr(phone, enrolled):
    page = phone.get(f"/t/{tickets.token(enrolled(seated=False), KEYS)}")

    assert "您排在候补第1位" in page.text
    assert "入场二维码" not in page.text


def test_who_still_waits_after_closing_is_told_that_nobody_moves_up_by_itself(phone, session, enrolled):
    ticket = enrolled(seated=False)
    before = phone.get(f"/t/{tickets.token(ticket, KEYS)}").text
    ticket.training_class.enrol_until = NOW - timedelta(minutes=1)
    session.commit()

    after = phone.get(f"/t/{tickets.token(ticket, KEYS)}").text

    assert ["自动补上" in page for page in (before, after)] == [True, False]
    assert "报名已经截止，不再自动补" in after


@pytest.mark.parametrize(("said", "state"), [("yes", "confirmed"), ("no", "cancelled")])
def test_who_was_offered_a_seat_answers_on_her_ticket(phone, session, said, state):
    row = ClassFactory(seats=1, course=going_by(session, CourseFactory(), offer_hours=24))
    first, second = (sign_up(session, row, n) for n in (1, 2))
    enrolments.cancel(session, first, by=None, now=NOW)
    address = f"/t/{tickets.token(tickets.standing(session, second), KEYS)}"
    id_ = second.id

    asked = phone.get(address)
    answers = [phone.post(f"{address}/answer", data={"coming": said}) for _ in range(2)]

    assert ("有名额了，给您留到11月24日" in asked.text, "我要来" in asked.text) == (True, True)
    assert [(page.status_code, page.location) for page in answers] == [(303, address)] * 2
    assert session.get_one(Enrolment, id_).state == state
    assert "我要来" not in phone.get(address).text


def test_a_booth_pass_names_the_enterprise_its_booth_and_who_comes_and_cannot_be_cancelled_here(phone, session):
    booth = BoothFactory(number=12)
    enterprise = EnterpriseFactory(name="青禾县穗香食品有限公司")
    booking = Booking(
        fair_id=booth.fair_id, booth_id=booth.id, enterprise_id=enterprise.id, booked_at=NOW, attendees="钱经理"
    )
    session.add(booking)
    session.flush()
    address = f"/t/{tickets.token(tickets.issue(session, booking, now=NOW), KEYS)}"
    page = phone.get(address)

    assert all(words in page.text for words in ("展位码", "青禾县穗香食品有限公司", "12号展位", "钱经理"))
    assert "来不了，取消" not in page.text
    assert phone.post(f"{address}/cancellation").status_code == 404
    assert session.get(Booking, booking.id).cancelled_at is None


def test_staff_see_a_button_to_check_in_and_nobody_else_does(phone, gate, desk, address):
    assert ["工作人员签到" in client.get(address).text for client in (phone, gate, desk)] == [False, True, True]


def test_staff_check_a_trainee_in_to_the_session_that_is_on(gate, session, enrolled):
    ticket = enrolled()
    SessionFactory(training_class=ticket.training_class, number=4, starts_at=NOW)
    page = gate.get(f"/t/{tickets.token(ticket, KEYS)}")

    assert "第4次课签到" in page.text


def test_a_ticket_is_found_by_number_and_last_four(phone, ticket, address):
    found = phone.post("/tickets", data={"code": f"{ticket.code[:3]} {ticket.code[3:]}", "last4": "0001"})

    assert (found.status_code, found.location) == (303, address)


def test_a_wrong_number_and_a_wrong_phone_get_the_same_answer(phone, ticket):
    pages = [
        phone.post("/tickets", data=typed)
        for typed in ({"code": ticket.code, "last4": "0002"}, {"code": "123456789", "last4": "0001"})
    ]

    assert [page.status_code for page in pages] == [404, 404]
    assert all("报名号和手机尾号对不上" in page.text for page in pages)
    assert f'value="{ticket.code}"' in pages[0].text


def test_guessing_a_phone_is_stopped(phone, ticket):
    answers = [
        phone.post("/tickets", data={"code": ticket.code, "last4": f"{n:04d}"}).status_code for n in range(100, 111)
    ]

    assert answers == [404] * 10 + [429]


@pytest.mark.parametrize("rows", [1, 3])
def test_whoever_signed_in_by_phone_sees_all_of_it(session, signed_in, queries, rows):
    account = accounts.by_phone(session, COUNTY, "13600000001", now=NOW)
    for fair in FairFactory.create_batch(rows):
        reservations.reserve(session, fair, name="王秀兰", phone="13600000001", by=None, now=NOW)
        reservations.reserve(session, fair, name="李四", phone="13600000009", by=None, now=NOW)
    client = signed_in(account)
    with queries() as asked:
        page = client.get("/tickets")

    assert page.text.count("王*兰") == rows
    assert "李*" not in page.text
    assert len(asked) <= 13


def test_the_list_of_what_she_reserved_says_what_was_moved_and_what_is_off(session, signed_in):
    account = accounts.by_phone(session, COUNTY, "13600000001", now=NOW)
    stays, moved, off = (FairFactory(title=title) for title in ("照常", "改期", "取消"))
    for fair in (stays, moved, off):
        reservations.reserve(session, fair, name="王秀兰", phone="13600000001", by=None, now=NOW)
    hours = {"starts_at": moved.starts_at, "ends_at": moved.ends_at}
    fairs.move(session, moved, **hours, place="镇文化站", reason="有雨", by=None, now=NOW)
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)

    cards = signed_in(account).get("/tickets").text.split('<li class="card')[1:]

    told = {
        re.search(r">(照常|改期|取消)</a>", card)[1]: re.findall(
            "已确认|改期|已取消", card.partition('"tags"')[2].partition("</li>")[0]
        )
        for card in cards
    }
    assert told == {"照常": ["已确认"], "改期": ["改期"], "取消": ["已取消"]}
