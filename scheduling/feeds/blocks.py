"""Events already written, kept by what they say: an event is written again only when its row says something else.

A row is asked for first as a plain tuple of all that shows in a calendar, as the database gives it. That tuple is the
row's version, exact whoever changed the row and however; only rows with a new one are loaded and written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Text, cast, func, select, type_coerce
from sqlalchemy import Row as Told
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.types import NullType

from scheduling.feeds import entries, ical
from scheduling.feeds.entries import FairShown, Voice
from scheduling.feeds.own import Own
from scheduling.models import (
    ClassCallingOff,
    ClassPublication,
    ClassSession,
    Course,
    Fair,
    FairCallingOff,
    FairMove,
    FairPublication,
    Moment,
    School,
    Township,
    TrainingClass,
)

TEMPLATE = 2  # grows when entries.py or ical.py write something else of the same row
MOST = 8000  # events kept by a process: a busy county's year, with some alarms

Thing = TypeVar("Thing", FairShown, ClassSession)
Version = tuple[Any, ...]
_UID = 1  # where every version has it
NOBODY: Mapping[str, Own] = {}
_WAYS: dict[Hashable, int] = {}  # a short name for each way of saying things: one number is soon compared
_NUMBERS = count()
_KEPT: dict[tuple[int, str, Own | None], tuple[Version, bytes]] = {}


def _raw(column: Any) -> Any:  # noqa: ANN401  any column
    """Take a column as the driver gives it: nothing is made of it that is only compared."""
    return type_coerce(column, NullType())


def fairs(session: Session, *which: ColumnElement[bool]) -> Sequence[Told[Any]]:
    """Give the versions of published fairs: `uid`, `audiences` as text, and all else a calendar shows."""
    return _versions(session, _fair_versions().where(*which))


def sessions(session: Session, *which: ColumnElement[bool]) -> Sequence[Told[Any]]:
    """Give the versions of sessions of published classes: `uid`, `ends_at`, `cancelled_at`, `class_off_at`, and more.

    These three are times, all else is as the database gives it.
    """
    return _versions(session, _session_versions().where(*which))


def _versions(session: Session, asked: Select[Any]) -> Sequence[Told[Any]]:
    """Ask past the ORM, which would go through every row once more; what it has not written yet goes first."""
    session.flush()
    return session.connection().execute(asked).all()


@cache
def _fair_versions() -> Select[Any]:
    moved = (
        select(FairMove.fair_id, func.count().label("times"), func.max(FairMove.at).label("last"))
        .group_by(FairMove.fair_id)
        .subquery()
    )
    shown = (Fair.sequence, Fair.kind, Fair.slug, Fair.title, Fair.place, Fair.address, Fair.latitude, Fair.longitude)
    more = (Fair.ends_at, Fair.changed_at, Fair.description, Fair.rain_plan, Fair.livestream_url)
    return (
        select(
            _raw(Fair.starts_at).label("begins"),
            Fair.uid,
            _raw(FairCallingOff.at).label("off_at"),
            cast(Fair.audiences, Text).label("audiences"),
            _raw(Township.name).label("township"),
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
def _session_versions() -> Select[Any]:
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


def session_off(row: Told[Any]) -> datetime | None:
    """Give when the session of a version was cancelled: alone, or with its class, if it was to come then."""
    off: datetime | None = row.class_off_at
    cancelled: datetime | None = row.cancelled_at
    return cancelled or (off if off is not None and row.ends_at > off else None)


def of_fairs(
    session: Session, rows: Sequence[Told[Any]], voice: Voice, ahead: tuple[int, ...], own: Mapping[str, Own] = NOBODY
) -> list[bytes]:
    """Give the event of each version, in order; one query at most, for moves of those not written yet.

    `own` is what the owner of a private calendar did about each, by uid.
    """
    load = partial(shown, session)
    return _written(rows, load, entries.of_fair, voice=voice, ahead=ahead, own=own)


def shown(session: Session, rows: Iterable[Told[Any]]) -> list[FairShown]:
    """Make of versions of fairs, as `fairs` gives them, what is said of each. One query at most."""
    versions = list(rows)
    moves = _moves(session, [row.uid for row in versions if row.times])
    dialect = session.get_bind().dialect
    at: Any = Moment().dialect_impl(dialect).result_processor(dialect, None)
    return [_shown(row, at, moves.get(row.uid, ())) for row in versions]


def _moves(session: Session, uids: list[str]) -> dict[str, list[FairMove]]:
    """Give how fairs were moved, by uid, the oldest move first. One query, where any was."""
    moves: dict[str, list[FairMove]] = {}
    if uids:
        asked = select(Fair.uid, FairMove).join(FairMove, FairMove.fair_id == Fair.id)
        for uid, move in session.execute(asked.where(Fair.uid.in_(uids)).order_by(FairMove.at)):
            moves.setdefault(uid, []).append(move)
    return moves


def _shown(row: Told[Any], at: Callable[[Any], Any], moves: Iterable[FairMove]) -> FairShown:
    """Make of a version what is said of it; `at` makes a time of what the database gave."""
    return FairShown(
        uid=row.uid,
        sequence=row.sequence,
        changed_at=at(row.changed_at),
        starts_at=at(row.begins),
        ends_at=at(row.ends_at),
        kind=row.kind,
        slug=row.slug,
        title=row.title,
        township=row.township or "",
        place=row.place,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        audiences=tuple(json.loads(row.audiences)),
        description=row.description,
        rain_plan=row.rain_plan,
        livestream_url=row.livestream_url,
        off_because=row.reason if row.off_at else None,
        moves=tuple(moves),
    )


def of_sessions(
    session: Session, rows: Sequence[Told[Any]], voice: Voice, ahead: tuple[int, ...], own: Mapping[str, Own] = NOBODY
) -> list[bytes]:
    """Give the event of each version, in order; at most two queries, for those not written yet; `own` as above."""

    def load(wanted: list[Told[Any]]) -> Iterable[ClassSession]:
        found = select(ClassSession).where(ClassSession.uid.in_([row.uid for row in wanted]))
        return session.scalars(found.options(selectinload(ClassSession.training_class)))

    return _written(rows, load, entries.of_session, voice=voice, ahead=ahead, own=own)


def _written(
    rows: Sequence[Told[Any]],
    load: Callable[[list[Told[Any]]], Iterable[Thing]],
    say: Callable[[Thing, Voice], ical.Entry],
    *,
    voice: Voice,
    ahead: tuple[int, ...],
    own: Mapping[str, Own],
) -> list[bytes]:
    words = (TEMPLATE, voice.key, ahead)
    way = _WAYS.get(words)
    if way is None:
        way = _WAYS.setdefault(words, next(_NUMBERS))
    blocks: list[bytes | None] = []
    wanted: dict[str, int] = {}
    for row in rows:
        version: Version = tuple(row)
        uid = version[_UID]
        kept = _KEPT.get((way, uid, own.get(uid) or None))
        if kept is not None and kept[0] == version:
            blocks.append(kept[1])
        else:
            wanted[uid] = len(blocks)
            blocks.append(None)
    if wanted:
        for thing in load([rows[at] for at in wanted.values()]):
            at, did = wanted[thing.uid], own.get(thing.uid) or None
            entry = say(thing, voice)
            block = blocks[at] = ical.block(did.said(entry) if did else entry, ahead)
            _KEPT[way, thing.uid, did] = tuple(rows[at]), block
        _make_room()
    return [block for block in blocks if block is not None]


def _make_room() -> None:
    """Let go of what was written first, an eighth at once. Other threads may do the same."""
    if len(_KEPT) > MOST:
        for key in list(_KEPT)[: MOST // 8]:
            _KEPT.pop(key, None)
