"""A phone's file comes in by another phone, which learns that it is kept and nothing of what is in it."""

import json

from sqlalchemy import select

from scheduling import gate
from scheduling.models import GateItem, Visitor
from tests.factories import COUNTY, NOW
from tests.gate_files import forged
from tests.gate_phones import Carried, carried, scan, stored, world
from tests.gate_world import joined

__all__ = ["carried", "world"]  # fixtures


def sealed(device, items) -> bytes:
    return forged(json.dumps({"device": {"id": str(device.id), "last_seq": 9, "pending": 0}, "items": items}).encode())


def posted(carried, raw):
    return carried.client.post("/api/v1/gate/files", data=raw, headers=carried.headers)


def test_what_a_phone_sealed_is_kept_as_its_own_and_its_carrier_told_no_more(session, carried):
    owner, _ = joined(session, label="西门")
    session.commit()
    guest = scan(2) | {"kind": "walk_in", "read": "", "name": "欧阳吉祥", "phone": "13912345678"}

    answer = posted(carried, sealed(owner, [scan(1), guest]))

    assert stored(answer) == ["recorded", "recorded"]
    assert {name for each in answer.json["results"] for name in each} == {"id", "seq", "stored"}
    rows = session.execute(select(GateItem.device_id, GateItem.carried_by_id, GateItem.kind).order_by(GateItem.seq))
    assert [(str(row[0]), str(row[1]), row[2]) for row in rows] == [
        (str(owner.id), carried.id, "scan"),
        (str(owner.id), carried.id, "walk_in"),
    ]
    assert session.scalars(select(Visitor.name)).all() == ["欧阳吉祥"]


def test_the_same_file_twice_and_what_the_phone_still_sends_itself_are_one(app, session, carried):
    owner, secret = joined(session, label="西门")
    session.commit()
    raw = sealed(owner, [scan(1), scan(2)])

    assert stored(posted(carried, raw)) == ["recorded", "recorded"]
    assert stored(posted(carried, raw)) == ["already_recorded", "already_recorded"]
    assert stored(Carried(app, owner, secret)([scan(1), scan(2)])) == ["already_recorded", "already_recorded"]
    assert session.query(GateItem).count() == 2


def test_behind_item_two_hundred_nothing_is_answered(carried, session):
    owner, _ = joined(session, label="西门")
    session.commit()

    answer = posted(carried, sealed(owner, [scan(n) for n in range(1, 203)]))

    assert len(answer.json["results"]) == gate.MOST == 200


def test_who_has_not_joined_hands_in_nothing_and_a_wrong_file_is_told_in_words(carried, session):
    owner, _ = joined(session, label="西门")
    session.commit()
    raw = sealed(owner, [scan(1)])

    nobody = [
        carried.client.post("/api/v1/gate/files", data=raw, headers=h) for h in ({}, {"Authorization": "Bearer x"})
    ]
    wrong = posted(carried, b"{}")

    assert [answer.status_code for answer in nobody] == [401, 401]
    assert (wrong.status_code, wrong.json["error"]) == (422, "FileUnreadable")
    assert wrong.json["words"].startswith("这不是签到手机存的文件")
    assert session.query(GateItem).count() == 0


def test_a_carrier_that_is_shut_out_is_put_aside_with_what_it_carries(carried, session):
    owner, _ = joined(session, label="西门")
    gate.revoke(session, gate.find(session, COUNTY, owner.id), by=None, now=NOW)
    session.commit()

    assert stored(posted(carried, sealed(owner, [scan(1)]))) == ["quarantined"]
    assert session.scalars(select(GateItem.why)).all() == ["device_revoked"]
