"""Phones at the gate's machine door: joining, lists, uploads, and all the nonsense that can come in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import gate as acts
from scheduling.models import GateItem, Scan
from tests.factories import COUNTY, NOW
from tests.gate_phones import FAIR, Carried, carried, kinds, scan, stored, world
from tests.gate_world import joined

__all__ = ["carried", "world"]  # fixtures


def test_a_phone_joins_once_by_an_invitation_and_is_told_its_secret_this_once(app, session, world):
    _, token = acts.invite(session, COUNTY, [FAIR], by=None, now=NOW)
    client = app.test_client()

    first = client.post("/api/v1/devices", json={"token": token, "label": "东门1号"})
    again = client.post("/api/v1/devices", json={"token": token, "label": "东门1号"})

    assert (first.status_code, first.json["scope"]) == (201, [FAIR])
    assert first.json["expires_at"] == (NOW + timedelta(hours=27)).isoformat()
    assert (again.status_code, again.json["error"]) == (410, "InvitationGone")


@pytest.mark.parametrize("token", ["", "nobody's", "x" * 5000, None, 7, "\ud800", "a\x00b"])
def test_no_invitation_says_this(app, token):
    assert app.test_client().post("/api/v1/devices", json={"token": token}).status_code == 410


def test_ten_minutes_later_it_is_too_late(app, session, world):
    _, token = acts.invite(session, COUNTY, [FAIR], by=None, now=NOW - timedelta(minutes=10))

    assert app.test_client().post("/api/v1/devices", json={"token": token}).status_code == 410


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nobody's", "Basic abc", "Bearer \xff"])
def test_a_secret_that_nobody_has(phone, header):
    answer = phone.post("/api/v1/scan-batches", json={"items": []}, headers={"Authorization": header})

    assert (answer.status_code, answer.json["error"]) == (401, "DeviceUnknown")


def test_somebody_signed_in_at_the_desk_is_no_device(desk):
    assert desk.post("/api/v1/scan-batches", json={"items": []}).status_code == 401


def test_a_form_elsewhere_needs_no_token_of_ours_and_gets_nowhere_without_a_secret(app, carried):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert stored(carried([scan()])) == ["recorded"]
        assert app.test_client().post("/api/v1/scan-batches", data={"items": "[]"}).status_code == 401
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_each_item_is_answered_in_its_place(carried):
    answer = carried(
        [scan(1), scan(2), scan(3, "gone"), scan(4, read="菜单"), scan(5, kind="count", what="heads", n=3)]
    )

    assert [each["seq"] for each in answer.json["results"]] == [1, 2, 3, 4, 5]
    assert kinds(answer) == ["counted", "duplicate_of", "cancelled", "unknown", "counted"]
    assert answer.json["results"][1]["verdict"] == {
        "kind": "duplicate_of",
        "time": (NOW + timedelta(minutes=11)).isoformat(),
        "gate": "东门",
    }


def test_fifty_of_which_four_are_odd_leave_forty_nine_recorded_and_one_put_aside(carried, session):
    """A NUL is dropped, a text is cut, a bad time is doubted: only an id that is none puts an item aside."""
    odd = {
        10: {"id": "9" * 300},
        20: {"read": "HTTPS://SG.EXAMPLE/T/\x00"},
        30: {"read": "QR" * 50_000},
        40: {"at": "0000-99-99 昨天"},
    }
    answer = carried([scan(n, **odd.get(n, {})) for n in range(1, 51)])

    put_aside = [each["seq"] for each in answer.json["results"] if each["stored"] == "quarantined"]
    assert (stored(answer).count("recorded"), put_aside) == (49, [10])
    assert {row.seq: row.why for row in session.query(GateItem).filter_by(stored="quarantined")} == {10: "bad_id"}
    assert session.query(Scan).count() == 49
    assert session.query(Scan).filter_by(timeless=True).one().seq == 40


def test_one_item_that_has_all_four_faults_is_the_one_put_aside(carried):
    bad = scan(50, id="9" * 300, read="\x00" + "QR" * 50_000, at="never")

    assert stored(carried([*(scan(n) for n in range(1, 50)), bad])).count("recorded") == 49


ODD = [
    None,
    7,
    "scan",
    [],
    {},
    {"id": None},
    scan(kind="dance"),
    scan(kind=["scan"]),
    scan(seq=0),
    scan(seq=2**40),
    scan(seq="1"),
    scan(seq=True),
    scan(kind="undo"),
    scan(kind="undo", annuls="\x00"),
    scan(kind="count", n=10**9),
    scan(kind="count", n="many"),
    scan(event="fair/99"),
    scan(event="fair/8"),
    scan(event="class/3/9"),
    scan(event=None),
    scan(event="fair/" + "9" * 30),
    scan(id="\ud800" * 9),
]


@pytest.mark.parametrize("item", ODD, ids=range(len(ODD)))
def test_whatever_comes_is_kept_and_put_aside_and_comes_again_as_the_same(carried, session, item):
    first, again = carried([item]), carried([item])

    assert stored(first) == stored(again) == ["quarantined"]
    assert session.query(GateItem).count() == 1
    assert session.query(Scan).count() == 0


@pytest.mark.parametrize(
    "more",
    [
        {"mono": 1.5, "offset": 0.25},
        {"mono": "x", "offset": "y", "boot": 7, "gate": 9, "way": "psychic", "direction": "up"},
        {"offset": 10**300},
        {"offset": -(10**12)},
        {"read": None},
        {"read": "\ud800\udfff"},
        {"gate": "门" * 900},
        {"at": "9999-12-31T23:59:59+00:00", "offset": 10**12},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": 1700000000},
    ],
)
def test_odd_facts_of_a_scan_spoil_nothing(carried, session, more):
    assert stored(carried([scan(**more)])) == ["recorded"]
    assert session.query(Scan).count() == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"items": {}}', b'{"items": 7}', b"\xff"]
)
def test_a_batch_that_is_none_is_answered_with_nothing_to_drop(carried, body):
    answer = carried.client.post("/api/v1/scan-batches", data=body, headers=carried.headers)

    assert (answer.status_code, answer.json["results"]) == (200, [])


def test_what_stands_behind_two_hundred_has_no_answer_and_comes_again(carried):
    assert len(stored(carried([scan(n) for n in range(1, 206)]))) == 200


def test_the_same_three_days_later_is_answered_the_same(app, carried):
    first = carried([scan(1), scan(2, "li"), scan(3, kind="walk_in", name="吴")])
    app.config["CLOCK"] = lambda: NOW + timedelta(days=3)
    try:
        again = carried([scan(1), scan(2, "li"), scan(3, kind="walk_in", name="吴")])
    finally:
        app.config["CLOCK"] = lambda: NOW

    assert stored(again) == ["already_recorded"] * 3
    assert kinds(again) == kinds(first) == ["counted"] * 3


def test_the_same_id_with_another_body_is_put_aside_and_nothing_is_told(carried, session):
    carried([scan(1)])

    answer = carried([scan(1, "li"), scan(2)])

    assert answer.json["results"][0] == {
        "id": scan(1)["id"],
        "seq": 1,
        "stored": "quarantined",
        "verdict": {"kind": "quarantined", "why": "id_used"},
    }
    assert stored(answer) == ["quarantined", "recorded"]
    assert stored(carried([scan(1, "li")])) == ["quarantined"]
    assert session.query(GateItem).filter_by(why="id_used").count() == 1


def test_another_phone_cannot_learn_what_an_id_was_used_for(app, session, carried):
    carried([scan(1)])
    other, secret = joined(session)
    session.commit()

    assert Carried(app, other, secret)([scan(1)]).json["results"][0]["verdict"] == {
        "kind": "quarantined",
        "why": "id_used",
    }


def test_the_same_id_twice_in_one_batch(carried):
    assert stored(carried([scan(1), scan(1), scan(1, "li")])) == ["recorded", "already_recorded", "quarantined"]


def test_an_id_that_a_page_used_for_another_scan(carried, session, gate):
    gate.post("/gate/fairs/fair-7/scans", data={"id": scan(1)["id"], "read": "123", "way": "typed"})

    assert stored(carried([scan(1)])) == ["quarantined"]
    assert session.query(GateItem).one().why == "id_used"


def test_a_phone_brings_what_another_one_had(app, session, carried):
    other, secret = joined(session, label="西门")
    session.commit()

    answer = Carried(app, other, secret)([scan(4)], id=carried.id, last_seq=9, pending=2)

    assert stored(answer) == ["recorded"]
    row = session.query(GateItem).one()
    assert (str(row.device_id), row.carried_by_id) == (carried.id, other.id)
    assert acts.find(session, COUNTY, row.device_id).last_seq == 9
