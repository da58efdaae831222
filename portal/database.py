"""Both databases through one door: how connections open, how a write begins and ends."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from scheduling.feeds import generation
from scheduling.models import Base

db = SQLAlchemy(model_class=Base)
AWAY = (OperationalError, PoolTimeout)  # what is raised when the database, not what was asked of it, is in trouble
_PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=30000",
    "wal_autocheckpoint=4000",  # pages, 16 MB: what the gate writes lies all over, and is copied less often
)


@event.listens_for(Engine, "connect")
def _open(raw: Any, _: object) -> None:  # noqa: ANN401  whatever the driver gives
    if isinstance(raw, sqlite3.Connection):
        raw.isolation_level = None  # we say BEGIN ourselves
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("begin", "DEFERRED"))


@contextmanager
def _queue(engine: Engine) -> Iterator[None]:
    """Let SQLite's writers wait in one line.

    SQLite's own busy polling starves a waiting writer for seconds; `flock` wakes the next at once. Commits, and the
    checkpoints they trigger, happen inside, one process at a time: the WAL-reset bug of versions before 3.51.3
    (a checkpoint racing a commit) has no second party. See docs/decisions/0004.
    """
    with open(f"{engine.url.database}.lock", "ab") as line:  # noqa: PTH123  a lock, not a text
        fcntl.flock(line, fcntl.LOCK_EX)
        yield  # closing the file lets the next one in


@contextmanager
def writing() -> Iterator[Session]:
    """Open the one write transaction of an act: all of it or none of it.

    What was read earlier in the request is read again, for somebody else may have written meanwhile.
    """
    session = db.session()
    session.rollback()
    engine = db.engine
    waits = engine.dialect.name == "sqlite" and engine.url.database not in {None, "", ":memory:"}
    with _queue(engine) if waits else nullcontext():
        try:
            session.connection(execution_options={"begin": "IMMEDIATE"})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def reading() -> Session:
    """Give the session of this request, for reading."""
    return db.session()


def feed_generation() -> int | None:
    """Give the number that changes with anything public feeds show, None where nothing was ever written.

    Asked of the driver itself, for it stands in the way of every feed. Raises the driver's error when it is away.
    """
    raw = db.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(generation.ASK)
        row = cursor.fetchone()
        cursor.close()
    finally:
        raw.close()
    return row[0] if row else None


def ask() -> None:
    """Ask the database for a sign of life. Raises OperationalError when there is none."""
    reading().execute(text("SELECT 1"))
