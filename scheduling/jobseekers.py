"""Jobseekers: a name and a phone together are one person; a family may share the phone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from scheduling import deeds, identity, once
from scheduling.models import Account, Jobseeker


def known(
    session: Session, county: str, *, name: str, phone: str, by: Account | None = None, now: datetime
) -> Jobseeker:
    """Give the jobseeker of this name and phone, written down when she is new. Raises NameMissing, NotAPhone."""
    name, phone = identity.name(name), identity.phone(phone)
    row, is_new = once.write(session, Jobseeker, {"county": county, "phone": phone, "name": name}, created_at=now)
    if is_new:
        deeds.record(session, "jobseeker.known", row, by=by, now=now)
    return row
