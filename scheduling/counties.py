"""Counties and their townships: the ground everything else stands on."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.models import Account, County, Township


def found(session: Session, code: str, name: str) -> County:
    """Give the county of this code, written down when it is new."""
    county = session.get(County, code)
    if county is None:
        county = County(code=code, name=name)
        session.add(county)
        session.flush()
    return county


def settle(
    session: Session,
    county: str,
    *,
    code: str,
    name: str,
    population_10k: Decimal | None = None,
    by: Account | None,
    now: datetime,
) -> Township:
    """Give the county's township of this code, written down when it is new; population in ten thousands."""
    township = session.scalar(select(Township).where(Township.county == county, Township.code == code))
    if township is None:
        township = Township(county=county, code=code, name=name, population_10k=population_10k)
        session.add(township)
        session.flush()
        deeds.record(session, "township.settled", township, by=by, now=now)
    return township
