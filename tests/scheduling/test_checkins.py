from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.database import db, writing
from scheduling import checkins, reservations, tickets
from scheduling.models import Deed, Fair, Scan
from scheduling.refusals import NothingToUndo, ScanDiffers
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, FairFactory, SessionFactory

FIRST = "0b9c7a58-5b6e-4f5e-9a53-000000000001"


def record(session, fair, read="123456789", *, id_=FIRST, **more) -> Scan:
    said = {"way": "camera", "gate": "东门", "scanned_at": NOW, **more}
    return checkins.record(session, id=id_, county=COUNTY, fair=fair, read=read, by=None, now=NOW, keys=KEYS, **said)


def test_the_same_scan_again_is_the_first_row(session):
    fair = FairFactory()

    first, again = record(session, fair), record(session, fair, scanned_at=NOW + timedelta(0))

    assert first is again
    assert session.scalars(select(Deed.what)).all() == ["scan.recorded"]


@pytest.mark.parametrize(
    "other", [{"read": "987654321"}, {"way": "typed"}, {"gate": "西门"}, {"scanned_at": NOW + timedelta(seconds=1)}]
)
def test_the_same_id_with_another_body_is_refused_and_changes_nothing(session, other):
    fair = FairFactory()
    first = record(session, fair)

    with pytest.raises(ScanDiffers) as refused:
        record(session, fair, **other)

    assert refused.value.facts == {}
    assert session.scalars(select(Scan)).all() == [first]


def test_a_clock_that_runs_fast_is_set_back_to_when_the_scan_came(session):
    fair, ahead = FairFactory(), NOW + timedelta(minutes=9)

    first, again = record(session, fair, scanned_at=ahead), record(session, fair, scanned_at=ahead)

    assert first is again
    assert first.scanned_at == NOW


def test_a_scan_knows_its_ticket(session):
    fair = FairFactory()
    reservation = reservations.reserve(session, fair, name="王秀兰", phone="13600000001", by=None, now=NOW)
    ticket = tickets.standing(session, reservation)

    scan = record(session, fair, tickets.address(ticket, KEYS, "http://127.0.0.1:8000"))

    assert checkins.ticket_of(session, scan) is ticket


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(read=st.text(max_size=400), id_=st.text(max_size=100), gate=st.text(max_size=80), way=st.text(max_size=20))
def test_rubbish_is_a_row_like_any_other(session, read, id_, gate, way):
    fair = session.scalar(select(Fair)) or FairFactory()
    before = session.scalar(select(func.count()).select_from(Scan))

    try:
        scan = record(session, fair, read, id_=id_, gate=gate, way=way)
    except ScanDiffers:
        return

    assert len(scan.read) <= 200
    assert "\x00" not in scan.read + scan.gate
    assert session.scalar(select(func.count()).select_from(Scan)) in {before, before + 1}


def test_an_undo_is_another_row_and_there_is_one(session):
    scan = record(session, FairFactory())

    undo = checkins.annul(session, scan, id="undo-0001", by=None, now=NOW)
    again = checkins.annul(session, scan, id="undo-0002", by=None, now=NOW)

    assert undo is again
    assert (undo.annuls, scan.annuls) == (scan.id, None)
    assert session.scalars(select(Deed.what)).all() == ["scan.recorded", "scan.annulled"]


def test_an_undo_cannot_be_undone_and_takes_no_used_id(session):
    fair = FairFactory()
    scan = record(session, fair)
    undo = checkins.annul(session, scan, id="undo-0001", by=None, now=NOW)
    other = record(session, fair, id_="scan-0002")

    with pytest.raises(NothingToUndo):
        checkins.annul(session, undo, id="undo-0003", by=None, now=NOW)
    with pytest.raises(ScanDiffers):
        checkins.annul(session, other, id=FIRST, by=None, now=NOW)


def test_a_scan_of_another_county_is_not_found(session):
    record(session, FairFactory())

    with pytest.raises(NothingToUndo):
        checkins.find(session, "990200", FIRST)


def test_the_last_scans_leave_out_what_was_undone(session):
    fair = FairFactory()
    scans = [record(session, fair, id_=f"scan-000{n}", scanned_at=NOW + timedelta(seconds=n - 2)) for n in range(3)]
    checkins.annul(session, scans[1], id="undo-0001", by=None, now=NOW)

    assert checkins.latest(session, fair=fair) == [scans[2], scans[0]]


def test_one_scan_sent_by_many_retries_at_once_is_one_row(app, session):
    fair_id = FairFactory().id
    session.commit()

    def send(_: int) -> str:
        with app.app_context():
            try:
                with writing() as mine:
                    return record(mine, mine.get_one(Fair, fair_id)).id
            finally:
                db.session.remove()

    with ThreadPoolExecutor(6) as retries:
        answers = set(retries.map(send, range(12)))

    assert answers == {FIRST}
    assert session.scalar(select(func.count()).select_from(Scan)) == 1


def test_the_gate_shows_what_is_on_today(session):
    dawn = FairFactory(starts_at=NOW - timedelta(hours=8, minutes=30))  # over since half past three
    soon = FairFactory(starts_at=NOW + timedelta(hours=2))
    FairFactory(starts_at=NOW + timedelta(hours=20))
    FairFactory(starts_at=NOW + timedelta(hours=1), draft=True)
    training_class = ClassFactory()
    block = SessionFactory(training_class=training_class, starts_at=NOW - timedelta(hours=1))
    SessionFactory(training_class=training_class, starts_at=NOW + timedelta(days=1))

    assert checkins.fairs_now(session, COUNTY, now=NOW) == [dawn, soon]
    assert checkins.sessions_now(session, COUNTY, now=NOW) == [(training_class, block)]


def test_around_midnight_the_gate_shows_tomorrow_too(session):
    night = NOW + timedelta(hours=14)  # 23:00
    early = FairFactory(starts_at=night + timedelta(hours=2))

    assert checkins.fairs_now(session, COUNTY, now=night) == [early]
