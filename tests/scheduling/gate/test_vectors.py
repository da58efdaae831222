"""The server's side of tests/gate_vectors.json; the phone's is run in tests/browser or by node."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from scheduling import attendance, gate
from scheduling.gate import sealing
from scheduling.models import Scan
from tests.factories import COUNTY, KEYS, NOW
from tests.gate_world import SCOPE, VECTORS, WORLD, hand_in, joined, lay_out

CASES = {case["name"]: case for case in VECTORS["cases"]}
LATER = NOW + timedelta(hours=14)


def received(given) -> datetime:
    return datetime.fromisoformat(given["received"]) if "received" in given else LATER


def come_to(session, case) -> dict:
    """Give what the records say of a case once all its items are there."""
    event = gate.find_event(session, COUNTY, case["given"]["event"])
    readings = attendance.at(session, event.at(Scan))
    said = attendance.verdicts(readings)
    doubted = {reading.id: reading.doubted for reading in readings}
    items = case["given"]["items"]
    came = [key for key in attendance.counting(readings) if key[2] == "in"]
    firms = {reading.holder for reading in readings if reading.kind == 3}
    return {
        "server": [said[each["id"]].kind if each["kind"] == "scan" else "annulled" for each in items],
        "doubted": [doubted.get(each["id"], False) for each in items],
        "people": sum(holder not in firms for holder, _, _ in came),
        "enterprises": sum(holder in firms for holder, _, _ in came),
        "inside": len(attendance.inside(readings)),
    }


def expected(case) -> dict:
    return {name: told for name, told in case["expect"].items() if name != "phone"}


def test_there_are_sixty_cases_and_more():
    assert len(CASES) == len(VECTORS["cases"]) >= 60


def each_alone(session, way) -> dict[str, dict]:
    """Play every case in the same world, each as if no other had been; give what it came to."""
    lay_out(session)
    device, _ = joined(session, scope=(*SCOPE, "fair/9"))
    came = {}
    for name, case in CASES.items():
        alone = session.begin_nested()
        way(device, case["given"]["items"], received(case["given"]))
        came[name] = come_to(session, case)
        alone.rollback()
    return came


EXPECTED = {name: expected(case) for name, case in CASES.items()}


def test_the_server_makes_of_every_case_what_the_vectors_say(session):
    def at_once(device, items, now) -> None:
        told = hand_in(session, device, items, now=now)
        assert [each["stored"] for each in told] == ["recorded"] * len(items)

    assert each_alone(session, at_once) == EXPECTED


def test_it_makes_the_same_of_them_in_another_order_one_by_one_and_twice(session):
    chance = random.Random(7)

    def in_pieces(device, items, now) -> None:
        for each in chance.sample(items * 2, 2 * len(items)):
            hand_in(session, device, [each], now=now)

    assert each_alone(session, in_pieces) == EXPECTED


@pytest.mark.parametrize("event", VECTORS["snapshots"])
def test_our_list_of_an_event_is_the_one_of_the_vectors(session, event):
    lay_out(session)
    example = VECTORS["snapshots"][event]

    ours = gate.snapshot(session, COUNTY, gate.find_event(session, COUNTY, event), now=NOW, keys=KEYS)

    assert {name: ours[name] for name in ("event", "title", "keys")} == {
        name: example[name] for name in ("event", "title", "keys")
    }
    tokens = {sealing.lookup(each["token"]): each["token"] for each in WORLD["tickets"].values()}
    opened = {lookup: sealing.opened(tokens[lookup], text) for lookup, text in ours["people"]}
    for lookup, text in example["people"]:  # ours lacks those revoked since, and has those the phone's was too old for
        told = sealing.opened(tokens[lookup], text)
        assert opened.get(lookup, told) == told
    assert example["revoked"].items() <= ours["revoked"].items()
