"""What is asked of a feed, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from scheduling.feeds.ical import ZONE
from scheduling.models import Campaign, Course, Township

PAST, AHEAD = timedelta(days=180), timedelta(days=400)
CANCELLED_KEPT = timedelta(days=60)
ALARMS = frozenset({5, 10, 15, 30, 60, 120, 180, 720, 1440, 2880})  # minutes ahead that may be asked for


@dataclass(frozen=True)
class Filters:
    """What somebody wants to see: every field narrows, values within one widen, an empty one does not filter.

    `townships` are codes or names. `kinds` are a fair's kind or a course's mode. `alarms` are minutes ahead; those not
    in ALARMS are ignored, as is a township that is not ours. `campaigns` are keys; one that was withdrawn still means
    its days, for its address is in somebody's calendar. A fair has no trade and a course no township, audience or
    campaign: such a filter is ignored there.
    """

    townships: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    alarms: frozenset[int] = frozenset()

    @property
    def ahead(self) -> tuple[int, ...]:
        """The alarms that may be had, in minutes, in order."""
        return tuple(sorted(self.alarms & ALARMS))


@dataclass(frozen=True)
class Feed:
    """The bytes of a feed, and since when they may have been so (aware, never later than a change of the bytes)."""

    body: bytes
    changed_at: datetime


def our_townships(session: Session, county: str, wanted: frozenset[str]) -> list[object]:
    """Find the townships asked for; one nobody knows is ignored, as a filter nobody knows is."""
    if not wanted:
        return []
    names = sorted(wanted)
    ours = select(Township.id).where(Township.county == county)
    return list(session.scalars(ours.where(or_(Township.code.in_(names), Township.name.in_(names)))))


def our_trades(session: Session, county: str, wanted: frozenset[str]) -> list[str]:
    """Find the trades asked for; one no class of ours ever taught, or teaches under another name now, is ignored."""
    if not wanted:
        return []
    ours = select(Course.trade).where(Course.county == county, Course.trade.in_(sorted(wanted)))
    return list(session.scalars(ours.distinct().order_by(Course.trade)))


def our_campaigns(session: Session, county: str, wanted: frozenset[str]) -> list[Campaign]:
    """Find the campaigns asked for; a key nobody knows is ignored."""
    if not wanted:
        return []
    ours = select(Campaign).where(Campaign.county == county, Campaign.key.in_(sorted(wanted)))
    return list(session.scalars(ours.order_by(Campaign.key)))


def within(starts_at: InstrumentedAttribute[datetime], now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions of the window, which moves at midnight in Shanghai."""
    day = today(now)
    return starts_at >= midnight(day - PAST), starts_at < midnight(day + AHEAD + timedelta(days=1))


def lingering(off: ColumnElement[datetime] | InstrumentedAttribute[datetime], now: datetime) -> ColumnElement[bool]:
    """Give `lingers` as a condition."""
    return or_(off.is_(None), off >= midnight(today(now) - CANCELLED_KEPT))


def lingers(off: datetime | None, now: datetime) -> bool:
    """Whether what was cancelled at `off` is still told: long enough for every calendar to hear of it."""
    return off is None or today(now) <= today(off) + CANCELLED_KEPT


def today(now: datetime) -> date:
    """Give the civil day in Shanghai."""
    return now.astimezone(ZONE).date()


def midnight(day: date) -> datetime:
    """Give when a day begins in Shanghai."""
    return datetime.combine(day, time(), ZONE)
