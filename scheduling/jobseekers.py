"""Jobseekers: a name and a phone together are one person; a family may share the phone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduling import deeds, identity
from scheduling.models import Account, Jobseeker
from scheduling.models.base import new_id


def known(
    session: Session, county: str, *, name: str, phone: str, by: Account | None = None, now: datetime
) -> Jobseeker:
    """Give the jobseeker of this name and phone, written down when she is new. Raises NameMissing, NotAPhone."""
    name, phone = identity.name(name), identity.phone(phone)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    added = dialect.insert(Jobseeker).values(id=new_id(), county=county, name=name, phone=phone, created_at=now)
    added = added.on_conflict_do_nothing(index_elements=[Jobseeker.county, Jobseeker.phone, Jobseeker.name])
    is_new = session.scalar(added.returning(Jobseeker.id)) is not None
    row = session.scalars(
        select(Jobseeker).where(Jobseeker.county == county, Jobseeker.phone == phone, Jobseeker.name == name)
    ).one()
    if is_new:
        deeds.record(session, "jobseeker.known", row, by=by, now=now)
    return row
