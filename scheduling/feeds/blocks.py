"""Events already written, kept by what they say: an event is written again only when its row says something else.

A row is asked for first as a plain tuple of all that shows in a calendar, as the database gives it. That tuple is the
row's version, exact whoever changed the row and however; only rows with a new one are loaded and written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Row as Told
from sqlalchemy import Select, Text, cast, func, select, type_coerce
from sqlalchemy.orm import Session, lazyload, selectinload
from sqlalchemy.types import NullType

from scheduling.feeds import entries, ical
from scheduling.feeds.entries import Voice
from scheduling.feeds.own import NOTHING, Own
from scheduling.models import (
    ClassCallingOff,
    ClassPublication,
    ClassSession,
    Course,
    Fair,
    FairCallingOff,
    FairMove,
    FairPublication,
    School,
    Township,
    TrainingClass,
)

TEMPLATE = 2  # grows when entries.py or ical.py write something else of the same row
MOST = 8000  # events kept by a process: a busy county's year, with some alarms

Thing = TypeVar("Thing", Fair, ClassSession)
NOBODY: Mapping[str, Own] = {}
_KEPT: dict[Hashable, bytes] = {}


def _raw(column: Any) -> Any:  # noqa: ANN401  any column
    """Take a column as the driver gives it: nothing is made of it that is only compared."""
    return type_coerce(column, NullType())


@cache
def fair_versions() -> Select[Any]:
    """Ask for published fairs: `uid`, `off_at`, `audiences` as text, and all else a calendar shows."""
    moved = (
        select(FairMove.fair_id, func.count().label("times"), func.max(FairMove.at).label("last"))
        .group_by(FairMove.fair_id)
        .subquery()
    )
    shown = (Fair.sequence, Fair.kind, Fair.slug, Fair.title, Fair.place, Fair.address, Fair.latitude, Fair.longitude)
    more = (Fair.ends_at, Fair.changed_at, Fair.description, Fair.rain_plan, Fair.livestream_url, Township.name)
    return (
        select(
            _raw(Fair.starts_at).label("begins"),
            Fair.uid,
            FairCallingOff.at.label("off_at"),
            cast(Fair.audiences, Text).label("audiences"),
            *map(_raw, (*shown, *more, FairCallingOff.reason, moved.c.times, moved.c.last)),
        )
        .select_from(Fair)
        .join(FairPublication, FairPublication.fair_id == Fair.id)
        .outerjoin(FairCallingOff, FairCallingOff.fair_id == Fair.id)
        .outerjoin(Township, Township.id == Fair.township_id)
        .outerjoin(moved, moved.c.fair_id == Fair.id)
        .order_by(Fair.starts_at, Fair.uid)
    )


@cache
def session_versions() -> Select[Any]:
    """Ask for sessions of published classes: `uid`, `cancelled_at`, `class_off_at`, and all else a calendar shows."""
    its = ClassSession
    shown = (its.sequence, its.kind, its.party, its.topic, its.room, its.number, its.hours, its.moved_from)
    of_class = (TrainingClass.title, TrainingClass.slug, TrainingClass.place, TrainingClass.address)
    return (
        select(
            _raw(its.starts_at).label("begins"),
            its.uid,
            its.ends_at,
            its.cancelled_at,
            ClassCallingOff.at.label("class_off_at"),
            *map(_raw, (*shown, its.changed_at, *of_class, Course.mode, Course.trade)),
            *map(_raw, (School.name, ClassCallingOff.reason)),
        )
        .select_from(its)
        .join(TrainingClass, TrainingClass.id == its.class_id)
        .join(ClassPublication, ClassPublication.class_id == TrainingClass.id)
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(School, School.id == TrainingClass.school_id)
        .outerjoin(ClassCallingOff, ClassCallingOff.class_id == TrainingClass.id)
        .order_by(its.starts_at, its.uid)
    )


def is_for(row: Told[Any], audiences: frozenset[str]) -> bool:
    """Whether a version of a fair is for one of these audiences; for anybody where none is asked for."""
    return not audiences or not audiences.isdisjoint(json.loads(row.audiences))


def fair_off(row: Told[Any]) -> datetime | None:
    """Give when the fair of a version was called off."""
    at: datetime | None = row.off_at
    return at


def session_off(row: Told[Any]) -> datetime | None:
    """Give when the session of a version was cancelled: alone, or with its class, if it was to come then."""
    off: datetime | None = row.class_off_at
    cancelled: datetime | None = row.cancelled_at
    return cancelled or (off if off is not None and row.ends_at > off else None)


def of_fairs(
    session: Session, rows: Sequence[Told[Any]], voice: Voice, ahead: tuple[int, ...], own: Mapping[str, Own] = NOBODY
) -> list[bytes]:
    """Give the event of each version, in order; at most two queries, for those not written yet.

    `own` is what the owner of a private calendar did about each, by uid.
    """

    def load(uids: list[str]) -> Iterable[Fair]:
        unasked = (lazyload(Fair.finish), lazyload(Fair.publication))
        return session.scalars(select(Fair).where(Fair.uid.in_(uids)).options(*unasked))

    return _written(rows, load, entries.of_fair, voice=voice, ahead=ahead, own=own)


def of_sessions(
    session: Session, rows: Sequence[Told[Any]], voice: Voice, ahead: tuple[int, ...], own: Mapping[str, Own] = NOBODY
) -> list[bytes]:
    """Give the event of each version, in order; at most two queries, for those not written yet; `own` as above."""

    def load(uids: list[str]) -> Iterable[ClassSession]:
        found = select(ClassSession).where(ClassSession.uid.in_(uids))
        return session.scalars(found.options(selectinload(ClassSession.training_class)))

    return _written(rows, load, entries.of_session, voice=voice, ahead=ahead, own=own)


def _written(
    rows: Sequence[Told[Any]],
    load: Callable[[list[str]], Iterable[Thing]],
    say: Callable[[Thing, Voice], ical.Entry],
    *,
    voice: Voice,
    ahead: tuple[int, ...],
    own: Mapping[str, Own],
) -> list[bytes]:
    way = (TEMPLATE, voice.key, ahead)
    keys = [(way, own.get(row.uid, NOTHING), tuple(row)) for row in rows]
    blocks = [_KEPT.get(key) for key in keys]
    wanted = {row.uid: at for at, row in enumerate(rows) if blocks[at] is None}
    if wanted:
        for thing in load(list(wanted)):
            at = wanted[thing.uid]
            blocks[at] = _KEPT[keys[at]] = ical.block(keys[at][1].said(say(thing, voice)), ahead)
        _make_room()
    return [block for block in blocks if block is not None]


def _make_room() -> None:
    """Let go of what was written first, an eighth at once. Other threads may do the same."""
    if len(_KEPT) > MOST:
        for key in list(_KEPT)[: MOST // 8]:
            _KEPT.pop(key, None)
