"""Accounts: opening them, giving roles, passwords for staff."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduling import deeds, identity
from scheduling.models import Account, Grant
from scheduling.refusals import NotFound, UsernameTaken, WeakPassword, WrongPassword

LEAST_PASSWORD = 10
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's minimum: 27 ms on our machine
_NOBODY = _hasher.hash("nobody has this password")


def open_staff(
    session: Session,
    county: str,
    *,
    username: str,
    name: str,
    password: str,
    roles: tuple[str, ...],
    by: Account | None,
    now: datetime,
) -> Account:
    """Open an account that signs in by password. Raises UsernameTaken, WeakPassword."""
    if len(password) < LEAST_PASSWORD:
        raise WeakPassword(least=LEAST_PASSWORD)
    if session.scalar(select(Account.id).where(Account.county == county, Account.username == username)):
        raise UsernameTaken
    account = Account(county=county, username=username, name=name, password_hash=_hasher.hash(password), created_at=now)
    try:
        with session.begin_nested():
            session.add(account)
            session.flush()
    except IntegrityError:  # somebody took this user name a moment ago
        raise UsernameTaken from None
    deeds.record(session, "account.opened", account, by=by, now=now)
    for role in roles:
        grant(session, account, role, by=by, now=now)
    return account


def by_phone(session: Session, county: str, phone: str, *, now: datetime) -> Account:
    """Give the account of this phone, opened as a jobseeker's when it is new. Raises NotAPhone."""
    phone = identity.phone(phone)
    same = select(Account).where(Account.county == county, Account.phone == phone)
    known = session.scalar(same)
    if known is not None:
        return known
    account = Account(county=county, phone=phone, name=identity.masked_phone(phone), created_at=now)
    try:
        with session.begin_nested():
            session.add(account)
            session.flush()
    except IntegrityError:  # this phone came in by another door a moment ago
        return session.scalars(same).one()
    deeds.record(session, "account.opened", account, by=None, now=now)
    grant(session, account, "jobseeker", by=None, now=now)
    return account


def grant(session: Session, account: Account, role: str, *, by: Account | None, now: datetime) -> None:
    """Give `account` a role out of ROLES; giving it again changes nothing."""
    if role not in account.roles:
        account.grants.append(Grant(account_id=account.id, role=role, by_id=by.id if by else None, at=now))
        session.flush()
        deeds.record(session, "account.granted", account, by=by, now=now, role=role)


def revoke(session: Session, account: Account, role: str, *, by: Account | None, now: datetime) -> None:
    """Take a role away; what the account does not have is not taken again."""
    for given in [one for one in account.grants if one.role == role]:
        account.grants.remove(given)
        session.flush()
        deeds.record(session, "account.revoked", account, by=by, now=now, role=role)


def appoint(session: Session, county: str, *, name: str, phone: str, by: Account | None, now: datetime) -> Account:
    """Let somebody hand in lists for a village; she signs in by phone. Again changes nothing but her name.

    Raises NameMissing, NotAPhone.
    """
    account = by_phone(session, county, phone, now=now)
    account.name = identity.name(name)
    grant(session, account, "coordinator", by=by, now=now)
    session.flush()
    return account


def coordinators(session: Session, county: str) -> list[Account]:
    """Give everybody who may hand in lists, by name."""
    rows = select(Account).join(Grant, Grant.account_id == Account.id)
    rows = rows.where(Account.county == county, Grant.role == "coordinator", Account.closed_at.is_(None))
    return list(session.scalars(rows.order_by(Account.name, Account.id)))


def with_password(session: Session, county: str, username: str, password: str) -> Account:
    """Give the staff account with this user name and password. Raises WrongPassword, always equally slowly."""
    account = session.scalar(
        select(Account).where(Account.county == county, Account.username == username, Account.closed_at.is_(None))
    )
    try:
        _hasher.verify(account.password_hash if account and account.password_hash else _NOBODY, password)
    except VerificationError:
        raise WrongPassword from None
    if account is None or not account.password_hash:  # the words behind _NOBODY open no door
        raise WrongPassword
    return account


def staff(session: Session, county: str) -> list[Account]:
    """Give every account that signs in by password, by user name; closed ones last."""
    rows = select(Account).where(Account.county == county, Account.username.is_not(None))
    return list(session.scalars(rows.order_by(Account.closed_at.is_not(None), Account.username)))


def find(session: Session, county: str, id_: UUID) -> Account:
    """Give an account of this county. Raises NotFound."""
    account = session.scalar(select(Account).where(Account.county == county, Account.id == id_))
    if account is None:
        raise NotFound
    return account


def close(session: Session, account: Account, *, by: Account, now: datetime) -> None:
    """Close an account: nobody signs in with it again; closing it again changes nothing."""
    if account.closed_at is None:
        account.closed_at = now
        deeds.record(session, "account.closed", account, by=by, now=now)
