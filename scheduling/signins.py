"""Signing in and out: one-time codes by phone, sessions that end at once."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from scheduling import accounts, deeds, identity, notices
from scheduling.models import Account, OneTimeCode, SignIn
from scheduling.refusals import WrongCode
from scheduling.seals import Keyring

CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
STAYS = timedelta(hours=12)
KEPT = timedelta(days=1)  # codes and ended sessions are nobody's business for longer


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def send_code(session: Session, county: str, phone: str, *, text: str, keys: Keyring, now: datetime) -> None:
    """Send a six-digit code to `phone`; `text` holds `{code}`. Raises NotAPhone. Limits are the door's."""
    phone = identity.phone(phone)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = OneTimeCode(
        county=county,
        phone=phone,
        code_hash=keys.blind(f"{phone} {code}", "one-time code"),
        created_at=now,
        expires_at=now + CODE_LASTS,
    )
    session.add(row)
    session.flush()
    notices.write(
        session, county, phone, text.replace("{code}", code), about=deeds.about(row), once=f"code/{row.id}", now=now
    )


def with_code(session: Session, county: str, phone: str, code: str, *, keys: Keyring, now: datetime) -> Account | None:
    """Use up the newest code of `phone` and give its account; None when the code is wrong (the try is counted).

    A wrong code is None and not a refusal so that the counted try is committed. Full-width digits, as a Chinese
    keyboard writes them, and spaces are the same code.
    """
    phone = identity.phone(phone)
    code = "".join(unicodedata.normalize("NFKC", code).split())
    newest = session.scalar(
        select(OneTimeCode)
        .where(OneTimeCode.county == county, OneTimeCode.phone == phone)
        .order_by(OneTimeCode.created_at.desc())
        .limit(1)
    )
    if newest is None:
        return None
    counted = (
        update(OneTimeCode)
        .where(
            OneTimeCode.id == newest.id,
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > now,
            OneTimeCode.tries < CODE_TRIES,
        )
        .values(tries=OneTimeCode.tries + 1)
        .returning(OneTimeCode.code_hash)
    )
    expected = session.scalar(counted)
    if expected is None or not secrets.compare_digest(expected, keys.blind(f"{phone} {code}", "one-time code")):
        return None
    newest.used_at = now
    return accounts.by_phone(session, county, phone, now=now)


def begin(session: Session, account: Account, *, now: datetime) -> str:
    """Sign `account` in; give the token for the browser's cookie. Only its hash is kept. Raises WrongCode if closed."""
    if account.closed_at is not None:
        raise WrongCode
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=_hash(token), account_id=account.id, began_at=now, expires_at=now + STAYS))
    deeds.record(session, "signin.began", account, by=account, now=now)
    return token


def whose(session: Session, token: str | None, *, now: datetime) -> Account | None:
    """Give the account signed in under `token`; None when unknown, ended, expired, or the account is closed."""
    if not token:
        return None
    row = session.scalar(select(SignIn).where(SignIn.token_hash == _hash(token)))
    if row is None or row.ended_at or row.expires_at <= now or row.account.closed_at:
        return None
    return row.account


def end(session: Session, token: str | None, *, now: datetime) -> None:
    """Sign out: the cookie is worth nothing from now on."""
    session.execute(
        update(SignIn).where(SignIn.token_hash == _hash(token or ""), SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def end_all(session: Session, account: Account, *, by: Account | None, now: datetime) -> None:
    """End every session of an account, for a lost phone or a closed account."""
    session.execute(
        update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None)).values(ended_at=now)
    )
    deeds.record(session, "signin.ended_all", account, by=by, now=now)


def forget(session: Session, *, now: datetime) -> None:
    """Drop codes and sessions that are of no more use; run by the worker."""
    session.execute(delete(OneTimeCode).where(OneTimeCode.expires_at < now - KEPT))
    over = or_(SignIn.expires_at < now - KEPT, SignIn.ended_at < now - KEPT)
    session.execute(delete(SignIn).where(over))
