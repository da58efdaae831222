"""Deeds: the record every change of state leaves in its own transaction."""

from __future__ import annotations

from datetime import datetime

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


def note(session: Session, what: str, about: str, *, county: str, now: datetime, **facts: str | int | None) -> None:
    """Record what nobody signed in did, at once and without the unit of work: for the gate, where every scan waits."""
    row = {"id": new_id(), "county": county, "what": what, "about": about, "by_id": None, "at": now, "facts": facts}
    session.connection().execute(_NOTE, row)


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
