"""Two hundred enterprises after forty booths at opening time, from four processes, on either database."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from scheduling import accounts, booths, signins
from scheduling.booths import waiting
from scheduling.models import Account, Booking, Enterprise, Fair
from tests.conftest import SECRET
from tests.factories import COUNTY, NOW, EnterpriseFactory, FairFactory, approve
from tests.journeys.racing import together

PROCESSES, THREADS, ENTERPRISES, BOOTHS = 4, 4, 200, 40
CROWD = Path(__file__).with_name("crowd.py")

pytestmark = pytest.mark.slow


def rush(database_url: str, fair: str, tokens: list[str]) -> list[tuple[int, str]]:
    """Let them all go at once; give what each was answered at the second tap."""
    told = {"database": database_url, "secret": SECRET, "now": NOW.isoformat(), "threads": THREADS, "fair": fair}
    answers = together(CROWD, ({**told, "tokens": tokens[n::PROCESSES]} for n in range(PROCESSES)))
    return [(status, where) for status, where in answers]


@pytest.fixture
def opening(session) -> tuple[str, list[str]]:
    """A hall of forty booths, and the browsers of two hundred enterprises that look at it."""
    fair = FairFactory(slug="hall")
    booths.lay_out(session, fair, count=BOOTHS, by=None, now=NOW)
    tokens = []
    for n in range(ENTERPRISES):
        firm = approve(EnterpriseFactory())
        account = Account(county=COUNTY, name="钱经理", phone=f"137{n:08d}", enterprise_id=firm.id, created_at=NOW)
        session.add(account)
        session.flush()
        accounts.grant(session, account, "enterprise", by=None, now=NOW)
        tokens.append(signins.begin(session, account, now=NOW))
    session.commit()
    return fair.slug, tokens


def test_forty_get_a_booth_and_all_others_wait_in_order(database_url, session, opening):
    slug, tokens = opening

    answers = rush(database_url, slug, tokens)

    session.rollback()  # a fresh look: SQLite shows a reader what there was when it began
    session.expire_all()
    fair = session.scalars(select(Fair).where(Fair.slug == slug)).one()
    booked = session.scalars(select(Booking).where(Booking.cancelled_at.is_(None))).all()
    line = waiting.line(session, fair)
    assert Counter(status for status, _ in answers) == {303: ENTERPRISES}
    assert sorted(row.booth.number for row in booked) == list(range(1, BOOTHS + 1))
    assert [row.place for row in line] == list(range(1, ENTERPRISES - BOOTHS + 1))
    assert [row.since for row in line] == sorted(row.since for row in line)
    assert len({row.enterprise_id for row in [*booked, *line]}) == ENTERPRISES

    first, second = line[0].enterprise, line[1].enterprise
    booths.cancel(session, booked[0], by=None, now=NOW)
    session.commit()

    assert booths.of_enterprise(session, session.get_one(Enterprise, first.id))
    assert not booths.of_enterprise(session, session.get_one(Enterprise, second.id))
    assert len(waiting.line(session, fair)) == ENTERPRISES - BOOTHS - 1
