"""What is true of the demo county on whatever day it is filled; the tests of the demo ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from portal.clock import HERE
from scheduling import claims, exams, fairs, followups, ledger, markets, orders
from scheduling.models import Fair, TrainingClass


def on_market_days(session, county, now):
    """Check the fairs of a county filled around `now`: each market fair on its market's day, one of them today."""
    held = session.scalars(select(Fair).where(Fair.county == county).order_by(Fair.number)).all()
    at_markets = [fair for fair in held if fair.kind == "market_fair"]
    assert [fair.title for fair in at_markets if not markets.is_day(fair.market, fairs.local_day(fair.starts_at))] == []
    assert len(at_markets) == 8
    today = [fair for fair in at_markets if fairs.local_day(fair.starts_at) == fairs.local_day(now)]
    assert [fair.market.name for fair in today] == ["城关镇"]
    assert 7 <= today[0].starts_at.astimezone(HERE).hour < today[0].ends_at.astimezone(HERE).hour <= 22


def adds_up(session, county: str, checks: Mapping[str, int]) -> None:
    """Check the ledger against the sums of county.json: what the county assigned, and all of it."""
    lines = ledger.lines(session, county)
    assigned = ledger.totals(line for line in lines if line.source == "assigned")

    assert ledger.troubles(lines) == []
    assert (assigned.needed, assigned.hired, assigned.gap) == (checks["need"], checks["hired"], checks["gap"])
    assert (ledger.totals(lines).lines, ledger.totals(lines).needed) == (checks["needing_all"], checks["need_all"])


def graduated(session, county: str, *, today: date) -> None:
    """Check the class that is over: all passed, one at a resit; a claim on notice; calls due; four hired."""
    row = next(row for row in session.scalars(select(TrainingClass)) if row.title.startswith("缝纫工订单班"))
    claim = claims.of_class(session, row)

    assert {each.state for each in exams.outcomes(session, row).values()} == {"passed"}
    assert len(exams.of_class(session, row)) == 2
    assert claims.state(claim, today) == "posted"
    assert claims.troubles(session, row, claim) == []
    assert followups.due(session, county, school=None, today=today)
    (order,) = orders.of_class(session, row)
    (line,) = ledger.of_enterprise(session, order.enterprise)
    assert orders.find(session, county, order.no).hired == line.hired == 4
