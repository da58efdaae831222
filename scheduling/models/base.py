"""The ground every model stands on: one Base, named constraints, times that know their zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, MetaData, TypeDecorator, Uuid, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A point in time: stored in UTC, given back aware; a naive time is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a time without a zone: {value!r}"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored time back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every model descends from."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Moment, UUID: Uuid(), dict[str, Any]: JSON, list[str]: JSON},
    )


def new_id() -> UUID:
    """Give a new UUIDv7 (RFC 9562 §5.7): unique everywhere, and rows made later sort later."""
    return uuid_utils.compat.uuid7()


class Row(Base):
    """A row with an id of its own."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class CountyRow(Row):
    """A row that belongs to a county directly, not through a parent."""

    __abstract__ = True

    county: Mapped[str] = mapped_column(ForeignKey("counties.code"))


def at_most_one(table: str, name: str, *columns: str, where: str) -> Index:
    """Make a partial unique index, on either database: among rows with `where`, `columns` are unique."""
    return Index(f"uq_{table}_{name}", *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def where_told(name: str, *columns: str) -> Index:
    """Make an index, on either database, of those rows only in which the first column says something."""
    told = text(f"{columns[0]} IS NOT NULL")
    return Index(name, *columns, sqlite_where=told, postgresql_where=told)
