"""Signing in with one's own phone by the code on the teacher's screen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import attendance, rollcalls, tickets
from scheduling.models import Deed, Scan
from scheduling.rollcalls import Rollcall
from tests.factories import KEYS, NOW, ClassFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up


@pytest.fixture
def block(session):
    return SessionFactory(training_class=ClassFactory(), number=1, starts_at=NOW - timedelta(minutes=5))


@pytest.fixture
def person(session, block):
    return sign_up(session, block.training_class, now=NOW - timedelta(days=9))


@pytest.fixture
def typed(session, person):
    return {"code": tickets.standing(session, person).code, "last4": person.jobseeker.phone[-4:]}


@pytest.fixture
def clock(app):
    """Move the time everybody believes in: `clock(seconds=90)` after NOW."""

    def move(**later):
        app.config["CLOCK"] = lambda: NOW + timedelta(**later)

    yield move
    app.config["CLOCK"] = lambda: NOW


def address(block, direction="in", *, now=NOW) -> str:
    return f"/k/{rollcalls.code(Rollcall(block.training_class, block, direction), keys=KEYS, now=now).lower()}"


def scans(session) -> list[Scan]:
    return list(session.scalars(select(Scan).order_by(Scan.received_at)))


def test_opening_the_link_signs_nobody_in(phone, session, block, person):
    for there in (address(block), address(block).upper()):
        page = phone.get(there)
        assert (page.status_code, "上课签到" in page.text, "我到了" in page.text) == (200, True, True)

    assert scans(session) == []
    assert person.jobseeker.name not in page.text


def test_a_number_and_four_digits_sign_in_and_the_next_time_one_button_does(phone, session, block, person, typed):
    done = phone.post(address(block), data=typed)
    page = phone.get(address(block, "out"))
    button = re.search(r'name="who" value="(\w+)"', page.text)[1]
    left = phone.post(address(block, "out"), data={"who": button})

    assert (done.status_code, left.status_code) == (303, 303)
    shown = phone.get(left.headers["Location"])
    assert ["赵*1已签退，9:00" in shown.text, "我的课时" in shown.text] == [True, True]
    assert [(scan.way, scan.direction, len(scan.device)) for scan in scans(session)] == [
        ("screen", "in", 64),
        ("screen", "out", 64),
    ]
    assert len({scan.device for scan in scans(session)}) == 1


def test_pressing_twice_is_one_scan_and_the_same_answer(phone, session, block, typed, clock):
    phone.get(address(block))
    told = []
    for seconds in (0, 3):
        clock(seconds=seconds)
        done = phone.post(address(block), data=typed)
        told.append(re.search(r"已签到，[\d:]+", phone.get(done.headers["Location"]).text)[0])

    assert len(scans(session)) == 1
    assert told[0] == told[1]


def test_who_read_the_code_in_time_may_press_later(phone, session, block, person, typed, clock):
    link = address(block)
    phone.get(link)
    clock(minutes=4)

    assert phone.post(link, data=typed).status_code == 303
    assert scans(session)[0].scanned_at == NOW  # in the moment the code was read
    assert attendance.of_trainee(session, person, now=NOW).marks[person.id, block.id].kind == "present"


def test_a_code_that_was_read_by_another_phone_is_old_for_this_one(phone, app, block, typed, clock):
    link = address(block)
    phone.get(link)
    clock(minutes=4)
    friend = app.test_client()

    for answer in (friend.get(link), friend.post(link, data=typed)):
        assert (answer.status_code, "请再扫一次现在的码" in answer.text) == (410, True)


def test_and_in_the_end_for_the_first_too(phone, block, typed, clock):
    link = address(block)
    phone.get(link)
    clock(minutes=6)

    assert phone.post(link, data=typed).status_code == 410


def test_foreign_codes_and_wrong_numbers_are_told_plainly(phone, session, block, typed):
    assert "这不是签到码" in phone.get("/k/" + "a" * 24).text
    wrong = phone.post(address(block), data={**typed, "last4": "0001" if typed["last4"] != "0001" else "0002"})
    nobody = phone.post(address(block), data={"who": "0" * 32})

    assert (wrong.status_code, "对不上" in wrong.text, nobody.status_code) == (404, True, 409)
    assert scans(session) == []


def test_somebody_of_another_class_is_sent_to_the_teacher(phone, session, block):
    stranger = sign_up(session, ClassFactory(), 7)
    typed = {"code": tickets.standing(session, stranger).code, "last4": stranger.jobseeker.phone[-4:]}

    page = phone.post(address(block), data=typed)

    assert (page.status_code, "不是您的课" in page.text) == (409, True)


def test_guessing_is_slowed_down(phone, block, typed):
    tries = [phone.post(address(block), data={**typed, "last4": f"{n:04}"}).status_code for n in range(2000, 2012)]

    assert tries[-1] == 429


@pytest.mark.parametrize(
    ("told", "away"), [({"lat": "32.501", "lon": "119.0"}, 111), ({}, None), ({"lat": "nan", "lon": "x"}, None)]
)
def test_with_a_fence_only_the_distance_is_kept_and_nothing_blocks(phone, session, block, typed, told, away):
    where = block.training_class
    where.lat, where.lon, where.fence_metres = 32.5, 119.0, 100

    page = phone.get(address(block))
    done = phone.post(address(block), data={**typed, **told})

    assert ["只记离教室多少米" in page.text, "geolocation=(self)" in page.headers["Permissions-Policy"]] == [True, True]
    assert (done.status_code, scans(session)[0].away_metres) == (303, away)


def test_without_a_fence_the_page_asks_for_no_place_and_keeps_none(phone, session, block, typed):
    page = phone.get(address(block))
    phone.post(address(block), data={**typed, "lat": "32.501", "lon": "119.0"})

    assert ["定位" in page.text, scans(session)[0].away_metres] == [False, None]


def test_nothing_personal_stands_in_addresses_rows_or_deeds(phone, session, block, person, typed, caplog):
    done = phone.post(address(block), data=typed)

    name, number = person.jobseeker.name, person.jobseeker.phone
    kept = [done.headers["Location"], address(block), caplog.text, scans(session)[0].device, scans(session)[0].id]
    kept += [str((deed.about, deed.facts)) for deed in session.scalars(select(Deed))]
    assert [words for words in kept if name in words or number in words or number[-4:] in words] == []


# Leave, asked for from the ticket's page


@pytest.fixture
def ticket(session, person):
    return f"/t/{tickets.token(tickets.standing(session, person), KEYS)}"


def test_a_trainee_asks_for_leave_and_takes_it_back(phone, session, block, ticket):
    later = SessionFactory(training_class=block.training_class, number=2, starts_at=NOW + timedelta(days=1))

    page = phone.get(f"{ticket}/leaves/new")
    asked = phone.post(f"{ticket}/leaves/new", data={"lesson": "2", "reason": "sick"})
    shown = phone.get(ticket)
    back = re.search(r'action="(/t/\w+/leaves/[\w-]+/withdrawal)"', shown.text)[1]
    phone.post(back)

    assert [page.text.count("<option"), asked.status_code, "等老师批" in shown.text] == [3, 303, True]
    assert "等老师批" not in phone.get(ticket).text
    assert later.number == 2


def test_a_session_that_is_over_is_not_offered_and_refused(phone, session, block, ticket):
    SessionFactory(training_class=block.training_class, number=2, starts_at=NOW - timedelta(days=1))

    page = phone.post(f"{ticket}/leaves/new", data={"lesson": "2", "reason": "sick"})

    assert page.status_code == 422


def test_the_ticket_says_what_she_has_reached_and_what_is_lacking(phone, session, block, ticket, typed):
    phone.post(address(block), data=typed)

    page = phone.get(ticket)

    assert ["<strong>4</strong>/96课时" in page.text, "还要上73课时" in page.text, "到1次" in page.text] == [True] * 3
