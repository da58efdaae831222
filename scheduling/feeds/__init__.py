"""Feeds (日历订阅): fairs and class sessions for other people's calendars (design.md §2.5, §3 Feeds).

The bytes are a function of the rows, the question and the civil day in Asia/Shanghai, of nothing else: two fetches of
one day with no change between them are equal. Only published things are ever said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from scheduling import campaigns
from scheduling.feeds import entries, ical
from scheduling.feeds.entries import Voice
from scheduling.feeds.ical import ZONE
from scheduling.models import (
    Campaign,
    ClassCallingOff,
    ClassPublication,
    ClassSession,
    Course,
    Deed,
    Fair,
    FairCallingOff,
    FairPublication,
    Township,
    TrainingClass,
)
from scheduling.refusals import NotFound

__all__ = ["ALARMS", "Feed", "Filters", "Voice", "course", "courses", "fair", "fairs", "townships", "trades"]

PAST, AHEAD = timedelta(days=180), timedelta(days=400)
CANCELLED_KEPT = timedelta(days=60)
ALARMS = frozenset({5, 10, 15, 30, 60, 120, 180, 720, 1440, 2880})  # minutes ahead that may be asked for

_EVER = datetime(1970, 1, 1, tzinfo=ZONE)

# Fixed, whatever is asked: a calendar's name that changes would rename it under its owner's hands.
FAIRS_NAME, COURSES_NAME = "送岗·招聘会", "送岗·培训课"


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


@dataclass(frozen=True)
class Feed:
    """The bytes of a feed, and since when they may have been so (aware, never later than a change of the bytes)."""

    body: bytes
    changed_at: datetime


def fairs(session: Session, county: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give the published fairs of `county` from 180 days back to 400 ahead. Six queries at most."""
    found = select(Fair).where(*_published_fair(county), *_within(Fair.starts_at, now))
    known = _our_townships(session, county, asked.townships)
    if known:
        found = found.where(Fair.township_id.in_(known))
    if asked.kinds:
        found = found.where(Fair.kind.in_(sorted(asked.kinds)))
    running = _our_campaigns(session, county, asked.campaigns)
    if running:
        found = found.where(campaigns.belonging(running))
    rows = session.scalars(found.order_by(Fair.starts_at, Fair.uid)).all()
    if asked.audiences:
        rows = [row for row in rows if asked.audiences & set(row.audiences)]
    said = [entries.of_fair(row, voice) for row in rows if _kept(row, now)]
    changed = max(_fairs_changed(session, county), _campaigns_changed(session, county) if running else _EVER)
    return _feed(said, FAIRS_NAME, asked, changed, now)


