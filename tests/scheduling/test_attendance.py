from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.database import db
from scheduling import attendance, checkins, reservations, tickets
from scheduling.attendance import Presence, Reading, Times
from scheduling.models import Booking, Enrolment
from tests.factories import (
    COUNTY,
    KEYS,
    NOW,
    BoothFactory,
    ClassFactory,
    EnterpriseFactory,
    FairFactory,
    JobseekerFactory,
    SessionFactory,
)

PEOPLE = [UUID(int=n) for n in range(3)]
FAIR = UUID(int=99)


@st.composite
def readings(draw) -> list[Reading]:
    """Scans of a few people, some at the same moment, some faulty, some undone."""
    scans = [
        Reading(
            id=f"scan-{n}",
            holder=draw(st.sampled_from(PEOPLE)),
            kind=1,
            occasion=FAIR,
            direction=draw(st.sampled_from(["in", "out"])),
            gate=draw(st.sampled_from(["东门", "西门"])),
            scanned_at=NOW + timedelta(minutes=draw(st.integers(0, 3))),
            fault=draw(st.sampled_from(["", "", "cancelled"])),
        )
        for n in range(draw(st.integers(1, 8)))
    ]
    undone = draw(st.lists(st.sampled_from(scans), unique=True, max_size=3))
    undos = [
        Reading(f"undo-{scan.id}", scan.holder, 1, FAIR, scan.direction, "", NOW + timedelta(hours=1), annuls=scan.id)
        for scan in undone
    ]
    return [*scans, *undos]


@given(sent=readings(), data=st.data())
def test_any_order_and_any_repetition_of_the_same_scans_is_the_same_attendance(sent, data):
    again = data.draw(st.lists(st.sampled_from(sent)))
    shuffled = data.draw(st.permutations([*sent, *again]))

    assert attendance.counting(shuffled) == attendance.counting(sent)
    assert [attendance.verdict(each, shuffled) for each in sent] == [attendance.verdict(each, sent) for each in sent]


@given(sent=readings())
def test_exactly_one_scan_counts_for_each_who_has_a_good_one(sent):
    undone = {reading.annuls for reading in sent}
    good = {(r.holder, r.direction) for r in sent if not r.annuls and not r.fault and r.id not in undone}
    verdicts = [attendance.verdict(reading, sent).kind for reading in sent if not reading.annuls]

    assert verdicts.count("counted") == len(good)


@given(sent=readings())
def test_the_earliest_counts(sent):
    for (holder, _, direction), first in attendance.counting(sent).items():
        rivals = [r for r in sent if (r.holder, r.direction, r.fault, r.annuls) == (holder, direction, "", None)]
        standing = [r for r in rivals if r.id not in {other.annuls for other in sent}]
        assert first.scanned_at == min(r.scanned_at for r in standing)


@pytest.fixture
def fair():
    return FairFactory(starts_at=NOW)


@pytest.fixture
def came(session, fair):
    """Somebody with a reservation, and her short code."""

    def make(name="王秀兰", at=fair):
        reservation = reservations.reserve(session, at, name=name, phone="13600000001", by=None, now=NOW)
        return reservation, tickets.standing(session, reservation).code

    return make


@pytest.fixture
def scan(session, fair):
    """Scan something at the fair: `scan("id", read, minutes)`."""

    def record(id_, read, minutes=0, **more):
        place = more or {"fair": fair}
        at = NOW + timedelta(minutes=minutes)
        return checkins.record(
            session, id=f"scan-{id_:0>8}", county=COUNTY, read=read, way="typed", gate="东门", scanned_at=at, by=None,
            now=max(at, NOW), keys=KEYS, **place,
        )  # fmt: skip

    return record


def kinds(session, *scans) -> list[str]:
    return [attendance.verdict_of(session, scan).kind for scan in scans]


def test_the_first_scan_counts_and_the_next_is_told_when_and_where(session, scan, came):
    _, code = came()

    late, early = scan("1", code, 5), scan("2", code, 3)
    told = attendance.verdict_of(session, late)

    assert kinds(session, late, early) == ["duplicate_of", "counted"]
    assert (told.at, told.gate) == (NOW + timedelta(minutes=3), "东门")


def test_whoever_is_scanned_before_the_gate_opens_has_not_come(session, came):
    ahead = FairFactory(starts_at=NOW + timedelta(hours=4))
    _, code = came(at=ahead)
    said = {"county": COUNTY, "fair": ahead, "read": code, "way": "camera", "by": None, "keys": KEYS}

    early = checkins.record(session, id="scan-early", now=NOW + timedelta(minutes=59), **said)
    first = checkins.record(session, id="scan-first", now=NOW + timedelta(minutes=60), **said)

    assert kinds(session, early, first) == ["early", "counted"]
    assert attendance.of_fair(session, ahead).people == 1


def test_an_undo_gives_the_place_to_the_next_scan(session, scan, came):
    _, code = came()
    first, second = scan("1", code, 1), scan("2", code, 2)

    checkins.annul(session, first, id="undo-00001", by=None, now=NOW)

    assert kinds(session, first, second) == ["annulled", "counted"]


