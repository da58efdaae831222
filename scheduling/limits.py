"""Limits: how often a door may be knocked at, counted in the database so that every process counts alike."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduling.models import Limit
from scheduling.refusals import TooOften


def knock(session: Session, *key: str, most: int, minutes: int, now: datetime) -> None:
    """Count one try of `key` in the running window of `minutes`. Raises TooOften(minutes) past `most` tries.

    The key is hashed: no phone or address stands in the table.
    """
    window = datetime.fromtimestamp(now.timestamp() // (minutes * 60) * minutes * 60, UTC)
    digest = hashlib.sha256("\x00".join(key).encode()).hexdigest()
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    counted = dialect.insert(Limit).values(key=digest, window_start=window, tries=1)
    counted = counted.on_conflict_do_update(
        index_elements=[Limit.key, Limit.window_start], set_={"tries": Limit.tries + 1}
    ).returning(Limit.tries)
    if session.scalars(counted).one() > most:
        left = window + timedelta(minutes=minutes) - now
        raise TooOften(minutes=max(1, round(left.total_seconds() / 60)))


def forget(session: Session, *, before: datetime) -> None:
    """Drop windows that began before `before`; run by the worker."""
    session.execute(delete(Limit).where(Limit.window_start < before))
