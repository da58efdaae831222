"""Fairs as the tests of fairs tell them: in 柳河镇, on 27 November 2026, which is a market day there."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from scheduling import fairs, markets
from scheduling.models import Deed, Fair, Reservation
from tests.factories import COUNTY, NOW, BoothFactory, JobseekerFactory, TownshipFactory

AT = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)  # Friday 8:30 in Shanghai, 十月十九: a market day in 柳河镇


@pytest.fixture
def willow(session):
    """柳河镇's market, 农历逢三六九."""
    return markets.open(
        session,
        COUNTY,
        slug="liuhe",
        township=TownshipFactory(name="柳河镇"),
        name="柳河镇",
        term="集",
        rule_text="农历逢三六九",
        opens=time(7),
        closes=time(12),
        by=None,
        now=NOW,
    )


def planned(session, market=None, **more) -> Fair:
    """A market fair on 27 November, 8:30 to 11:30."""
    given = {
        "kind": "market_fair",
        "title": "柳河镇赶集招聘",
        "township_id": None,
        "market": market,
        "place": "柳河镇集市入口",
        "starts_at": AT,
        "ends_at": AT + timedelta(hours=3),
        "host": "rs.example.gov.cn",
        **more,
    }
    return fairs.plan(session, COUNTY, by=None, now=NOW, **given)


def ready(session, market=None, **more) -> Fair:
    """The same with everything publishing needs."""
    told = {"contact_name": "王窗口", "contact_phone": "0990-1234567", "rain_plan": "改到镇文化站大厅"}
    fair = planned(session, market, **told | more)
    BoothFactory(fair=fair)
    return fair


def published(session, market=None, **more) -> Fair:
    fair = ready(session, market, **more)
    fairs.publish(session, fair, by=None, now=NOW)
    return fair


def reserve(fair, **more) -> Reservation:
    seeker = JobseekerFactory()
    row = Reservation(fair_id=fair.id, jobseeker_id=seeker.id, reserved_at=NOW, **more)
    row.jobseeker = seeker
    return row


def deeds_about(session, fair) -> list[str]:
    return list(session.scalars(select(Deed.what).where(Deed.about == f"fairs/{fair.id}").order_by(Deed.id)))
