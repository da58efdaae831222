"""Public room: markets, today's and the next days', and each town's rule in words."""

from __future__ import annotations

from typing import Any

from flask import render_template

from portal import clock, doors
from portal.database import reading
from portal.filters import clock as spoken
from portal.public.door import pages
from scheduling import fairs
from scheduling import markets as acts
from scheduling.models import Market
from scheduling.planning import lunar

NEXT = 4


def line(market: Market) -> dict[str, str]:
    """Give a market as components/card.html shows it."""
    hours = f"{spoken(market.opens)}–{spoken(market.closes)}" if market.opens and market.closes else ""
    return {"name": market.name, "term": market.term, "hours": hours}


@pages.get("/markets/", endpoint="markets")
def markets() -> str:
    """Show today's markets large, the next seven days, and every town's rule with its next days."""
    session, county = reading(), doors.county()
    day = fairs.local_day(clock.now())
    everything = acts.all_of(session, county)
    towns: list[dict[str, Any]] = [
        {
            **line(market),
            "rule": acts.describe(market),
            "days": acts.next_days(market, day, NEXT),
            "exceptions": [row for row in market.exceptions if max(row.day, row.moved_to or row.day) >= day],
        }
        for market in everything
    ]
    return render_template(
        "public/markets/index.html",
        today={"day": day, "lunar": lunar.lunar_day(day).name},
        held=[line(market) for market in acts.held(everything, day)],
        week=[(coming, acts.held(everything, coming)) for coming in acts.days_after(day)],
        towns=towns,
    )
