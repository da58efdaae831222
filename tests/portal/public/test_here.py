"""Somebody who walked in from the market says with her own phone that she is here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.public import here
from scheduling import gate, limits
from scheduling.models import Deed, Fair, FairCallingOff, Limit, Visitor
from tests.factories import COUNTY, KEYS, NOW, FairFactory
from tests.gate_world import lay_out


@pytest.fixture
def fair(session):
    lay_out(session)
    return session.query(Fair).filter_by(number=7).one()


def code(fair, *, screen: bool = False, at=NOW) -> str:
    return gate.visitors.code(fair, screen=screen, keys=KEYS, now=at)


@pytest.fixture
def later(app):
    def move(minutes: float) -> None:
        app.config["CLOCK"] = lambda: NOW + timedelta(minutes=minutes)

    yield move
    app.config["CLOCK"] = lambda: NOW


def test_one_tap_counts_and_nothing_need_be_said(phone, session, fair):
    page = phone.post(f"/here/{code(fair)}", data={"id": "form-1"}, follow_redirects=True)

    assert "记下了，您来过了" in page.text
    row = session.query(Visitor).one()
    assert (row.source, row.name, row.phone, row.trade) == ("poster", "", "", "")
    told = gate.counts(session, gate.find_event(session, COUNTY, "fair/7"))
    assert (told.heads.own, told.heads.ticketed, told.heads.total) == (1, 0, 1)


def test_looking_counts_nobody(phone, session, fair):
    assert phone.get(f"/HERE/{code(fair)}").status_code == 200
    assert session.query(Visitor).count() == 0


def test_a_double_tap_counts_once(phone, session, fair):
    for _ in range(2):
        phone.post(f"/here/{code(fair)}", data={"id": "form-1", "name": "吴大娘"})

    assert session.query(Visitor).count() == 1
    assert session.query(Deed).filter_by(what="visitor.here").count() == 1


def test_what_she_likes_to_say_is_kept_and_a_wrong_phone_is_told(phone, session, fair):
    told = {"id": "form-1", "name": "吴大娘", "trade": "缝纫"}
    assert "请填11位手机号" in phone.post(f"/here/{code(fair)}", data={**told, "phone": "123"}).text

    phone.post(f"/here/{code(fair)}", data={**told, "phone": "139 0000 0001"})

    row = session.query(Visitor).one()
    assert (row.name, row.phone, row.trade) == ("吴大娘", "13900000001", "缝纫")


def test_a_screens_code_is_good_for_some_minutes_and_longer_for_who_opened_it(phone, session, fair, later):
    shown = code(fair, screen=True)
    assert phone.get(f"/here/{shown}").status_code == 200
    later(8)
    assert phone.post(f"/here/{shown}", data={"id": "form-1"}).status_code == 303
    assert session.query(Visitor).one().source == "screen"
    with phone.session_transaction() as kept:
        kept.clear()
    assert phone.get(f"/here/{shown}").status_code == 410


def test_a_code_that_is_changed_anywhere_is_none_of_ours(phone, fair):
    good = code(fair)
    changed = [good[:at] + ("B" if good[at] == "A" else "A") + good[at + 1 :] for at in range(24)]

    assert {phone.get(f"/here/{each}").status_code for each in [*changed, good[:-1], "x"]} == {410}


def test_before_and_after_a_fair_and_when_it_is_called_off_nobody_is_there(phone, session, fair, later):
    for minutes, status in ((-181, 409), (-179, 200), (179, 200), (180, 409)):
        later(minutes)
        assert phone.get(f"/here/{code(fair)}").status_code == status
    later(0)
    session.add(FairCallingOff(fair_id=fair.id, reason="雨", at=NOW))
    assert phone.get(f"/here/{code(fair)}").status_code == 409


def test_a_phone_counts_once_and_may_speak_for_somebody_beside_it(phone, session, fair):
    phone.post(f"/here/{code(fair)}", data={"id": "form-1"})

    again = phone.get(f"/here/{code(fair)}", follow_redirects=True)
    phone.post(f"/here/{code(fair)}", data={"id": "form-2"})
    assert "记下了，您来过了" in again.text
    assert session.query(Visitor).count() == 1

    more = phone.get(f"/here/{code(fair)}?more=1")
    assert "替同来的人签到" in more.text
    phone.post(f"/here/{code(fair)}?more=1", data={"id": "form-3", "name": "老伴"})
    assert session.query(Visitor).count() == 2


def test_another_fair_is_another_visit(phone, session, fair):
    other = FairFactory(starts_at=NOW)
    session.flush()
    for each in (fair, other):
        phone.post(f"/here/{code(each)}", data={"id": f"form-{each.number}"})

    assert session.query(Visitor).count() == 2


def test_one_phone_cannot_fill_the_list_and_what_was_typed_stays(phone, session, fair):
    answers = [phone.post(f"/here/{code(fair)}?more=1", data={"id": f"form-{n}", "name": "吴大娘"}) for n in range(22)]

    assert [answer.status_code for answer in answers] == [303] * 20 + [429] * 2
    assert session.query(Visitor).count() == 20
    assert 'value="吴大娘"' in answers[-1].text


def test_a_village_behind_one_address_is_let_in_and_a_flood_is_not(app, session, fair):
    knocks = [here.MARKET - 2, 5]
    limits.knock(session, "here from", "127.0.0.1", most=9999, minutes=10, now=NOW)
    session.query(Limit).update({Limit.tries: knocks[0]})
    answers = [app.test_client().post(f"/here/{code(fair)}", data={"id": f"form-{n}"}) for n in range(knocks[1])]

    assert [answer.status_code for answer in answers] == [303, 303, 429, 429, 429]
    assert here.MARKET >= 2 * 60 * 10  # two a second, as at the largest fairs


def test_what_is_said_of_the_fair_after_a_while_offers_no_stale_code(phone, session, fair, later):
    shown = code(fair, screen=True)
    thanks = phone.post(f"/here/{shown}", data={"id": "form-1"}, follow_redirects=True)
    assert "替他签到" in thanks.text

    later(11)
    assert "替他签到" not in phone.get("/fairs/fair-7/here").text
