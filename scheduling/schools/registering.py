"""Registering schools (承训机构) and letting their people in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduling import accounts, deeds, identity
from scheduling.models import Account, School
from scheduling.refusals import NotFound, SchoolKnown


def add(
    session: Session,
    county: str,
    *,
    name: str,
    address: str,
    contact_name: str,
    contact_phone: str,
    by: Account | None,
    now: datetime,
) -> School:
    """Register a school; the very same again gives the first. Raises NameMissing, SchoolKnown(name)."""
    name = identity.name(name)
    same = select(School).where(School.county == county, School.name == name).with_for_update()
    known = session.scalar(same)
    if known is None:
        school = School(
            county=county, name=name, address=address, contact_name=contact_name, contact_phone=contact_phone
        )
        try:
            with session.begin_nested():
                session.add(school)
                session.flush()
        except IntegrityError:  # somebody registered this name a moment ago
            known = session.scalars(same).one()
        else:
            deeds.record(session, "school.added", school, by=by, now=now)
            return school
    if (known.address, known.contact_name, known.contact_phone) != (address, contact_name, contact_phone):
        raise SchoolKnown(name=name)
    return known


def appoint(session: Session, school: School, *, phone: str, name: str, by: Account | None, now: datetime) -> Account:
    """Let whoever has `phone` in by the school door for this school; again changes nothing. Raises NotAPhone."""
    account = accounts.by_phone(session, school.county, phone, now=now)
    if account.school_id != school.id:
        account.school_id, account.name = school.id, identity.name(name)
        session.flush()
        deeds.record(session, "school.appointed", school, by=by, now=now, account=str(account.id))
    accounts.grant(session, account, "school", by=by, now=now)
    return account


def find(session: Session, county: str, name: str) -> School:
    """Give the school of that name. Raises NotFound."""
    return _one(session, select(School).where(School.county == county, School.name == name))


def by_id(session: Session, county: str, id_: UUID) -> School:
    """Give one school by its key. Raises NotFound."""
    return _one(session, select(School).where(School.county == county, School.id == id_))


def of_county(session: Session, county: str) -> list[School]:
    """Give every school, by name."""
    return list(session.scalars(select(School).where(School.county == county).order_by(School.name)))


def _one(session: Session, wanted: Select[School]) -> School:
    school = session.scalar(wanted)
    if school is None:
        raise NotFound
    return school