def fair(session: Session, county: str, slug: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give one published fair, whenever it is or was: its address is on posters. Raises NotFound, for a draft too."""
    row = session.scalar(select(Fair).where(*_published_fair(county), Fair.slug == slug))
    if row is None:
        raise NotFound
    said = [entries.of_fair(row, voice)] if _kept(row, now) else []
    return _feed(said, FAIRS_NAME, asked, _fairs_changed(session, county), now)


def courses(session: Session, county: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give the sessions of published classes from 180 days back to 400 ahead. Three queries."""
    found = _sessions(county).where(*_within(ClassSession.starts_at, now))
    if asked.kinds:
        found = found.where(Course.mode.in_(sorted(asked.kinds)))
    if asked.trades:
        found = found.where(Course.trade.in_(sorted(asked.trades)))
    rows = session.scalars(found).all()
    said = [entries.of_session(row, voice) for row in rows if _kept(row, now)]
    return _feed(said, COURSES_NAME, asked, _classes_changed(session, county), now)


def course(session: Session, county: str, slug: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give the sessions of one published class, whenever they are. Raises NotFound, for a draft too."""
    held = select(TrainingClass.id).join(ClassPublication).where(TrainingClass.county == county)
    if session.scalar(held.where(TrainingClass.slug == slug)) is None:
        raise NotFound
    rows = session.scalars(_sessions(county).where(TrainingClass.slug == slug)).all()
    said = [entries.of_session(row, voice) for row in rows if _kept(row, now)]
    return _feed(said, COURSES_NAME, asked, _classes_changed(session, county), now)


def townships(session: Session, county: str) -> list[Township]:
    """Give the townships one may ask for, by code."""
    return list(session.scalars(select(Township).where(Township.county == county).order_by(Township.code)))


def trades(session: Session, county: str) -> list[str]:
    """Give the trades that published classes teach, in order."""
    taught = select(Course.trade).join(TrainingClass).join(ClassPublication)
    return sorted(session.scalars(taught.where(TrainingClass.county == county, Course.trade != "").distinct()))


def _feed(said: Iterable[ical.Entry], name: str, asked: Filters, latest: datetime, now: datetime) -> Feed:
    alarms = sorted(asked.alarms & ALARMS)
    # At midnight the window moves and old cancellations leave, so the bytes may be other ones since then.
    return Feed(ical.write(said, name, alarms=alarms), max(latest, _midnight(_today(now))))


def _published_fair(county: str) -> list[ColumnElement[bool]]:
    return [Fair.county == county, Fair.publication.has()]


def _sessions(county: str) -> Select[ClassSession]:
    return (
        select(ClassSession)
        .join(ClassSession.training_class)
        .join(TrainingClass.course)
        .where(TrainingClass.county == county, TrainingClass.publication.has())
        .options(selectinload(ClassSession.training_class))
        .order_by(ClassSession.starts_at, ClassSession.uid)
    )


def _our_townships(session: Session, county: str, wanted: frozenset[str]) -> list[object]:
    """Find the townships asked for; one nobody knows is ignored, as a filter nobody knows is."""
    if not wanted:
        return []
    names = sorted(wanted)
    ours = select(Township.id).where(Township.county == county)
    return list(session.scalars(ours.where(or_(Township.code.in_(names), Township.name.in_(names)))))


def _our_campaigns(session: Session, county: str, wanted: frozenset[str]) -> list[Campaign]:
    """Find the campaigns asked for; a key nobody knows is ignored."""
    if not wanted:
        return []
    ours = select(Campaign).where(Campaign.county == county, Campaign.key.in_(sorted(wanted)))
    return list(session.scalars(ours.order_by(Campaign.key)))


def _campaigns_changed(session: Session, county: str) -> datetime:
    """Tell when a campaign last got other days, by the deeds: its row does not say, and fairs leave it unchanged."""
    told = select(func.max(Deed.at)).where(Deed.county == county, Deed.what.startswith("campaign."))
    return session.scalar(told) or _EVER


def _within(starts_at: InstrumentedAttribute[datetime], now: datetime) -> tuple[ColumnElement[bool], ...]:
    today = _today(now)
    return starts_at >= _midnight(today - PAST), starts_at < _midnight(today + AHEAD + timedelta(days=1))


def _kept(row: Fair | ClassSession, now: datetime) -> bool:
    """Whether `row` is still told: a cancellation stays long enough for every calendar to hear of it."""
    off = entries.cancelled_at(row)
    return off is None or _today(now) <= _today(off) + CANCELLED_KEPT


def _fairs_changed(session: Session, county: str) -> datetime:
    """Tell the last change among all fairs: one that has left a filter is no longer among those shown."""
    times = session.execute(
        select(func.max(Fair.changed_at), func.max(FairPublication.at), func.max(FairCallingOff.at))
        .select_from(Fair)
        .outerjoin(Fair.publication)
        .outerjoin(Fair.calling_off)
        .where(Fair.county == county)
    ).one()
    return max(filter(None, times), default=_EVER)


def _classes_changed(session: Session, county: str) -> datetime:
    """Tell the last change among all classes and their sessions."""
    times = session.execute(
        select(
            func.max(TrainingClass.changed_at),
            func.max(ClassPublication.at),
            func.max(ClassCallingOff.at),
            func.max(ClassSession.changed_at),
            func.max(ClassSession.cancelled_at),
        )
        .select_from(TrainingClass)
        .outerjoin(TrainingClass.publication)
        .outerjoin(TrainingClass.calling_off)
        .outerjoin(TrainingClass.sessions)
        .where(TrainingClass.county == county)
    ).one()
    return max(filter(None, times), default=_EVER)


def _today(now: datetime) -> date:
    return now.astimezone(ZONE).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
