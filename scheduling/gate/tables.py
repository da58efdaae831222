"""Core tables for the gate's hot path, and inserting rows that may be there already."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from scheduling.models import Base, GateDevice, GateItem, Scan, Visitor


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101  each of our models has one
    return table


ITEMS, SCANS, VISITORS, DEVICES = (_table(kind) for kind in (GateItem, Scan, Visitor, GateDevice))


def insert_new(session: Session, table: Table, rows: list[dict[str, Any]]) -> set[str]:
    """Insert those of `rows` whose id is new; give the ids that were. Others who insert the same now are waited for."""
    if not rows:
        return set()
    connection = session.connection()
    return set(connection.execute(_step(table, connection.dialect.name), rows).scalars())


@cache
def _step(table: Table, name: str) -> ReturningInsert[str]:
    dialect = postgresql if name == "postgresql" else sqlite
    step = dialect.insert(table).on_conflict_do_nothing(index_elements=[table.c.id])
    told: ReturningInsert[str] = step.returning(table.c.id)
    return told
