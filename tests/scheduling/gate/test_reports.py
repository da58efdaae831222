"""What the desk sees of a gate: counts, conflicts, what was put aside, what is still in a phone, closing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import courses, fairs, gate, retention
from scheduling.gate.reports import readings_at
from scheduling.models import ClassSession, Fair, GateItem, Scan, Visitor
from scheduling.refusals import GateIncomplete, GateOpen
from tests.factories import COUNTY, NOW
from tests.gate_world import WORLD, hand_in, joined, lay_out

AFTER = NOW + timedelta(hours=4)


@pytest.fixture
def fair(session):
    lay_out(session)
    return gate.find_event(session, COUNTY, "fair/7")


def item(number: int, who: str = "wang", *, of: str = "a", minute: int = 10, **more) -> dict:
    return {
        "id": f"{of}0000000-{number:08d}",
        "seq": number,
        "kind": "scan",
        "event": "fair/7",
        "read": WORLD["tickets"][who]["token"],
        "at": (NOW + timedelta(minutes=minute + number)).isoformat(),
        "offset": 0,
    } | more


def test_an_event_is_counted_each_way_apart(session, fair):
    device, _ = joined(session)
    hand_in(
        session,
        device,
        [
            item(1),
            item(2, "booth"),
            item(3, "li"),
            item(4, "li", direction="out"),
            item(5, kind="walk_in", name="吴"),
            item(6, kind="walk_in"),
            item(7, kind="count", what="heads", n=5),
            item(8, kind="count", what="heads", n=-1),
            item(9, kind="count", what="leaflets", n=30),
            item(10, kind="undo", annuls="a0000000-00000006"),
            item(11, kind="undo", annuls="a0000000-00000009"),
        ],
    )

    told = gate.counts(session, fair)
    assert (told.heads.ticketed, told.heads.registered, told.heads.own, told.heads.tapped) == (2, 1, 0, 4)
    assert (told.heads.total, told.enterprises, told.inside, told.counters) == (7, 1, 1, {})


def test_entrances_are_told_apart_and_what_is_counted_besides_heads(session, fair):
    device, _ = joined(session)
    scans = [item(1, gate="东门"), item(2, "li", gate="西门"), item(3, "booth", gate="东门"), item(4, gate="西门")]
    hand_in(session, device, [*scans, item(5, kind="count", what="leaflets", n=30)])

    told = gate.counts(session, fair)
    assert (told.entrances, told.counters) == ({"东门": 1, "西门": 1}, {"leaflets": 30})


def test_counting_asks_four_times_whatever_there_is(session, fair, queries):
    device, _ = joined(session)
    hand_in(session, device, [item(n, kind="walk_in") for n in range(1, 100)])
    hand_in(session, device, [item(n) for n in range(100, 200)])

    session.flush()
    with queries() as asked:
        gate.counts(session, fair)

    assert len(asked) == 4


def test_whom_two_phones_let_in_is_listed_once(session, fair):
    (east, _), (west, _) = joined(session, label="东门"), joined(session, label="西门")
    hand_in(session, east, [item(1), item(2, "li"), item(3, "li", direction="out")])
    hand_in(session, west, [item(1, of="b"), item(2, of="b"), item(3, "li", of="b", minute=20)])

    found = gate.conflicts(session, fair)

    assert [(each.first.device, each.second.device) for each in found] == [(east.id, west.id)]
    assert found[0].ticket.code == WORLD["tickets"]["wang"]["code"]
    assert gate.counts(session, fair).heads.ticketed == 2


def test_gaps_are_named_and_close_when_the_rest_has_come(session, fair):
    device, _ = joined(session)
    hand_in(session, device, [item(2), item(3), item(6)])
    gate.beat(session, [(gate.by_id(session, COUNTY, device.id), {"last_seq": 8, "pending": 4})], now=NOW)
    session.refresh(device)

    line = gate.reconcile(session, fair)[0]
    assert (line.received, line.last, line.gaps, line.missing) == (3, 8, [(1, 1), (4, 5), (7, 8)], 5)

    hand_in(session, device, [item(n) for n in (1, 4, 5, 7, 8)])
    gate.beat(session, [(gate.by_id(session, COUNTY, device.id), {"last_seq": 8, "pending": 0})], now=NOW)
    session.refresh(device)
    assert gate.reconcile(session, fair)[0].missing == 0


def test_a_gate_closes_when_everything_has_come_or_for_a_reason(session, fair):
    device, _ = joined(session)
    hand_in(session, device, [item(1), item(3)])
    with pytest.raises(GateOpen):
        gate.close(session, COUNTY, fair, by=None, now=fair.ends_at - timedelta(minutes=1))
    with pytest.raises(GateIncomplete) as refused:
        gate.close(session, COUNTY, fair, by=None, now=AFTER)
    assert refused.value.facts == {"missing": 1}

    row = gate.close(session, COUNTY, fair, reason="手机掉进河里", by=None, now=AFTER)

    assert (row.missing, row.reason) == (1, "手机掉进河里")
    assert gate.close(session, COUNTY, fair, by=None, now=AFTER + timedelta(days=1)) == row
    assert hand_in(session, device, [item(2, "li")]) == [{"stored": "recorded", "kind": "counted"}]


def test_a_gate_without_gaps_closes_without_a_reason(session, fair):
    device, _ = joined(session)
    hand_in(session, device, [item(1), item(2, kind="count", what="heads", n=2)])

    assert gate.close(session, COUNTY, fair, by=None, now=AFTER).missing == 0


def moved(session, fair, days: int) -> gate.Event:
    """Move a fair by days; give it as it stands then."""
    row, later = session.get_one(Fair, fair.fair_id), timedelta(days=days)
    times = {"starts_at": row.starts_at + later, "ends_at": row.ends_at + later}
    fairs.move(session, row, **times, place=row.place, reason="有雨", by=None, now=NOW)
    return gate.find_event(session, COUNTY, fair.name)


def test_a_fair_that_is_moved_keeps_its_phones_and_asks_for_what_they_hold(session, fair):
    device, _ = joined(session)
    hand_in(session, device, [item(1), item(3)])

    later = moved(session, fair, 7)

    assert [line.missing for line in gate.reconcile(session, later)] == [1]
    with pytest.raises(GateIncomplete):
        gate.close(session, COUNTY, later, by=None, now=later.ends_at)


def test_a_phone_gets_the_list_of_a_moved_fair_on_its_new_day_unless_it_was_shut_out(session, fair):
    device, lost, other = joined(session)[0], joined(session)[0], joined(session, scope=["fair/8"])[0]
    before = lost.expires_at, other.expires_at
    gate.revoke(session, lost, by=None, now=NOW)

    later = moved(session, fair, 7)

    assert device.expires_at == later.ends_at + timedelta(hours=24)
    assert (lost.expires_at, other.expires_at) == before
    phone = gate.by_id(session, COUNTY, device.id)
    gate.require_reader(phone, later.scope, now=later.ends_at)
    moved(session, fair, -6)
    assert device.expires_at == later.ends_at + timedelta(hours=24)


def test_a_phone_of_a_class_stays_for_a_lesson_that_is_moved(session, fair):
    device, _ = joined(session, scope=["class/3"])
    lesson, later = session.query(ClassSession).one(), timedelta(days=30)
    times = {"starts_at": lesson.starts_at + later, "ends_at": lesson.ends_at + later}

    courses.move_session(session, lesson, **times, room="机房", by=None, now=NOW)

    assert device.expires_at == lesson.ends_at + timedelta(hours=24)


def told(session, fair) -> tuple[int, int, int]:
    """Who came, how many clocks are doubted, how many scans were early."""
    readings = readings_at(session, fair)
    early = sum(each.fault == "early" for each in readings)
    return gate.counts(session, fair, readings).heads.ticketed, len(gate.doubted(session, fair, readings)), early


def test_a_phone_tried_out_days_before_counts_nobody_and_who_really_comes_is_counted(session, fair):
    device, _ = joined(session)
    before = NOW - timedelta(days=5)
    tried = item(1, at=before.isoformat())
    assert hand_in(session, device, [tried], now=before)[0]["kind"] == "early"
    assert told(session, fair) == (0, 0, 1)

    assert hand_in(session, device, [item(2)])[0]["kind"] == "counted"

    assert hand_in(session, device, [tried])[0]["stored"] == "already_recorded"
    assert told(session, fair) == (1, 0, 1)


def test_a_phone_that_said_so_itself_made_no_attendance_whenever_it_uploads(session, fair):
    device, _ = joined(session)
    tried = item(1, at=(NOW - timedelta(hours=14)).isoformat(), early=True)

    verdicts = [each["kind"] for each in hand_in(session, device, [tried, item(2), item(3, early=True)])]

    assert verdicts == ["early", "counted", "duplicate_of"]  # its own clock says that the third was not early
    assert told(session, fair) == (1, 0, 1)


def test_of_a_fair_that_is_moved_it_is_told_anew_who_came_early(session, fair):
    device, _ = joined(session)
    hand_in(session, device, [item(1, minute=-500, early=True), item(2, "li")])
    assert told(session, fair) == (1, 0, 1)

    later = moved(session, fair, 7)
    assert told(session, later) == (0, 0, 2)
    hand_in(session, device, [item(3, "li", at=later.starts_at.isoformat())], now=later.starts_at)
    assert told(session, later) == (1, 0, 2)


def test_of_a_fair_that_is_moved_forward_a_scan_that_was_early_counts(session, fair):
    later = moved(session, fair, 7)
    device, _ = joined(session)
    hand_in(session, device, [item(1, early=True)], now=later.ends_at)
    assert told(session, later) == (0, 0, 1)

    row = session.get_one(Fair, fair.fair_id)
    times = {"starts_at": fair.starts_at, "ends_at": fair.ends_at}
    fairs.move(session, row, **times, place="柳河镇集市东口", reason="天晴", by=None, now=NOW)

    assert told(session, fair) == (1, 0, 0)


def test_what_was_put_aside_is_listed_with_its_phone(session, fair):
    device, _ = joined(session, label="东门1号")
    hand_in(session, device, [item(1, kind="dance"), item(2, event="fair/99"), item(3)])

    assert [(row.why, row.seq, label) for row, label in gate.put_aside(session, fair)] == [
        ("malformed", 1, "东门1号"),
        ("unknown_event", 2, "东门1号"),
    ]


def test_what_visitors_said_of_themselves_is_forgotten_and_they_stay_counted(session, fair):
    device, _ = joined(session)
    phone = {"name": "吴大娘", "phone": "13900000001"}
    hand_in(session, device, [item(1, kind="walk_in", **phone), item(2, kind="walk_in", id="?", **phone)])

    retention.forget_visitors(session, COUNTY, now=NOW + timedelta(days=200))

    visitor = session.query(Visitor).one()
    session.refresh(visitor)
    assert (visitor.name, visitor.phone) == ("", "")
    assert session.query(GateItem).filter(GateItem.body.contains("吴大娘")).count() == 0
    assert gate.counts(session, fair).heads.registered == 1
    assert session.query(Scan).count() == 0
