"""A phone's saved file at the desk: looked through, taken in piece by piece, never lost, never twice."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from scheduling import gate
from scheduling.gate import heads, saved
from scheduling.models import Deed, Fair, GateDevice, GateItem, Scan
from scheduling.refusals import FileUnreadable, NothingSaved, SavedElsewhere, SavedHalf, SavedPage, SavedTooLarge
from scheduling.seals import Keyring
from tests.factories import COUNTY, KEYS, NOW
from tests.gate_world import hand_in, joined, lay_out
from tests.scheduling.gate.test_files import forged
from tests.scheduling.gate.test_reports import item

UNKNOWN = "019e0000-0000-7000-8000-00000000dead"


@pytest.fixture
def fair(session):
    lay_out(session)
    return gate.find_event(session, COUNTY, "fair/7")


def written(device, items, last_seq: int = 9) -> bytes:
    id_ = device if isinstance(device, str) else str(device.id)
    return json.dumps({"device": {"id": id_, "last_seq": last_seq, "pending": 0}, "items": items}).encode()


def file(device, items, last_seq: int = 9) -> saved.File:
    return saved.opened(written(device, items, last_seq), COUNTY, KEYS)


def taken(session, told: saved.File, *, by=None) -> list[saved.Taken]:
    return [saved.take_in(session, COUNTY, told, first, by=by, now=NOW, keys=KEYS) for first in saved.beginnings(told)]


def test_a_sealed_file_is_opened_and_one_in_clear_too(fair, session):
    device, _ = joined(session)
    raw = written(device, [item(1)])

    sealed, clear = (saved.opened(each, COUNTY, KEYS) for each in (forged(raw), raw))
    assert (sealed.items, sealed.device) == (clear.items, clear.device)
    assert len(clear.digest) == 12


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", NothingSaved),
        (b" \r\n\xef\xbb\xbf", NothingSaved),
        (b'{"device": {}, "items": []}', NothingSaved),
        (b"<!doctype html><title>x</title>", SavedPage),
        (b"\xef\xbb\xbf  <html>", SavedPage),
        (b'{"device": {"id": "x"}, "items": [{"id": ', SavedHalf),
        (b'{"sealed": ["AAAA"], "key": "BAAA"}', SavedElsewhere),
        (b'{"people": []}', FileUnreadable),
        (b"[1, 2]", FileUnreadable),
        (b"\xff\xd8\xff\xe0 a picture", FileUnreadable),
        (b"PK\x03\x04", FileUnreadable),
        (b"[" * 100_000, FileUnreadable),
        (b" " * (saved.MOST_BYTES + 1), SavedTooLarge),
    ],
)
def test_what_is_no_file_of_a_phone_is_told_as_what_it_is(raw, refusal):
    with pytest.raises(refusal):
        saved.opened(raw, COUNTY, KEYS)


def test_a_file_for_another_house_is_not_opened(fair, session):
    device, _ = joined(session)

    with pytest.raises(SavedElsewhere):
        saved.opened(forged(written(device, [item(1)])), COUNTY, Keyring(b"another house's secret of some length"))


def test_looking_says_what_is_in_it_and_keeps_nothing(fair, session):
    device, _ = joined(session)
    hand_in(session, device, [item(1)])
    told = file(device, [item(1), item(2, "li"), item(3, kind="walk_in"), item(4, event="fair/99"), 5])

    look = saved.look(session, COUNTY, told)

    assert (look.device, look.here) == (device, 1)
    assert look.kinds == {"scan": 3, "walk_in": 1, "?": 1}
    first = look.parts[0]
    assert (first.name, first.number, first.event.title) == ("fair/7", 3, fair.title)
    assert first.until - first.since == timedelta(minutes=2)
    assert {part.name: part.event for part in look.parts[1:]} == {"fair/99": None, "": None}
    assert session.query(GateItem).count() == 1


def test_a_clock_that_was_far_off_is_told_and_not_taken_for_the_time(fair, session):
    device, _ = joined(session)
    wrong = [item(1, at="1970-01-01T00:00:00Z"), item(2, at="noon")]

    (part,) = saved.look(session, COUNTY, file(device, [*wrong, item(3)])).parts

    assert (part.odd, part.since, part.until) == (2, NOW + timedelta(minutes=13), NOW + timedelta(minutes=13))


def test_a_long_file_is_taken_in_by_pieces_and_again_is_nothing_new(fair, session, clerk):
    device, _ = joined(session)
    told = file(device, [item(n, kind="walk_in") for n in range(1, 451)], last_seq=450)

    first, again = (taken(session, told, by=clerk) for _ in range(2))

    assert [(each.recorded, each.again) for each in first] == [(200, 0), (200, 0), (50, 0)]
    assert [(each.recorded, each.again) for each in again] == [(0, 200), (0, 200), (0, 50)]
    deeds = session.query(Deed).filter_by(what="gate.file_taken").order_by(Deed.id).all()
    assert [(deed.facts["first"], deed.facts["recorded"]) for deed in deeds] == [(1, 200), (201, 200), (401, 50)]
    assert {(deed.by_id, deed.about, deed.facts["file"]) for deed in deeds} == {
        (clerk.id, f"gate_devices/{device.id}", told.digest)
    }
    assert gate.reconcile(session, fair)[0].missing == 0


def test_what_the_phone_sends_itself_afterwards_is_the_same(fair, session):
    device, _ = joined(session)
    taken(session, file(device, [item(1), item(2, "li")]))

    assert [each["stored"] for each in hand_in(session, device, [item(1), item(2, "li")])] == ["already_recorded"] * 2
    assert session.query(Scan).count() == 2


def test_a_file_is_no_sign_of_life_but_what_was_pending_is_here(fair, session):
    device, _ = joined(session, now=NOW - timedelta(hours=1))
    gate.beat(session, [(gate.by_id(session, COUNTY, device.id), {"last_seq": 2, "pending": 2})], now=device.seen_at)
    seen_at = device.seen_at

    taken(session, file(device, [item(1), item(2)], last_seq=2))

    session.refresh(device)
    assert (device.seen_at, device.pending, device.last_seq) == (seen_at, 0, 2)
    assert gate.reconcile(session, fair)[0].missing == 0


def test_an_older_file_does_not_say_that_a_phone_has_nothing_left(fair, session):
    device, _ = joined(session)
    gate.beat(session, [(gate.by_id(session, COUNTY, device.id), {"last_seq": 9, "pending": 4})], now=NOW)

    taken(session, file(device, [item(1)], last_seq=1))

    session.refresh(device)
    assert (device.pending, device.last_seq) == (4, 9)


def test_a_phone_long_shut_out_is_put_aside_and_not_lost(fair, session):
    device, _ = joined(session, now=NOW - timedelta(days=4))
    gate.revoke(session, device, by=None, now=NOW - timedelta(days=4))

    (only,) = taken(session, file(device, [item(1)]))

    assert (only.recorded, only.aside) == (0, [(1, "scan", "fair/7", "device_revoked")])
    assert session.query(GateItem).one().stored == "quarantined"


def test_a_phone_past_its_time_hands_in_what_it_did_as_over_the_network(fair, session):
    device, _ = joined(session)
    device.expires_at = NOW - timedelta(minutes=1)
    session.flush()

    assert taken(session, file(device, [item(1)]))[0].recorded == 1


@pytest.mark.parametrize("id_", [UNKNOWN, "not a number", None])
def test_a_phone_nobody_knows_is_put_aside_under_a_name_of_its_own(fair, session, clerk, id_):
    told = saved.opened(
        json.dumps({"device": {"id": id_}, "items": [item(1), item(2, kind="dance")]}).encode(), COUNTY, KEYS
    )

    looked = saved.look(session, COUNTY, told)
    first, again = (taken(session, told, by=clerk)[0] for _ in range(2))

    assert looked.device is None
    assert [why for *_, why in first.aside] == ["device_unknown", "malformed"]
    assert again.aside == first.aside
    assert session.query(GateItem).count() == 2
    assert session.query(Deed).filter_by(what="gate.file_taken").count() == 1
    stranger = session.query(GateDevice).one()
    assert (stranger.scope, heads.of_fair(session, _row(session, fair)).total) == ([], 0)
    assert saved.look(session, COUNTY, told).device is None
    assert saved.look(session, COUNTY, told).here == 2


def test_a_stranger_may_come_again_with_more(fair, session):
    taken(session, file(UNKNOWN, [item(1)]))
    taken(session, file(UNKNOWN, [item(1), item(2)]))

    assert (session.query(GateDevice).count(), session.query(GateItem).count()) == (1, 2)


def _row(session, event):
    return session.get_one(Fair, event.fair_id)
