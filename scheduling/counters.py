"""Counters: running numbers given out once, in order, without gaps among committed rows."""

from __future__ import annotations

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduling.models import Counter


def take(session: Session, county: str, name: str) -> int:
    """Give the next number of `name` in `county`, counting from 1. Others who ask wait for this transaction."""
    step = (
        update(Counter)
        .where(Counter.county == county, Counter.name == name)
        .values(value=Counter.value + 1)
        .returning(Counter.value)
    )
    value = session.scalar(step)
    if value is None:
        try:
            with session.begin_nested():
                session.execute(insert(Counter).values(county=county, name=name, value=1))
        except IntegrityError:  # somebody else opened this counter a moment ago
            return session.scalars(step).one()
        return 1
    return value
