"""The county's ground: townships, published holidays, markets with their rules and the Spring Festival's rest."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from portal.commands.demo.scene import Scene
from scheduling import markets
from scheduling.models import Market, Township
from scheduling.planning import lunar

NEVER_RESTS = "chengguan"  # the county town's daily market, so that there is a fair today on any day
_OPENED = 400  # days ago


def settle(scene: Scene, rows: list[dict[str, Any]]) -> dict[str, Market]:
    """Write down townships and holidays and open a market in each; give the markets by slug."""
    markets.seed_holidays(scene.session, scene.county, by=scene.desk, now=scene.ago(_OPENED))
    held = {}
    for row in rows:
        township = Township(
            county=scene.county, code=row["code"], name=row["name"], population_10k=row["population_10k"]
        )
        scene.session.add(township)
        scene.session.flush()
        opens, closes = (time.fromisoformat(clock) for clock in row["market_hours"])
        held[row["slug"]] = markets.open(
            scene.session,
            scene.county,
            slug=row["slug"],
            township=township,
            name=row["name"],
            term=row["term"],
            rule_text=row["rule_text"],
            opens=opens,
            closes=closes,
            by=scene.desk,
            now=scene.ago(_OPENED),
        )
    _rest(scene, held)
    return held


def _rest(scene: Scene, held: dict[str, Market]) -> None:
    """Let the markets rest on the first two days of the coming lunar year (春节休市)."""
    new_year = next_new_year(scene.day(-15))
    for slug, market in held.items():
        if slug == NEVER_RESTS:
            continue
        for day in markets.days(market, new_year, new_year + timedelta(days=1)):
            markets.add_exception(
                scene.session,
                market,
                kind="drop_date",
                day=day,
                reason="春节休市",
                by=scene.desk,
                now=scene.ago(40),
            )


def next_new_year(day: date) -> date:
    """Give the first 正月初一 on `day` or later."""
    year = lunar.lunar_day(day).year
    this_year, next_year = (lunar.month_start(number, 1) for number in (year, year + 1))
    return this_year if this_year >= day else next_year


def last_day(market: Market, until: date) -> date:
    """Give the market's last day on `until` or earlier."""
    return markets.days(market, until - timedelta(days=60), until)[-1]


def first_day(market: Market, since: date) -> date:
    """Give the market's first day on `since` or later."""
    return markets.next_days(market, since - timedelta(days=1), 1)[0]
