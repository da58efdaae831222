"""Core tables for the gate's hot path, and inserting rows that may be there already."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduling.models import Base, GateDevice, GateItem, Scan, Visitor

Done = TypeVar("Done")
_TRIES = 5  # somebody else was quicker each time, so that less is left


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101  each of our models has one
    return table


ITEMS, SCANS, VISITORS, DEVICES = (_table(kind) for kind in (GateItem, Scan, Visitor, GateDevice))


class Overtaken(Exception):  # noqa: N818  no error: a turn of events
    """Somebody else stored the same meanwhile. What was begun is to be rolled back and done once more."""


def undisturbed(doing: Callable[[], Done]) -> Done:
    """Do a whole transaction, and once more each time it was overtaken: then it sees what the others stored."""
    for _ in range(_TRIES - 1):
        try:
            return doing()
        except Overtaken:
            continue
    return doing()


def insert_all(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert `rows`, whose ids were new a moment ago. Others who insert the same now are waited for.

    Raises Overtaken when an id is new no more. The rows go in by their ids, so that two who do so at once never wait
    for each other.
    """
    if rows and insert_new(session, table, rows) != len(rows):
        raise Overtaken


def insert_new(session: Session, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert those of `rows` whose id is new; give how many were."""
    connection = session.connection()
    step = _step(table, connection.dialect.name)
    return connection.execute(
        step, sorted(rows, key=itemgetter("id")), execution_options={"preserve_rowcount": True}
    ).rowcount


@cache
def _step(table: Table, name: str) -> Insert:
    dialect = postgresql if name == "postgresql" else sqlite
    step: Insert = dialect.insert(table).on_conflict_do_nothing(index_elements=[table.c.id])
    return step