def test_what_is_no_good_ticket_here_is_told_apart(session, scan, came, fair):
    _, elsewhere = came(at=FairFactory())
    _, good = came()
    wrong = f"{(int(good[0]) + 1) % 10}{good[1:]}"

    scans = [scan("1", elsewhere), scan("2", wrong), scan("3", "HTTPS://EXAMPLE.COM/"), scan("4", ""), scan("5", good)]

    assert kinds(session, *scans) == ["wrong_event", "mistyped", "unknown", "unknown", "counted"]
    assert attendance.of_fair(session, fair) == Presence(people=1, enterprises=0, scans=5)


def test_a_ticket_that_was_good_when_scanned_counts_however_late_the_scan_arrives(session, scan, came):
    reservation, code = came()
    reservations.cancel(session, reservation, by=None, now=NOW + timedelta(minutes=10))

    before, after = scan("1", code, 9), scan("2", code, 10)

    assert kinds(session, before, after) == ["counted", "cancelled"]


def test_a_person_counts_once_with_the_old_and_the_new_ticket(session, scan, came, fair):
    reservation, code = came()
    old = scan("1", code, 1)
    new_code = tickets.reissue(session, reservation, by=None, now=NOW + timedelta(minutes=2)).code
    new, late = scan("2", new_code, 3), scan("3", code, 4)

    assert kinds(session, old, new, late) == ["counted", "duplicate_of", "reissued"]
    assert attendance.of_fair(session, fair).people == 1


def test_booth_passes_count_enterprises(session, scan, came, fair):
    booking = Booking(
        fair_id=fair.id, booth_id=BoothFactory(fair=fair).id, enterprise_id=EnterpriseFactory().id, booked_at=NOW
    )
    session.add(booking)
    session.flush()
    booth_code = tickets.issue(session, booking, now=NOW).code

    scan("1", booth_code)
    scan("2", booth_code)
    scan("3", came()[1])

    assert attendance.of_fair(session, fair) == Presence(people=1, enterprises=1, scans=3)


@pytest.fixture
def enrolled(session):
    """Somebody with a seat in a class, or waiting for one."""

    def make(training_class, *, seated=True):
        row = Enrolment(
            class_id=training_class.id, jobseeker_id=JobseekerFactory().id, place=1 + seated, id_sealed=b"",
            id_blind=f"blind {seated}", id_last4="0000", education="junior", committed_at=NOW, enrolled_at=NOW,
            confirmed_at=NOW if seated else None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row

    return make


def test_a_trainee_signs_in_and_out_of_each_session(session, scan, enrolled):
    training_class = ClassFactory()
    first = SessionFactory(training_class=training_class, starts_at=NOW)
    second = SessionFactory(training_class=training_class, starts_at=first.ends_at)
    enrolment = enrolled(training_class)
    code = tickets.issue(session, enrolment, now=NOW).code

    scan("1", code, 0, class_session=first)
    scan("2", code, 180, class_session=first, direction="out")
    scan("3", code, 190, class_session=second, direction="out")

    assert attendance.of_class(session, training_class) == {
        (enrolment.id, first.id): Times(NOW, NOW + timedelta(minutes=180)),
        (enrolment.id, second.id): Times(None, NOW + timedelta(minutes=190)),
    }
    assert attendance.of_session(session, first) == Presence(people=1, enterprises=0, scans=2)


def test_who_waits_for_a_seat_is_not_marked(session, scan, enrolled):
    training_class = ClassFactory()
    block = SessionFactory(training_class=training_class, starts_at=NOW)
    code = tickets.issue(session, enrolled(training_class, seated=False), now=NOW).code

    assert kinds(session, scan("1", code, class_session=block)) == ["waitlisted"]
    assert attendance.of_class(session, training_class) == {}


@pytest.mark.parametrize(
    ("enrolled_at", "confirmed_at", "said"),
    [(0, 20, "waitlisted"), (0, 10, "counted"), (20, 20, "counted")],  # minutes; the last one's phone is slow
)
def test_a_scan_counts_for_who_had_a_seat_when_scanned(session, scan, enrolled, enrolled_at, confirmed_at, said):
    block = SessionFactory(training_class=ClassFactory(), starts_at=NOW)
    enrolment = enrolled(block.training_class)
    enrolment.enrolled_at = NOW + timedelta(minutes=enrolled_at)
    enrolment.confirmed_at = NOW + timedelta(minutes=confirmed_at)
    scanned = scan("1", tickets.issue(session, enrolment, now=NOW).code, 10, class_session=block)

    assert kinds(session, scanned) == [said]


def test_another_class_is_another_event(session, scan, enrolled):
    block = SessionFactory(training_class=ClassFactory(), starts_at=NOW)
    code = tickets.issue(session, enrolled(ClassFactory()), now=NOW).code

    assert kinds(session, scan("1", code, class_session=block)) == ["wrong_event"]


@pytest.mark.parametrize("rows", [1, 3])
def test_attendance_asks_once(queries, scan, came, fair, rows):
    for n in range(rows):
        scan(str(n), came(name=f"王{n}")[1])
    db.session.flush()

    with queries() as asked:
        attendance.of_fair(db.session(), fair)

    assert len(asked) == 1
