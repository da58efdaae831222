"""Twenty-four enterprises, four processes, one booth, at the same moment."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select, text

from portal.database import db
from scheduling.models import Booking
from tests.conftest import SECRET
from tests.factories import NOW, BoothFactory, EnterpriseFactory, approve
from tests.journeys.racing import together

PROCESSES, EACH = 4, 6
RACERS = Path(__file__).with_name("booth_racers.py")


def race(database_url: str, guard: str, booth: str, enterprises: list[str]) -> Counter[str]:
    """Start the processes, let them all go at once, and count the outcomes."""
    told = {"database": database_url, "secret": SECRET, "guard": guard, "booth": booth, "now": NOW.isoformat()}
    return Counter(together(RACERS, ({**told, "enterprises": enterprises[n::PROCESSES]} for n in range(PROCESSES))))


@pytest.fixture
def arranged(session) -> tuple[str, list[str]]:
    """A booth, and enterprises that all want it, there for other processes to see."""
    booth = BoothFactory()
    enterprises = [approve(EnterpriseFactory()) for _ in range(PROCESSES * EACH)]
    told = str(booth.id), [str(enterprise.id) for enterprise in enterprises]
    session.commit()
    return told


@pytest.mark.parametrize("guard", ["lock and index", "index"])
def test_one_enterprise_gets_the_booth_and_all_others_are_told_so(database_url, session, arranged, guard):
    outcomes = race(database_url, guard, *arranged)

    assert outcomes == {"booked": 1, "BoothTaken": PROCESSES * EACH - 1}
    assert len(session.scalars(select(Booking)).all()) == 1


def test_without_the_guards_the_same_race_gives_the_booth_away_many_times(database_url, arranged):
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE scratch_bookings (firm VARCHAR(36))"))
    try:
        outcomes = race(database_url, "none", *arranged)
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE scratch_bookings"))

    assert outcomes["booked"] > 1
    assert set(outcomes) <= {"booked", "BoothTaken"}
