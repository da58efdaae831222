from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import fairs, results
from scheduling.models import Booking, BoothReport, FairVacancy, Reservation, Scan, Ticket
from scheduling.refusals import BookingCancelled, FairFinished, FairNotOver, HiredInDisorder, IntentsInDisorder
from tests.factories import (
    NOW,
    BoothFactory,
    EnterpriseFactory,
    FairFactory,
    JobseekerFactory,
    VacancyFactory,
    approve,
)

BEGAN = NOW - timedelta(days=1)
GOOD = {
    "planned_enterprises": 10,
    "present_enterprises": 9,
    "walk_in_enterprises": 1,
    "no_show_enterprises": 2,
    "visitors": 400,
    "positions": 30,
    "headcount": 120,
    "registered_jobseekers": 70,
    "intent_people": 31,
    "intent_times": 40,
    "hired_on_site": 3,
}


@pytest.fixture
def fair(session):
    """A fair that was held yesterday."""
    return FairFactory(starts_at=BEGAN)


def noted(session, fair, **more) -> None:
    for name, value in {**GOOD, **more}.items():
        fairs.record_figure(session, fair, name, value, "staff_counted", by=None, now=NOW)


def stands(session, fair, **more) -> Booking:
    """A company with a booth at the fair."""
    booth = BoothFactory(fair=fair)
    told = {"fair_id": fair.id, "booth_id": booth.id, "enterprise_id": approve(EnterpriseFactory()).id}
    row = Booking(**told, booked_at=BEGAN - timedelta(days=3), **more)
    session.add(row)
    session.flush()
    return row


def scanned(session, fair, number: int, **of) -> None:
    """A ticket of somebody, read at the gate an hour after the fair began."""
    kind = 3 if "booking_id" in of else 1
    ticket = Ticket(
        county=fair.county,
        kind=kind,
        event_number=fair.number,
        serial=number,
        rotation=0,
        fair_id=fair.id,
        code=f"{number:09d}",
        issued_at=BEGAN,
        **of,
    )
    session.add(ticket)
    session.flush()
    session.add(
        Scan(
            id=f"scan-{number}",
            county=fair.county,
            body_hash="",
            fair_id=fair.id,
            ticket_id=ticket.id,
            read=ticket.code,
            way="camera",
            direction="in",
            gate="东门",
            scanned_at=BEGAN + timedelta(hours=1),
            received_at=NOW,
        )
    )
    session.flush()


def report(session, booking, people=3, times=4, hired=1, **more) -> BoothReport:
    told = {"intent_people": people, "intent_times": times, "hired_on_site": hired}
    return results.report(session, booking, **told, **{"by": None, "now": NOW, **more})


# What companies say


def test_a_company_says_what_came_of_its_booth_and_may_say_it_better(session, fair):
    booking = stands(session, fair)
    for people in (3, 3, 4):
        report(session, booking, people=people)

    row = session.scalars(select(BoothReport)).one()
    assert (row.intent_people, row.intent_times, row.hired_on_site) == (4, 4, 1)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"people": 5, "times": 4}, IntentsInDisorder),
        ({"people": 1, "times": 4, "hired": 2}, HiredInDisorder),
        ({"now": BEGAN + timedelta(hours=1)}, FairNotOver),
    ],
)
def test_what_cannot_be_is_refused(session, fair, told, refusal):
    with pytest.raises(refusal):
        report(session, stands(session, fair), **told)


def test_who_is_not_coming_or_too_late_says_nothing(session, fair):
    gone = stands(session, fair, cancelled_at=BEGAN)
    late = stands(session, fair)
    noted(session, fair)
    results.finish(session, fair, by=None, now=NOW)

    with pytest.raises(BookingCancelled):
        report(session, gone)
    with pytest.raises(FairFinished):
        report(session, late)


def test_a_company_is_reminded_until_the_fair_is_finished(session, fair):
    booking = stands(session, fair)
    firm = booking.enterprise
    assert results.lately(session, firm, now=NOW) == [(booking, None)]
    assert results.lately(session, firm, now=NOW + timedelta(days=61)) == []

    told = report(session, booking)
    assert results.lately(session, firm, now=NOW) == [(booking, told)]
    noted(session, fair)
    results.finish(session, fair, by=None, now=NOW)

    assert results.lately(session, firm, now=NOW) == []


# What is known


def test_what_is_known_is_proposed_with_its_source(session, fair):
    came, missed = stands(session, fair), stands(session, fair)
    walk_in = stands(session, fair, walk_in=True)
    stands(session, fair, cancelled_at=BEGAN - timedelta(days=1), cancelled_why="free")
    scanned(session, fair, 1, booking_id=came.id)
    for number in (2, 3):
        row = Reservation(fair_id=fair.id, jobseeker_id=JobseekerFactory().id, reserved_at=BEGAN)
        session.add(row)
        session.flush()
        scanned(session, fair, number, reservation_id=row.id)
    for number, headcount in ((1, 4), (2, 6)):
        vacancy = approve(VacancyFactory(headcount=headcount, trade="焊工"))
        session.add(FairVacancy(fair_id=fair.id, vacancy_id=vacancy.id, job_no=number, added_at=BEGAN))
    report(session, came, 3, 4, 1)
    report(session, walk_in, 2, 2, 0)

    found = {name: (each.value, each.source) for name, each in results.propose(session, fair).figures.items()}

    assert found == {
        "planned_enterprises": (2, "enterprise_reported"),
        "present_enterprises": (2, "scanned"),
        "walk_in_enterprises": (1, "staff_counted"),
        "no_show_enterprises": (1, "scanned"),
        "visitors": (2, "scanned"),
        "positions": (2, "enterprise_reported"),
        "headcount": (10, "enterprise_reported"),
        "trades": (1, "enterprise_reported"),
        "intent_people": (5, "enterprise_reported"),
        "intent_times": (6, "enterprise_reported"),
        "hired_on_site": (1, "enterprise_reported"),
    }
    assert missed.status != "no_show"


def test_of_a_fair_nobody_stood_at_nothing_is_known(session, fair):
    assert results.propose(session, fair).figures == {}


def test_who_reports_and_was_not_seen_to_come_is_counted_apart(session, fair):
    came, missed, walk_in = stands(session, fair), stands(session, fair), stands(session, fair, walk_in=True)
    for row in (came, missed, walk_in):
        report(session, row, 2, 2, 0)
    assert results.propose(session, fair).known.absent == 0  # nobody was scanning

    scanned(session, fair, 1, booking_id=came.id)

    assert results.propose(session, fair).known.absent == 1
