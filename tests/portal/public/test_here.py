"""Somebody who walked in from the market says with her own phone that she is here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import gate
from scheduling.models import Deed, Fair, FairCallingOff, Visitor
from tests.factories import COUNTY, KEYS, NOW
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
