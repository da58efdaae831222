"""Making a series: a draft for each chosen day. Made again, nothing is made twice."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Unpack
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import booths, counters, deeds, diaries, fairs
from scheduling.models import Account, BoothPolicy, Fair, FairSeries
from scheduling.refusals import NoDayLeft, Refusal, TimesInDisorder
from scheduling.series.days import Pattern


@dataclass(frozen=True)
class Shape:
    """What every fair of a series has in common; times are those of the county's own clock."""

    kind: str
    title: str
    place: str
    starts: time
    ends: time
    township_id: UUID | None = None
    booths: int = 0  # laid out at each, none for 0
    policy: BoothPolicy | None = None


@dataclass(frozen=True)
class Made:
    """What making came to: drafts made now, days that had theirs, and days refused, each with why."""

    series: FairSeries
    made: tuple[Fair, ...]
    stood: tuple[date, ...]
    refused: tuple[tuple[date, Refusal], ...]


def make(
    session: Session,
    county: str,
    pattern: Pattern,
    shape: Shape,
    days: Collection[date],
    *,
    host: str,
    by: Account | None,
    now: datetime,
    **details: Unpack[fairs.Details],
) -> Made:
    """Make a draft on each of `days` that the pattern has, linked by the series; a day that has its fair keeps it.

    The same pattern and shape are the same series for good: a fair that was moved or renamed since, or called off,
    still stands for its day. A day that is refused (PlaceTaken, InThePast) is passed over and given back.
    `host` is the host name in calendar UIDs. Raises NoDayLeft, TimesInDisorder, what `Pattern.days` does, and what
    `fairs.plan` does when no day at all could be had.
    """
    wanted = [day for day in pattern.days() if day in set(days)]
    if not wanted:
        raise NoDayLeft
    if shape.ends <= shape.starts:
        raise TimesInDisorder
    diaries.hold_places(session, county)
    series = _series(session, county, pattern, shape, by=by, now=now)
    had = set(session.scalars(select(Fair.series_day).where(Fair.series_id == series.id)))
    made: list[Fair] = []
    refused: list[tuple[date, Refusal]] = []
    for day in wanted:
        if day in had:
            continue
        try:
            with session.begin_nested():  # a day that is refused gives its number back
                made += _draft(session, series, pattern, shape, day, host=host, by=by, now=now, details=details)
        except Refusal as refusal:
            refused.append((day, refusal))
    if len(refused) == len(wanted):
        raise refused[0][1]
    if made:
        deeds.record(session, "series.made", series, by=by, now=now, fairs=len(made), number=series.number)
    fresh = {fair.series_day for fair in made}
    gone = {day for day, _why in refused}
    return Made(series, tuple(made), tuple(day for day in wanted if day not in fresh | gone), tuple(refused))


def _series(
    session: Session, county: str, pattern: Pattern, shape: Shape, *, by: Account | None, now: datetime
) -> FairSeries:
    """Give the series of this pattern and shape, written down when it is new."""
    told = {
        "kind": shape.kind,
        "title": shape.title,
        "rule": pattern.as_params(),
        "market_id": pattern.market.id if pattern.market else None,
        "first": pattern.first,
        "last": pattern.last,
        "starts": shape.starts,
        "ends": shape.ends,
    }
    same = json.dumps({**told, "place": shape.place, "town": shape.township_id}, sort_keys=True, default=str)
    fingerprint = sha256(same.encode()).hexdigest()
    known = select(FairSeries).where(FairSeries.county == county, FairSeries.fingerprint == fingerprint)
    series = session.scalar(known)
    if series is None:
        number = counters.take(session, county, "series")
        series = FairSeries(
            county=county, number=number, fingerprint=fingerprint, by_id=by.id if by else None, at=now, **told
        )
        session.add(series)
        session.flush()
    return series


def _draft(
    session: Session,
    series: FairSeries,
    pattern: Pattern,
    shape: Shape,
    day: date,
    *,
    host: str,
    by: Account | None,
    now: datetime,
    details: fairs.Details,
) -> list[Fair]:
    """Plan the fair of one day with its booths; none for one that another series has already."""
    fair = fairs.plan(
        session,
        series.county,
        kind=shape.kind,
        title=shape.title,
        township_id=shape.township_id,
        market=pattern.market,
        place=shape.place,
        starts_at=datetime.combine(day, shape.starts, fairs.HERE),
        ends_at=datetime.combine(day, shape.ends, fairs.HERE),
        host=host,
        by=by,
        now=now,
        **details,
    )
    if fair.series_id is not None:
        return []
    fair.series_id, fair.series_day = series.id, day
    session.flush()
    if shape.booths and not booths.of_fair(session, fair):
        booths.lay_out(session, fair, count=shape.booths, first=1, by=by, now=now)
    if shape.policy is not None:
        booths.policies.go_by(session, fair, shape.policy, by=by, now=now)
    return [fair]
