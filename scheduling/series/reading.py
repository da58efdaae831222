"""Series as pages show them, and publishing several of their drafts at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import fairs, markets
from scheduling.models import Account, Fair, FairSeries, Market
from scheduling.planning import markets as planning
from scheduling.refusals import NotFound, Refusal


def all_of(session: Session, county: str, *, most: int = 200) -> list[tuple[FairSeries, int]]:
    """Give the county's series, the newest first, each with how many fairs it has."""
    number = select(func.count(Fair.id)).where(Fair.series_id == FairSeries.id).scalar_subquery()
    rows = select(FairSeries, number).where(FairSeries.county == county).order_by(FairSeries.number.desc()).limit(most)
    return [(series, count) for series, count in session.execute(rows)]


def find(session: Session, county: str, number: int) -> FairSeries:
    """Give the series of this number. Raises NotFound."""
    series = session.scalar(select(FairSeries).where(FairSeries.county == county, FairSeries.number == number))
    if series is None:
        raise NotFound
    return series


def of_fair(session: Session, fair: Fair) -> FairSeries | None:
    """Give the series the fair was made by, None for one planned by itself."""
    return session.get(FairSeries, fair.series_id) if fair.series_id else None


def fairs_of(session: Session, series: FairSeries) -> list[Fair]:
    """Give the fairs of a series by their time, called off or not."""
    return list(session.scalars(select(Fair).where(Fair.series_id == series.id).order_by(Fair.starts_at, Fair.number)))


def drafts(session: Session, series: FairSeries) -> list[tuple[Fair, list[str]]]:
    """Give the drafts of a series, each with the keys of what it lacks for publishing."""
    rows = [fair for fair in fairs_of(session, series) if fair.state == "draft"]
    lacking = fairs.lacking(session, rows)
    return [(fair, lacking[fair.id]) for fair in rows]


def spoken(session: Session, series: FairSeries) -> str:
    """Say the series' rule in Chinese, as published notices write it (每周六, 公历逢8)."""
    if series.rule["kind"] != "market":
        return planning.describe(planning.rule_from(series.rule["kind"], series.rule))
    market = session.get(Market, series.market_id)
    return f"{market.name}{markets.describe(market)}" if market else ""


def publish(
    session: Session, rows: Iterable[Fair], *, by: Account | None, now: datetime
) -> tuple[list[Fair], list[tuple[Fair, Refusal]]]:
    """Publish each of these fairs that is ready; give those, and those refused, each with why."""
    done: list[Fair] = []
    refused: list[tuple[Fair, Refusal]] = []
    for fair in rows:
        try:
            fairs.publish(session, fair, by=by, now=now)
            done.append(fair)
        except Refusal as refusal:  # it says no before it writes anything
            refused.append((fair, refusal))
    return done, refused
