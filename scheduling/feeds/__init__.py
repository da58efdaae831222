"""Feeds (日历订阅): fairs and class sessions for other people's calendars (design.md §2.5, §3 Feeds).

The bytes are a function of the rows, the question and the civil day in Asia/Shanghai, of nothing else: two fetches of
one day with no change between them are equal. Only published things are ever said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from scheduling import campaigns
from scheduling.feeds import asking, blocks, ical, links, own, versions
from scheduling.feeds.asking import ALARMS, Feed, Filters, within
from scheduling.feeds.entries import Voice
from scheduling.feeds.ical import ZONE
from scheduling.models import (
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

__all__ = [
    "ALARMS",
    "Feed",
    "Filters",
    "Voice",
    "course",
    "courses",
    "fair",
    "fairs",
    "lesson",
    "links",
    "private",
    "townships",
    "trades",
]

_EVER = datetime(1970, 1, 1, tzinfo=ZONE)

# Fixed, whatever is asked: a calendar's name that changes would rename it under its owner's hands.
FAIRS_NAME, COURSES_NAME, OWN_NAME = "送岗·招聘会", "送岗·培训课", "送岗·我的日程"


def fairs(session: Session, county: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give the published fairs of `county` from 180 days back to 400 ahead. Six queries at most."""
    found = [Fair.county == county, *within(Fair.starts_at, now)]
    known = asking.our_townships(session, county, asked.townships)
    if known:
        found.append(Fair.township_id.in_(known))
    if asked.kinds:
        found.append(Fair.kind.in_(sorted(asked.kinds)))
    running = asking.our_campaigns(session, county, asked.campaigns)
    if running:
        found.append(campaigns.belonging(running))
    said = _fairs(session, found, asked, voice, now)
    changed = max(_fairs_changed(session, county), _campaigns_changed(session, county) if running else _EVER)
    return _feed(said, FAIRS_NAME, changed, now)


