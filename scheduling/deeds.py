"""Deeds: the record every change of state leaves in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scheduling.models import Account, Base, CountyRow, Deed, Row, Scan
from scheduling.models.base import new_id

_NOTE = insert(Base.metadata.tables[Deed.__tablename__])


def about(row: Row | Scan) -> str:
    """Name a row for a deed: its table and id, never anything personal."""
    return f"{row.__tablename__}/{row.id}"


def record(
    session: Session,
    what: str,
    row: Row | Scan,
    *,
    county: str = "",
    by: Account | None,
    now: datetime,
    **facts: str | int | None,
) -> None:
    """Record that `by` did `what` about `row` at `now` (aware). `county` is needed for rows without one."""
    key = row.county if isinstance(row, CountyRow) else county
    session.add(Deed(county=key, what=what, about=about(row), by_id=by.id if by else None, at=now, facts=facts))


def note(
    session: Session, what: str, about: Sequence[tuple[str, Mapping[str, Any]]], *, county: str, now: datetime
) -> None:
    """Record what nobody signed in did, at once and without the unit of work: for the gate, where every scan waits.

    `about` gives, for each deed, the row it is about (its table and id) and the facts.
    """
    told = {"county": county, "what": what, "by_id": None, "at": now}
    rows = [{**told, "id": new_id(), "about": row, "facts": dict(facts)} for row, facts in about]
    session.connection().execute(_NOTE, rows)


def latest(session: Session, county: str, *, most: int = 100) -> list[tuple[Deed, str | None]]:
    """Give the newest deeds with the name of who did them (None: nobody signed in), newest first."""
    rows = (
        select(Deed, Account.name)
        .outerjoin(Account, Account.id == Deed.by_id)
        .where(Deed.county == county)
        .order_by(Deed.at.desc(), Deed.id.desc())
        .limit(most)
    )
    return [(deed, name) for deed, name in session.execute(rows)]
