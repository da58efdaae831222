"""Phones whose time is over, and the lists phones get."""

from __future__ import annotations

import json
from datetime import timedelta

from scheduling import attendance, fairs
from scheduling import gate as acts
from scheduling.models import ClassSession, Fair, Jobseeker, Reservation, Scan, Ticket
from tests.factories import COUNTY, NOW, FairFactory, JobseekerFactory
from tests.gate_phones import FAIR, Carried, carried, scan, stored, world
from tests.gate_world import joined

__all__ = ["carried", "world"]  # fixtures


def test_a_phone_that_was_shut_out_hands_in_for_three_days_and_all_of_it_is_put_aside(app, session, carried):
    device = acts.listed(session, COUNTY, now=NOW)[0]
    acts.revoke(session, device, by=None, now=NOW)
    session.commit()

    assert carried.list().status_code == 403
    answer = carried([scan(1)])
    assert answer.json["results"][0]["verdict"] == {"kind": "quarantined", "why": "device_revoked"}
    assert session.query(Scan).count() == 0
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=73)
    try:
        assert carried([scan(2)]).status_code == 401
    finally:
        app.config["CLOCK"] = lambda: NOW


def test_a_phone_whose_time_is_over_gets_no_list_and_still_hands_in(app, carried):
    app.config["CLOCK"] = lambda: NOW + timedelta(days=5)
    try:
        assert (carried.list().status_code, stored(carried([scan(1)]))) == (403, ["recorded"])
    finally:
        app.config["CLOCK"] = lambda: NOW


def test_a_phone_gets_only_the_lists_it_was_invited_to(carried):
    lists = [carried.list(event).status_code for event in (FAIR, "class/3/1", "fair/8", "class/3/2", "x", "fair/7/1")]

    assert lists == [200, 200, 404, 404, 404, 404]


def test_a_sign_of_life_is_kept(session, carried):
    carried([], last_seq=12, pending=3)

    device = acts.listed(session, COUNTY, now=NOW)[0]
    assert (device.last_seq, device.pending, device.seen_at) == (12, 3, NOW)


def test_a_batch_asks_as_often_with_two_hundred_as_with_one(carried, queries):
    carried([])
    with queries() as one:
        carried([scan(1)])
    with queries() as many:
        carried([scan(n) for n in range(2, 202)])
    with queries() as again:
        carried([scan(n) for n in range(2, 202)])

    assert len(many) <= len(one) + 2  # rows go in by a few hundred parameters at a time
    assert len(again) <= 3


def five_thousand(session) -> None:
    """Reserve for five thousand people at one fair, in bulk."""
    fair = FairFactory(number=9, slug="large")
    people = [JobseekerFactory.build(name=f"王小{chr(0x4E00 + n)}", phone=f"138{n:08d}") for n in range(5000)]
    session.add_all(people)
    session.flush()
    rows = [Reservation(fair_id=fair.id, jobseeker_id=each.id, reserved_at=NOW) for each in people]
    session.add_all(rows)
    session.flush()
    session.add_all(
        Ticket(
            county=COUNTY,
            kind=1,
            event_number=9,
            serial=n,
            rotation=0,
            code=f"{n:09d}",
            fair_id=fair.id,
            reservation_id=each.id,
            issued_at=NOW - timedelta(hours=1),
        )
        for n, each in enumerate(rows, 1)
    )
    session.flush()


def test_a_list_of_five_thousand_names_nobody_and_is_small(app, session, queries):
    five_thousand(session)
    device, secret = joined(session, scope=["fair/9"])
    session.commit()
    carried = Carried(app, device, secret)

    with queries() as asked:
        answer = carried.list("fair/9")

    assert len(answer.json["people"]) == 5000
    each = len(answer.data) / 5000
    assert each <= 120
    text = json.dumps(answer.json, ensure_ascii=False)
    for person in session.query(Jobseeker).limit(50):
        assert person.name not in text
        assert person.phone not in text
    assert len(asked) <= 6  # one of them is BEGIN, on SQLite
    later = carried.list("fair/9", since=answer.json["version"])
    assert (later.json["full"], later.json["people"]) == (False, [])


def test_a_ticket_issued_since_is_in_the_next_list(session, carried):
    first = carried.list()
    ticket = session.query(Ticket).filter_by(serial=6, kind=1, event_number=7).one()
    ticket.issued_at = NOW
    session.commit()

    later = carried.list(since=first.json["version"])

    assert (later.json["full"], len(later.json["people"])) == (False, 1)
    assert later.json["revoked"] == first.json["revoked"]


def test_the_list_of_what_was_called_off_says_so(session, carried):
    assert "off" not in carried.list().json
    fair = session.query(Fair).filter_by(number=7).one()
    fairs.call_off(session, fair, reason="有雨", by=None, now=NOW)
    session.query(ClassSession).one().cancelled_at = NOW
    session.commit()

    assert carried.list().json["off"] is True
    assert carried.list("class/3/1").json["off"] is True


def test_who_is_there_is_who_was_scanned(carried, session):
    carried([scan(1), scan(2, "li"), scan(3, "booth"), scan(4, direction="out")])

    fair = session.query(Fair).filter_by(number=7).one()
    here = attendance.of_fair(session, fair)
    assert (here.people, here.enterprises) == (2, 1)
