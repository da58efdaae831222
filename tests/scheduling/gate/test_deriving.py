"""Whatever phones did, in whatever order, pieces and repetitions it comes: the same attendance."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduling import attendance, gate
from scheduling.attendance import timing
from scheduling.models import Scan
from tests.factories import COUNTY, NOW
from tests.gate_world import WORLD, hand_in, joined, lay_out

HOLDERS = ("wang", "li", "found", "lost", "left", "booth", "neighbour")
CLOCKS = st.one_of(
    st.integers(0, 180).map(lambda minutes: (NOW + timedelta(minutes=minutes)).isoformat()),
    st.sampled_from(["0001-01-01T00:00:00+00:00", "1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "", "nonsense"]),
    st.sampled_from([-720, 720]).map(lambda minutes: (NOW + timedelta(minutes=60 + minutes)).isoformat()),
)
DONE = st.tuples(
    st.sampled_from(["scan", "scan", "scan", "undo", "count", "walk_in"]),
    st.sampled_from(HOLDERS),
    st.sampled_from(["in", "out"]),
    CLOCKS,
    st.integers(1, 8),
)


def items(device: str, done) -> list[dict]:
    return [
        {
            "id": f"{device}-{seq:012d}",
            "seq": seq,
            "kind": kind,
            "event": "fair/7",
            "read": WORLD["tickets"][who]["token"],
            "direction": direction,
            "at": at,
            "offset": None,
            "annuls": f"{device}-{undone:012d}" if kind == "undo" else None,
            "what": "heads",
            "n": 2,
        }
        for seq, (kind, who, direction, at, undone) in enumerate(done, 1)
    ]


def standing(session) -> tuple:
    event = gate.find_event(session, COUNTY, "fair/7")
    readings = attendance.at(session, event.at(Scan))
    said = attendance.verdicts(readings)
    return (
        {reading.id: (said[reading.id].kind, reading.doubted, reading.scanned_at) for reading in readings},
        gate.counts(session, event),
        [(each.first.id, each.second.id) for each in gate.conflicts(session, event)],
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DONE, min_size=1, max_size=8), st.lists(DONE, max_size=8), st.randoms(use_true_random=False))
def test_any_order_split_and_repetition_comes_to_the_same(session, east, west, chance):
    session.rollback()  # the example before left its rows
    lay_out(session)
    phones = [joined(session)[0], joined(session)[0]]
    did = [(0, each) for each in items("aaaa", east)] + [(1, each) for each in items("bbbb", west)]
    came = []
    for play in ("in order", "shuffled"):
        alone = session.begin_nested()
        if play == "in order":
            for number in (0, 1):
                hand_in(session, phones[number], [each for of, each in did if of == number])
        else:
            for number, each in chance.sample(did * 2, len(did) * 2):
                hand_in(session, phones[number], [each], now=NOW + timedelta(minutes=chance.randrange(600)))
        came.append(standing(session))
        alone.rollback()
    session.rollback()
    assert came[0] == came[1]


STAMPS = st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(-2000, 2000))), max_size=12)


@given(STAMPS, st.randoms(use_true_random=False))
def test_times_are_settled_alike_in_any_order_and_run_with_the_sequence(told, chance):
    phones = [timing.UUID(int=n) for n in range(4)]
    stamps = [
        timing.Stamp(f"{n}", phones[phone], n, None if minute is None else NOW + timedelta(minutes=minute))
        for n, (phone, minute) in enumerate(told)
    ]
    settled = timing.settle(stamps, NOW, NOW + timedelta(hours=3))

    assert timing.settle(chance.sample(stamps * 2, len(stamps) * 2), NOW, NOW + timedelta(hours=3)) == settled
    for phone in phones:
        own = [settled[stamp.id].at for stamp in stamps if stamp.device == phone]
        assert all(later >= earlier - timing.SLACK for earlier, later in pairwise(own))


def test_most_of_a_phone_is_believed():
    phone = timing.UUID(int=1)
    minutes = [0, 1, 2, 90, 3, 4, 5]
    stamps = [timing.Stamp(f"{n}", phone, n, NOW + timedelta(minutes=m)) for n, m in enumerate(minutes)]

    settled = timing.settle(stamps, NOW, NOW + timedelta(hours=3))

    assert [n for n in range(7) if settled[f"{n}"].doubted] == [3]
    assert NOW + timedelta(minutes=2) < settled["3"].at < NOW + timedelta(minutes=3)
