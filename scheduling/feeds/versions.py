"""Versions: all that a calendar shows of a fair or of a session, as the one text the database makes of its columns.

The text is exact, whoever changed a row and however. One text for each of 500 events is soon fetched and compared; what
it says is taken apart only for those that say something else than before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, case, cast, func, select, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from scheduling.feeds.asking import lingering
from scheduling.feeds.entries import FairShown, SessionShown
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

Version = Row[*tuple[Any, ...]]
UID, TEXT = 1, 2  # where they stand in every version

# The fields of FairShown, in the order of a version's text; how often and when a fair was moved comes after them
_FAIR: dict[str, Any] = {
    "uid": Fair.uid,
    "sequence": Fair.sequence,
    "changed_at": Fair.changed_at,
    "starts_at": Fair.starts_at,
    "ends_at": Fair.ends_at,
    "kind": Fair.kind,
    "slug": Fair.slug,
    "title": Fair.title,
    "township": Township.name,
    "place": Fair.place,
    "address": Fair.address,
    "latitude": Fair.latitude,
    "longitude": Fair.longitude,
    "audiences": cast(Fair.audiences, Text),
    "description": Fair.description,
    "rain_plan": Fair.rain_plan,
    "livestream_url": Fair.livestream_url,
    "off_because": FairCallingOff.reason,
}
# The fields of SessionShown, likewise
_SESSION: dict[str, Any] = {
    "uid": ClassSession.uid,
    "sequence": ClassSession.sequence,
    "changed_at": ClassSession.changed_at,
    "starts_at": ClassSession.starts_at,
    "ends_at": ClassSession.ends_at,
    "cancelled_at": ClassSession.cancelled_at,
    "moved_from": ClassSession.moved_from,
    "kind": ClassSession.kind,
    "party": ClassSession.party,
    "topic": ClassSession.topic,
    "room": ClassSession.room,
    "number": ClassSession.number,
    "hours": ClassSession.hours,
    "class_title": TrainingClass.title,
    "class_slug": TrainingClass.slug,
    "place": TrainingClass.place,
    "address": TrainingClass.address,
    "mode": Course.mode,
    "trade": Course.trade,
    "school": School.name,
    "class_off_at": ClassCallingOff.at,
    "class_off_because": ClassCallingOff.reason,
}
# When a session was cancelled: alone, or with its class, if it was to come then
_SESSION_OFF = func.coalesce(
    ClassSession.cancelled_at,
    case((ClassSession.ends_at > ClassCallingOff.at, ClassCallingOff.at)),
)
_TIMES = frozenset({"changed_at", "starts_at", "ends_at", "cancelled_at", "moved_from", "class_off_at"})


class _AsText(FunctionElement[str]):
    """Columns as one JSON list."""

    name, type, inherit_cache = "as_text", Text(), True


@compiles(_AsText, "sqlite")
def _sqlite(element: _AsText, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401  as SQLAlchemy calls
    return f"json_array({compiler.process(element.clauses, **how)})"


@compiles(_AsText, "postgresql")
def _postgresql(element: _AsText, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401  as SQLAlchemy calls
    return f"CAST(json_build_array({compiler.process(element.clauses, **how)}) AS TEXT)"


def fairs(session: Session, *which: ColumnElement[bool], now: datetime) -> Sequence[Version]:
    """Give the versions of published fairs that are still told, by their beginning.

    `begins` as it is stored, `uid`, `text`; and `audiences`, a JSON list as text.
    """
    return _versions(session, _fairs().where(*which, lingering(FairCallingOff.at, now)))


def sessions(session: Session, *which: ColumnElement[bool], now: datetime) -> Sequence[Version]:
    """Give the versions of sessions of published classes that are still told: `begins`, `uid`, `text`, likewise."""
    return _versions(session, _sessions().where(*which, lingering(_SESSION_OFF, now)))


def is_for(version: Version, audiences: frozenset[str]) -> bool:
    """Whether a version of a fair is for one of these audiences; for anybody where none is asked for."""
    return not audiences or not audiences.isdisjoint(json.loads(version.audiences))


def fairs_shown(session: Session, versions: Iterable[Version]) -> list[FairShown]:
    """Take versions of fairs apart, in order. One query at most, for how those were moved that were."""
    told = [_apart(each, (*_FAIR, "times", "last")) for each in versions]
    moves = _moves(session, [facts["uid"] for facts in told if facts["times"]])
    return [_fair_shown(facts, moves.get(facts["uid"], ())) for facts in told]


def sessions_shown(versions: Iterable[Version]) -> list[SessionShown]:
    """Take versions of sessions apart, in order."""
    told = (_apart(each, tuple(_SESSION)) for each in versions)
    return [SessionShown(**facts | {"school": facts["school"] or ""}) for facts in told]


def _versions(session: Session, asked: Select[*tuple[Any, ...]]) -> Sequence[Version]:
    """Ask past the ORM, which would go through every row once more; what it has not written yet goes first."""
    session.flush()
    return session.connection().execute(asked).all()


@cache
def _fairs() -> Select[*tuple[Any, ...]]:
    moved = (
        select(FairMove.fair_id, func.count().label("times"), func.max(FairMove.at).label("last"))
        .group_by(FairMove.fair_id)
        .subquery()
    )
    return (
        select(
            type_coerce(Fair.starts_at, NullType()).label("begins"),
            Fair.uid,
            _AsText(*_FAIR.values(), moved.c.times, moved.c.last).label("text"),
            cast(Fair.audiences, Text).label("audiences"),
        )
        .select_from(Fair)
        .join(FairPublication, FairPublication.fair_id == Fair.id)
        .outerjoin(FairCallingOff, FairCallingOff.fair_id == Fair.id)
        .outerjoin(Township, Township.id == Fair.township_id)
        .outerjoin(moved, moved.c.fair_id == Fair.id)
        .order_by(Fair.starts_at, Fair.uid)
    )


@cache
def _sessions() -> Select[*tuple[Any, ...]]:
    return (
        select(
            type_coerce(ClassSession.starts_at, NullType()).label("begins"),
            ClassSession.uid,
            _AsText(*_SESSION.values()).label("text"),
        )
        .select_from(ClassSession)
        .join(TrainingClass, TrainingClass.id == ClassSession.class_id)
        .join(ClassPublication, ClassPublication.class_id == TrainingClass.id)
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(School, School.id == TrainingClass.school_id)
        .outerjoin(ClassCallingOff, ClassCallingOff.class_id == TrainingClass.id)
        .order_by(ClassSession.starts_at, ClassSession.uid)
    )


def _moves(session: Session, uids: list[str]) -> dict[str, list[FairMove]]:
    """Give how fairs were moved, by uid, the oldest move first."""
    moves: dict[str, list[FairMove]] = {}
    if uids:
        asked = select(Fair.uid, FairMove).join(FairMove, FairMove.fair_id == Fair.id)
        for uid, move in session.execute(asked.where(Fair.uid.in_(uids)).order_by(FairMove.at)):
            moves.setdefault(uid, []).append(move)
    return moves


def _fair_shown(facts: dict[str, Any], moves: Iterable[FairMove]) -> FairShown:
    del facts["times"], facts["last"]
    facts["audiences"] = tuple(json.loads(facts["audiences"]))
    facts["township"] = facts["township"] or ""
    return FairShown(**facts, moves=tuple(moves))


def _apart(version: Version, names: Iterable[str]) -> dict[str, Any]:
    values = zip(names, json.loads(version.text), strict=True)
    return {name: _moment(value) if value and name in _TIMES else value for name, value in values}


def _moment(text: str) -> datetime:
    """Read a time out of a text: in UTC, which SQLite stores without saying so, or in a zone that PostgreSQL names."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