def fair(session: Session, county: str, slug: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give one published fair, whenever it is or was: its address is on posters. Raises NotFound, for a draft too."""
    published = select(Fair.id).join(Fair.publication).where(Fair.county == county, Fair.slug == slug)
    id_ = session.scalar(published)
    if id_ is None:
        raise NotFound
    said = _fairs(session, [Fair.id == id_], Filters(alarms=asked.alarms), voice, now)
    return _feed(said, FAIRS_NAME, _fairs_changed(session, county), now)


def courses(session: Session, county: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give the sessions of published classes from 180 days back to 400 ahead. Two queries, and one for trades."""
    found = [TrainingClass.county == county, *within(ClassSession.starts_at, now)]
    if asked.kinds:
        found.append(Course.mode.in_(sorted(asked.kinds)))
    if taught := asking.our_trades(session, county, asked.trades):
        found.append(Course.trade.in_(taught))
    return _feed(_sessions(session, found, asked, voice, now), COURSES_NAME, _classes_changed(session, county), now)


def course(session: Session, county: str, slug: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give the sessions of one published class, whenever they are. Raises NotFound, for a draft too."""
    published = select(TrainingClass.id).join(ClassPublication)
    id_ = session.scalar(published.where(TrainingClass.county == county, TrainingClass.slug == slug))
    if id_ is None:
        raise NotFound
    said = _sessions(session, [TrainingClass.id == id_], asked, voice, now)
    return _feed(said, COURSES_NAME, _classes_changed(session, county), now)


def lesson(
    session: Session, county: str, slug: str, asked: Filters, voice: Voice, *, number: int, now: datetime
) -> Feed:
    """Give one session of a published class, the very event of the class's feed. Raises NotFound, for a draft too."""
    published = select(ClassSession.id).join(TrainingClass, TrainingClass.id == ClassSession.class_id)
    published = published.join(ClassPublication, ClassPublication.class_id == TrainingClass.id)
    its = (TrainingClass.county == county, TrainingClass.slug == slug, ClassSession.number == number)
    id_ = session.scalar(published.where(*its))
    if id_ is None:
        raise NotFound
    said = _sessions(session, [ClassSession.id == id_], asked, voice, now)
    return _feed(said, COURSES_NAME, _classes_changed(session, county), now)


def private(session: Session, county: str, token: str, asked: Filters, voice: Voice, *, now: datetime) -> Feed:
    """Give somebody's own calendar, by the token of a link. Eight queries at most.

    Raises NotFound, the same for a link that was never made and one that was taken back.
    """
    holds = own.of_link(session, links.opened(session, county, token), now=now)
    told: list[tuple[Any, bytes]] = []
    if holds.fairs:
        found = [Fair.county == county, Fair.uid.in_(holds.fairs), *within(Fair.starts_at, now)]
        rows = [
            row for row in versions.fairs(session, *found, now=now) if asking.lingers(holds.fairs[row.uid].off, now)
        ]
        told += zip(rows, blocks.of_fairs(session, rows, voice, asked.ahead, holds.fairs), strict=True)
    if holds.sessions:
        found = [
            TrainingClass.county == county,
            ClassSession.uid.in_(holds.sessions),
            *within(ClassSession.starts_at, now),
        ]
        rows = [
            row
            for row in versions.sessions(session, *found, now=now)
            if asking.lingers(holds.sessions[row.uid].off, now)
        ]
        told += zip(rows, blocks.of_sessions(rows, voice, asked.ahead, holds.sessions), strict=True)
    told.sort(key=lambda each: (each[0].begins, each[0].uid))
    changed = max(_fairs_changed(session, county), _classes_changed(session, county))
    return _feed((block for _, block in told), OWN_NAME, changed, now)


def townships(session: Session, county: str) -> list[Township]:
    """Give the townships one may ask for, by code."""
    return list(session.scalars(select(Township).where(Township.county == county).order_by(Township.code)))


def trades(session: Session, county: str) -> list[str]:
    """Give the trades that published classes teach, in order."""
    taught = select(Course.trade).join(TrainingClass).join(ClassPublication)
    return sorted(session.scalars(taught.where(TrainingClass.county == county, Course.trade != "").distinct()))


def _fairs(
    session: Session, found: Iterable[ColumnElement[bool]], asked: Filters, voice: Voice, now: datetime
) -> list[bytes]:
    told: Sequence[Any] = versions.fairs(session, *found, now=now)
    if asked.audiences:
        told = [row for row in told if versions.is_for(row, asked.audiences)]
    return blocks.of_fairs(session, told, voice, asked.ahead)


def _sessions(
    session: Session, found: Iterable[ColumnElement[bool]], asked: Filters, voice: Voice, now: datetime
) -> list[bytes]:
    return blocks.of_sessions(versions.sessions(session, *found, now=now), voice, asked.ahead)


def _feed(said: Iterable[bytes], name: str, latest: datetime, now: datetime) -> Feed:
    # At midnight the window moves and old cancellations leave, so the bytes may be other ones since then.
    return Feed(ical.join(said, name), max(latest, asking.midnight(asking.today(now))))


def _campaigns_changed(session: Session, county: str) -> datetime:
    """Tell when a campaign last got other days, by the deeds: its row does not say, and fairs leave it unchanged."""
    told = select(func.max(Deed.at)).where(Deed.county == county, Deed.what.startswith("campaign."))
    return session.scalar(told) or _EVER


def _fairs_changed(session: Session, county: str) -> datetime:
    """Tell the last change among all fairs: one that has left a filter is no longer among those shown."""
    times: Iterable[datetime | None] = session.execute(_fairs_latest(), {"county": county}).one()
    return max(filter(None, times), default=_EVER)


@cache
def _fairs_latest() -> Select[*tuple[Any, ...]]:
    published = select(func.max(FairPublication.at)).join(Fair, Fair.id == FairPublication.fair_id)
    called_off = select(func.max(FairCallingOff.at)).join(Fair, Fair.id == FairCallingOff.fair_id)
    latest = (select(func.max(Fair.changed_at)), published, called_off)  # apart: one join of all takes longer
    ours = Fair.county == bindparam("county")
    return select(*(each.where(ours).scalar_subquery() for each in latest))


def _classes_changed(session: Session, county: str) -> datetime:
    """Tell the last change among all classes and their sessions."""
    times: Iterable[datetime | None] = session.execute(_classes_latest(), {"county": county}).one()
    return max(filter(None, times), default=_EVER)


@cache
def _classes_latest() -> Select[*tuple[Any, ...]]:
    latest = (
        select(func.max(TrainingClass.changed_at)),
        select(func.max(ClassPublication.at)).join(TrainingClass, TrainingClass.id == ClassPublication.class_id),
        select(func.max(ClassCallingOff.at)).join(TrainingClass, TrainingClass.id == ClassCallingOff.class_id),
        select(func.max(ClassSession.changed_at)).join(TrainingClass, TrainingClass.id == ClassSession.class_id),
        select(func.max(ClassSession.cancelled_at)).join(TrainingClass, TrainingClass.id == ClassSession.class_id),
    )
    ours = TrainingClass.county == bindparam("county")
    return select(*(each.where(ours).scalar_subquery() for each in latest))
